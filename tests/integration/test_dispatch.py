"""Handing messages to the broker, also while it is away: nothing accepted is lost."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from jobs_backend import sweeps
from jobs_backend.errors import StatementTooSlow
from jobs_backend.submission import NewJob, submit
from tests.conftest import RedisServer

QUEUE = "jobs-backend:echo"
Create = Callable[..., TestResponse]
Sql = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def redis_frozen(redis_server: RedisServer) -> Iterator[RedisServer]:
    """Redis takes connections and never answers."""
    assert redis_server.process is not None
    os.kill(redis_server.process.pid, signal.SIGSTOP)
    yield redis_server
    os.kill(redis_server.process.pid, signal.SIGCONT)


def _is_delayed(answer: TestResponse) -> bool:
    warnings = answer.json["warnings"] or []
    return [warning["code"] for warning in warnings] == ["dispatch_delayed"]


def test_a_job_is_taken_while_redis_is_away_and_runs_when_it_is_back(
    create: Create, client: FlaskClient, redis_away: RedisServer, sql: Sql
) -> None:
    from workers import beat

    answer = create()
    assert answer.status_code == 202
    assert _is_delayed(answer)
    path = f"/v1/jobs/{answer.json['id']}"
    assert _is_delayed(client.get(path))

    _make_due(sql)
    beat.redispatch()
    assert _is_delayed(client.get(path))

    redis_away.start()
    _make_due(sql)
    beat.redispatch()
    found = client.get(path)
    assert found.json["status"] == "queued"
    assert found.json["warnings"] is None
    assert create().status_code == 200


@pytest.mark.parametrize("trouble", ["redis_away", "redis_frozen"])
def test_the_brokers_share_of_a_call_is_bounded(
    create: Create, trouble: str, request: pytest.FixtureRequest
) -> None:
    assert create().status_code == 200
    request.getfixturevalue(trouble)
    for _ in range(3):
        started = time.monotonic()
        assert create().status_code == 202
        assert time.monotonic() - started < 1


def test_readyz_names_what_is_away_and_healthz_does_not_care(
    client: FlaskClient, redis_frozen: RedisServer
) -> None:
    started = time.monotonic()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["checks"] == {"postgres": "ok", "redis": "unavailable"}
    assert time.monotonic() - started < 3
    assert client.get("/healthz").status_code == 200


def test_a_crash_between_commit_and_send_is_made_up_for(
    organization: str, client: FlaskClient, sql: Sql
) -> None:
    from workers import beat

    job = submit(NewJob(organization, "/v1/echo", '{"text": "hi"}'))
    beat.redispatch()
    assert client.get(f"/v1/jobs/{job.id}").json["status"] == "validating"  # still the sender's
    _make_due(sql)
    beat.redispatch()
    assert client.get(f"/v1/jobs/{job.id}").json["status"] == "queued"


def test_two_redispatchers_never_take_the_same_job(organization: str, sql: Sql) -> None:
    submitted = {submit(NewJob(organization, "/v1/echo", "{}")).id for _ in range(10)}
    _make_due(sql)
    taken = [job.id for _ in range(3) for job in sweeps.take_undispatched(4)]
    assert len(taken) == len(set(taken))
    assert set(taken) == submitted


def test_a_job_of_an_endpoint_that_is_gone_does_not_stop_the_others(
    organization: str, client: FlaskClient, sql: Sql
) -> None:
    from workers import beat

    submit(NewJob(organization, "/v1/gone", "{}"))
    other = submit(NewJob(organization, "/v1/echo", '{"text": "hi"}'))
    _make_due(sql)
    beat.redispatch()
    assert client.get(f"/v1/jobs/{other.id}").json["status"] == "queued"


def test_messages_survive_that_redis_forgets_everything(
    create: Create, redis_server: RedisServer
) -> None:
    import redis

    client = redis.Redis.from_url(redis_server.url)
    assert create().status_code == 200
    client.flushall()
    assert create().status_code == 200
    assert client.llen("jobs-backend:echo") == 1


@pytest.fixture
def in_no_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages that left the queue count as lost at once."""
    monkeypatch.setattr(sweeps, "IN_HAND_SECONDS", 0)


@pytest.mark.usefixtures("in_no_hand")
def test_lost_messages_are_sent_again_and_waiting_ones_are_not(
    create: Create, redis_server: RedisServer, sql: Sql
) -> None:
    from workers import beat

    client = _empty(redis_server)
    ids = [create().json["id"] for _ in range(5)]
    beat.redispatch()
    assert _waiting(client) == ids

    for _ in range(2):
        client.rpop(QUEUE)  # by a worker that dies with it in hand
    beat.redispatch()
    assert _waiting(client) == [*ids[2:], *ids[:2]]
    # Each time it waits for longer, before it takes a message for lost again.
    sweeps.IN_HAND_SECONDS = 10
    client.rpop(QUEUE, 5)
    sql("UPDATE jobs SET dispatched_at = dispatched_at - interval '15 seconds'")
    beat.redispatch()
    assert _waiting(client) == ids[2:]


@pytest.mark.usefixtures("in_no_hand")
def test_what_was_sent_after_redis_forgot_everything_is_not_sent_twice(
    create: Create, redis_server: RedisServer
) -> None:
    from workers import beat

    client = _empty(redis_server)
    lost = [create().json["id"] for _ in range(3)]
    client.delete(QUEUE)
    later = [create().json["id"] for _ in range(3)]
    beat.redispatch()
    assert _waiting(client) == [*later, *lost]


@pytest.mark.usefixtures("in_no_hand")
@pytest.mark.parametrize("message", ["garbage", "{}", '{"headers": {"taken_at": "2026-01-01"}}'])
def test_a_message_that_nobody_can_read_proves_nothing(
    create: Create, redis_server: RedisServer, message: str
) -> None:
    from workers import beat

    client = _empty(redis_server)
    create()
    client.delete(QUEUE)
    client.rpush(QUEUE, message)
    beat.redispatch()
    assert client.llen(QUEUE) == 1  # it may be followed by anything
    client.rpop(QUEUE)
    beat.redispatch()
    assert client.llen(QUEUE) == 1


def test_a_sweep_that_is_too_slow_goes_on_with_smaller_batches() -> None:
    from workers import beat

    left, sizes = 250, []

    def batch(size: int) -> int:
        nonlocal left
        sizes.append(size)
        if size > 30:
            raise StatementTooSlow("canceling statement due to statement timeout")
        done = min(size, left)
        left -= done
        return done

    beat._sweep("purge", batch)
    assert left == 0
    assert sizes[:5] == [200, 100, 50, 25, 25]


def _empty(redis_server: RedisServer) -> Any:
    import redis

    client = redis.Redis.from_url(redis_server.url)
    client.flushall()
    return client


def _waiting(client: Any) -> list[str]:
    messages = reversed(client.lrange(QUEUE, 0, -1))
    return [json.loads(each)["headers"]["id"].partition(":")[0] for each in messages]


def _make_due(sql: Sql) -> None:
    sql("UPDATE jobs SET dispatch_after = clock_timestamp() WHERE dispatched_at IS NULL")
