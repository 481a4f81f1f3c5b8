"""Cancelling and retrying over HTTP, with real work in real processes that has to die."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import redis
from celery import Celery

from jobs_backend.alive import has_ended
from tests.acceptance.conftest import Stack, finish, submit
from tests.conftest import eventually

GRACE, HEARTBEAT = 2.0, 2.0


@pytest.fixture(scope="module")
def stopping(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack that loses patience soon."""
    running = Stack(
        tmp_path_factory.mktemp("cancel") / "data",
        JOBS_CANCEL_GRACE_SECONDS=str(GRACE),
        JOBS_HEARTBEAT_SECONDS=str(HEARTBEAT),
        JOBS_RETRY_BACKOFF_SECONDS="0.1",
        JOBS_SWEEP_SECONDS="0.5",
    )
    running.start("--concurrency", "3")
    yield running
    running.stop()


@pytest.fixture
def http(stopping: Stack) -> Iterator[httpx.Client]:
    """A client of that stack."""
    with stopping.client() as client:
        yield client


class Work:
    """A job of `/v1/work` that is under way."""

    def __init__(self, http: httpx.Client, folder: Path, how: str, seconds: float = 60) -> None:
        self._http = http
        self.marker = folder / f"work-{time.monotonic_ns()}"
        request = {"how": how, "seconds": seconds, "marker": str(self.marker)}
        self.job = submit(http, "/v1/work", request)
        self.path = f"/v1/jobs/{self.job['id']}"

    def wait_until_started(self) -> psutil.Process:
        """The process that runs it."""
        eventually(self.file("started").exists)
        return psutil.Process(int(self.file("started").read_text()))

    def file(self, name: str) -> Path:
        """One of the files that it leaves behind."""
        return self.marker.with_name(f"{self.marker.name}.{name}")

    def cancel(self) -> dict[str, Any]:
        """Cancel it, which must work."""
        answer = self._http.post(f"{self.path}/cancel")
        assert answer.status_code == 200, answer.text
        job: dict[str, Any] = answer.json()
        return job

    def read(self) -> dict[str, Any]:
        """The job now."""
        job: dict[str, Any] = self._http.get(self.path, params={"include_response": True}).json()
        return job


Start = Callable[..., Work]


@pytest.fixture
def start(http: httpx.Client, tmp_path: Path) -> Start:
    """Submit work; it may have to wait for a free child."""
    return lambda how, **options: Work(http, tmp_path, how, **options)


