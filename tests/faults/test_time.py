"""Many beats, wrong clocks, cancellations in a storm, and a backlog that is only long."""

from __future__ import annotations

import json
import os
import random
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import redis as redis_client

from tests.conftest import eventually
from tests.faults.conftest import IN_HAND, LEASE, SLACK, SWEEP, Load, World

Figure = Callable[[str], None]
RECOVERY = LEASE + IN_HAND + 3 * SWEEP + SLACK
BACKLOG = "jobs-backend:backlog"


@pytest.mark.slow
def test_three_beats(world: World, figure: Figure) -> None:
    with world.celery(*world.BEAT), world.celery(*world.BEAT):
        time.sleep(2 * SWEEP)
        names = [f"beats-{number}" for number in range(4)]
        for name in names:
            world.hang(name)
        lost = world.submit(200)
        doomed = world.submit(50)
        _expire(world, doomed)
        with redis_client.Redis.from_url(world.redis.url) as client:
            client.flushall()
            eventually(lambda: _all_sent_again(world, lost), RECOVERY)
            sent = client.llen("jobs-backend:echo")
        for name in names:
            world.let_go(name)
        took = world.settle(RECOVERY)
    [(expired,)] = world.sql("SELECT count(*) FROM job_events WHERE to_status = 'expired'")
    assert expired == len(doomed)
    assert sent == len(lost)
    figure(f"{sent} messages sent again, once each; {expired} expired, once each; {took:.1f} s")


@pytest.mark.slow
@pytest.mark.skipif(
    sys.platform != "linux" or os.uname().machine != "x86_64",
    reason="libfaketime's wheel holds a library for this platform alone",
)
def test_the_clocks_of_workers_are_off_by_two_hours(world: World, figure: Figure) -> None:
    for number in range(4):
        world.hang(f"clock-{number}")  # the stack's own worker has its hands full
    ahead, behind = _faked_clock("+2h"), _faked_clock("-2h")
    with (
        world.celery(*world.WORKER, "-n", "ahead", **ahead),
        world.celery(*world.WORKER, **behind),
    ):
        jobs = world.submit(30)
        [slow] = world.submit(1, "/v1/slow", {"seconds": LEASE + 2})
        eventually(lambda: world.job(slow)["status"] == "completed", RECOVERY)
        eventually(lambda: all(world.job(job)["status"] == "completed" for job in jobs))
        assert {world.attempts(job) for job in (*jobs, slow)} == {1}
        state = world.job(slow)
        assert abs(state["completed_at"] - time.time()) < 60
    for number in range(4):
        world.let_go(f"clock-{number}")
    world.settle(RECOVERY)
    figure("30 jobs and one longer than a lease run once; all times are Postgres's")


@pytest.mark.parametrize(
    "trouble", ["a child is killed", pytest.param("redis restarts", marks=pytest.mark.slow)]
)
def test_a_storm_of_cancels_and_retries(world: World, figure: Figure, trouble: str) -> None:
    stop = threading.Event()
    cancelled: list[str] = []
    with ThreadPoolExecutor(1) as thread, Load(world, request={"seconds": 0.1}) as load:
        storm = thread.submit(_cancel_and_retry, world, load.jobs, cancelled, stop)
        try:
            for number in range(3):
                time.sleep(0.5)
                if trouble == "redis restarts":
                    world.redis.stop()
                    time.sleep(0.3)
                    world.redis.start()
                else:
                    job, process = world.hang(f"storm-{number}")
                    process.kill()
                    load.jobs.append(job["id"])  # only now: cancelled before, it never begins
            eventually(lambda: len(cancelled) > 5 or storm.done())
        finally:
            stop.set()
        storm.result()
    taken = len(world.accepted)
    took = world.settle(RECOVERY + SLACK)
    revived = world.sql(
        "SELECT job_id FROM job_events WHERE from_status = 'cancelled' "
        "AND to_status NOT IN ('queued', 'expired')"
    )
    assert revived == []
    figure(f"{taken} jobs, {len(cancelled)} cancelled: none had a result; done after {took:.1f} s")


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_backlog_of_100_000_with_a_slow_consumer(world: World, figure: Figure) -> None:
    names = [f"backlog-{number}" for number in range(4)]
    for name in names:
        world.hang(name)  # so that the test alone takes what is in the queue
    with redis_client.Redis.from_url(world.redis.url) as client:
        _fill_backlog(world, client, 100_000)
        lost = 0
        for _ in range(20):  # a consumer that takes a few now and then, and loses them
            lost += len(client.rpop(BACKLOG, 5))
            time.sleep(max(SWEEP, (IN_HAND + 5) / 20))
        again = eventually(lambda: _sent_again(world) if _sent_again(world) >= lost - 5 else 0)
        assert again <= lost
        world.sql("DELETE FROM jobs WHERE endpoint = '/v1/backlog'")
        client.delete(BACKLOG)
    for name in names:
        world.let_go(name)
    world.settle(RECOVERY)
    figure(f"{lost} of 100,000 messages lost; {again} sent again, and no other")


def _fill_backlog(world: World, client: Any, count: int) -> None:
    [(organization, began)] = world.sql(
        "SELECT id, clock_timestamp() - interval '1 hour' FROM organizations LIMIT 1"
    )
    moments = [began + timedelta(milliseconds=number) for number in range(count)]
    with client.pipeline(transaction=False) as pipe:
        for number, moment in enumerate(moments):
            headers = {"id": f"job_backlog_{number}:1", "taken_at": moment.isoformat()}
            pipe.lpush(BACKLOG, json.dumps({"headers": headers}))
        pipe.execute()
    world.sql(
        "INSERT INTO jobs (id, organization_id, endpoint, status, dispatch_after, dispatched_at, "
        " created_at, expires_at) "
        "SELECT 'job_backlog_' || number - 1, %s, '/v1/backlog', 'queued', t, t, t, "
        " t + interval '1 day' FROM unnest(%s::timestamptz[]) WITH ORDINALITY AS each (t, number)",
        organization,
        moments,
    )


def _sent_again(world: World) -> int:
    [(count,)] = world.sql(
        "SELECT count(*) FROM jobs WHERE endpoint = '/v1/backlog' AND redispatch_count > 0"
    )
    return int(count)


def _all_sent_again(world: World, jobs: list[dict[str, Any]]) -> bool:
    rows = world.sql(
        "SELECT count(*) FROM jobs WHERE id = ANY (%s) AND redispatch_count = 1 "
        "AND dispatched_at IS NOT NULL",
        [job["id"] for job in jobs],
    )
    return rows == [(len(jobs),)]


def _expire(world: World, jobs: list[dict[str, Any]]) -> None:
    ids = [job["id"] for job in jobs]
    world.sql("UPDATE jobs SET expires_at = clock_timestamp() WHERE id = ANY (%s)", ids)


def _cancel_and_retry(
    world: World, jobs: list[str], cancelled: list[str], stop: threading.Event
) -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    with world.stack.client() as client:
        while not stop.wait(0.01):
            if not jobs:
                continue
            job_id = chance.choice(jobs[-20:])
            verb = chance.choice(["cancel", "cancel", "retry"])
            answer = client.post(f"/v1/jobs/{job_id}/{verb}")
            assert answer.status_code in (200, 202, 400, 409), answer.text
            if verb == "cancel" and answer.status_code == 200:
                cancelled.append(job_id)


def _faked_clock(offset: str) -> dict[str, str]:
    import libfaketime

    folder = Path(libfaketime.__file__).parent
    [library] = folder.rglob("libfaketime.so.1")
    return {"LD_PRELOAD": str(library), "FAKETIME": offset, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
