"""Documents by an https: URL, fetched without becoming anybody's way into this network.

The address that is connected to is the address that is checked: a name that means something else
the second time gains nothing. Redirects are followed under the same rules.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

from jobs_backend import data_url
from jobs_backend.config import settings
from jobs_backend.errors import JobFailure, RetryableFailure

if TYPE_CHECKING:
    Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MAX_REDIRECTS = 5
CONNECT_SECONDS, READ_SECONDS = 10, 20
REDIRECTS = (301, 302, 303, 307, 308)
# Statuses that say: another time.
PASSING = (408, 425, 429, 500, 502, 503, 504)
# Not public, whatever Python says: a cloud's services for its machines, protocols' assignments,
# translation within a network, documentation, routing segments, and what was once for one site.
_CLOSED = tuple(
    ipaddress.ip_network(each)
    for each in (
        *("168.63.129.16/32", "192.0.0.0/24", "64:ff9b:1::/48"),
        *("3fff::/20", "5f00::/16", "fec0::/10"),
    )
)
# IPv6 addresses in here stand for the IPv4 address in their last four bytes.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def fetch(filename: str, url: str) -> data_url.Data:
    """Fetch a document.

    Args:
        filename: as its sender calls it, for messages.
        url: an `https:` URL.

    Raises:
        JobFailure: it cannot be had; the code says why. A RetryableFailure where it may be had
            another time.
    """
    deadline = time.monotonic() + settings().fetch_timeout_seconds
    try:
        with httpcore.ConnectionPool(network_backend=_Guarded(filename, deadline)) as pool:
            for _ in range(MAX_REDIRECTS + 1):
                found, url = _get(pool, filename, url)
                if found is not None:
                    return found
    except httpcore.TimeoutException:
        raise RetryableFailure(
            "document_fetch_failed", f"{filename} could not be fetched in time."
        ) from None
    except (httpcore.NetworkError, httpcore.RemoteProtocolError) as problem:
        raise RetryableFailure(
            "document_fetch_failed", f"{filename} could not be fetched: {type(problem).__name__}."
        ) from problem
    except (
        httpcore.UnsupportedProtocol,
        httpcore.LocalProtocolError,
        ValueError,
        httpx.InvalidURL,
    ):
        raise JobFailure("document_url_invalid", f"The URL of {filename} is unusable.") from None
    raise JobFailure("document_fetch_failed", f"{filename} is redirected too often.")


def _get(
    pool: httpcore.ConnectionPool, filename: str, url: str
) -> tuple[data_url.Data | None, str]:
    # The document, or where it is instead.
    target, named = _target(url)
    if target.scheme != b"https" or not target.host:
        raise JobFailure(
            "document_url_forbidden", f"{filename} is not at an https: URL, or redirected to none."
        )
    timeout = {"connect": CONNECT_SECONDS, "read": READ_SECONDS, "write": READ_SECONDS, "pool": 1}
    headers: dict[bytes | str, bytes | str] = {
        "Host": _host(target),
        "User-Agent": "jobs-backend",
        "Accept-Encoding": "identity",
    }
    with pool.stream("GET", target, headers=headers, extensions={"timeout": timeout}) as answer:
        told = {name.lower(): value.decode("latin-1") for name, value in answer.headers}
        if answer.status in REDIRECTS and b"location" in told:
            return None, str(named.join(_as_text(told[b"location"])))
        if answer.status != 200:
            raise _refused(filename, answer.status)
        if told.get(b"content-encoding", "identity").lower() != "identity":
            raise JobFailure("document_fetch_failed", f"{filename} was sent compressed, unasked.")
        content = _read(answer.iter_stream(), filename)
    return _with_type(content, told.get(b"content-type", "")), url


def _target(url: str) -> tuple[httpcore.URL, httpx.URL]:
    # Names and paths in any script are written as servers know them.
    named = httpx.URL(url)
    target = httpcore.URL(
        scheme=named.raw_scheme, host=named.raw_host, port=named.port, target=named.raw_path
    )
    return target, named


def _as_text(location: str) -> str:
    # Headers are read as Latin-1; what some servers send there unescaped is UTF-8.
    try:
        return location.encode("latin-1").decode()
    except UnicodeDecodeError:
        return location


def _read(chunks: Iterable[bytes], filename: str) -> bytes:
    most = settings().max_body_bytes
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > most:
            raise JobFailure(
                "document_too_large", f"{filename} has more than the {most:,} bytes that are read."
            )
    return bytes(content)


def _with_type(content: bytes, content_type: str) -> data_url.Data:
    mime_type, _, parameters = content_type.partition(";")
    charset = next(
        (
            value.strip().strip('"')
            for name, _, value in (each.partition("=") for each in parameters.split(";"))
            if name.strip().lower() == "charset"
        ),
        None,
    )
    return data_url.Data(content, mime_type.strip().lower(), charset)


def _host(target: httpcore.URL) -> bytes:
    host = b"[%b]" % target.host if b":" in target.host else target.host
    return host if target.port in (None, 443) else b"%b:%d" % (host, target.port)


def _refused(filename: str, status: int) -> JobFailure:
    kind = RetryableFailure if status in PASSING else JobFailure
    return kind(
        "document_fetch_failed",
        f"{filename} could not be fetched: its server answered {status}.",
        {"status": status},
    )


class _Guarded(httpcore.NetworkBackend):
    """Connects to addresses of the public internet, and to those that the operator allows."""

    def __init__(self, filename: str, deadline: float) -> None:
        self._filename = filename
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *more: Any, **options: Any
    ) -> httpcore.NetworkStream:
        problem: Exception | None = None
        for address in self._allowed(host, port):
            try:
                seconds = _left(self._deadline, timeout)
                stream = self._plain.connect_tcp(str(address), port, seconds, *more, **options)
                return _Bounded(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                problem = failed
        raise problem or httpcore.ConnectError("no address")

    def _allowed(self, host: str, port: int) -> list[Address]:
        try:
            found = _looked_up(host, port, self._deadline)
        except (OSError, UnicodeError):
            raise JobFailure(
                "document_fetch_failed", f"The host of {self._filename}'s URL is not known."
            ) from None
        addresses = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
        allowed = [address for address in dict.fromkeys(addresses) if is_allowed(address)]
        if not allowed:
            raise JobFailure(
                "document_url_forbidden",
                f"{self._filename} is at an address that is not on the public internet.",
            )
        return allowed


class _Bounded(httpcore.NetworkStream):
    """A connection that is over with the time for the whole document, whatever it is used for.

    Each read has a timeout of its own besides, which a drip never reaches.
    """

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            seconds = _left(self._deadline, timeout)
        except httpcore.TimeoutException:
            self.close()  # nobody else knows it yet
            raise
        stream = self._stream.start_tls(ssl_context, server_hostname, seconds)
        return _Bounded(stream, self._deadline)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ConnectTimeout
    return left if timeout is None else min(left, timeout)


def _looked_up(host: str, port: int, deadline: float) -> list[Any]:
    # In a thread of its own: neither a time nor a signal ends the system's own look-up.
    answers: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as problem:
            answers.put(problem)

    threading.Thread(target=look_up, name="look-up", daemon=True).start()
    try:
        found = answers.get(timeout=_left(deadline, CONNECT_SECONDS))
    except queue.Empty:
        raise httpcore.ConnectTimeout from None
    if isinstance(found, Exception):
        raise found
    return list(found)


def is_allowed(address: Address) -> bool:
    """Whether to fetch from an address: it is a public one, or one of JOBS_FETCH_ALLOW."""
    networks = map(ipaddress.ip_network, settings().fetch_allowed)
    return any(address in network for network in networks) or all(
        each.is_global
        and not each.is_multicast
        and not each.is_reserved
        and not any(each in network for network in _CLOSED)
        for each in _meanings(address)
    )


def _meanings(address: Address) -> list[Address]:
    # An IPv6 address may be another way of writing an IPv4 one.
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        inner.append(ipaddress.IPv4Address(address.packed[-4:]))
    found = [each for each in inner if each is not None]
    return found if address.ipv4_mapped or address in _NAT64 else [address, *found]
