"""Waiting for a job's end."""

from __future__ import annotations

import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api import waiting
from jobs_backend import jobs, organizations, sweeps, waits
from jobs_backend.errors import JobFailure
from jobs_backend.job import Job
from jobs_backend.submission import NewJob, submit
from tests.conftest import eventually

Sql = Callable[..., list[tuple[Any, ...]]]
# The contract's 100 ms, and what two busy cores may add to it.
SOON = 0.5


def _running(organization: str) -> Job:
    submitted = submit(NewJob(organization, "/v1/echo", "{}"))
    claimed = jobs.claim(submitted.id, 1, endpoint="/v1/echo", worker="worker:test")
    assert claimed is not None
    return claimed


class _Waiter:
    """A request that waits, in a thread."""

    def __init__(
        self, app: Flask, key: str, path: str, connection: socket.socket | None = None
    ) -> None:
        self._client = app.test_client()
        self._client.environ_base["gunicorn.socket"] = connection
        self._client.environ_base["HTTP_API_KEY"] = key
        self._path = path
        self.answer: TestResponse | None = None
        self.answered_at = 0.0
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        self.answer = self._client.get(self._path)
        self.answered_at = time.monotonic()

    def finish(self) -> Any:
        self._thread.join(30)
        assert self.answer is not None
        assert self.answer.status_code == 200
        return self.answer.json


Wait = Callable[[str], _Waiter]


@pytest.fixture
def wait(app: Flask, key: str) -> Wait:
    return lambda path: _Waiter(app, key, path)


@pytest.fixture
def is_awaited(sql: Sql) -> Callable[[], bool]:
    """Whether the shared session watches a job."""
    query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock'"
    return lambda: bool(sql(query)[0][0])


ENDS: dict[str, Callable[[Job], Any]] = {
    "completed": lambda job: jobs.succeed(job, '{"done": true}'),
    "failed": lambda job: jobs.fail(job, JobFailure("broken", "It broke.")),
    "cancelled": lambda job: jobs.cancel(job.organization_id, job.id),
    "expired": lambda _: sweeps.expire_due(10),
}


@pytest.mark.parametrize("how", ENDS)
@pytest.mark.parametrize("route", ["", "/status"])
def test_it_answers_as_soon_as_the_job_is_over(
    organization: str, wait: Wait, is_awaited: Callable[[], bool], sql: Sql, how: str, route: str
) -> None:
    job = _running(organization)
    waiter = wait(f"/v1/jobs/{job.id}{route}?wait=30&include_response=true")
    eventually(is_awaited)
    if how == "expired":
        sql("UPDATE jobs SET created_at = created_at - interval '9 d', expires_at = created_at")
    ENDS[how](job)
    ended_at = time.monotonic()
    answer = waiter.finish()
    assert answer["status"] == how
    assert waiter.answered_at - ended_at < SOON
    if how == "completed":
        assert (answer["response"] is None) == (route == "/status")
    eventually(lambda: not is_awaited())


def test_it_answers_with_the_job_as_it_is_when_the_time_is_up(
    client: FlaskClient, organization: str
) -> None:
    job = _running(organization)
    started = time.monotonic()
    answer = client.get(f"/v1/jobs/{job.id}?wait=0.3")
    assert 0.3 <= time.monotonic() - started < 2
    assert answer.json["status"] == "in_progress"


def test_what_is_over_or_unknown_is_not_waited_for(client: FlaskClient, organization: str) -> None:
    job = _running(organization)
    jobs.cancel(organization, job.id)
    started = time.monotonic()
    assert client.get(f"/v1/jobs/{job.id}?wait=30").json["status"] == "cancelled"
    assert client.get("/v1/jobs/job_unknown?wait=30").status_code == 404
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("seconds", ["-1", "61", "nan", "inf", "soon", "1e999"])
def test_a_wait_that_cannot_be_meant_is_422(client: FlaskClient, seconds: str) -> None:
    answer = client.get(f"/v1/jobs/job_x?wait={seconds}")
    assert answer.status_code == 422
    assert answer.json["detail"][0]["loc"] == ["query", "wait"]


def test_many_wait_on_one_connection_and_others_are_served(
    organization: str, wait: Wait, client: FlaskClient, sql: Sql
) -> None:
    running = [_running(organization) for _ in range(30)]
    waiters = [wait(f"/v1/jobs/{job.id}?wait=30") for job in running]
    locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock'"
    eventually(lambda: sql(locks)[0][0] == 30)
    sessions = "SELECT count(DISTINCT pid) FROM pg_locks WHERE mode = 'ShareLock'"
    assert sql(sessions) == [(1,)]
    assert client.get("/v1/jobs").status_code == 200
    for job in running:
        jobs.succeed(job, "{}")
    assert {waiter.finish()["status"] for waiter in waiters} == {"completed"}


def test_an_end_that_is_being_committed_is_not_missed(
    organization: str, wait: Wait, postgres_url: str, sql: Sql
) -> None:
    job = _running(organization)
    with _uncommitted_end(postgres_url, job) as commit:
        waiter = wait(f"/v1/jobs/{job.id}?wait=30")
        busy = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'EXECUTE watch%%'"
        eventually(lambda: sql(busy)[0][0] > 0)
        commit()
        ended_at = time.monotonic()
    assert waiter.finish()["status"] == "cancelled"
    assert waiter.answered_at - ended_at < SOON


