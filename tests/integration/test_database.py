"""Connections: bounded, made anew after a restart or a fork, and never waited for without end."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import psycopg2
import pytest

from jobs_backend import config, statements
from jobs_backend.db import Database
from jobs_backend.errors import DatabaseNotMigrated, DatabaseUnavailable, StatementTooSlow
from jobs_backend.local.servers import EmbeddedPostgres
from jobs_backend.migrate import migrate
from tests.conftest import eventually


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A Postgres that these tests may stop and freeze."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("own") / "data")
    try:
        migrate(server.start())
        yield server
    finally:
        server.stop()


@pytest.fixture
def database(own_server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Two connections at the most, and two seconds of patience."""
    monkeypatch.setenv("JOBS_DATABASE_URL", own_server.start())
    config.settings.cache_clear()
    database = Database(own_server.start(), size=2, timeout=2)
    for backend in _backends(own_server):
        backend.terminate()  # what an earlier test left
    eventually(lambda: not _backends(own_server))
    yield database
    config.settings.cache_clear()


def test_connections_are_made_lazily_and_kept(database: Database, own_server: Any) -> None:
    before = len(_backends(own_server))
    for _ in range(5):
        database.ping(1)
    assert len(_backends(own_server)) == before + 1


def test_postgres_has_large_pages(own_server: EmbeddedPostgres) -> None:
    ours = os.environ.get("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1")
    assert psutil.Process(own_server.pid).environ()["GLIBC_TUNABLES"] == ours


def test_more_callers_than_connections_share_them(
    database: Database, own_server: EmbeddedPostgres
) -> None:
    before = len(_backends(own_server))
    errors: list[Exception] = []

    def call() -> None:
        try:
            for _ in range(20):
                database.run("list_keys")
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=call) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(_backends(own_server)) <= before + 2


def test_a_restart_is_not_noticed_by_the_next_caller(
    database: Database, own_server: EmbeddedPostgres
) -> None:
    database.ping(1)
    own_server.stop()
    with pytest.raises(DatabaseUnavailable):
        database.ping(1)
    assert own_server.revive()
    database.ping(1)


def test_a_backend_that_was_killed_costs_no_error(
    database: Database, own_server: EmbeddedPostgres
) -> None:
    before = set(_backends(own_server))
    database.ping(1)
    [backend] = set(_backends(own_server)) - before
    os.kill(backend.pid, signal.SIGTERM)
    eventually(lambda: not backend.is_running())
    database.ping(1)


def test_a_frozen_server_ends_by_the_clients_clock(
    database: Database, own_server: EmbeddedPostgres
) -> None:
    before = set(_backends(own_server))
    database.ping(1)
    [backend] = set(_backends(own_server)) - before
    backend.suspend()
    try:
        started = time.monotonic()
        with pytest.raises(DatabaseUnavailable, match="did not answer in time"):
            database.ping(0.5)
        assert time.monotonic() - started < 2
    finally:
        backend.resume()
    database.ping(1)


def test_a_child_process_uses_connections_of_its_own(
    database: Database, own_server: EmbeddedPostgres, tmp_path: Path
) -> None:
    database.ping(1)
    before = len(_backends(own_server))
    answer = tmp_path / "answer"
    child = os.fork()
    if child == 0:
        try:
            database.ping(1)
            answer.write_text(str(len(_backends(own_server))))
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert int(answer.read_text()) == before + 1
    database.ping(1)  # the child's end did not end the parent's session


@pytest.mark.usefixtures("database")
def test_a_statement_that_takes_too_long_is_unavailable(own_server: EmbeddedPostgres) -> None:
    database = Database(own_server.start(), size=1, timeout=0.3)
    with database._connection() as connection, connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("300ms",)
        cursor.execute("SHOW timezone")
        assert cursor.fetchone() == ("UTC",)
        with pytest.raises(DatabaseUnavailable, match="every database connection is busy"):
            database.ping(1)
    with pytest.raises(StatementTooSlow, match="statement timeout"), database._connection() as c:
        c.cursor().execute("SELECT pg_sleep(5)")


