"""Idempotency keys: two requests with the same key are one."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable
from contextlib import closing
from typing import Any

import psycopg2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from jobs_backend import organizations, quotas, sweeps

Sql = Callable[..., list[tuple[Any, ...]]]
BODY = {"endpoint": "/v1/echo", "request": {"text": "once"}, "metadata": {"a": "b"}}


def _post(client: FlaskClient, key: str, body: Any = BODY, **options: Any) -> TestResponse:
    return client.post("/v1/jobs", json=body, headers={"Idempotency-Key": key}, **options)


def test_the_same_key_and_body_are_the_same_job(client: FlaskClient) -> None:
    first, second = _post(client, "k"), _post(client, "k")
    assert (first.status_code, second.status_code) == (200, 200)
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert second.json["id"] == first.json["id"]
    assert second.json["request"] == BODY["request"]


def test_the_same_json_in_another_spelling_is_the_same_body(client: FlaskClient) -> None:
    first = _post(client, "k")
    text = '{ "metadata": {"a": "b"},\n"request": {"text": "\\u006fnce"}, "endpoint": "/v1/echo" }'
    second = client.post(
        "/v1/jobs",
        data=text,
        headers={"Idempotency-Key": "k", "Content-Type": "application/json"},
    )
    assert second.json["id"] == first.json["id"]


@pytest.mark.parametrize(
    "other",
    [
        {**BODY, "request": {"text": "twice"}},
        {**BODY, "metadata": None},
        {**BODY, "endpoint": "/v1/anything"},
    ],
)
def test_the_same_key_with_another_body_is_422(client: FlaskClient, sql: Sql, other: Any) -> None:
    _post(client, "k")
    answer = _post(client, "k", other)
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reuse")
    assert sql("SELECT count(*) FROM jobs") == [(1,)]


def test_a_key_belongs_to_its_organization(
    app: Flask, client: FlaskClient, organization: str
) -> None:
    other = organizations.create_organization("somebody else")
    key, _ = organizations.create_key(other)
    ours, theirs = (
        _post(client, "k"),
        app.test_client().post(
            "/v1/jobs", json=BODY, headers={"Idempotency-Key": "k", "Api-Key": key}
        ),
    )
    assert theirs.status_code == 200
    assert ours.json["id"] != theirs.json["id"]


def test_a_request_that_was_refused_leaves_its_key_free(client: FlaskClient) -> None:
    for wrong, status in (({**BODY, "request": {}}, 400), ({"endpoint": "/v1/echo"}, 422)):
        assert _post(client, "k", wrong).status_code == status
    answer = _post(client, "k")
    assert answer.status_code == 200
    assert "Idempotency-Replayed" not in answer.headers


def test_a_replay_asks_for_nothing_that_a_new_job_needs(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _post(client, "k")
    monkeypatch.setattr(quotas, "is_queue_full", lambda _: True)
    monkeypatch.setattr("api.schemas.registry", dict)  # its endpoint type is gone
    again = _post(client, "k")
    assert (again.status_code, again.json["id"]) == (200, first.json["id"])
    assert _post(client, "k", {**BODY, "metadata": None}).json["code"] == "idempotency_key_reuse"
    assert _post(client, "other").status_code == 422


def test_fifty_at_once_make_one_job(app: Flask, key: str, sql: Sql) -> None:
    answers: list[TestResponse] = []
    together = threading.Barrier(50)

    def post() -> None:
        client = app.test_client()
        client.environ_base["HTTP_API_KEY"] = key
        together.wait()
        answers.append(_post(client, "k"))

    threads = [threading.Thread(target=post) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json["id"] for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    assert sql("SELECT count(*) FROM jobs") == [(1,)]


@pytest.mark.parametrize("is_purged", [False, True])
def test_after_a_day_a_key_is_as_good_as_new(
    client: FlaskClient, sql: Sql, is_purged: bool
) -> None:
    first = _post(client, "k")
    assert sweeps.purge_keys(10) == 0
    sql("UPDATE idempotency_keys SET created_at = created_at - interval '24 hours'")
    if is_purged:
        assert sweeps.purge_keys(10) == 1
    second = _post(client, "k", {**BODY, "request": {"text": "again"}})
    assert second.status_code == 200
    assert second.json["id"] != first.json["id"]
    assert _post(client, "k").status_code == 422


def test_the_sweep_tells_organizations_apart_and_runs_once_at_a_time(
    client: FlaskClient, sql: Sql, organization: str, app: Flask, postgres_url: str
) -> None:
    key, _ = organizations.create_key(organizations.create_organization("somebody else"))
    _post(client, "k")
    theirs = {"Idempotency-Key": "k", "Api-Key": key}
    app.test_client().post("/v1/jobs", json=BODY, headers=theirs)
    sql(
        "UPDATE idempotency_keys SET created_at = created_at - interval '25 hours' "
        "WHERE organization_id = %s",
        organization,
    )
    turn = zlib.crc32(b"purge_keys")
    with closing(psycopg2.connect(postgres_url)) as session, session.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (turn,))
        assert sweeps.purge_keys(10) == 0
        session.rollback()  # here and now: a connection that is closed lets go a little later
    assert sweeps.purge_keys(10) == 1
    assert sql("SELECT count(*) FROM idempotency_keys") == [(1,)]
    assert sql(
        "SELECT count(*) FROM idempotency_keys WHERE organization_id = %s", organization
    ) == [(0,)]


def test_the_sweep_passes_by_a_key_that_somebody_holds(
    client: FlaskClient, sql: Sql, postgres_url: str
) -> None:
    for name in ("held", "free"):
        _post(client, name)
    sql("UPDATE idempotency_keys SET created_at = created_at - interval '25 hours'")
    with (
        closing(psycopg2.connect(postgres_url)) as session,
        session.cursor() as cursor,
    ):
        cursor.execute("SELECT FROM idempotency_keys WHERE key = 'held' FOR UPDATE")
        assert sweeps.purge_keys(10) == 1
    assert sql("SELECT key FROM idempotency_keys") == [("held",)]


@pytest.mark.parametrize("text", ["", "x" * 256, "é", "a\tb"])
def test_a_key_that_is_none_is_422(client: FlaskClient, text: str) -> None:
    answer = _post(client, text)
    assert answer.status_code == 422
    assert answer.json["detail"][0]["loc"] == ["header", "Idempotency-Key"]
    assert _post(client, "x" * 255).status_code == 200


def test_a_deleted_job_takes_its_key_along(client: FlaskClient, sql: Sql) -> None:
    first = _post(client, "k")
    sql("DELETE FROM jobs")
    assert _post(client, "k").json["id"] != first.json["id"]
