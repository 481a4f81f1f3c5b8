"""Jobs that are submitted at the same time share what it takes to accept them, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import psycopg2
import pytest
from redis import Redis
from structlog.testing import CapturingLogger

from jobs_backend import config, dispatching, idempotency, jobs, submission
from jobs_backend.db import database
from jobs_backend.errors import DatabaseUnavailable
from jobs_backend.job import Job, Status
from jobs_backend.submission import NewJob
from tests.conftest import RedisServer, eventually

Sql = Callable[..., list[tuple[Any, ...]]]


class Gate:
    """The database, whose first submit waits until it is let go; counts the jobs of each."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.go = threading.Event()

    def __call__(self) -> Gate:
        return self

    def run(self, name: str, /, **parameters: Any) -> Any:
        self.sizes.append(len(parameters["requests"]))
        if len(self.sizes) == 1:
            assert self.go.wait(30)
        return database().run(name, **parameters)


@pytest.fixture
def gate(servers: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """In the way of every submit of this test."""
    gate = Gate()
    monkeypatch.setattr(submission, "database", gate)
    yield gate
    gate.go.set()


def _together(gate: Gate, new: Sequence[NewJob]) -> list[Future[tuple[Job, bool]]]:
    # The first holds the statement, so that all others come meanwhile.
    from api import accepting

    with ThreadPoolExecutor(len(new)) as pool:
        first = pool.submit(accepting.accept, new[0])
        eventually(lambda: gate.sizes)
        others = [pool.submit(accepting.accept, each) for each in new[1:]]
        eventually(lambda: len(accepting._among_others._waiting) == len(others))
        gate.go.set()
        return [first, *others]


def test_who_comes_while_one_is_accepted_shares_the_next_statement_and_push(
    gate: Gate, organization: str
) -> None:
    new = [
        NewJob(organization, "/v1/echo", f'{{"n": {n}}}', {"n": str(n)}, request_id=f"r{n}")
        for n in range(6)
    ]
    with Redis.from_url(config.settings().redis_url) as redis:
        redis.flushall()
        redis.config_resetstat()
        accepted = [each.result() for each in _together(gate, new)]
        assert redis.info("commandstats")["cmdstat_lpush"]["calls"] == 2
        sent = {_id(message): message for message in redis.lrange("jobs-backend:echo", 0, -1)}
    assert gate.sizes == [1, 5]
    assert len(sent) == 6
    for wanted, (job, is_sent) in zip(new, accepted, strict=True):
        found = jobs.get(organization, job.id, include_request=True)
        assert found is not None
        assert is_sent
        assert job.status is found.status is Status.QUEUED
        assert (found.request, found.metadata, found.request_id) == (
            wanted.request,
            wanted.metadata,
            wanted.request_id,
        )
        assert json.loads(sent[job.id])["headers"]["http_request_id"] == wanted.request_id


def test_each_goes_to_the_queue_of_its_endpoint_type(gate: Gate, organization: str) -> None:
    paths = ("/v1/echo", "/v1/echo", "/v1/anything", "/v1/echo")
    with Redis.from_url(config.settings().redis_url) as redis:
        redis.flushall()
        accepted = _together(gate, [NewJob(organization, path, "{}") for path in paths])
        ids = [each.result()[0].id for each in accepted]
        queues = [redis.lrange(f"jobs-backend:{name}", 0, -1) for name in ("echo", "others")]
    assert [{_id(message) for message in queue} for queue in queues] == [
        {ids[0], ids[1], ids[3]},
        {ids[2]},
    ]


def test_one_that_postgres_refuses_is_not_the_end_of_its_neighbours(
    gate: Gate, organization: str
) -> None:
    fine = NewJob(organization, "/v1/echo", "{}")
    bad = NewJob(organization, "/v1/echo", "{}", request_id="any\0thing")
    first, second, third, fourth = _together(gate, [fine, fine, bad, fine])
    with pytest.raises(psycopg2.DataError):
        third.result()
    accepted = [each.result()[0] for each in (first, second, fourth)]
    assert len({job.id for job in accepted}) == 3
    for job in accepted:
        found = jobs.get(organization, job.id)
        assert found is not None
        assert found.status is Status.QUEUED


def test_with_a_key_or_a_large_request_a_submit_waits_for_no_other(
    gate: Gate, organization: str
) -> None:
    from api.accepting import SHARED_REQUEST_CHARACTERS, accept

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(accept, NewJob(organization, "/v1/echo", "{}"))
        eventually(lambda: gate.sizes)
        large = json.dumps({"text": "x" * SHARED_REQUEST_CHARACTERS})
        assert accept(NewJob(organization, "/v1/echo", large))[1]
        key = idempotency.key_for("k", {})
        assert accept(NewJob(organization, "/v1/echo", "{}", key=key))[1]
        assert not first.done()
        gate.go.set()


def test_while_redis_is_away_each_is_stored_to_be_sent_later(
    gate: Gate,
    organization: str,
    redis_away: RedisServer,
    sql: Sql,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from api import accepting

    told = CapturingLogger()
    monkeypatch.setattr(accepting, "_log", told)
    new = [NewJob(organization, "/v1/echo", "{}", request_id=f"r{n}") for n in range(4)]
    accepted = [each.result() for each in _together(gate, new)]
    assert [is_sent for _, is_sent in accepted] == [False] * 4
    for job, _ in accepted:
        assert (job.status, job.dispatch_delayed) == (Status.VALIDATING, True)
        assert sql("SELECT dispatch_failures FROM jobs WHERE id = %s", job.id) == [(1,)]
    # Each by its own request's name, whoever's turn it was.
    warnings = {(call.kwargs["job_id"], call.kwargs["request_id"]) for call in told.calls}
    assert warnings == {(job.id, job.request_id) for job, _ in accepted}
    assert {call.args for call in told.calls} == {("dispatch_delayed",)}


def test_a_note_that_cannot_be_made_costs_nobody_the_job(
    gate: Gate, organization: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Away:
        def run(self, *_: Any, **__: Any) -> Any:
            raise DatabaseUnavailable("away")

    monkeypatch.setattr(dispatching, "database", Away)
    accepted = _together(gate, [NewJob(organization, "/v1/echo", "{}")] * 3)
    for each in accepted:
        job, is_sent = each.result()
        assert (job.status, is_sent) == (Status.QUEUED, True)
        found = jobs.get(organization, job.id)
        assert found is not None
        assert found.status is Status.VALIDATING


GREEN = """
from gevent import monkey
monkey.patch_all()
import gevent
from jobs_backend.together import Together

runs = []

def double(numbers):
    runs.append(list(numbers))
    return [2 * number for number in numbers]

together = Together(double)
callers = [gevent.spawn(together, n) for n in range(5)]
gevent.joinall(callers)
assert [each.value for each in callers] == [0, 2, 4, 6, 8]
print(runs)
"""


def test_among_green_threads_whoever_is_ready_comes_along() -> None:
    told = subprocess.run(
        [sys.executable, "-c", GREEN], check=True, capture_output=True, text=True, timeout=60
    )
    assert told.stdout.strip() == "[[0, 1, 2, 3, 4]]"


def _id(message: bytes) -> str:
    return str(json.loads(message)["headers"]["id"].partition(":")[0])