def _text_of(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _runs(process_id: int) -> bool:
    return psutil.pid_exists(process_id) and not has_ended(psutil.Process(process_id))


def _within(seconds: float, condition: Callable[[], Any]) -> None:
    started = time.monotonic()
    eventually(condition, seconds)
    assert time.monotonic() - started < seconds


@pytest.mark.parametrize("how", ["python", "sleep"])
def test_python_work_is_stopped_at_once_and_its_process_lives_on(start: Start, how: str) -> None:
    work = start(how)
    process = work.wait_until_started()
    job = work.cancel()
    assert (job["status"], job["cancelled"]) == ("cancelled", True)
    assert job["response"] is None
    assert job["error"] is None
    assert job["started_at"] is not None
    assert job["completed_at"] is not None
    _within(1, work.file("finally").exists)
    assert _runs(process.pid)
    assert not work.file("done").exists()
    assert work.read()["status"] == "cancelled"


def test_the_freed_process_takes_the_next_job_at_once(http: httpx.Client, start: Start) -> None:
    works = [start("sleep") for _ in range(3)]
    for work in works:
        work.wait_until_started()
    waiting = submit(http, "/v1/work", {"how": "sleep", "seconds": 0, "marker": "/dev/null/none"})
    works[0].cancel()
    started = time.monotonic()
    assert finish(http, waiting, 5)["status"] == "failed"  # it has no place for its files
    assert time.monotonic() - started < 1
    for work in works[1:]:
        work.cancel()


@pytest.mark.parametrize("how", ["c", "stubborn"])
def test_work_that_does_not_listen_is_killed_after_the_grace_period(start: Start, how: str) -> None:
    work = start(how)
    process = work.wait_until_started()
    work.cancel()
    _within(GRACE + 1, lambda: not _runs(process.pid))
    assert not work.file("done").exists()
    assert work.read()["status"] == "cancelled"
    again = start("sleep", seconds=0)
    _within(15, lambda: again.read()["status"] == "completed")


def test_a_handler_that_asks_is_told(start: Start) -> None:
    work = start("polite")
    work.wait_until_started()
    work.cancel()
    _within(HEARTBEAT + 1, work.file("done").exists)
    assert work.read()["status"] == "cancelled"


def test_what_the_work_started_dies_with_it(start: Start) -> None:
    work = start("children")
    work.wait_until_started()
    eventually(work.file("children").exists)
    children = eventually(lambda: work.file("children").read_text().split())
    work.cancel()
    _within(2, lambda: not any(_runs(int(child)) for child in children))


def test_a_program_in_the_background_dies_too(start: Start) -> None:
    work = start("background")
    work.wait_until_started()
    child = int(eventually(lambda: _text_of(work.file("children"))))
    assert _runs(child)
    work.cancel()
    _within(2, lambda: not _runs(child))


@pytest.mark.parametrize("how", ["threads", "import"])
def test_what_cannot_be_stopped_gently_ends_with_its_process(start: Start, how: str) -> None:
    work = start(how)
    process = work.wait_until_started()
    if how == "threads":
        eventually(work.file("tick").exists)
    else:
        eventually(lambda: (work.file("modules") / "under_way").exists())
    work.cancel()
    _within(GRACE + 1, lambda: not _runs(process.pid))
    assert work.read()["status"] == "cancelled"
    again = start("sleep", seconds=0)
    eventually(lambda: again.read()["status"] == "completed")


def test_code_that_holds_pythons_lock_is_killed_without_redis_too(
    stopping: Stack, start: Start
) -> None:
    work = start("lock")
    process = work.wait_until_started()
    redis = stopping.facts["pids"]["redis"]
    os.kill(redis, signal.SIGSTOP)
    try:
        work.cancel()
        _within(2 * HEARTBEAT + GRACE + 5, lambda: not _runs(process.pid))
    finally:
        os.kill(redis, signal.SIGCONT)


def test_a_connection_to_redis_that_broke_changes_nothing(stopping: Stack, start: Start) -> None:
    address = stopping.facts["redis_url"]
    with redis.Redis.from_url(address) as client, suppress(redis.ConnectionError):
        client.execute_command("CLIENT", "KILL", "TYPE", "normal")
    after = start("sleep", seconds=0)
    eventually(lambda: after.read()["status"] == "completed")
    work = start("lock")
    process = work.wait_until_started()
    work.cancel()
    _within(GRACE + 1, lambda: not _runs(process.pid))
    assert "AssertionError" not in stopping.log("worker")


@pytest.mark.parametrize(("how", "seconds"), [("sleep", 1), ("stubborn", 2)])
def test_time_limits_hold_while_the_workers_main_process_is_at_a_standstill(
    stopping: Stack, http: httpx.Client, tmp_path: Path, how: str, seconds: float
) -> None:
    marker = tmp_path / "limited"
    request = {"how": how, "seconds": 60, "marker": str(marker)}
    job = submit(http, "/v1/limited-work", request)
    eventually(Path(f"{marker}.started").exists)
    worker = psutil.Process(stopping.facts["pids"]["worker"])
    worker.suspend()
    try:
        path = f"/v1/jobs/{job['id']}"
        _within(seconds + 3, lambda: http.get(path).json()["status"] == "failed")
    finally:
        worker.resume()
    ended = finish(http, job)
    assert (ended["error"]["code"], ended["attempt_count"]) == ("timeout", 1)
    assert f"of {seconds} seconds" in ended["error"]["message"]


def test_a_job_whose_process_died_runs_again_soon(start: Start) -> None:
    for work in [start("sleep") for _ in range(3)]:  # every process was told to stop once
        work.wait_until_started()
        work.cancel()
    work = start("sleep", seconds=1)
    work.wait_until_started().kill()
    _within(10, lambda: work.read()["status"] == "completed")
    job = work.read()
    assert (job["attempt_count"], job["last_failure_code"]) == (2, "worker_lost")


def test_programs_that_ended_are_let_go(stopping: Stack, http: httpx.Client) -> None:
    for _ in range(4):
        job = submit(http, "/v1/leaves-a-program", {})
        assert finish(http, job)["status"] == "completed"
    worker = psutil.Process(stopping.facts["pids"]["worker"])

    def is_clean() -> bool:  # once they have ended, which nobody waits for, and others have run
        for _ in range(6):
            finish(http, submit(http, "/v1/echo", {"text": "x"}))
        pool = worker.children()
        return worker.children(recursive=True) == pool and all(
            each.status() != psutil.STATUS_ZOMBIE for each in pool
        )

    eventually(is_clean)


def test_a_queued_job_that_was_cancelled_never_starts(start: Start) -> None:
    running = [start("sleep") for _ in range(3)]
    for work in running:
        work.wait_until_started()
    waiting = start("sleep", seconds=0)
    assert waiting.cancel()["started_at"] is None
    for work in running:
        work.cancel()
    after = start("sleep", seconds=0)
    eventually(lambda: after.read()["status"] == "completed")
    assert not waiting.file("started").exists()
    assert waiting.read()["attempt_count"] == 0


def test_a_retried_job_runs_although_its_earlier_task_was_revoked(
    http: httpx.Client, start: Start
) -> None:
    work = start("sleep", seconds=1)
    for attempt in (1, 2):
        work.wait_until_started()
        work.cancel()
        eventually(work.file("finally").exists)
        for name in ("started", "finally"):
            work.file(name).unlink()
        answer = http.post(f"{work.path}/retry")
        assert answer.status_code == 200
        job = answer.json()
        assert (job["status"], job["attempt_count"], job["cancelled"]) == ("queued", attempt, False)
        assert job["started_at"] is job["completed_at"] is job["response"] is None
    ended = finish(http, work.job)
    assert (ended["status"], ended["attempt_count"]) == ("completed", 3)


def test_a_late_terminate_of_an_earlier_attempt_misses_the_next_one(
    stopping: Stack, http: httpx.Client, start: Start
) -> None:
    work = start("sleep", seconds=1)
    work.wait_until_started()
    work.cancel()
    eventually(work.file("finally").exists)
    work.file("started").unlink()
    assert http.post(f"{work.path}/retry").status_code == 200
    work.wait_until_started()
    with Celery("late", broker=stopping.facts["redis_url"], set_as_current=False) as late:
        late.conf.broker_transport_options = {"global_keyprefix": "jobs-backend:"}
        late.conf.result_backend = None
        workers = late.control.inspect(timeout=2).ping()
        assert workers  # they hear what is sent in this way
        for signal_name in ("SIGUSR1", "SIGTERM", "SIGKILL"):
            late.control.revoke(f"{work.job['id']}:1", terminate=True, signal=signal_name)
    ended = finish(http, work.job)
    assert (ended["status"], ended["attempt_count"]) == ("completed", 2)


def test_cancelling_50_of_100_that_run_hits_no_other(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    crowd = Stack(tmp_path_factory.mktemp("crowd") / "data")
    crowd.start("--concurrency", "100")
    try:
        with crowd.client() as http:
            works = [Work(http, tmp_path, "go") for _ in range(100)]
            for work in works:
                work.wait_until_started()
            for work in works[1::2]:
                work.cancel()
            for work in works[::2]:
                work.file("go").touch()
                eventually(lambda work=work: work.read()["status"] == "completed")
                job = work.read()
                assert job["last_failure_code"] is None
                assert job["response"]["body"] == {"attempt": job["attempt_count"]}
            for work in works[1::2]:
                eventually(work.file("finally").exists)
                assert work.read()["status"] == "cancelled"
                assert not work.file("done").exists()
    finally:
        crowd.stop()


def test_a_child_that_is_terminated_by_mistake_gives_its_job_back_uncharged(
    http: httpx.Client, start: Start
) -> None:
    work = start("sleep", seconds=1)
    process = work.wait_until_started()
    process.send_signal(signal.SIGUSR1)
    ended = finish(http, work.job)
    assert (ended["status"], ended["attempt_count"]) == ("completed", 2)
    assert ended["last_failure_code"] is None
    assert _runs(process.pid)


def test_a_frozen_redis_delays_neither_the_answer_nor_the_end_by_much(
    stopping: Stack, start: Start
) -> None:
    works = [start("sleep") for _ in range(3)]
    for work in works:
        work.wait_until_started()
    redis = stopping.facts["pids"]["redis"]
    os.kill(redis, signal.SIGSTOP)
    try:
        took = []
        for work in works:
            started = time.monotonic()
            work.cancel()
            took.append(time.monotonic() - started)
            _within(HEARTBEAT + 1, work.file("finally").exists)
        assert sorted(took)[1] < 0.3  # one may have been unlucky on a busy machine
    finally:
        os.kill(redis, signal.SIGCONT)
    after = start("sleep", seconds=0)
    eventually(lambda: after.read()["status"] == "completed")


def test_a_worker_that_restarts_before_it_hears_of_a_cancellation(
    stopping: Stack, http: httpx.Client, start: Start
) -> None:
    work, other = start("sleep"), start("sleep")
    process = work.wait_until_started()
    other.wait_until_started()
    redis, worker = (stopping.facts["pids"][name] for name in ("redis", "worker"))
    os.kill(redis, signal.SIGSTOP)
    try:
        work.cancel()
        children = psutil.Process(worker).children()
        os.kill(worker, signal.SIGKILL)
        for child in children:
            child.kill()
    finally:
        os.kill(redis, signal.SIGCONT)
    eventually(lambda: not _runs(process.pid))
    after = start("sleep", seconds=0)
    eventually(lambda: after.read()["status"] == "completed")
    assert work.read()["status"] == "cancelled"
    assert work.read()["attempt_count"] == 1
    assert not work.file("done").exists()
    assert http.post(f"{other.path}/cancel").status_code == 200


@pytest.mark.parametrize("how", ["sleep", "stubborn", "children", "lock"])
def test_a_time_limit_ends_as_timeout(http: httpx.Client, tmp_path: Path, how: str) -> None:
    request = {"how": how, "seconds": 30, "marker": str(tmp_path / "limited")}
    job = finish(http, submit(http, "/v1/limited-work", request), 10)
    assert job["status"] == "failed"
    assert job["error"]["code"] == job["last_failure_code"] == "timeout"
    assert ("2 second" if how in ("stubborn", "lock") else "1 second") in job["error"]["message"]
    if how == "children":
        children = (tmp_path / "limited.children").read_text().split()
        _within(2, lambda: not any(_runs(int(child)) for child in children))
    assert job["attempt_count"] == 1


@pytest.mark.parametrize(("succeeds_at", "status"), [(3, "completed"), (4, "failed")])
def test_a_failure_that_may_pass_is_tried_again(
    http: httpx.Client, succeeds_at: int, status: str
) -> None:
    job = finish(http, submit(http, "/v1/flaky", {"succeeds_at": succeeds_at}))
    assert (job["status"], job["attempt_count"]) == (status, 3)
    assert job["last_failure_code"] == "upstream_busy"


def test_temporary_files_end_with_the_process_that_was_killed(start: Start) -> None:
    work = start("files")
    work.wait_until_started()
    folder = Path(eventually(lambda: _text_of(work.file("folder"))))
    assert folder.is_dir()
    work.cancel()
    eventually(lambda: not folder.exists(), GRACE + 10)


def test_nothing_is_left_behind(stopping: Stack, http: httpx.Client, start: Start) -> None:
    import psycopg2

    work = start("stubborn")
    process = work.wait_until_started()
    work.cancel()
    eventually(lambda: not _runs(process.pid))
    connection = psycopg2.connect(stopping.facts["database_url"])
    connection.autocommit = True
    cursor = connection.cursor()

    def running() -> int:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE state LIKE '%transaction%'")
        return int(cursor.fetchone()[0])

    eventually(lambda: running() == 0)
    cursor.execute("SELECT count(*) FROM jobs WHERE status = 'in_progress'")
    assert cursor.fetchone()[0] == 0
    connection.close()
