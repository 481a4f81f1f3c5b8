"""A process that has run a job waits a moment for the next message of its queue."""

from __future__ import annotations

import base64
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from redis import Redis

from jobs_backend import config, jobs
from jobs_backend.endpoints import registry
from jobs_backend.errors import BrokerUnavailable
from jobs_backend.job import Job, Status
from jobs_backend.submission import NewJob, submit
from tests.conftest import RedisServer, eventually
from workers import broker, pulling

pytestmark = pytest.mark.usefixtures("signals_as_in_a_worker")


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It waits for longer than any test takes."""
    changed = replace(config.settings(), worker_pull_seconds=1000, broker_timeout_seconds=1000)
    monkeypatch.setattr(pulling, "settings", lambda: changed)
    monkeypatch.setattr(broker, "settings", lambda: changed)
    monkeypatch.setattr(pulling, "LINGER_SECONDS", 30)
    monkeypatch.setitem(pulling._idle_since, "echo", time.monotonic())
    broker._idle_connections.cache_clear()
    yield
    broker._idle_connections.cache_clear()


@pytest.fixture
def redis(redis_server: RedisServer) -> Iterator[Redis]:
    """An empty Redis."""
    with Redis.from_url(redis_server.url) as client:
        client.flushall()
        yield client


@pytest.fixture
def two(organization: str) -> list[Job]:
    """A job that its process is handed, and one whose message has not come yet."""
    return [submit(NewJob(organization, "/v1/echo", '{"text": "hi"}')) for _ in range(2)]


def _once_it_waits(redis: Redis, act: Callable[[], object]) -> threading.Thread:
    def wait_and_act() -> None:
        eventually(lambda: redis.info("clients")["blocked_clients"])
        act()

    thread = threading.Thread(target=wait_and_act)
    thread.start()
    return thread


def _run(job: Job) -> None:
    pulling.run(registry()[job.endpoint], (job.id, job.dispatch_number))


def _status(job: Job) -> Status:
    found = jobs.get(job.organization_id, job.id)
    assert found is not None
    return found.status


@pytest.mark.usefixtures("patient")
def test_a_job_that_comes_meanwhile_is_run_at_once(
    redis: Redis, two: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    from workers import celery_app

    monkeypatch.setattr(pulling, "TURN_JOBS", 2)
    sender = _once_it_waits(redis, lambda: celery_app.send(two[1]))
    _run(two[0])
    sender.join()
    assert [_status(job) for job in two] == [Status.COMPLETED] * 2


@pytest.mark.usefixtures("patient")
def test_what_is_not_for_it_goes_back_and_it_waits_no_longer(redis: Redis, two: list[Job]) -> None:
    sender = _once_it_waits(redis, lambda: redis.lpush("jobs-backend:echo", "other"))
    _run(two[0])
    sender.join()
    assert redis.lrange("jobs-backend:echo", 0, -1) == [b"other"]


@pytest.mark.usefixtures("patient")
def test_a_job_is_recorded_before_it_waits(redis: Redis, two: list[Job]) -> None:
    seen: list[Status] = []

    def look_and_end() -> None:
        seen.append(_status(two[0]))
        redis.lpush("jobs-backend:echo", "other")

    watcher = _once_it_waits(redis, look_and_end)
    _run(two[0])
    watcher.join()
    assert seen == [Status.COMPLETED]


@pytest.mark.usefixtures("redis")
def test_it_does_not_wait_for_long(two: list[Job], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pulling._idle_since, "echo", time.monotonic())
    started = time.monotonic()
    _run(two[0])
    assert time.monotonic() - started < 5
    assert [_status(job) for job in two] == [Status.COMPLETED, Status.VALIDATING]


@pytest.mark.usefixtures("patient", "redis")
def test_it_waits_only_where_that_would_have_been_of_use_before(
    two: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pulling._idle_since, "echo", time.monotonic() - pulling.LINGER_SECONDS)
    started = time.monotonic()
    _run(two[0])
    assert time.monotonic() - started < pulling.LINGER_SECONDS
    assert pulling._linger("echo") == pulling.LINGER_SECONDS  # the next one would come in time
    assert pulling._linger("anything") == 0


def test_what_cannot_be_put_back_costs_no_other_message(
    redis: Redis, two: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    from workers import celery_app

    def refuse(*_: Any) -> None:
        raise BrokerUnavailable("away")

    monkeypatch.setattr(pulling, "put_back", refuse)
    turn = pulling._Turn(registry()["/v1/echo"])
    celery_app.send(two[0])
    redis.lpush(config.settings().redis_key_prefix + "echo", "other")
    celery_app.send(two[1])
    assert turn.next(3) == [(job.id, 1) for job in two]
    assert turn.next(1) == []


def test_messages_that_are_put_back_are_the_next_again(redis: Redis, two: list[Job]) -> None:
    from workers import celery_app

    for job in two:
        celery_app.send(job)
    queue = config.settings().redis_key_prefix + "echo"
    before = redis.lrange(queue, 0, -1)
    turn = pulling._Turn(registry()["/v1/echo"])
    dispatches = turn.next(5)
    assert redis.llen(queue) == 0
    turn.put_back(dispatches)
    assert redis.lrange(queue, 0, -1) == before
    assert turn.next(5) == dispatches


def test_a_connection_that_broke_meanwhile_costs_no_message(redis: Redis) -> None:
    for message in (b"one", b"two"):
        redis.lpush(config.settings().redis_key_prefix + "echo", message)
    assert broker.pull_messages("echo", 1) == [b"one"]
    redis.client_kill_filter(_type="normal", skipme=True)
    assert broker.pull_messages("echo", 1) == [b"two"]


def test_a_fork_takes_messages_by_a_connection_of_its_own(redis: Redis) -> None:
    def takers() -> int:
        return sum(client["cmd"] == "rpop" for client in redis.client_list())

    for message in (b"one", b"two"):
        redis.lpush(config.settings().redis_key_prefix + "echo", message)
    assert broker.pull_messages("echo", 1) == [b"one"]
    assert takers() == 1
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(writing, b"".join(broker.pull_messages("echo", 1)))
            signal.pause()
        finally:
            os._exit(0)
    try:
        assert os.read(reading, 10) == b"two"
        assert takers() == 2
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


@pytest.mark.parametrize("named", [("job_x", 2**31), ("job_x", 0), ("a\0b", 1), ("job_x", "1")])
def test_what_names_no_dispatch_is_left_to_celery(
    redis: Redis, two: list[Job], named: tuple[Any, Any]
) -> None:
    body = base64.b64encode(json.dumps([named, {}, {}]).encode()).decode()
    headers = {"task": registry()["/v1/echo"].task_name}
    message = {"headers": headers, "content-type": "application/json", "body": body}
    queue = config.settings().redis_key_prefix + "echo"
    redis.lpush(queue, json.dumps(message))
    _run(two[0])
    assert _status(two[0]) is Status.COMPLETED
    assert [json.loads(each) for each in redis.lrange(queue, 0, -1)] == [message]


@pytest.mark.usefixtures("servers")
def test_a_broker_that_refuses_keeps_its_connections_few(redis: Redis) -> None:
    key = config.settings().redis_key_prefix + "echo"
    broker.push_messages("echo", ["first"])
    connected = redis.info("clients")["connected_clients"]
    redis.config_set("maxmemory", 1)
    try:
        for _ in range(20):
            with pytest.raises(BrokerUnavailable):
                broker.push_messages("echo", ["refused"])
        assert redis.info("clients")["connected_clients"] <= connected
    finally:
        redis.config_set("maxmemory", 0)
    broker.push_messages("echo", ["second", "third"])
    assert redis.lrange(key, 0, -1) == [b"third", b"second", b"first"]
    assert broker.pull_messages("echo", 9) == [b"first", b"second", b"third"]
