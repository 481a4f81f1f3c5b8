"""Large texts reach Postgres in pieces: whole, in their order, and with their statement or not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psutil
import psycopg2
import pytest
from psycopg2 import extensions

from jobs_backend import db, jobs, pauses, pieces, statements, submission
from jobs_backend.db import Database
from jobs_backend.errors import DatabaseUnavailable
from jobs_backend.job import Job
from jobs_backend.submission import NewJob, submit, submit_all
from tests.conftest import eventually

# What psycopg2, SQL or JSON write in another way, at a border of two pieces as well.
TRICKY = "ä'\\\"%(name)s\n€😀"


def _request(characters: int) -> str:
    text = TRICKY * (characters // len(TRICKY))
    return json.dumps({"text": text}, ensure_ascii=False)


def _stored(organization: str, job: Job) -> Any:
    found = jobs.get(organization, job.id, include_request=True)
    assert found is not None
    return found.request


def _backends(postgres_url: str) -> list[int]:
    with closing(psycopg2.connect(postgres_url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE application_name = 'jobs-backend'")
        return [pid for (pid,) in cursor.fetchall()]


def test_requests_arrive_whole_and_in_their_order(organization: str) -> None:
    requests = ["{}", _request(3 * pieces.LARGE), _request(10), _request(pieces.LARGE + 1000), "{}"]
    stored = submit_all([NewJob(organization, "/v1/echo", each) for each in requests])
    assert [_stored(organization, job) for job in stored] == requests


def test_a_part_of_a_text_arrives_whole(organization: str) -> None:
    request = _request(2 * pieces.LARGE)
    job = submit(NewJob(organization, "/v1/echo", pieces.Part(f"€{request}€", 1, len(request) + 1)))
    assert _stored(organization, job) == request


def test_one_text_instead_of_a_list(organization: str) -> None:
    submitted = submit(NewJob(organization, "/v1/echo", "{}"))
    job = jobs.claim(submitted.id, 1, endpoint="/v1/echo", worker="worker:test")
    response = _request(2 * pieces.LARGE)
    assert job
    assert jobs.succeed(job, response)
    found = jobs.get(organization, job.id, include_response=True)
    assert found
    assert found.response_body == response


@pytest.mark.parametrize("piece", [1, 2, 3, 4, 5, 7, 64, 10_000])
def test_a_payload_is_read_in_pieces_and_no_character_is_cut(organization: str, piece: int) -> None:
    text = _request(3 * len(TRICKY))
    job = submit(NewJob(organization, "/v1/echo", text))
    rows = db.database().run(
        "get_with_payloads",
        id=job.id,
        organization_id=organization,
        include_request=True,
        include_response=True,
        piece=piece,
    )
    read = {row["place"]: row["piece"] for row in rows}
    assert "".join(read[place] for place in sorted(read)) == text
    assert [row["name"] for row in rows] == ["request"] * -(-len(text.encode()) // piece)
    assert max(len(each.encode()) for each in read.values()) <= piece + 3


@pytest.mark.usefixtures("servers")
def test_postgres_is_not_led_to_compile_what_reads_payloads() -> None:
    # It compiles what it takes to be worth it, by default at a cost of 100,000.
    database = db.database()
    nothing = dict.fromkeys(re.findall(r"%\((\w+)\)s", statements.text("get_with_payloads")))
    database.run("get_with_payloads", **nothing)
    with database._connection() as connection, connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statements._prepared('get_with_payloads')[1]}", nothing)
        (plan,) = cursor.fetchone()
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
    assert float(plan.partition("..")[2].partition(" ")[0]) < 10_000, plan


def test_both_payloads_of_a_job_come_whole_and_apart(organization: str) -> None:
    request, response = _request(3 * pauses.SHORT), _request(5 * pauses.SHORT)
    submitted = submit(NewJob(organization, "/v1/echo", request))
    job = jobs.claim(submitted.id, 1, endpoint="/v1/echo", worker="worker:test")
    assert job
    assert jobs.succeed(job, response)
    found = jobs.get(organization, job.id, include_request=True, include_response=True)
    assert found
    assert (found.request, found.response_body) == (request, response)


def test_a_large_payload_is_read_while_others_run(
    organization: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = submit(NewJob(organization, "/v1/echo", _request(5 * pauses.SHORT)))
    steps: list[int] = []
    monkeypatch.setattr(pauses, "let_others_run", steps.append)
    assert _stored(organization, job)
    assert max(steps) <= 2 * pauses.SHORT
    assert sum(steps) > 3 * pauses.SHORT


def test_a_connection_that_rows_made_large_is_not_kept(
    organization: str, postgres_url: str
) -> None:
    job = submit(NewJob(organization, "/v1/echo", _request(2 * statements.LARGE)))
    before = _backends(postgres_url)
    assert before  # the pieces did not make it large
    assert _stored(organization, job)
    eventually(lambda: len(_backends(postgres_url)) == len(before) - 1)


def test_nothing_of_it_is_sent_as_a_large_statement(
    organization: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    plain = statements._is_large

    def watched(value: str | bytes | None) -> bool:
        sizes.append(len(value or ""))
        return plain(value)

    monkeypatch.setattr(statements, "_is_large", watched)
    submit(NewJob(organization, "/v1/echo", _request(5 * pieces.LARGE)))
    assert 0 < max(sizes) < statements.LARGE


@pytest.fixture
def modest(postgres_url: str) -> Iterator[Database]:
    """The database, as a user who may read and write it, and make no tables of any sort."""
    with closing(psycopg2.connect(postgres_url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        name = connection.info.dbname
        cursor.execute("CREATE ROLE modest LOGIN")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO modest")
        cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO modest")
        cursor.execute(f"REVOKE TEMP ON DATABASE {name} FROM PUBLIC")
        yield Database(extensions.make_dsn(postgres_url, user="modest"), size=1, timeout=10)
        cursor.execute(f"GRANT TEMP ON DATABASE {name} TO PUBLIC")
        cursor.execute("DROP OWNED BY modest")
        cursor.execute("DROP ROLE modest")


def test_who_may_make_no_temporary_table_sends_it_whole(
    organization: str, modest: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(submission, "database", lambda: modest)
    request = _request(2 * pieces.LARGE)
    for each in (request, pieces.Part(f"[{request}]", 1, len(request) + 1)):
        job = submit(NewJob(organization, "/v1/echo", each))
        assert _stored(organization, job) == request
    assert submit(NewJob(organization, "/v1/echo", "{}"))


def test_all_is_lost_where_the_session_ends_between_two(
    organization: str, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = pieces.of

    def cut_off(text: str) -> Iterator[str]:
        for number, piece in enumerate(plain(text)):
            if number == 3:
                for pid in _backends(postgres_url):
                    psutil.Process(pid).terminate()
                eventually(lambda: not _backends(postgres_url))
            yield piece

    submit(NewJob(organization, "/v1/echo", "{}"))
    monkeypatch.setattr(pieces, "of", cut_off)
    with pytest.raises(DatabaseUnavailable):
        submit(NewJob(organization, "/v1/echo", _request(2 * pieces.LARGE)))
    with closing(psycopg2.connect(postgres_url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM jobs WHERE organization_id = %s", (organization,))
        assert cursor.fetchone() == (1,)
    monkeypatch.undo()
    job = submit(NewJob(organization, "/v1/echo", _request(2 * pieces.LARGE)))
    assert _stored(organization, job) == _request(2 * pieces.LARGE)


def test_what_is_refused_is_told_as_ever(organization: str) -> None:
    with pytest.raises(psycopg2.DataError):
        submit(NewJob(organization, "/v1/echo", _request(2 * pieces.LARGE)[:-1], parsed={}))
    job = submit(NewJob(organization, "/v1/echo", "{}"))
    assert _stored(organization, job) == "{}"