def test_two_migrations_at_once_apply_each_step_once(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "data")
    try:
        url = server.start()
        applied: list[str] = []
        threads = [threading.Thread(target=lambda: applied.extend(migrate(url))) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(applied) == sorted(set(applied))
        assert len(applied) >= 1
        assert migrate(url) == []
    finally:
        server.stop()


def test_migrations_can_be_rolled_back_and_applied_again(own_server: EmbeddedPostgres) -> None:
    from yoyo import get_backend, read_migrations

    from jobs_backend.migrate import MIGRATIONS_DIRECTORY

    url = own_server.start()
    backend = get_backend(url)
    try:
        backend.rollback_migrations(backend.to_rollback(read_migrations(str(MIGRATIONS_DIRECTORY))))
    finally:
        backend.connection.close()
    assert "0001_jobs" in migrate(url)


def _backends(server: EmbeddedPostgres) -> list[psutil.Process]:
    """The processes that serve sessions of ours, by the server's own account."""
    with closing(psycopg2.connect(server.start())) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE application_name = 'jobs-backend'")
        # One that ends at this moment may be listed and be gone.
        return [psutil.Process(pid) for (pid,) in cursor.fetchall() if psutil.pid_exists(pid)]


def test_a_statement_is_prepared_once_and_anew_after_a_migration(
    own_server: EmbeddedPostgres, database: Database
) -> None:
    url = own_server.start()
    database.run("find_organization", name="none")
    database.run("find_organization", name="none")
    with database._connection() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone() == (1,)
    with closing(psycopg2.connect(url)) as other, other, other.cursor() as cursor:
        cursor.execute("ALTER TABLE organizations ADD COLUMN motto text")
        cursor.execute("INSERT INTO organizations (id, name) VALUES ('org_motto', 'motto')")
    try:
        [found] = database.run("find_organization", name="motto")
        assert "motto" in found
    finally:
        with closing(psycopg2.connect(url)) as other, other, other.cursor() as cursor:
            cursor.execute("ALTER TABLE organizations DROP COLUMN motto")
            cursor.execute("DELETE FROM organizations WHERE id = 'org_motto'")


def test_behind_a_pooler_nothing_is_prepared(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBS_DATABASE_PREPARE", "false")
    config.settings.cache_clear()
    assert database.run("find_organization", name="none") == []
    with database._connection() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "name",
    [
        *("mark_dispatched", "claim", "succeed", "succeed_and_claim", "cancel", "retry", "get"),
        "get_with_payloads",
    ],
)
def test_plans_that_were_made_while_a_table_was_empty_are_made_anew(
    database: Database, own_server: EmbeddedPostgres, name: str
) -> None:
    # Not by autovacuum: it counts a table a minute later.
    nothing = _nothing(name)
    database.run(name, **nothing)
    with closing(psycopg2.connect(own_server.start())) as filling, filling.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no foreign keys
        cursor.execute(
            "INSERT INTO jobs (id, organization_id, endpoint, status, dispatch_after, created_at,"
            " expires_at) SELECT 'job_' || n, 'org', '/', 'validating', now(), now(), now()"
            " FROM generate_series(1, 2000) AS n"
        )
        filling.commit()
        try:
            for _ in range(4):
                database.run(name, **nothing)
            plan = _plan(database, name, nothing)
        finally:
            cursor.execute("DELETE FROM jobs WHERE organization_id = 'org'")
            filling.commit()
    by_job = {each for each in re.findall(r"(?:using|Scan on) (job\w+)", plan) if each != "jobs"}
    assert by_job == {each for each in by_job if each.endswith(("_pkey", "_events"))}, plan
    assert "Seq Scan" not in plan


VERBS_OF_ONE_JOB = (
    *("claim", "reclaim", "heartbeat", "note_progress", "succeed", "succeed_and_claim", "fail"),
    *("fail_retryable", "release", "end_lease", "time_out", "cancel", "retry", "get"),
    "get_with_payloads",
)


@pytest.mark.parametrize("is_counted", [False, True])
@pytest.mark.parametrize("ended", [300, 3000])
def test_what_is_done_to_one_job_goes_by_its_id(
    database: Database, own_server: EmbeddedPostgres, ended: int, is_counted: bool
) -> None:
    # Of a thousand jobs one may run: then every index of the few that do looks shorter. But each
    # job that ran left a line in it.
    with closing(psycopg2.connect(own_server.start())) as filling, filling.cursor() as cursor:
        filling.autocommit = True
        cursor.execute("SET session_replication_role = replica")  # no rules of a row
        cursor.execute(
            "INSERT INTO jobs (id, organization_id, endpoint, status, dispatch_after, created_at,"
            " expires_at) SELECT 'job_' || n, 'org', '/', 'completed', now(), now(), now()"
            " FROM generate_series(1, %s) AS n",
            (ended,),
        )
        if is_counted:
            cursor.execute("ANALYZE jobs")
        try:
            plans = {name: _plan_of(database, name) for name in VERBS_OF_ONE_JOB}
        finally:
            cursor.execute("DELETE FROM jobs WHERE organization_id = 'org'")
            cursor.execute("VACUUM jobs")
    for name, plan in plans.items():
        found = {*re.findall(r"(?:using|Bitmap Index Scan on) (jobs_\w+)", plan)}
        assert found == {"jobs_pkey"}, (name, plan)
        assert "Seq Scan" not in plan, (name, plan)


def _nothing(name: str) -> dict[str, Any]:
    return dict.fromkeys(re.findall(r"%\((\w+)\)s", statements.text(name)))


def _plan_of(database: Database, name: str) -> str:
    nothing = _nothing(name)
    database.run(name, **nothing)
    return _plan(database, name, nothing)


def _plan(database: Database, name: str, parameters: dict[str, Any]) -> str:
    with database._connection() as connection, connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statements._prepared(name)[1]}", parameters)
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.usefixtures("database")
def test_a_database_without_the_tables_says_what_to_do(own_server: EmbeddedPostgres) -> None:
    url = own_server.start()
    empty = urlsplit(url)._replace(path="/empty").geturl()
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute("CREATE DATABASE empty")
    database = Database(empty, size=1, timeout=2)
    for ask in (lambda: database.ping(2), lambda: database.run("list_organizations")):
        with pytest.raises(DatabaseNotMigrated, match="run `jobs-backend migrate`"):
            ask()
    migrate(empty)
    database.ping(2)
