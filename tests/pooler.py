"""A pooler of transactions in front of a Postgres, as strict as PgBouncer and more restless.

It takes the parameters of a start that PgBouncer takes by default, and hands each transaction to
the session that has rested longest. It speaks simple queries alone, as psycopg2 does, and passes no
notifications on.
"""

from __future__ import annotations

import queue
import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

SESSIONS = 3
TAKEN = {
    *("user", "database", "application_name", "client_encoding", "datestyle", "timezone"),
    "standard_conforming_strings",
}
_NO_ENCRYPTION = (80877103, 80877104)  # who asks for TLS, or for GSSAPI's, gets none
_PROTOCOL = 3 << 16
_IDLE = b"I"


@contextmanager
def pooling(url: str) -> Iterator[str]:
    """Stand in front of a Postgres.

    Args:
        url: of one that listens on a local socket and trusts who comes by it.

    Yields:
        The URL to come by instead.
    """
    with _Pooler(url) as pooler:
        threading.Thread(target=pooler.serve_forever, daemon=True).start()
        host, port = pooler.server_address[:2]
        path = urlsplit(url).path
        yield f"postgresql://{urlsplit(url).username}@{host!s}:{port}{path}?sslmode=disable"
        pooler.shutdown()


class _Pooler(socketserver.ThreadingTCPServer):
    daemon_threads, block_on_close = True, False

    def __init__(self, url: str) -> None:
        super().__init__(("127.0.0.1", 0), _Client)
        self.resting: queue.Queue[_Wire] = queue.Queue()
        self._all = [_started(url) for _ in range(SESSIONS)]
        for each, _ in self._all:
            self.resting.put(each)
        self.greeting = b"".join(self._all[0][1])

    def server_close(self) -> None:
        super().server_close()
        for wire, _ in self._all:
            wire.close()


class _Client(socketserver.BaseRequestHandler):
    server: _Pooler

    def handle(self) -> None:
        wire = _Wire(self.request)
        if not self._begins(wire):
            return
        session: _Wire | None = None
        try:
            while (message := wire.message()) and message[:1] != b"X":
                session = session or self.server.resting.get()
                session.send(message)
                if _relay_until_ready(session, wire) == _IDLE:
                    self.server.resting.put(session)
                    session = None
        finally:
            if session is not None:  # it left in the middle of a transaction
                session.send(_message(b"Q", b"ROLLBACK\0"))
                _relay_until_ready(session, None)
                self.server.resting.put(session)

    def _begins(self, wire: _Wire) -> bool:
        while (start := wire.start()) and start[0] in _NO_ENCRYPTION:
            wire.send(b"N")
        names = start[1].split(b"\0")[::2] if start else []
        if unknown := {name.decode().lower() for name in names if name} - TAKEN:
            text = f"unsupported startup parameter: {sorted(unknown)[0]}"
            wire.send(_message(b"E", f"SFATAL\0C08P01\0M{text}\0\0".encode()))
            return False
        wire.send(self.server.greeting)
        return start is not None


class _Wire:
    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._reader = connection.makefile("rb")
        self.send = connection.sendall

    def start(self) -> tuple[int, bytes] | None:
        head = self._reader.read(8)
        if len(head) < 8:
            return None
        length, code = struct.unpack("!ii", head)
        return code, self._reader.read(length - 8)

    def message(self) -> bytes:
        head = self._reader.read(5)
        if len(head) < 5:
            return b""
        (length,) = struct.unpack("!i", head[1:])
        return bytes(head + self._reader.read(length - 4))

    def close(self) -> None:
        self._reader.close()
        self._connection.close()


def _started(url: str) -> tuple[_Wire, list[bytes]]:
    # A session, and what its Postgres told at its start, up to that it is ready.
    parts = urlsplit(url)
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(f"{parse_qs(parts.query)['host'][0]}/.s.PGSQL.5432")
    wire = _Wire(connection)
    who = f"user\0{parts.username}\0database\0{parts.path[1:]}\0\0".encode()
    wire.send(struct.pack("!ii", len(who) + 8, _PROTOCOL) + who)
    told = []
    while not told or told[-1][:1] != b"Z":
        told.append(wire.message())
        assert told[-1], "Postgres would not begin"
    return wire, told


def _relay_until_ready(session: _Wire, client: _Wire | None) -> bytes:
    while message := session.message():
        if client is not None and message[:1] != b"A":
            client.send(message)
        if message[:1] == b"Z":
            return message[5:6]
    raise ConnectionError("Postgres left")


def _message(kind: bytes, content: Any) -> bytes:
    return kind + struct.pack("!i", len(content) + 4) + bytes(content)
