"""A server that answers as it is told to, request by request, over real HTTP."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import structlog

from workers.context import Context
from workers.interruption import Interrupted

Answer = Callable[["Handler"], None]


@dataclass
class Server:
    """What it is to answer, in order (the last one again and again), and what it was asked."""

    port: int = 0
    answers: list[Answer] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    told: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.told.lock:
            number = len(self.told.asked)
            self.told.asked.append(body)
            self.told.headers.append({name.lower(): it for name, it in self.headers.items()})
            self.told.paths.append(self.path)
            answer = self.told.answers[min(number, len(self.told.answers) - 1)]
        with suppress(ConnectionError):
            answer(self)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()
    kind = type("Told", (Handler,), {"told": told})
    http = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    http.daemon_threads = True
    told.port = http.server_port
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    yield told
    http.shutdown()
    http.server_close()


def status(number: int, body: Any = None, **headers: str) -> Answer:
    """Answer with a status."""

    def answer(handler: Handler) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        handler.send_response(number)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def hang(handler: Handler) -> None:
    """Say nothing until the client goes away."""
    handler.connection.settimeout(20)
    with suppress(OSError):
        if handler.connection.recv(1) == b"":
            handler.told.hung_up.set()


def cut_off(handler: Handler) -> None:
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"half": ')
    handler.close_connection = True


@contextmanager
def interrupted_after(seconds: float) -> Iterator[None]:
    """Raise what a cancellation raises, amid the block."""

    def interrupt(*_: Any) -> None:
        raise Interrupted

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def context(endpoint: str = "/v1/extractions", **request: Any) -> Context:
    """A job's context."""
    return Context("job_1", 1, "org_1", structlog.get_logger(), endpoint, request)


def quickly(seconds: float = 5) -> Callable[[], None]:
    """Checks that no more time than this has passed since it was made."""
    started = time.monotonic()

    def check() -> None:
        assert time.monotonic() - started < seconds

    return check
