"""What the engines' tests share: a server to talk to, and being interrupted amid it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import structlog

from tests.unit.engines import fake_model
from tests.unit.engines.fake_model import FakeServer
from workers import heartbeat, interruption
from workers.context import Context

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    """A server that both engines are set to, and that is reached without a proxy."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with fake_model.running() as fake:
        yield fake


@pytest.fixture
def context() -> Context:
    """A job's context, on an endpoint type of nobody's."""
    return Context("job_1", 1, "org_1", structlog.get_logger(), "/v1/things", {})


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, str | None]]:
    """What is noted of the job's progress."""
    noted: list[tuple[int, int, str | None]] = []
    monkeypatch.setattr(heartbeat, "note", lambda *progress: noted.append(progress))
    return noted


@pytest.fixture
def interrupted() -> Iterator[Callable[..., None]]:
    """Run something as a handler, and interrupt it once the server has been asked so often."""
    numbers = interruption.ALL
    before = {number: signal.getsignal(number) for number in numbers}
    interruption.install()
    heartbeat.begin()  # as in a worker: it is no thread of the handler's

    def run(work: Callable[[], object], server: FakeServer, requests: int = 1) -> None:
        with interruption.held(), _interrupts(server, requests):
            with pytest.raises(interruption.Interrupted), interruption.may_interrupt():
                work()
            interruption.hold()

    yield run
    for number, handler in before.items():
        signal.signal(number, handler)
    with interruption.held():
        pass  # what follows was not asked to stop


@contextmanager
def _interrupts(server: FakeServer, requests: int) -> Iterator[None]:
    def interrupt() -> None:
        for _ in range(requests):
            assert server.arrived.acquire(timeout=20)
        os.kill(os.getpid(), interruption.GENTLE)

    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        yield
    finally:
        thread.join()
