"""A server that answers as it is told, over real HTTP: well, badly, or not at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Handler(BaseHTTPRequestHandler):
    """One request."""

    fake: FakeServer

    def do_POST(self) -> None:
        """Answer as the next of the replies says."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.fake.take(Asked(self.path, headers, json.loads(body)))
        try:
            reply(self)
        except OSError:
            self.fake.left.release()

    def begin(self, status: int, kind: str = "text/event-stream", **headers: str) -> None:
        """Send the head of a response that ends with its connection."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Connection", "close")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def event(self, data: dict[str, Any]) -> None:
        """Send one event of a stream."""
        self.wfile.write(b"data: " + json.dumps(data).encode() + b"\n\n")

    def log_message(self, format: str, *_: Any) -> None:
        """Nothing: the tests tell what happened."""


Reply = Callable[[Handler], None]


@dataclass(frozen=True)
class Asked:
    """A request that came."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class FakeServer:
    """Its replies are given one by one; the last one again and again.

    Attributes:
        url: where it listens.
        asked: the requests that came.
        arrived: released once for each of them.
        left: released once for each client that went away before the end.
    """

    url: str
    replies: list[Reply] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    left: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, asked: Asked) -> Reply:
        """Remember a request, and find the reply for it."""
        with self._lock:
            self.asked.append(asked)
            reply = self.replies[min(len(self.asked), len(self.replies)) - 1]
        self.arrived.release()
        return reply


class _Server(ThreadingHTTPServer):
    request_queue_size = 64


@contextmanager
def running() -> Iterator[FakeServer]:
    """A server that runs for as long as the block."""
    with _Server(("127.0.0.1", 0), Handler) as server:
        server.RequestHandlerClass = type("Bound", (Handler,), {})
        fake = FakeServer(f"http://127.0.0.1:{server.server_port}")
        server.RequestHandlerClass.fake = fake  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()


def says(*pieces: str, finish: str = "stop") -> Reply:
    """A chat's pieces of text, to their end."""
    return streams(*({"content": piece} for piece in pieces), finish=finish)


def streams(*deltas: dict[str, Any], finish: str = "stop") -> Reply:
    """A chat's pieces, to their end, of 10 tokens in and 5 out."""

    def reply(handler: Handler) -> None:
        handler.begin(200)
        for delta in deltas:
            handler.event(_chunk(delta))
        handler.event(_chunk({}, finish))
        usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
        handler.event({**_chunk({}), "choices": [], "usage": usage})
        handler.wfile.write(b"data: [DONE]\n\n")

    return reply


def answers(value: Any) -> Reply:
    """A JSON value, in pieces."""
    text = json.dumps(value)
    return says(text[:3], text[3:])


def refuses(why: str) -> Reply:
    """A refusal by the model itself."""
    return streams({"refusal": why})


def breaks_off(text: str) -> Reply:
    """A stream that ends amid the answer, as if all were well."""

    def reply(handler: Handler) -> None:
        handler.begin(200)
        handler.event(_chunk({"content": text}))

    return reply


def breaks_off_amid_a_chunk(text: str) -> Reply:
    """A stream that ends before it said it would."""

    def reply(handler: Handler) -> None:
        handler.begin(200, Content_Length="100000")
        handler.event(_chunk({"content": text}))

    return reply


def reports_trouble(message: str) -> Reply:
    """An error in the midst of a stream."""

    def reply(handler: Handler) -> None:
        handler.begin(200)
        handler.event(_chunk({"content": "{"}))
        handler.event({"error": {"message": message, "code": "server_error"}})

    return reply


def sends(raw: bytes, kind: str = "text/event-stream", status: int = 200) -> Reply:
    """Exactly these bytes."""

    def reply(handler: Handler) -> None:
        handler.begin(status, kind)
        handler.wfile.write(raw)

    return reply


def status(code: int, message: str = "No.", **headers: str) -> Reply:
    """An error, as OpenAI words it."""

    def reply(handler: Handler) -> None:
        handler.begin(code, "application/json", **headers)
        handler.wfile.write(json.dumps({"error": {"message": message}}).encode())

    return reply


def json_body(value: Any, code: int = 200, **headers: str) -> Reply:
    """A JSON body with a status."""

    def reply(handler: Handler) -> None:
        handler.begin(code, "application/json", **headers)
        handler.wfile.write(json.dumps(value).encode())

    return reply


def hangs(handler: Handler) -> None:
    """Say nothing until the client goes away."""
    _wait_for_the_end(handler)


def hangs_amid_an_answer(handler: Handler) -> None:
    """Begin well, and say no more."""
    handler.begin(200)
    handler.event(_chunk({"content": '{"name": '}))
    _wait_for_the_end(handler)


def never_stops(handler: Handler) -> None:
    """Answer without an end."""
    handler.begin(200)
    while True:
        handler.event(_chunk({"content": "blah " * 1000}))


def pours(code: int, kind: str, piece: bytes) -> Reply:
    """The same bytes without an end."""

    def reply(handler: Handler) -> None:
        handler.begin(code, kind)
        while True:
            handler.wfile.write(piece)

    return reply


def hangs_up(handler: Handler) -> None:
    """Close the connection without a word."""
    handler.close_connection = True


def _wait_for_the_end(handler: Handler) -> None:
    if handler.connection.recv(1) == b"":
        raise ConnectionAbortedError


def _chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {
        "id": "chat_1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "fake",
        "choices": [choice],
    }
