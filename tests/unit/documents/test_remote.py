"""Documents by URL, from a real HTTPS server; and what is not fetched, whoever asks."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import structlog
import trustme

from jobs_backend.errors import JobFailure, RetryableFailure
from workers import heartbeat
from workers.context import Context
from workers.documents import remote
from workers.endpoints import reading

Settings = Callable[..., None]


@dataclass
class Site:
    """A server of `localhost`, and what it answers by path."""

    port: int
    answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def url(self, path: str, scheme: str = "https", host: str = "localhost") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


@pytest.fixture
def site(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    settings(JOBS_FETCH_ALLOW="127.0.0.0/8,::1/128")
    found: list[Site] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found[0].asked.append(self.path)
            found[0].answers[self.path](self)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    found.append(Site(server.server_port))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found[0]
    server.shutdown()
    server.server_close()


def _send(content: bytes, status: int = 200, **headers: str) -> Callable[[Any], None]:
    def answer(handler: Any) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def test_a_document_is_fetched(site: Site) -> None:
    site.answers["/a"] = _send(b"Gr\xfc\xdfe", Content_Type='text/plain; charset="latin-1"')
    found = remote.fetch("a.txt", site.url("/a"))
    assert (found.content, found.mime_type, found.charset) == (
        b"Gr\xfc\xdfe",
        "text/plain",
        "latin-1",
    )


def test_it_is_told_what_is_fetched(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(heartbeat, "note", lambda *progress: told.append(progress))
    site.answers["/a"] = _send(b"x")
    context = Context("job_1", 1, "org_1", structlog.get_logger())
    for url in (site.url("/a"), "data:,x"):
        reading.received({"filename": "a.txt", "url": url}, context)
    assert told == [(0, 1, "fetching a.txt")]


def test_redirects_are_followed_to_https_alone(site: Site) -> None:
    site.answers["/a"] = _send(b"", 302, Location="/b")
    site.answers["/b"] = _send(b"there")
    assert remote.fetch("a.txt", site.url("/a")).content == b"there"
    site.answers["/c"] = _send(b"", 301, Location=site.url("/b", "http"))
    assert _code(site.url("/c")) == "document_url_forbidden"
    site.answers["/d"] = _send(b"", 307, Location="/d")
    assert _code(site.url("/d")) == "document_fetch_failed"


def test_an_address_may_be_written_in_any_script(site: Site) -> None:
    path = "/Rechnung_M%C3%A4rz.pdf?x=%E2%82%AC"
    site.answers[path] = _send(b"there")
    assert remote.fetch("a.txt", site.url("/Rechnung_März.pdf?x=€")).content == b"there"
    assert remote.fetch("a.txt", site.url("/Rechnung_März.pdf?x=%E2%82%AC")).content == b"there"
    for location in ("/Rechnung_März.pdf?x=€".encode().decode("latin-1"), path):
        site.answers["/a"] = _send(b"", 302, Location=location)
        assert remote.fetch("a.txt", site.url("/a")).content == b"there"


@pytest.mark.parametrize(
    "url",
    [
        "https://müller.invalid/a",
        "https://\uff11\uff12\uff17.0.0.1/",
        "https://a..b/",
        "https://\u200b/",
    ],
)
def test_a_host_in_any_script_is_looked_up_or_told_to_be_none(settings: Settings, url: str) -> None:
    settings()
    assert _code(url) in (
        "document_fetch_failed",
        "document_url_forbidden",
        "document_url_invalid",
    )


def test_a_redirect_leads_to_no_address_that_is_not_public(site: Site, settings: Settings) -> None:
    settings(JOBS_FETCH_ALLOW="127.0.0.1/32,::1/128")
    site.answers["/a"] = _send(b"", 302, Location=site.url("/b", host="127.0.0.2"))
    assert _code(site.url("/a")) == "document_url_forbidden"
    assert site.asked == ["/a"]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104 - what is not to be reached
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[fe80::1]",
        "[fd00::1]",
        "2130706433",
        "0x7f.1",
    ],
)
def test_nothing_is_fetched_from_this_network(site: Site, settings: Settings, host: str) -> None:
    settings(JOBS_FETCH_ALLOW="")
    assert _code(site.url("/secret", host=host)) in (
        "document_url_forbidden",
        "document_fetch_failed",
    )
    assert site.asked == []


@pytest.mark.parametrize(
    ("address", "is_allowed"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False),
        ("ff02::1", False),
        ("fd00:ec2::254", False),
        ("168.63.129.16", False),
        ("192.0.0.192", False),
        ("fec0::1", False),
        ("3fff::1", False),
        ("64:ff9b:1::1", False),
    ],
)
def test_addresses_are_public_or_not(settings: Settings, address: str, is_allowed: bool) -> None:
    assert remote.is_allowed(ipaddress.ip_address(address)) is is_allowed


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A name that means a public address when it is asked for first, and this machine from then on.
    settings(JOBS_FETCH_ALLOW="127.0.0.0/8")
    asked: list[Any] = []
    look_up = socket.getaddrinfo

    def rebind(host: Any, *arguments: Any, **options: Any) -> Any:
        if host == "localhost":
            asked.append(host)
        return look_up(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebind)
    site.answers["/a"] = _send(b"x")
    remote.fetch("a.txt", site.url("/a"))
    assert asked == ["localhost"]


def test_a_certificate_has_to_be_trusted(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert _code(site.url("/a")) == "document_fetch_failed"
    assert site.asked == []


def test_what_is_too_large_is_not_read_on(site: Site, settings: Settings) -> None:
    settings(JOBS_MAX_BODY_BYTES="1000")
    site.answers["/a"] = _send(b"x" * 1001)
    assert _code(site.url("/a")) == "document_too_large"
    site.answers["/b"] = _send(b"x" * 1000)
    assert len(remote.fetch("b.txt", site.url("/b")).content) == 1000


def test_a_drip_ends_with_the_time(site: Site, settings: Settings) -> None:
    settings(JOBS_FETCH_TIMEOUT_SECONDS="0.5")

    def drip(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    site.answers["/a"] = drip
    started = time.monotonic()
    assert _code(site.url("/a"), RetryableFailure) == "document_fetch_failed"
    assert time.monotonic() - started < 4


def _drip_headers(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def _redirect_slowly(handler: Any) -> None:
    time.sleep(0.3)
    _send(b"", 302, Location="/a")(handler)


@pytest.mark.parametrize("answer", [_drip_headers, _redirect_slowly])
def test_the_time_is_for_everything_together(site: Site, settings: Settings, answer: Any) -> None:
    settings(JOBS_FETCH_TIMEOUT_SECONDS="0.8")
    site.answers["/a"] = answer
    started = time.monotonic()
    failure = _failure(site.url("/a"), RetryableFailure)
    assert "in time" in failure.message
    assert time.monotonic() - started < 1.5


def test_a_handshake_has_no_time_of_its_own(site: Site, settings: Settings) -> None:
    settings(JOBS_FETCH_TIMEOUT_SECONDS="0.5", JOBS_FETCH_ALLOW="127.0.0.0/8,::1/128")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        url = f"https://localhost:{silent.getsockname()[1]}/a"
        assert "in time" in _failure(url, RetryableFailure).message
        assert time.monotonic() - started < 4


def test_a_look_up_has_no_time_of_its_own_and_can_be_interrupted(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = threading.Event()

    def hang(*_: Any, **__: Any) -> Any:
        answer.wait(30)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    settings(JOBS_FETCH_TIMEOUT_SECONDS="0.5")
    started = time.monotonic()
    assert "in time" in _failure(site.url("/a"), RetryableFailure).message
    settings(JOBS_FETCH_TIMEOUT_SECONDS="20")
    before = signal.signal(signal.SIGUSR1, lambda *_: _interrupt())
    try:
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGUSR1)).start()
        with pytest.raises(KeyboardInterrupt):
            remote.fetch("a.txt", site.url("/a"))
    finally:
        signal.signal(signal.SIGUSR1, before)
        answer.set()
    assert time.monotonic() - started < 10


def _interrupt() -> None:
    raise KeyboardInterrupt


def test_statuses_say_whether_to_try_again(site: Site) -> None:
    for status, kind in ((404, JobFailure), (403, JobFailure), (503, RetryableFailure)):
        site.answers["/a"] = _send(b"", status)
        with pytest.raises(JobFailure) as raised:
            remote.fetch("a.txt", site.url("/a"))
        assert type(raised.value) is kind
        assert raised.value.details == {"status": status}


def test_a_compressed_answer_is_not_unpacked(site: Site) -> None:
    site.answers["/a"] = _send(b"\x1f\x8b", Content_Encoding="gzip")
    assert _code(site.url("/a")) == "document_fetch_failed"


@pytest.mark.parametrize("url", ["https://", "https:///x", "https://ho st/", "https://x:99999/"])
def test_a_url_that_is_none_says_so(settings: Settings, url: str) -> None:
    assert _code(url) in ("document_url_invalid", "document_url_forbidden", "document_fetch_failed")


def test_an_unknown_host_says_so(settings: Settings) -> None:
    assert _code("https://no-such-host.invalid/a") == "document_fetch_failed"


def _code(url: str, kind: type[JobFailure] = JobFailure) -> str:
    return _failure(url, kind).code


def _failure(url: str, kind: type[JobFailure]) -> JobFailure:
    with pytest.raises(kind) as raised:
        remote.fetch("a.txt", url)
    return raised.value
