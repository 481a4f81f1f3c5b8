"""Where the stack listens, and whether others answer where they should."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from urllib.parse import urlsplit

from redis import Redis
from redis.exceptions import RedisError

from jobs_backend.errors import JobsError
from jobs_backend.local.servers import free_port


class StackFailed(JobsError):
    """The stack cannot be started; the message is one line that says why."""


def usable_port(host: str, port: int) -> int:
    """The port to listen on, any free one for 0.

    Raises:
        StackFailed: it is in use, or the address is not this machine's.
    """
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        advice = (
            "Choose another with --port (0 takes any free one)"
            if problem.errno in (errno.EADDRINUSE, errno.EACCES)
            else "Choose an address of this machine with --host"
        )
        reason = problem.strerror or problem
        raise StackFailed(f"Cannot listen on {host} port {port}: {reason}. {advice}") from None
    return port or free_port(host)


def reachable(host: str) -> str:
    """The address by which to call a server that listens on `host`, as a URL has it."""
    # An address that means every interface is none to call.
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - compared with, not listened on


def accepts(host: str, port: int) -> bool:
    """Whether somebody takes connections there."""
    with suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


def check_redis(url: str) -> None:
    """Return if a Redis answers.

    Raises:
        StackFailed: none does.
    """
    # Otherwise it would show as a stack that does not get ready.
    parts = urlsplit(url)
    try:
        with Redis.from_url(url, socket_connect_timeout=3, socket_timeout=3) as client:
            client.ping()
    except RedisError as problem:
        where = f"{parts.hostname} port {parts.port or 6379}" if parts.hostname else parts.path
        raise StackFailed(f"Redis at {where} (JOBS_REDIS_URL) does not answer: {problem}") from None
