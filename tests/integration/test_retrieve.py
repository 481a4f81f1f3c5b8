"""Reading jobs back: one, its status, and pages of them; and who may."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobs_backend import jobs, organizations
from jobs_backend.errors import JobFailure
from jobs_backend.submission import NewJob, submit
from tests.conftest import eventually

Sql = Callable[..., list[tuple[Any, ...]]]


def _submit(organization: str, **options: Any) -> str:
    return submit(NewJob(organization, "/v1/echo", '{"text": "hi"}', **options)).id


def _complete(organization: str) -> str:
    job = submit(NewJob(organization, "/v1/echo", '{"text": "hi"}'))
    claimed = jobs.claim(job.id, 1, endpoint=job.endpoint, worker="worker:test")
    assert claimed is not None
    jobs.succeed(claimed, '{"b": 1, "a": [2]}')
    return job.id


def test_payloads_come_only_when_asked_for(client: FlaskClient, organization: str) -> None:
    job_id = _complete(organization)
    bare = client.get(f"/v1/jobs/{job_id}").json
    assert (bare["request"], bare["response"]) == (None, None)
    query = "include_request=true&include_response=true"
    full = client.get(f"/v1/jobs/{job_id}?{query}").json
    assert full["request"] == {"text": "hi"}
    assert full["response"] == {"status_code": 200, "body": {"b": 1, "a": [2]}}
    status = client.get(f"/v1/jobs/{job_id}/status?{query}").json
    assert (status["request"], status["response"]) == (None, None)
    assert status["status"] == "completed"
    assert status["started_at"] <= status["completed_at"]


@pytest.mark.parametrize("path", ["", "/status"])
def test_another_organizations_job_is_as_unknown_as_none(
    client: FlaskClient, connection: Any, path: str
) -> None:
    foreign = _submit(organizations.create_organization("theirs"))
    answers = [client.get(f"/v1/jobs/{job_id}{path}") for job_id in (foreign, "job_none")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert {answer.json["detail"] for answer in answers} == {"Job not found"}
    assert client.get("/v1/jobs").json["data"] == []
    assert client.get(f"/v1/jobs?id={foreign}").json["data"] == []
    assert client.get(f"/v1/jobs?after={foreign}").status_code == 422


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Api-Key": ""},
        {"Api-Key": "jk_wrong"},
        {"Authorization": "Bearer jk_wrong"},
        {"Authorization": "Basic abc"},
        {"Authorization": "Bearer"},
        {"Api-Key": "\u00e9\u00e8"},
    ],
)
@pytest.mark.parametrize("path", ["/v1/jobs", "/v1/jobs/job_x", "/v1/jobs/job_x/status"])
def test_without_a_good_key_nothing_is_told(
    app: Flask, connection: Any, path: str, headers: dict[str, str]
) -> None:
    answer = app.test_client().get(path, headers=headers)
    assert answer.status_code == 401
    assert set(answer.json) == {"detail", "code", "request_id"}
    assert answer.json["code"] == "unauthorized"


def test_a_key_comes_in_either_header_and_never_in_the_url(app: Flask, key: str) -> None:
    client = app.test_client()
    assert client.get("/v1/jobs", headers={"Api-Key": key}).status_code == 200
    assert client.get("/v1/jobs", headers={"Authorization": f"Bearer {key}"}).status_code == 200
    assert client.get(f"/v1/jobs?access_token={key}&api_key={key}").status_code == 401


def test_a_revoked_key_stops_working(app: Flask, organization: str) -> None:
    key, record = organizations.create_key(organization)
    client = app.test_client()
    assert client.get("/v1/jobs", headers={"Api-Key": key}).status_code == 200
    organizations.revoke_key(record.id)
    since = time.monotonic()
    eventually(lambda: client.get("/v1/jobs", headers={"Api-Key": key}).status_code == 401)
    assert time.monotonic() - since < 5
    assert organizations.rotate_key(record.id) is None


def test_a_rotated_key_works_on_for_its_grace_and_its_successor_may_do_the_same(
    organization: str,
) -> None:
    old, record = organizations.create_key(organization, "ci", ["jobs:read"])
    rotated = organizations.rotate_key(record.id, grace=60)
    assert rotated is not None
    new, successor = rotated
    assert (successor.organization_id, successor.name, successor.scopes) == (
        organization,
        "ci",
        {"jobs:read"},
    )
    for key in (old, new):
        assert organizations.authenticate(key) is not None
    organizations.rotate_key(successor.id)
    organizations.forget_known_keys()
    assert organizations.authenticate(new) is None
    assert organizations.authenticate(old) is not None
    organizations.revoke_key(record.id)
    organizations.forget_known_keys()
    assert organizations.authenticate(old) is None


def test_a_key_may_do_what_its_scopes_say(app: Flask, organization: str) -> None:
    key, _ = organizations.create_key(organization, scopes=["jobs:read"])
    client = app.test_client()
    assert client.get("/v1/jobs", headers={"Api-Key": key}).status_code == 200
    assert client.post("/v1/jobs", json={}, headers={"Api-Key": key}).status_code == 403


def test_keys_are_stored_as_hashes(organization: str, sql: Sql) -> None:
    key, _ = organizations.create_key(organization)
    [row] = sql("SELECT to_jsonb(api_keys)::text FROM api_keys")
    assert key not in row[0]
    assert key[4:12] not in row[0]


def _walk(client: FlaskClient, query: str, step: str, start: str = "") -> list[str]:
    seen: list[str] = []
    cursor = start and f"&{step}={start}"
    while True:
        page = client.get(f"/v1/jobs?{query}{cursor}").json
        ids = [job["id"] for job in page["data"]]
        seen = ids + seen if step == "before" else seen + ids
        edge = page["list_metadata"][step]
        assert page["has_more"] == (edge is not None)
        assert (page["first_id"], page["last_id"]) == ((ids[0], ids[-1]) if ids else (None, None))
        if edge is None:
            return seen
        cursor = f"&{step}={edge}"


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_pages_hold_every_job_once_in_order(
    client: FlaskClient, organization: str, sql: Sql, order: str, limit: int
) -> None:
    for _ in range(7):
        _submit(organization)
    # Some at the very same time: the id decides between them.
    for table in ("jobs", "job_facets"):
        sql(f"UPDATE {table} SET created_at = date_trunc('second', created_at)")  # noqa: S608
    expected = [
        row[0]
        for row in sql(f"SELECT id FROM jobs ORDER BY created_at {order}, id {order}")  # noqa: S608
    ]
    assert _walk(client, f"limit={limit}&order={order}", "after") == expected
    backwards = _walk(client, f"limit={limit}&order={order}", "before", expected[-1])
    assert backwards == expected[:-1]


def test_the_neighbours_of_a_page_are_told_exactly(client: FlaskClient, organization: str) -> None:
    newest_first = [_submit(organization) for _ in range(3)][::-1]
    first, middle, last = newest_first

    def edges(query: str) -> tuple[str | None, str | None]:
        page = client.get(f"/v1/jobs?limit=1{query}").json["list_metadata"]
        return page["before"], page["after"]

    assert edges("") == (None, first)
    assert edges(f"&after={first}") == (middle, middle)
    assert edges(f"&after={middle}") == (last, None)
    assert edges(f"&before={last}") == (middle, middle)
    assert edges(f"&before={middle}") == (None, first)
    assert edges(f"&after={last}") == (None, None)


@pytest.mark.parametrize("order", ["desc", "asc"])
def test_filters_are_exact(client: FlaskClient, organization: str, order: str) -> None:
    foreign = organizations.create_organization("other")
    submit(NewJob(foreign, "/v1/anything", "{}"))
    queued, completed = _submit(organization), _complete(organization)
    other = submit(NewJob(organization, "/v1/anything", "{}")).id

    def ids(query: str) -> list[str]:
        page = client.get(f"/v1/jobs?order={order}&{query}").json["data"]
        return [job["id"] for job in (page if order == "desc" else reversed(page))]

    assert ids("status=completed") == [completed]
    assert ids("status=validating") == [other, queued]
    assert ids("endpoint=/v1/anything") == [other]
    assert ids(f"id={queued}") == ids(f"job_id={queued}") == [queued]
    assert ids("id=job_none") == []
    assert ids(f"id={queued}&status=completed") == []
    assert ids("access_token=x&operation_name=y") == [other, completed, queued]


def test_payloads_in_lists(client: FlaskClient, organization: str) -> None:
    _complete(organization)
    [job] = client.get("/v1/jobs?include_request=true&include_response=true").json["data"]
    assert job["request"] == {"text": "hi"}
    assert job["response"]["body"] == {"b": 1, "a": [2]}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=x", "limit"),
        ("limit=21&include_response=true", "limit"),
        ("order=up", "order"),
        ("status=running", "status"),
        ("endpoint=/v1/nothing", "endpoint"),
        ("before=job_none", "before"),
        ("after=job_none", "after"),
        ("after=a&before=b", "before"),
        ("include_request=maybe", "include_request"),
        ("after=%00", "after"),
    ],
)
def test_a_wrong_query_is_422_and_says_where(client: FlaskClient, query: str, field: str) -> None:
    answer = client.get(f"/v1/jobs?{query}")
    assert answer.status_code == 422
    assert ["query", field] in [entry["loc"] for entry in answer.json["detail"]]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=40), field=st.sampled_from(["id", "after", "status", "endpoint"]))
def test_no_text_in_a_query_makes_a_server_error(
    client: FlaskClient, text: str, field: str
) -> None:
    assert client.get("/v1/jobs", query_string={field: text}).status_code in (200, 422)
    assert client.get("/v1/jobs/" + text.replace("/", "")).status_code in (200, 404, 308)


def test_unknown_paths_and_wrong_methods_have_the_error_shape(client: FlaskClient) -> None:
    for answer, status in (
        (client.get("/nothing"), 404),
        (client.get("/v1/nothing"), 404),
        (client.delete("/v1/jobs"), 405),
        (client.put("/v1/jobs/x"), 405),
    ):
        assert answer.status_code == status
        assert set(answer.json) == {"detail", "code", "request_id"}


def test_a_sane_request_id_is_kept_and_another_replaced(client: FlaskClient) -> None:
    assert (
        client.get("/healthz", headers={"X-Request-Id": "mine-1"}).headers["X-Request-Id"]
        == "mine-1"
    )
    for bad in ("", "x" * 200, "a b", "<script>"):
        answer = client.get("/healthz", headers={"X-Request-Id": bad})
        assert answer.headers["X-Request-Id"].startswith("req_")


def test_metadata_must_match_in_every_pair(client: FlaskClient, organization: str) -> None:
    wanted = submit(NewJob(organization, "/v1/echo", "{}", {"batch": "7", "page": "1"}))
    submit(NewJob(organization, "/v1/echo", "{}", {"batch": "8", "page": "1"}))
    submit(NewJob(organization, "/v1/echo", "{}"))
    for pairs, order in product(({"batch": "7"}, {"page": "1", "batch": "7"}), ("asc", "desc")):
        query = {"metadata": json.dumps(pairs), "order": order}
        answer = client.get("/v1/jobs", query_string=query)
        assert [job["id"] for job in answer.json["data"]] == [wanted.id]
    everything = client.get("/v1/jobs", query_string={"metadata": "{}"}).json["data"]
    assert wanted.id in [job["id"] for job in everything]


@pytest.mark.parametrize("metadata", ["", "7", "{", '{"a": 1}', '{"a": {"b": "c"}}', '{"a": "\0"}'])
def test_metadata_that_is_no_object_of_strings_is_422(client: FlaskClient, metadata: str) -> None:
    answer = client.get("/v1/jobs", query_string={"metadata": metadata})
    assert answer.status_code == 422
    assert answer.json["detail"][0]["loc"][:2] == ["query", "metadata"]


def test_numbers_of_any_length_are_shown(client: FlaskClient, organization: str) -> None:
    submitted = submit(NewJob(organization, "/v1/echo", "{}"))
    job = jobs.claim(submitted.id, 1, endpoint="/v1/echo", worker="worker:test")
    assert job is not None
    jobs.fail(job, JobFailure("broken", "It broke.", {"n": [10**30], "m": -1}))
    answer = client.get(f"/v1/jobs/{job.id}")
    assert answer.status_code == 200
    assert answer.json["error"]["details"] == {"n": [10**30], "m": -1}
