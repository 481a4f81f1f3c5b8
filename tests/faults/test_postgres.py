"""A Postgres that restarts, freezes, hangs up in the middle of a commit, or is full."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg2
import pytest

from jobs_backend.local.servers import EmbeddedPostgres
from tests.conftest import eventually, frozen
from tests.faults.conftest import IN_HAND, LEASE, SLACK, SWEEP, Load, World

Figure = Callable[[str], None]
RECOVERY = LEASE + IN_HAND + 3 * SWEEP + SLACK


def test_immediate_restart(world: World, figure: Figure) -> None:
    job, _ = world.hang("restarted-postgres")
    with Load(world):
        server = psutil.Process(world.postgres.pid)
        server.send_signal(signal.SIGQUIT)  # in Postgres's words, an immediate shutdown
        eventually(lambda: world.refused[503] > 2)
        assert _retry_after(world) is not None
        eventually(lambda: not server.is_running())
        assert world.postgres.revive()
        since = time.monotonic()
        eventually(world.submit)
    world.let_go("restarted-postgres")
    assert set(world.refused) <= {503}
    took = world.settle(RECOVERY, since)
    assert world.attempts(job) == 1
    figure(f"503 with Retry-After meanwhile; all done {took:.1f} s after it was back")


def test_postgres_is_frozen_for_longer_than_a_lease(world: World, figure: Figure) -> None:
    job, _ = world.hang("frozen-postgres")
    with frozen(_all_of(world.postgres)):
        started = time.monotonic()
        assert world.submit() == []
        refused_after = time.monotonic() - started
        time.sleep(max(0, LEASE + 2 * SWEEP - refused_after))
    since = time.monotonic()
    eventually(world.submit)
    world.let_go("frozen-postgres")
    took = world.settle(RECOVERY, since)
    assert world.attempts(job) == 1  # its worker was given time to renew the lease
    figure(f"503 after {refused_after:.1f} s; the running job goes on; done after {took:.1f} s")


def test_time_limits_do_not_count_the_wait_for_postgres(world: World, figure: Figure) -> None:
    limit, marker = 2, world.directory / "limited"
    worker = psutil.Process(world.pids["worker"])
    with ExitStack() as away:
        with frozen([worker, *worker.children()]):
            request = {"how": "sleep", "seconds": 0.5, "marker": str(marker)}
            [job] = world.submit(1, "/v1/limited-work", request)
            away.enter_context(frozen(_all_of(world.postgres)))
        time.sleep(3 * limit)  # which the claim waits
    eventually(marker.with_suffix(".started").exists)
    with frozen(_all_of(world.postgres)):
        eventually(marker.with_suffix(".done").exists)
        time.sleep(3 * limit)  # which the result waits
    took = world.settle(RECOVERY)
    assert world.attempts(job) == 1
    assert world.job(job)["status"] == "completed"
    figure(f"kept waiting for 3 times its limit, before and after; completed {took:.1f} s later")


def test_one_backend_is_frozen(world: World, figure: Figure) -> None:
    world.submit(5)
    backends = world.sql("SELECT pid FROM pg_stat_activity WHERE application_name = 'jobs-backend'")
    with frozen([psutil.Process(pid) for (pid,) in backends[:1]]):
        started = time.monotonic()
        world.submit(20)
        took = time.monotonic() - started
        assert world.refused.total() <= 1
        world.settle(RECOVERY)
    figure(f"at most 1 of 20 requests refused; 20 took {took:.1f} s")


def test_sessions_are_cut_inside_commit(world: World, figure: Figure) -> None:
    # A commit that waits for a standby which never answers has happened; its client never hears.
    with Load(world, clients=4), _standby_that_never_answers(world):
        cut = _cut_commits(world, seconds=LEASE / 3, at_least=6)
    jobs = list(world.accepted)
    assert set(world.refused) <= {503}
    took = world.settle(RECOVERY)
    again = sum(world.attempts({"id": job_id}) > 1 for job_id in jobs)
    assert again == 0
    figure(f"{cut} commits cut off, {len(jobs)} jobs: none ran twice; done after {took:.1f} s")


def test_a_submit_is_cut_inside_commit(world: World, figure: Figure) -> None:
    answers: list[Any] = []
    client = threading.Thread(target=lambda: answers.extend(world.submit()))
    with _standby_that_never_answers(world):
        client.start()
        eventually(lambda: _terminate(world, "EXECUTE submit"))
        # Read again, it is there; its further commits may not be cut.
        _reset_standby(world)
        client.join()
    assert len(answers) == 1
    world.settle(RECOVERY)
    figure("read again, and answered with 200")


def test_a_deadlock_with_another_program(world: World, figure: Figure) -> None:
    job, _ = world.hang("deadlock")
    other = psycopg2.connect(world.database_url)
    with other.cursor() as cursor:
        cursor.execute("SET deadlock_timeout = '1min'")  # so that it is the other one that gives up
        cursor.execute("SELECT 1 FROM job_payloads WHERE job_id = %s FOR UPDATE", (job["id"],))
        world.let_go("deadlock")
        eventually(lambda: _waits_for_lock(world))  # it holds the job's row and wants the payload
        cursor.execute("SELECT 1 FROM jobs WHERE id = %s FOR UPDATE", (job["id"],))
        other.commit()
    other.close()
    since = time.monotonic()
    took = world.settle(RECOVERY, since)
    assert world.attempts(job) == 1
    [(isolation,)] = world.sql("SELECT count(*) FROM pg_stat_database WHERE deadlocks > 0")
    assert isolation == 1
    figure(f"the result was handed in again, {took:.1f} s later")


def test_serialization_errors_do_not_arise(world: World) -> None:
    # An operator's default of another isolation level would make guards fail instead of wait.
    world.sql("ALTER ROLE postgres SET default_transaction_isolation = 'serializable'")
    world.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE application_name = 'jobs-backend'"
    )
    try:
        with Load(world, clients=4):
            time.sleep(2)
        world.settle(RECOVERY)
        assert not world.log_has("worker", "could not serialize")
        assert not world.log_has("web", "could not serialize")
    finally:
        world.sql("ALTER ROLE postgres RESET default_transaction_isolation")


def test_the_api_dies_before_commit(world: World, figure: Figure) -> None:
    blocker = psycopg2.connect(world.database_url)
    with blocker.cursor() as cursor:
        cursor.execute("LOCK TABLE job_payloads IN EXCLUSIVE MODE")
        client = threading.Thread(target=world.submit)
        client.start()
        eventually(lambda: _waits_for_lock(world))
        for process in psutil.Process(world.pids["web"]).children():
            process.kill()
        client.join()
        _terminate_waiting(world)
        blocker.rollback()
    blocker.close()
    assert world.accepted == []
    since = time.monotonic()
    eventually(world.submit)
    took = time.monotonic() - since
    world.settle(RECOVERY)
    # One whose answer was an error may be stored all the same: then it is sent, and runs.
    unsent = "SELECT count(*) FROM jobs WHERE status = 'validating'"
    eventually(lambda: world.sql(unsent) == [(0,)], RECOVERY)
    figure(f"nothing accepted; takes jobs again after {took:.1f} s")


@pytest.mark.slow
def test_the_disk_is_full(tmp_path: Path, figure: Figure) -> None:
    world = World(tmp_path)
    with _small_disk(tmp_path / "servers") as fill:
        world.start()
        try:
            job, _ = world.hang("full")
            empty = fill(world)
            eventually(lambda: _is_refused(world), 60)
            world.let_go("full")  # its result has nowhere to go
            time.sleep(2 * SWEEP)
            empty()
            since = time.monotonic()
            eventually(lambda: world.postgres.revive() or world.submit(), 60)
            took = world.settle(RECOVERY + 20, since)
            assert world.job(job)["status"] == "completed"
        finally:
            world.stop()
    figure(f"503 meanwhile; all done {took:.1f} s after there was room again")


def _retry_after(world: World) -> str | None:
    with world.stack.client() as client:
        answer = client.get("/v1/jobs")
        return answer.headers.get("Retry-After") if answer.status_code == 503 else None


def _is_refused(world: World) -> bool:
    world.submit(1, "/v1/echo", {"text": os.urandom(300_000).hex()})
    return world.refused[503] > 0


def _all_of(postgres: EmbeddedPostgres) -> list[psutil.Process]:
    main = psutil.Process(postgres.pid)
    return [main, *main.children()]


@contextmanager
def _standby_that_never_answers(world: World) -> Iterator[None]:
    world.sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    world.sql("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        _reset_standby(world)


def _reset_standby(world: World) -> None:
    world.sql("ALTER SYSTEM RESET synchronous_standby_names")
    world.sql("SELECT pg_reload_conf()")


def _cut_commits(world: World, seconds: float, at_least: int) -> int:
    started, cut = time.monotonic(), 0
    while (passed := time.monotonic() - started) < seconds or cut < at_least:
        assert passed < seconds + SLACK
        cut += _terminate(world, "")
        time.sleep(0.05)
    return cut


def _terminate(world: World, statement: str) -> int:
    return len(
        world.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'jobs-backend' AND wait_event = 'SyncRep' "
            "AND position(%s IN query) > 0",
            statement,
        )
    )


def _waits_for_lock(world: World) -> bool:
    [(waiting,)] = world.sql(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE application_name = 'jobs-backend' AND wait_event_type = 'Lock'"
    )
    return bool(waiting)


def _terminate_waiting(world: World) -> None:
    world.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE application_name = 'jobs-backend' AND wait_event_type = 'Lock'"
    )
    eventually(lambda: not _waits_for_lock(world))


@contextmanager
def _small_disk(folder: Path) -> Iterator[Callable[[World], Callable[[], None]]]:
    """A folder on a disk of its own that can be filled; without the right to mount one, the nearest
    is a limit of the size of files."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=192m", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        yield _limit_file_sizes
        return
    folder.chmod(0o755)
    try:
        yield lambda _world: _fill(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(folder: Path) -> Callable[[], None]:
    filler = folder / "filler"
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, shutil.disk_usage(folder).free - 500_000))
    return filler.unlink


def _limit_file_sizes(world: World) -> Callable[[], None]:
    def limit(size: int) -> None:
        for process in _all_of(world.postgres):
            process.rlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    limit(17 << 20)  # a segment of the write-ahead log still fits
    return lambda: limit(resource.RLIM_INFINITY)
