"""Behind a pooler that hands each transaction to another session."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest

from jobs_backend import config, dispatching, jobs, pages, sweeps, waits
from jobs_backend.db import database
from jobs_backend.errors import DatabaseUnavailable, JobFailure, UnusablePattern
from jobs_backend.job import Status
from jobs_backend.migrate import migrate
from jobs_backend.submission import NewJob, submit
from tests.conftest import eventually
from tests.pooler import SESSIONS, pooling

Sql = Callable[..., list[tuple[Any, ...]]]
ADVISORY = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"


@pytest.fixture
def pooled(servers: None, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """All that is asked of Postgres goes by the pooler."""
    with pooling(postgres_url) as url:
        monkeypatch.setenv("JOBS_DATABASE_URL", url)
        monkeypatch.setenv("JOBS_DATABASE_PREPARE", "false")
        config.settings.cache_clear()
        waits._waits.cache_clear()  # it may have a session already
        yield url
        monkeypatch.undo()
        config.settings.cache_clear()
        waits._waits.cache_clear()


def test_a_job_lives_its_life(organization: str, pooled: str) -> None:
    first, second = (submit(NewJob(organization, "/v1/echo", "{}")) for _ in range(2))
    assert all(dispatching.mark_all_dispatched([first, second]))
    claimed = jobs.claim(first.id, 1, endpoint="/v1/echo", worker="worker:test")
    assert claimed is not None
    assert jobs.heartbeat(claimed) is not None
    result = jobs.Result(claimed, '{"n": 1}')
    [ended], [following] = jobs.succeed_and_claim([result], [(second.id, 1)])
    assert ended is not None
    assert jobs.cancel(organization, second.id) is not None
    assert jobs.fail(following, JobFailure("too_late", "It was cancelled.")) is None
    assert sweeps.expire_due(10) == (0, [])
    listed = pages.list_page(organization, pages.Filters()).jobs
    assert [each.status for each in listed] == [Status.CANCELLED, Status.COMPLETED]


def test_a_large_request_is_kept_whole(organization: str, pooled: str) -> None:
    text = '{"text": "' + "x" * 3_000_000 + '"}'
    job = submit(NewJob(organization, "/v1/echo", text))
    found = jobs.get(organization, job.id, include_request=True)
    assert found is not None
    assert found.request == text


def test_what_a_search_may_take_binds_nobody_else(organization: str, pooled: str) -> None:
    for _ in range(SESSIONS):
        assert not pages.list_page(organization, pages.Filters(filename_regex="a+")).jobs
        with pytest.raises(UnusablePattern):
            pages.list_page(organization, pages.Filters(filename_regex="("))
    with closing(psycopg2.connect(pooled)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        found = set()
        for _ in range(SESSIONS):
            cursor.execute("SELECT pg_backend_pid(), current_setting('statement_timeout')")
            found.add(cursor.fetchone())
    assert len(found) == SESSIONS
    assert {timeout for _, timeout in found} == {"0"}


def test_who_waits_hears_of_the_end_and_holds_no_lock(
    organization: str, pooled: str, sql: Sql
) -> None:
    job = submit(NewJob(organization, "/v1/echo", "{}"))
    waiting = threading.Thread(target=waits.until_over, args=(job.id, 30, lambda: False))
    began = time.monotonic()
    waiting.start()
    asking = "SELECT 1 FROM pg_stat_activity WHERE starts_with(query, %s)"
    eventually(lambda: sql(asking, "-- Which of these jobs are over"))
    assert sql(ADVISORY) == [(0,)]
    assert jobs.cancel(organization, job.id) is not None
    waiting.join(20)
    assert not waiting.is_alive()
    assert time.monotonic() - began < 20
    assert sql(ADVISORY) == [(0,)]


def test_a_database_is_migrated_and_nothing_stays_locked(postgres_url: str, sql: Sql) -> None:
    sql("CREATE DATABASE by_pooler")
    try:
        with pooling(urlsplit(postgres_url)._replace(path="/by_pooler").geturl()) as url:
            assert migrate(url)
            assert migrate(url) == []
            eventually(lambda: sql(ADVISORY) == [(0,)])  # the pooler is told a moment later
    finally:
        sql("DROP DATABASE by_pooler WITH (FORCE)")


def test_options_of_a_session_are_refused(pooled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBS_DATABASE_PREPARE", "true")
    config.settings.cache_clear()
    with pytest.raises(DatabaseUnavailable, match="unsupported startup parameter"):
        database().ping(5)
