"""Workers that die, freeze, stall or are sent away; jobs that kill whatever runs them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import psutil
import pytest
from celery import Celery

from jobs_backend.alive import has_ended
from jobs_backend.local.supervisor import RESTART_MAX_SECONDS
from tests.conftest import eventually
from tests.faults.conftest import CONCURRENCY, LEASE, SLACK, STALL, SWEEP, World
from workers.recording import FREE_INTERRUPTIONS

Figure = Callable[[str], None]


def test_kill_9_of_the_process_of_a_running_job(world: World, figure: Figure) -> None:
    job, process = world.hang("killed-child")
    neighbours = world.submit(20)
    since = time.monotonic()
    process.kill()
    took = world.settle(SWEEP + SLACK, since)
    assert world.attempts(job) == 2
    assert all(world.attempts(neighbour) == 1 for neighbour in neighbours)
    figure(f"runs again and is done after {took:.1f} s")


def test_kill_9_of_a_workers_main_process(world: World, figure: Figure) -> None:
    job, process = world.hang("killed-parent")
    world.submit(20)
    since = time.monotonic()
    os.kill(world.pids["worker"], signal.SIGKILL)
    took = world.settle(LEASE + 2 * SWEEP + SLACK, since)
    assert world.attempts(job) == 2
    assert has_ended(process)
    figure(f"all done after {took:.1f} s, the restart included")


def test_a_zombie_comes_back_after_its_lease(world: World, figure: Figure) -> None:
    job, process = world.hang("zombie")
    since = time.monotonic()
    process.suspend()
    eventually(lambda: world.job(job)["status"] == "completed", LEASE + 2 * SWEEP + SLACK)
    took = time.monotonic() - since
    world.let_go("zombie")  # so that it comes back with a result
    process.resume()
    eventually(lambda: _was_refused(world, job["id"]))
    world.settle(SLACK)
    assert world.attempts(job) == 2
    assert world.job(job)["last_failure_code"] == "worker_lost"
    figure(f"done elsewhere after {took:.1f} s; its own result is refused")


def _was_refused(world: World, job_id: str) -> bool:
    # What it hands in, or the attempt itself, where its heartbeat was faster.
    return any(
        job_id in line and ("result_refused" in line or "job_stopped" in line)
        for line in world.stack.log("worker").splitlines()
    )


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("segfault", "worker_lost"),
        pytest.param("killed", "worker_lost", marks=pytest.mark.slow),
        ("memory", "out_of_memory"),
    ],
)
def test_a_poisonous_job(world: World, figure: Figure, how: str, code: str) -> None:
    since = time.monotonic()
    [job] = world.submit(1, "/v1/fails", {"how": how})
    neighbours = world.submit(20)
    took = world.settle(3 * SWEEP + 3 * SLACK, since)
    assert world.attempts(job) == 3
    state = world.job(job)
    assert (state["status"], state["error"]["code"]) == ("failed", code)
    assert all(world.job(each)["status"] == "completed" for each in neighbours)
    figure(f"started 3 times, failed as {code} after {took:.1f} s; 20 neighbours completed")


@pytest.mark.slow
def test_a_job_that_kills_its_workers_main_process(world: World, figure: Figure) -> None:
    since = time.monotonic()
    [job] = world.submit(1, "/v1/fails", {"how": "parent_killed"})
    neighbours = world.submit(20)
    starts = FREE_INTERRUPTIONS + 3
    took = world.settle(starts * (RESTART_MAX_SECONDS + SWEEP) + 3 * SLACK, since)
    assert world.attempts(job) == starts
    assert world.job(job)["error"]["code"] == "worker_lost"
    assert all(world.job(each)["status"] == "completed" for each in neighbours)
    figure(f"started {starts} times, failed as worker_lost after {took:.1f} s")
    world.submit()  # the next worker is about to start
    world.settle(RESTART_MAX_SECONDS + SLACK)


@pytest.mark.slow
def test_an_idle_process_is_frozen(world: World, figure: Figure) -> None:
    world.submit()
    world.settle(SLACK)
    worker = psutil.Process(world.pids["worker"])
    frozen = worker.children()[0]
    frozen.suspend()
    since = time.monotonic()
    # Each takes a process for a second, so that the frozen one is handed one as well: short jobs
    # the others would take from the queue themselves.
    jobs = world.submit(2 * CONCURRENCY, "/v1/slow", {"seconds": 1})
    took = world.settle(LEASE + SLACK, since)  # its job is sent again, and another process takes it
    assert all(world.attempts(job) == 1 for job in jobs)
    eventually(lambda: has_ended(frozen), 3 * STALL + 5 * SLACK)
    assert world.log_has("worker", "not_begun")
    gone = time.monotonic() - since
    world.submit()
    world.settle(LEASE + SLACK)
    figure(f"done elsewhere after {took:.1f} s; noticed, and replaced after {gone:.1f} s")


@pytest.mark.slow
def test_a_worker_stops_consuming(world: World, figure: Figure) -> None:
    before = psutil.Process(world.pids["worker"])
    began = before.create_time()
    broker = Celery(broker=world.redis.url)
    broker.conf.broker_transport_options = {"global_keyprefix": "jobs-backend:"}
    broker.control.cancel_consumer("echo", reply=True, timeout=5, limit=1)
    since = time.monotonic()
    jobs = world.submit(5)
    took = world.settle(STALL + 3 * SLACK, since)
    assert all(world.attempts(job) == 1 for job in jobs)
    assert world.log_has("worker", "worker_stalled")
    # The same process began again, whoever supervises it.
    assert psutil.Process(world.pids["worker"]).create_time() == began
    figure(f"noticed, restarted and done after {took:.1f} s")