def test_a_lost_listener_is_made_up_for(
    organization: str, wait: Wait, is_awaited: Callable[[], bool], sql: Sql
) -> None:
    job = _running(organization)
    waiter = wait(f"/v1/jobs/{job.id}?wait=30")
    eventually(is_awaited)
    sql(
        "SELECT pg_terminate_backend(pid) FROM pg_locks "
        "WHERE locktype = 'advisory' AND mode = 'ShareLock'"
    )
    jobs.succeed(job, "{}")
    ended_at = time.monotonic()
    assert waiter.finish()["status"] == "completed"
    assert waiter.answered_at - ended_at < 3 * waits.POLL_SECONDS + SOON
    after = _running(organization)
    waiter = wait(f"/v1/jobs/{after.id}?wait=30")
    eventually(is_awaited)  # it listens again
    jobs.succeed(after, "{}")
    assert waiter.finish()["status"] == "completed"


def test_an_end_that_nobody_waits_for_is_told_to_nobody(
    organization: str, postgres_url: str
) -> None:
    session = psycopg2.connect(postgres_url)
    try:
        session.autocommit = True
        cursor = session.cursor()
        cursor.execute("LISTEN jobs_over")
        jobs.succeed(_running(organization), "{}")
        cursor.execute("SELECT 1")
        assert session.notifies == []
    finally:
        session.close()


def test_an_end_that_is_told_amid_a_question_is_heard_at_once(
    organization: str,
    wait: Wait,
    is_awaited: Callable[[], bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = _running(organization), _running(organization)
    monkeypatch.setattr(waits, "POLL_SECONDS", 20)
    waiter = wait(f"/v1/jobs/{first.id}?wait=30")
    eventually(is_awaited)
    watch = waits._Ear.watch
    ended: list[Any] = []

    def end_the_first_and_watch(ear: Any, wanted: set[str]) -> set[str]:
        if second.id in wanted and not ended:
            ended.append(jobs.succeed(first, "{}"))
            select.select([ear.descriptor], [], [], 10)  # the news is there, and not yet read
        return watch(ear, wanted)

    monkeypatch.setattr(waits._Ear, "watch", end_the_first_and_watch)
    started = time.monotonic()
    other = wait(f"/v1/jobs/{second.id}?wait=30")
    assert waiter.finish()["status"] == "completed"
    assert time.monotonic() - started < 5
    assert ended
    waits.end_all()
    assert other.finish()["status"] == "in_progress"


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> waiting.Places:
    """Four may wait in this process."""
    places = waiting.Places(4)
    monkeypatch.setattr(waiting, "_places", lambda _: places)
    return places


def test_more_than_may_wait_are_answered_at_once(
    organization: str, wait: Wait, client: FlaskClient, limited: waiting.Places
) -> None:
    job = _running(organization)
    waiters = [wait(f"/v1/jobs/{job.id}?wait=30") for _ in range(3)]
    eventually(lambda: limited.taken[organization] == 3)
    started = time.monotonic()
    assert client.get(f"/v1/jobs/{job.id}?wait=30").json["status"] == "in_progress"
    assert time.monotonic() - started < 5
    waits.end_all()
    assert {waiter.finish()["status"] for waiter in waiters} == {"in_progress"}
    assert not limited.taken


def test_one_organization_leaves_a_place_to_the_others(
    organization: str, wait: Wait, app: Flask, limited: waiting.Places
) -> None:
    job = _running(organization)
    waiters = [wait(f"/v1/jobs/{job.id}?wait=30") for _ in range(3)]
    eventually(lambda: limited.taken[organization] == 3)
    other = organizations.create_organization("other")
    key, _ = organizations.create_key(other, "main", ("jobs:read",))
    theirs = _running(other)
    waiters.append(_Waiter(app, key, f"/v1/jobs/{theirs.id}?wait=30"))
    eventually(lambda: limited.taken[other] == 1)
    jobs.succeed(theirs, "{}")
    assert waiters.pop().finish()["status"] == "completed"
    waits.end_all()
    assert {waiter.finish()["status"] for waiter in waiters} == {"in_progress"}


def test_a_client_that_hangs_up_gives_its_place_back(
    organization: str, app: Flask, key: str, limited: waiting.Places
) -> None:
    job = _running(organization)
    server_end, client_end = socket.socketpair()
    waiter = _Waiter(app, key, f"/v1/jobs/{job.id}?wait=30", server_end)
    eventually(lambda: limited.taken[organization] == 1)
    client_end.sendall(b"the next request")
    with pytest.raises(AssertionError):
        eventually(lambda: not limited.taken, seconds=2 * waits.POLL_SECONDS)
    assert server_end.recv(100) == b"the next request"
    client_end.close()
    eventually(lambda: not limited.taken)
    assert waiter.finish()["status"] == "in_progress"
    server_end.close()


def test_who_hangs_up_is_known_where_it_can_be() -> None:
    here, there = socket.socketpair()
    assert not waiting.has_hung_up(None)
    assert not waiting.has_hung_up(here)
    there.close()
    assert waiting.has_hung_up(here)
    here.close()
    assert waiting.has_hung_up(here)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    ours, theirs = socket.socketpair()
    with context.wrap_socket(ours, do_handshake_on_connect=False, server_hostname="x") as encrypted:
        theirs.sendall(b"x")
        assert not waiting.has_hung_up(encrypted)
    theirs.close()


@contextmanager
def _uncommitted_end(url: str, job: Job) -> Iterator[Callable[[], None]]:
    session = psycopg2.connect(url)
    try:
        session.cursor().execute(
            "UPDATE jobs SET status = 'cancelled', cancelled = true, lease_expires_at = NULL, "
            "completed_at = clock_timestamp() WHERE id = %s",
            (job.id,),
        )
        yield session.commit
    finally:
        session.close()
