"""What a stranger may try, and gets nothing for."""

from __future__ import annotations

import gzip
import io
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from jobs_backend import config, log, organizations
from jobs_backend.submission import NewJob, submit

Sql = Callable[..., list[tuple[Any, ...]]]
ROUTES = [("GET", ""), ("GET", "/status"), ("POST", "/cancel"), ("POST", "/retry")]
MISSING = "job_" + "A" * 22


@pytest.fixture
def theirs(servers: None, organization: str) -> str:
    """The id of another organization's job."""
    other = organizations.create_organization("somebody else")
    return submit(NewJob(other, "/v1/echo", '{"text": "secret"}', {"secret": "pair"})).id


@pytest.mark.parametrize(("method", "route"), ROUTES)
def test_anothers_job_is_as_unknown_as_none(
    client: FlaskClient, theirs: str, sql: Sql, method: str, route: str
) -> None:
    def answer(job_id: str) -> tuple[int, Any, set[str]]:
        found = client.open(f"/v1/jobs/{job_id}{route}?include_request=true", method=method)
        return found.status_code, {**found.json, "request_id": None}, set(found.headers.keys())

    before = sql("SELECT * FROM jobs")
    assert answer(theirs) == answer(MISSING)
    assert answer(theirs)[0] == 404
    assert sql("SELECT * FROM jobs") == before


def test_its_timing_tells_nothing(client: FlaskClient, theirs: str) -> None:
    times: dict[str, list[float]] = {theirs: [], MISSING: []}
    for _ in range(100):
        for job_id, taken in times.items():
            started = time.perf_counter()
            client.get(f"/v1/jobs/{job_id}")
            taken.append(time.perf_counter() - started)
    medians = sorted(map(statistics.median, times.values()))
    assert medians[1] < 2 * medians[0]


def test_anothers_jobs_are_in_no_list(client: FlaskClient, theirs: str) -> None:
    assert client.get(f"/v1/jobs?id={theirs}").json["data"] == []
    assert client.get('/v1/jobs?metadata={"secret":"pair"}').json["data"] == []
    foreign, forged = (client.get(f"/v1/jobs?after={each}") for each in (theirs, MISSING))
    assert foreign.status_code == forged.status_code == 422
    assert foreign.json["detail"] == forged.json["detail"]


@pytest.mark.parametrize("kind", ["unknown", "revoked"])
def test_no_wrong_key_is_told_from_another(app: Flask, organization: str, kind: str) -> None:
    key, record = organizations.create_key(organization)
    if kind == "revoked":
        organizations.revoke_key(record.id)
    client = app.test_client()
    times = []
    for _ in range(20):
        started = time.perf_counter()
        answer = client.get("/v1/jobs", headers={"Api-Key": key if kind == "revoked" else "no"})
        times.append(time.perf_counter() - started)
        assert answer.status_code == 401
        assert answer.json["detail"] == "Invalid API key"
    assert statistics.median(times) < 0.1


@pytest.mark.parametrize(
    "name",
    [
        *("id", "status", "organization_id", "attempt_count", "response", "error", "created_at"),
        *("expires_at", "retention_seconds", "cancelled", "worker", "request_id"),
    ],
)
def test_nothing_can_be_assigned_that_is_not_offered(client: FlaskClient, name: str) -> None:
    body = {"endpoint": "/v1/anything", "request": {}, name: "completed"}
    assert client.post("/v1/jobs", json=body).status_code == 422
    inside = {"endpoint": "/v1/anything", "request": {name: "completed"}}
    job = client.post("/v1/jobs", json=inside).json
    assert job["status"] in ("queued", "validating")
    assert (job["attempt_count"], job["response"], job["error"]) == (0, None, None)


def test_ten_megabytes_of_brackets_are_refused_quickly(client: FlaskClient) -> None:
    started = time.perf_counter()
    answer = client.post("/v1/jobs", data=b"[" * 10_000_000, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (400, "invalid_json")
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, gzip"])
def test_a_compressed_bomb_is_never_unpacked(client: FlaskClient, encoding: str) -> None:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as bomb:
        bomb.write(b"[" * 10_000_000)
    answer = client.post(
        "/v1/jobs",
        data=packed.getvalue(),
        content_type="application/json",
        headers={"Content-Encoding": encoding},
    )
    assert answer.status_code == 415


def test_no_answer_tells_of_the_inside(
    client: FlaskClient, organization: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jobs_backend import pages

    def burst(*_: Any, **__: Any) -> Any:
        raise RuntimeError(f"{config.settings().database_url} /etc/passwd")

    monkeypatch.setattr(pages, "list_page", burst)
    answer = client.get("/v1/jobs")
    assert answer.status_code == 500
    assert answer.json["detail"] == "Internal server error"
    for inside in ("postgres", "/etc", "Traceback", "RuntimeError", ".py"):
        assert inside not in answer.text


def test_no_log_tells_a_key_or_where_the_database_is(
    client: FlaskClient, key: str, theirs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBS_LOG_LEVEL", "debug")
    config.settings.cache_clear()
    written = io.StringIO()
    log.configure(written)
    try:
        client.get(f"/v1/jobs?api_key={key}", headers={"Authorization": f"Bearer {key}"})
        client.post("/v1/jobs", json={"endpoint": "/v1/anything", "request": {"pass": "word"}})
        client.get(f"/v1/jobs/{theirs}")
    finally:
        monkeypatch.undo()
        config.settings.cache_clear()
        log.configure()
    logged = written.getvalue()
    assert '"level":"debug"' in logged
    assert "/v1/jobs" in logged
    for secret in (key, config.settings().database_url, "word"):
        assert secret not in logged


def test_what_a_filename_holds_stays_text(client: FlaskClient) -> None:
    name = 'a"b\r\nSet-Cookie: x=1\x1b[31m<script>'
    request = {"document": {"filename": name, "url": "data:,x"}}
    body = {"endpoint": "/v1/anything", "request": request}
    answer = client.post("/v1/jobs", json=body)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    found = client.get("/v1/jobs", query_string={"filename_contains": name, "include_request": "1"})
    assert json.loads(found.data)["data"][0]["request"] == request
