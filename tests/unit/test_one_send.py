"""Answers in one piece, by gunicorn's own request and response; a datagram is a system call."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from gunicorn.config import Config
from gunicorn.http import RequestParser, wsgi

from api import one_send

CLIENT = ("127.0.0.1", 1)


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[socket.socket, socket.socket]]:
    monkeypatch.setattr(wsgi, "Response", wsgi.Response)
    one_send.install()
    server, client = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with server, client:
        client.settimeout(5)
        yield server, client


def _answer(
    server: socket.socket, method: bytes, *pieces: bytes, length: int | None = None
) -> None:
    settings = Config()
    request = next(
        RequestParser(settings, iter([method + b" / HTTP/1.1\r\nHost: x\r\n\r\n"]), CLIENT)
    )
    response, _ = wsgi.create(request, server, CLIENT, ("127.0.0.1", 2), settings)
    headers = [] if length is None else [("Content-Length", str(length))]
    response.start_response("200 OK", headers)
    for piece in pieces:
        response.write(piece)
    response.close()


def test_head_and_body_are_one_piece(ends: tuple[socket.socket, socket.socket]) -> None:
    server, client = ends
    _answer(server, b"GET", b"{}", length=2)
    head, body = client.recv(4096).split(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK")
    assert b"Content-Length: 2" in head
    assert body == b"{}"


def test_further_pieces_follow(ends: tuple[socket.socket, socket.socket]) -> None:
    server, client = ends
    _answer(server, b"GET", b"one", b"two", length=6)
    assert client.recv(4096).endswith(b"\r\n\r\none")
    assert client.recv(4096) == b"two"


def test_a_body_of_unknown_length_is_in_chunks(ends: tuple[socket.socket, socket.socket]) -> None:
    server, client = ends
    _answer(server, b"GET", b"one")
    assert client.recv(4096).endswith(b"\r\n\r\n3\r\none\r\n")
    assert client.recv(4096) == b"0\r\n\r\n"


def test_what_is_asked_for_by_head_has_no_body(ends: tuple[socket.socket, socket.socket]) -> None:
    server, client = ends
    _answer(server, b"HEAD", length=2)
    assert client.recv(4096).endswith(b"Content-Length: 2\r\n\r\n")


def test_a_large_body_is_not_copied(ends: tuple[socket.socket, socket.socket]) -> None:
    server, client = ends
    large = b"x" * (one_send.MOST_BYTES + 1)
    _answer(server, b"GET", large, length=len(large))
    assert client.recv(200_000).endswith(b"\r\n\r\n")
    assert client.recv(200_000) == large
