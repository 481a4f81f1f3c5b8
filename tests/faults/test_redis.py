"""A Redis that is away, frozen, forgetful or full, and messages that nobody should have sent."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
import redis as redis_client

from tests.conftest import eventually
from tests.faults.conftest import IN_HAND, IS_PRODUCTION, SLACK, SWEEP, Load, World

Figure = Callable[[str], None]
AWAY = 30 if IS_PRODUCTION else 4
# How long Celery may wait between two tries to reach a Redis that was away.
RECONNECT = 30 if IS_PRODUCTION else 8
LOST = IN_HAND + 2 * SWEEP + SLACK


@pytest.fixture
def client(world: World) -> Iterator[Any]:
    """A connection to the world's Redis."""
    with redis_client.Redis.from_url(world.redis.url) as client:
        yield client


@contextmanager
def _refused(world: World) -> Iterator[None]:
    world.redis.stop()
    try:
        yield
    finally:
        world.redis.start()


@contextmanager
def _frozen(world: World) -> Iterator[None]:
    assert world.redis.process is not None
    os.kill(world.redis.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(world.redis.process.pid, signal.SIGCONT)


@contextmanager
def _paused(world: World) -> Iterator[None]:
    with redis_client.Redis.from_url(world.redis.url) as client:
        # For longer than the test submits: Redis must not go on before it is told to.
        client.execute_command("CLIENT", "PAUSE", 2 * AWAY * 1000, "WRITE")
        try:
            yield
        finally:
            client.execute_command("CLIENT", "UNPAUSE")


@contextmanager
def _out_of_memory(world: World) -> Iterator[None]:
    with redis_client.Redis.from_url(world.redis.url) as client:
        client.config_set("maxmemory", "1")
        try:
            yield
        finally:
            client.config_set("maxmemory", "0")


SLOW = [World.black_holed, _paused, _out_of_memory]


@pytest.mark.parametrize(
    "trouble",
    [_refused, _frozen, *(pytest.param(each, marks=pytest.mark.slow) for each in SLOW)],
    ids=lambda trouble: trouble.__name__.strip("_"),
)
def test_redis_is_away(world: World, figure: Figure, trouble: Any) -> None:
    with trouble(world):
        ends = time.monotonic() + AWAY
        slowest = 0.0
        while time.monotonic() < ends:
            started = time.monotonic()
            [job] = world.submit()
            slowest = max(slowest, time.monotonic() - started)
            assert [each["code"] for each in job["warnings"]] == ["dispatch_delayed"]
            time.sleep(0.1)
        assert slowest < 2
        taken = len(world.accepted)
    since = time.monotonic()
    took = world.settle(RECONNECT + IN_HAND + 2 * SWEEP + SLACK, since)
    assert not world.refused
    [last] = world.submit()
    assert last["warnings"] is None
    assert not world.log_has("worker", "worker_stalled")  # it had no chance to take anything
    world.settle(RECONNECT + SLACK)
    figure(
        f"{taken} taken with a 202 in at most {slowest:.1f} s each; done {took:.1f} s after it "
        "was back"
    )


def test_redis_restarts_while_a_job_runs(world: World, figure: Figure) -> None:
    job, process = world.hang("restarted-redis")
    world.redis.stop()
    world.redis.start()
    world.let_go("restarted-redis")
    eventually(lambda: world.job(job)["status"] == "completed")
    since = time.monotonic()
    world.submit(10)
    took = world.settle(LOST + RECONNECT, since)
    assert world.attempts(job) == 1
    assert process.is_running()
    figure(f"the job goes on and is not run twice; new ones done after {took:.1f} s")


def test_flushall_with_100_queued(world: World, client: Any, figure: Figure) -> None:
    busy = [world.hang(f"flushed-{number}")[0] for number in range(4)]
    world.submit(100)
    assert client.llen("jobs-backend:echo") == 100
    client.flushall()
    since = time.monotonic()
    for number in range(4):
        world.let_go(f"flushed-{number}")
    took = world.settle(LOST, since)
    assert all(world.attempts(job) == 1 for job in busy)
    figure(f"all done after {took:.1f} s")


@pytest.mark.slow
def test_messages_are_lost_under_steady_load(world: World, client: Any, figure: Figure) -> None:
    busy = [f"steady-{number}" for number in range(4)]
    for name in busy:
        world.hang(name)
    lost = world.submit(20)
    client.flushall()
    since = time.monotonic()
    with Load(world):
        for name in busy:
            world.let_go(name)
        eventually(lambda: _all_over(world, lost), 120)
        took = time.monotonic() - since
    world.settle(LOST)
    figure(f"20 lost messages made up for after {took:.1f} s, beside a steady load")


def _all_over(world: World, jobs: list[dict[str, Any]]) -> bool:
    return all(world.job(job)["status"] == "completed" for job in jobs)


@pytest.mark.parametrize("kind", ["normal", pytest.param("pubsub", marks=pytest.mark.slow)])
def test_client_kill(world: World, client: Any, figure: Figure, kind: str) -> None:
    since = time.monotonic()
    with Load(world):
        for _ in range(3):
            with suppress(redis_client.ConnectionError):
                client.execute_command("CLIENT", "KILL", "TYPE", kind)
            time.sleep(0.3)
    took = world.settle(LOST + RECONNECT, since)
    figure(f"all done {took:.1f} s after the first of three")


def test_the_same_message_50_times(world: World, client: Any, figure: Figure) -> None:
    for number in range(4):
        world.hang(f"copied-{number}")
    [job] = world.submit()
    [message] = client.lrange("jobs-backend:echo", 0, -1)
    client.lpush("jobs-backend:echo", *[message] * 49)
    for number in range(4):
        world.let_go(f"copied-{number}")
    world.settle(SLACK)
    eventually(lambda: client.llen("jobs-backend:echo") == 0)
    assert world.attempts(job) == 1
    figure("run once")


def test_forged_messages(world: World, client: Any, figure: Figure) -> None:
    for number in range(4):
        world.hang(f"forged-{number}")
    [job] = world.submit()
    queue = "jobs-backend:echo"
    [genuine] = client.lrange(queue, 0, -1)
    unknown_job = genuine.replace(job["id"].encode(), b"job_AAAAAAAAAAAAAAAAAAAAAA")
    no_such_task = json.loads(genuine)
    no_such_task["headers"]["task"] = "jobs:/v1/none"
    other_task = genuine.replace(b"jobs:/v1/echo", b"jobs:/v1/fails")
    pickled = json.loads(genuine)
    pickled["content-type"] = "application/x-python-serialize"
    whole = (json.dumps(no_such_task), json.dumps(pickled))
    for forged in (unknown_job, other_task, *whole, "garbage", "{}"):
        client.rpush(queue, forged)  # in front of the genuine one
    client.lpush(queue, *(_with_dispatch(genuine, number) for number in (99, 0, 2**40)))
    for number in range(4):
        world.let_go(f"forged-{number}")
    took = world.settle(LOST + RECONNECT)
    eventually(lambda: client.llen(queue) == 0)
    assert world.attempts(job) == 1
    assert world.job(job)["status"] == "completed"
    figure(f"nothing changed; the genuine one done after {took:.1f} s")


def _with_dispatch(message: bytes, number: int) -> str:
    import base64

    whole = json.loads(message)
    (job_id, _), *rest = json.loads(base64.b64decode(whole["body"]))
    whole["body"] = base64.b64encode(json.dumps([[job_id, number], *rest]).encode()).decode()
    return json.dumps(whole)
