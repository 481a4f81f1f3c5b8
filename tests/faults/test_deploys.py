"""Deploys: processes that are told to end while there is work, and an API that dies in between."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator

import psutil
import pytest

from jobs_backend.alive import has_ended
from tests.conftest import eventually
from tests.faults.conftest import IN_HAND, IS_PRODUCTION, LEASE, SLACK, SWEEP, Load, World
from workers.shutdown import LISTEN_SECONDS

Figure = Callable[[str], None]
GRACE = 3 if IS_PRODUCTION else 1
RECOVERY = LEASE + IN_HAND + 3 * SWEEP + SLACK


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A stack whose API waits for the broker for long enough to be killed meanwhile."""
    made = World(tmp_path_factory.mktemp("world"))
    made.start(JOBS_BROKER_TIMEOUT_SECONDS="20")
    yield made
    made.stop()


def test_a_worker_is_told_to_end(world: World, figure: Figure) -> None:
    job, _ = world.hang("deploy")
    worker = psutil.Process(world.pids["worker"])
    with Load(world):
        since = time.monotonic()
        worker.terminate()
        took = _wait_for_end(worker, since)
    assert took < GRACE + 3
    _assert_uncharged(world, [job], RECOVERY)
    figure(f"ended after {took:.1f} s; its job was given back uncharged, and ran again")


def test_a_worker_whose_jobs_listen_to_nothing_is_told_to_end(world: World, figure: Figure) -> None:
    jobs = [world.hang(f"deaf-{number}", deaf=True)[0] for number in range(2)]
    worker = psutil.Process(world.pids["worker"])
    since = time.monotonic()
    worker.terminate()
    took = _wait_for_end(worker, since)
    assert took < GRACE + 2 * LISTEN_SECONDS + 2
    _assert_uncharged(world, jobs, RECOVERY)
    figure(f"ended after {took:.1f} s; its jobs were killed, and given back uncharged")


def test_a_worker_with_a_frozen_process_is_told_to_end(world: World, figure: Figure) -> None:
    world.submit(5)
    world.settle(RECOVERY)
    worker = psutil.Process(world.pids["worker"])
    frozen = worker.children()
    since = time.monotonic()
    for each in frozen:
        each.suspend()
    worker.terminate()
    took = _wait_for_end(worker, since)
    assert took < GRACE + 2 * LISTEN_SECONDS + 2
    eventually(lambda: all(has_ended(each) for each in frozen))
    world.submit(1)
    world.settle(RECOVERY)
    figure(f"ended after {took:.1f} s, and nothing was left")


def test_a_worker_is_told_to_end_by_ctrl_c(world: World, figure: Figure) -> None:
    jobs = [world.hang(f"interrupted-{number}")[0] for number in range(2)]
    worker = psutil.Process(world.pids["worker"])
    since = time.monotonic()
    worker.send_signal(signal.SIGINT)
    took = _wait_for_end(worker, since)
    assert took < GRACE + 2 * LISTEN_SECONDS + 3
    _assert_uncharged(world, jobs, RECOVERY)
    figure(f"ended after {took:.1f} s; its jobs were given back uncharged")


@pytest.mark.slow
def test_the_whole_group_is_told_to_end_twice(world: World, figure: Figure) -> None:
    jobs = [world.hang(f"group-{number}")[0] for number in range(2)]
    short = world.submit(20)
    worker = psutil.Process(world.pids["worker"])
    since = time.monotonic()
    worker.terminate()
    time.sleep(0.3)
    for _ in range(2):
        os.killpg(worker.pid, signal.SIGTERM)
        time.sleep(0.3)
    took = _wait_for_end(worker, since)
    _assert_uncharged(world, [*jobs, *short], RECOVERY)
    figure(f"ended after {took:.1f} s; nothing charged, all done")


def test_a_rolling_restart_under_load(world: World, figure: Figure) -> None:
    job, _ = world.hang("rolling")
    before = {process.pid for process in psutil.Process(world.pids["web"]).children()}
    worker = psutil.Process(world.pids["worker"])
    with Load(world, clients=4, pause=0.01):
        time.sleep(0.5)
        # gunicorn starts new processes of the API, and lets the old ones finish what they do.
        os.kill(world.pids["web"], signal.SIGHUP)
        worker.terminate()
        eventually(lambda: not before & {each.pid for each in _web_processes(world)})
        eventually(lambda: world.pids.get("worker") not in (None, worker.pid))
        time.sleep(0.5)
    taken = len(world.accepted)
    assert not world.refused
    _assert_uncharged(world, [job], RECOVERY)
    figure(f"{taken} requests, none failed; every job done, none charged")


@pytest.mark.slow
def test_the_api_dies_between_commit_and_send(world: World, figure: Figure) -> None:
    unsent = "SELECT id FROM jobs WHERE status = 'validating' AND dispatch_failures = 0"
    with world.black_holed():  # so that the send takes its time
        client = threading.Thread(target=world.submit)
        client.start()
        stored = eventually(lambda: world.sql(unsent))
        for process in _web_processes(world):
            process.kill()
        client.join()
    since = time.monotonic()
    assert world.refused.total() == 1
    assert world.sql(unsent) == stored
    world.accepted.extend(job_id for (job_id,) in stored)
    took = world.settle(RECOVERY, since)
    figure(f"the stored job done after {took:.1f} s")


def test_the_api_drains(world: World, figure: Figure) -> None:
    # A request that waits for Postgres is answered although its process was told to end.
    blocker_open, answered = threading.Event(), []
    world.sql("CREATE TABLE IF NOT EXISTS gate (id integer)")
    holder = threading.Thread(target=_hold_lock, args=(world, blocker_open))
    holder.start()
    eventually(lambda: _is_locked(world))
    client = threading.Thread(target=lambda: answered.extend(world.submit()))
    client.start()
    eventually(lambda: _somebody_waits(world))
    web = psutil.Process(world.pids["web"])
    web.terminate()
    time.sleep(0.5)
    blocker_open.set()
    client.join()
    holder.join()
    assert len(answered) == 1
    eventually(lambda: world.pids.get("web") not in (None, web.pid))
    eventually(world.submit)
    world.settle(RECOVERY)
    figure("a request under way is answered")


def _wait_for_end(process: psutil.Process, since: float) -> float:
    eventually(lambda: has_ended(process), 60)
    return time.monotonic() - since


def _assert_uncharged(world: World, jobs: list[dict[str, str]], seconds: float) -> None:
    ids = [job["id"] for job in jobs]
    world.settle(seconds)
    rows = world.sql(
        "SELECT status, loss_count, failure_count, last_failure_code FROM jobs WHERE id = ANY (%s)",
        ids,
    )
    assert set(rows) == {("completed", 0, 0, None)}


def _web_processes(world: World) -> list[psutil.Process]:
    return list(psutil.Process(world.pids["web"]).children())


def _hold_lock(world: World, until: threading.Event) -> None:
    import psycopg2

    connection = psycopg2.connect(world.database_url)
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE job_payloads IN EXCLUSIVE MODE")
        until.wait(30)
    connection.close()


def _is_locked(world: World) -> bool:
    [(count,)] = world.sql(
        "SELECT count(*) FROM pg_locks WHERE mode = 'ExclusiveLock' "
        "AND relation = 'job_payloads'::regclass AND granted"
    )
    return bool(count)


def _somebody_waits(world: World) -> bool:
    [(count,)] = world.sql(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE application_name = 'jobs-backend' AND wait_event_type = 'Lock'"
    )
    return bool(count)
