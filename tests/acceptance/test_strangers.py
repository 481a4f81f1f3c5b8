"""What anybody may send to the port, and what everybody else notices of it: nothing."""

from __future__ import annotations

import json
import socket
import time
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

import httpx
import psutil
import pytest

from tests.acceptance.conftest import KEY, Stack, submit
from tests.conftest import eventually

SLOW_CLIENTS = 200


@pytest.fixture
def address(stack: Stack) -> tuple[str, int]:
    url = urlsplit(stack.facts["base_url"])
    return url.hostname or "", url.port or 0


def _answer(address: tuple[str, int], request: bytes) -> tuple[int, bytes]:
    with socket.create_connection(address, timeout=10) as connection:
        # A server may answer and close before it has read all of it.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(request)
        answer = b""
        with suppress(ConnectionResetError):
            while chunk := connection.recv(65536):
                answer += chunk
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


@pytest.mark.parametrize(
    "beginning",
    [
        b"GET /v1/jobs HTTP/1.1\r\nHost: x\r\n",
        b"POST /v1/jobs HTTP/1.1\r\nHost: x\r\nApi-Key: " + KEY.encode() + b"\r\n"
        b"Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
    ],
    ids=["headers", "body"],
)
def test_those_who_send_slowly_keep_nobody_waiting(
    http: httpx.Client, address: tuple[str, int], beginning: bytes
) -> None:
    with ExitStack() as open_ones:
        slow = [
            open_ones.enter_context(socket.create_connection(address, timeout=10))
            for _ in range(SLOW_CLIENTS)
        ]
        for connection in slow:
            connection.sendall(beginning)
        for _ in range(5):
            for connection in slow:
                with suppress(OSError):
                    connection.sendall(b"x")
            started = time.monotonic()
            job = submit(http, "/v1/echo", {"text": "x"})
            assert http.get(f"/v1/jobs/{job['id']}").status_code == 200
            assert time.monotonic() - started < 3


REQUEST = b"GET /v1/jobs HTTP/1.1\r\nHost: x\r\nConnection: close\r\nApi-Key: " + KEY.encode()


@pytest.mark.parametrize(
    ("request_text", "statuses"),
    [
        (REQUEST + b"\r\nX-Long: " + b"x" * 100_000 + b"\r\n\r\n", {400, 431}),
        (REQUEST + b"".join(b"\r\nX-%d: x" % n for n in range(500)) + b"\r\n\r\n", {400, 431}),
        (b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", {400, 414}),
        (b"\x16\x03\x01 this is TLS\r\n\r\n", {400}),
        (REQUEST + b"\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400}),
        (REQUEST + b"\r\nX-Bad\x00: x\r\n\r\n", {400}),
        (REQUEST.replace(b"GET", b"BREW") + b"\r\n\r\n", {400, 405, 501}),
    ],
    ids=["long header", "many headers", "long line", "tls", "smuggling", "nul", "method"],
)
def test_what_is_no_request_is_told_so_in_json(
    http: httpx.Client, address: tuple[str, int], request_text: bytes, statuses: set[int]
) -> None:
    status, body = _answer(address, request_text)
    assert status in statuses
    assert set(json.loads(body)) == {"detail", "code", "request_id"}
    for inside in (b"gunicorn", b"Traceback", b".py", b"xxxx"):
        assert inside not in body
    assert http.get("/healthz").status_code == 200


def test_no_answer_names_a_version(http: httpx.Client) -> None:
    for path in ("/v1/jobs", "/healthz", "/v1/none"):
        server = http.get(path).headers.get("Server", "")
        assert not any(letter.isdigit() for letter in server)


def test_a_name_stays_one_line_of_the_log(stack: Stack, http: httpx.Client) -> None:
    name = 'a"b\r\n{"event": "forged"}\x1b[31m.txt'
    document = {"filename": name, "url": "data:text/plain,x"}
    job = submit(http, "/v1/parses", {"document": document})
    path = f"/v1/jobs/{job['id']}"
    eventually(lambda: http.get(path).json()["status"] in ("completed", "failed"))
    for process in ("web", "worker"):
        log = stack.log(process)
        assert "\x1b" not in log
        for line in log.splitlines():
            if line.startswith("{"):
                assert json.loads(line)["event"] != "forged"
            assert not line.startswith('{"event": "forged"}')


def test_clients_that_connect_together_are_shared_out(
    http: httpx.Client, stack: Stack, address: tuple[str, int]
) -> None:
    workers = psutil.Process(stack.facts["pids"]["web"]).children()
    assert len(workers) == 2
    with ExitStack() as open_ones:
        for _ in range(20):
            client = open_ones.enter_context(socket.create_connection(address, timeout=10))
            client.sendall(REQUEST.replace(b"close", b"keep-alive") + b"\r\n\r\n")
            open_ones.callback(client.recv, 100)
        eventually(lambda: sum(_clients(each, address) for each in workers) >= 20)
        assert min(_clients(each, address) for each in workers) >= 4


def _clients(process: psutil.Process, address: tuple[str, int]) -> int:
    return sum(
        each.status == psutil.CONN_ESTABLISHED and each.laddr.port == address[1]
        for each in process.net_connections("tcp")
    )
