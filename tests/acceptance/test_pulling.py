"""Jobs that a process of the worker pulled itself: they are stopped, lost and given back as all."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import redis
from celery import Celery

from tests.acceptance.conftest import Stack, finish, submit
from tests.conftest import eventually, frozen

QUEUE = "jobs-backend:work"


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack of one process that runs jobs, and pulls the next however long one took.

    Its heartbeat is too slow to tell it anything.
    """
    running = Stack(
        tmp_path_factory.mktemp("single") / "data",
        JOBS_WORKER_PULL_SECONDS="60",
        JOBS_HEARTBEAT_SECONDS="100",
        JOBS_LEASE_SECONDS="300",
        JOBS_CANCEL_GRACE_SECONDS="2",
        JOBS_SWEEP_SECONDS="0.5",
    )
    running.start("--concurrency", "1")
    yield running
    running.stop()


@pytest.fixture
def http(single: Stack) -> Iterator[httpx.Client]:
    """A client of that stack."""
    with single.client() as client:
        yield client


class Pair:
    """Two jobs of one queue: the first is over at once, so that its process pulls the second."""

    def __init__(self, single: Stack, http: httpx.Client, folder: Path, **second: Any) -> None:
        self._http, self.marker = http, folder / "second"
        _works(http)  # another queue's, so that the process does not wait at this one any more
        with _frozen_worker(single):
            self.first = self._submit("sleep", folder / "first", 0)
            self.second = self._submit(second.get("how", "sleep"), self.marker, 60)
        eventually(self.file("started").exists)
        self.process = psutil.Process(int(self.file("started").read_text()))
        # Nobody else took it: no worker's main process has it in hand.
        assert [task["id"] for task in _active(single)] == [f"{self.first['id']}:1"]

    def _submit(self, how: str, marker: Path, seconds: float) -> dict[str, Any]:
        request = {"how": how, "seconds": seconds, "marker": str(marker)}
        return submit(self._http, "/v1/work", request)

    def file(self, name: str) -> Path:
        return self.marker.with_name(f"{self.marker.name}.{name}")

    def cancel(self) -> None:
        assert self._http.post(f"/v1/jobs/{self.second['id']}/cancel").status_code == 200

    def read(self) -> dict[str, Any]:
        job: dict[str, Any] = self._http.get(f"/v1/jobs/{self.second['id']}").json()
        return job


Pull = Callable[..., Pair]


@pytest.fixture
def pull(single: Stack, http: httpx.Client, tmp_path: Path) -> Pull:
    """Have a job pulled that runs for a minute."""
    return lambda **second: Pair(single, http, tmp_path, **second)


def _frozen_worker(single: Stack) -> AbstractContextManager[None]:
    worker = psutil.Process(single.facts["pids"]["worker"])
    return frozen([worker, *worker.children()])


@contextmanager
def _celery(single: Stack) -> Iterator[Celery]:
    with Celery("other", broker=single.facts["redis_url"], set_as_current=False) as other:
        other.conf.broker_transport_options = {"global_keyprefix": "jobs-backend:"}
        other.conf.result_backend = None
        yield other


def _active(single: Stack) -> list[dict[str, Any]]:
    with _celery(single) as other:
        found = eventually(lambda: other.control.inspect(timeout=2).active())
    return [task for tasks in found.values() for task in tasks]


def _works(http: httpx.Client) -> None:
    job = finish(http, submit(http, "/v1/echo", {"text": "next"}))
    assert (job["status"], job["attempt_count"]) == ("completed", 1)


def test_a_cancellation_stops_it_and_its_process_lives_on(http: httpx.Client, pull: Pull) -> None:
    pair = pull()
    pair.cancel()
    eventually(pair.file("finally").exists, 2)
    assert pair.read()["status"] == "cancelled"
    assert finish(http, pair.first)["status"] == "completed"
    _works(http)
    assert pair.process.is_running()


def test_what_listens_to_nothing_is_killed(http: httpx.Client, pull: Pull) -> None:
    pair = pull(how="c")
    pair.cancel()
    eventually(lambda: not pair.process.is_running(), 5)
    assert pair.read()["status"] == "cancelled"
    _works(http)


def test_a_late_terminate_of_the_job_before_misses_it(
    single: Stack, http: httpx.Client, pull: Pull
) -> None:
    pair = pull(how="go")
    with _celery(single) as other:
        for name in ("SIGUSR1", "SIGTERM", "SIGKILL"):
            other.control.revoke(f"{pair.first['id']}:1", terminate=True, signal=name)
        assert other.control.inspect(timeout=2).ping()  # which was sent after them
    # It goes on after whatever signal it got: one that met it would cost it this attempt.
    pair.file("go").touch()
    job = finish(http, pair.second)
    assert (job["status"], job["attempt_count"]) == ("completed", 1)
    assert pair.process.is_running()
    _works(http)


def test_it_runs_again_when_its_process_dies(http: httpx.Client, pull: Pull) -> None:
    pair = pull()
    pair.file("started").unlink()
    pair.process.kill()
    eventually(pair.file("started").exists, 5)  # long before its lease has passed
    job = pair.read()
    assert (job["status"], job["attempt_count"]) == ("in_progress", 2)
    assert job["last_failure_code"] == "worker_lost"
    assert finish(http, pair.first)["attempt_count"] == 1
    pair.cancel()
    eventually(pair.file("finally").exists, 2)


def test_a_worker_that_is_told_to_end_gives_it_back(
    single: Stack, http: httpx.Client, pull: Pull
) -> None:
    pair = pull()
    pair.file("started").unlink()
    psutil.Process(single.facts["pids"]["worker"]).send_signal(signal.SIGTERM)
    eventually(pair.file("started").exists)  # by the worker that is started in its place
    job = pair.read()
    assert (job["status"], job["attempt_count"]) == ("in_progress", 2)
    assert job["last_failure_code"] != "worker_lost"
    pair.cancel()
    eventually(lambda: pair.read()["status"] == "cancelled")
    _works(http)


@pytest.mark.parametrize("message", [b"{", b"[]", b'{"headers": {"task": "nobody.knows"}}'])
def test_what_it_cannot_read_is_left_to_celery(
    single: Stack, http: httpx.Client, tmp_path: Path, message: bytes
) -> None:
    def request(name: str) -> dict[str, Any]:
        return {"how": "sleep", "seconds": 0, "marker": str(tmp_path / name)}

    with _frozen_worker(single):
        before = submit(http, "/v1/work", request("before"))
        with redis.Redis.from_url(single.facts["redis_url"]) as client:
            client.lpush(QUEUE, message)
            after = submit(http, "/v1/work", request("after"))
            assert client.llen(QUEUE) >= 2
    for job in (before, after):
        assert finish(http, job)["status"] == "completed"
    _works(http)


def test_it_may_be_turned_off(tmp_path: Path) -> None:
    plain = Stack(tmp_path / "data", JOBS_WORKER_PULL_SECONDS="0")
    plain.start("--concurrency", "1")
    try:
        with plain.client() as http, _frozen_worker(plain):
            jobs = [submit(http, "/v1/echo", {"text": str(number)}) for number in range(5)]
        with plain.client() as http:
            for job in jobs:
                assert finish(http, job)["status"] == "completed"
        with _celery(plain) as other:
            found = eventually(lambda: other.control.inspect(timeout=2).stats())
        [stats] = found.values()
        assert stats["total"]["jobs:/v1/echo"] == 5
    finally:
        plain.stop()
