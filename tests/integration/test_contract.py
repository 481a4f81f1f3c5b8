"""The HTTP contract, row by row. What has many cases has a file of its own, named at its place."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from jobs_backend import dispatching, jobs, organizations, sweeps
from jobs_backend.errors import JobFailure
from jobs_backend.job import Job, Status
from jobs_backend.submission import NewJob, submit

Sql = Callable[..., list[tuple[Any, ...]]]
WEEK = 604800


class TestTheJobObject:
    """Section 1. How it is listed by is in test_filters.py."""

    FIELDS = (
        *("id", "object", "status", "endpoint", "request", "response", "error", "warnings"),
        *("created_at", "expires_at", "started_at", "completed_at", "last_attempt_at"),
        *("organization_id", "metadata", "cancelled", "attempt_count", "last_failure_code"),
    )

    def test_every_field_is_there_always(self, client: FlaskClient, organization: str) -> None:
        for status in Status:
            job = _job(organization, status)
            for path in (f"/v1/jobs/{job.id}", f"/v1/jobs/{job.id}/status"):
                assert list(client.get(path).json)[: len(self.FIELDS)] == list(self.FIELDS)

    def test_id(self, client: FlaskClient) -> None:
        ids = {_submit(client)["id"] for _ in range(20)}
        assert len(ids) == 20
        assert all(re.fullmatch(r"job_[A-Za-z0-9_-]{21,22}", job_id) for job_id in ids)

    def test_object(self, client: FlaskClient) -> None:
        assert _submit(client)["object"] == "job"

    @pytest.mark.parametrize("status", list(Status))
    def test_status(self, client: FlaskClient, organization: str, status: Status) -> None:
        assert _read(client, _job(organization, status))["status"] == status.value

    @pytest.mark.parametrize("status", list(Status))
    def test_response_only_when_completed(
        self, client: FlaskClient, organization: str, status: Status
    ) -> None:
        shown = _read(client, _job(organization, status), "?include_response=true")["response"]
        done = {"status_code": 200, "body": {"done": True}}
        assert shown == (done if status is Status.COMPLETED else None)

    @pytest.mark.parametrize("status", list(Status))
    def test_error_only_when_failed(
        self, client: FlaskClient, organization: str, status: Status
    ) -> None:
        shown = _read(client, _job(organization, status))["error"]
        broken = {"code": "broken", "message": "It broke.", "details": {"part": 1}}
        assert shown == (broken if status is Status.FAILED else None)

    def test_times_are_unix_seconds_and_a_week_apart(self, client: FlaskClient) -> None:
        before = int(time.time())
        job = _submit(client)
        assert before <= job["created_at"] <= time.time()
        assert isinstance(job["created_at"], int)
        assert job["expires_at"] == job["created_at"] + WEEK
        assert job["started_at"] is job["completed_at"] is job["last_attempt_at"] is None

    @pytest.mark.parametrize("status", list(Status))
    def test_completed_at_is_set_on_every_end(
        self, client: FlaskClient, organization: str, status: Status
    ) -> None:
        is_over = status in (Status.COMPLETED, Status.FAILED, Status.CANCELLED, Status.EXPIRED)
        assert (_read(client, _job(organization, status))["completed_at"] is not None) == is_over

    def test_organization_id_is_the_keys(self, client: FlaskClient, organization: str) -> None:
        assert _submit(client)["organization_id"] == organization

    @pytest.mark.parametrize("metadata", [None, {}, {"a": ""}, {"ключ": "значение"}])
    def test_metadata(self, client: FlaskClient, metadata: Any) -> None:
        job = _submit(client, metadata=metadata)
        assert job["metadata"] == metadata

    @pytest.mark.parametrize("status", list(Status))
    def test_cancelled(self, client: FlaskClient, organization: str, status: Status) -> None:
        shown = _read(client, _job(organization, status))["cancelled"]
        assert shown is (status is Status.CANCELLED)

    def test_attempt_count_and_last_failure_code_are_kept_across_retries(
        self, client: FlaskClient, organization: str
    ) -> None:
        assert _submit(client)["attempt_count"] == 0
        failed = _job(organization, Status.FAILED)
        again = client.post(f"/v1/jobs/{failed.id}/retry").json
        assert (again["attempt_count"], again["last_failure_code"]) == (1, "broken")


class TestCreate:
    """Section 2. Wrong envelopes and unclean JSON are in test_create.py, keys of idempotency in
    test_idempotency.py, a broker that is away in test_dispatch.py."""

    def test_200_echoes_the_request(self, client: FlaskClient) -> None:
        request = {"text": "hi", "times": 2}
        answer = client.post("/v1/jobs", json={"endpoint": "/v1/echo", "request": request})
        assert answer.status_code == 200
        assert answer.json["status"] in ("queued", "validating")
        assert answer.json["request"] == request

    def test_400_names_every_wrong_field(self, client: FlaskClient) -> None:
        body = {"endpoint": "/v1/parses", "request": {"document": {"url": "x"}, "model": 5}}
        answer = client.post("/v1/jobs", json=body)
        assert answer.status_code == 400
        detail = answer.json["detail"]
        assert detail.startswith("Invalid request body for /v1/parses: ")
        for field in ("document.filename", "document.url", "model"):
            assert field in detail

    def test_422_for_an_unknown_endpoint(self, client: FlaskClient) -> None:
        answer = client.post("/v1/jobs", json={"endpoint": "/v1/no", "request": {}})
        assert answer.status_code == 422
        [entry] = answer.json["detail"]
        assert (entry["loc"], entry["type"]) == (["body", "endpoint"], "literal_error")


class TestRetrieve:
    """Section 3. Waiting is in test_waits.py."""

    def test_payloads_are_embedded_on_demand(self, client: FlaskClient, organization: str) -> None:
        job = _job(organization, Status.COMPLETED)
        assert _read(client, job)["request"] is None
        whole = _read(client, job, "?include_request=true&include_response=true")
        assert whole["request"] == {"n": 1}
        assert whole["response"]["body"] == {"done": True}

    def test_status_never_has_them(self, client: FlaskClient, organization: str) -> None:
        job = _job(organization, Status.COMPLETED)
        shown = _read(client, job, "/status?include_request=true&include_response=true")
        assert shown["request"] is shown["response"] is None

    @pytest.mark.parametrize("route", ["", "/status"])
    def test_404_for_an_unknown_job_and_for_anothers(
        self, client: FlaskClient, organization: str, route: str
    ) -> None:
        theirs = submit(NewJob(organizations.create_organization("else"), "/v1/echo", "{}"))
        for job_id in (theirs.id, "job_" + "A" * 22, "x"):
            answer = client.get(f"/v1/jobs/{job_id}{route}")
            assert (answer.status_code, answer.json["detail"]) == (404, "Job not found")


class TestList:
    """Section 4. Filters and cursors are in test_filters.py and test_retrieve.py."""

    def test_the_shape_of_a_page(self, client: FlaskClient) -> None:
        empty = client.get("/v1/jobs").json
        assert empty == {
            "object": "list",
            "data": [],
            "first_id": None,
            "last_id": None,
            "has_more": False,
            "list_metadata": {"before": None, "after": None},
        }
        ids = [_submit(client)["id"] for _ in range(3)]
        page = client.get("/v1/jobs?limit=2").json
        assert (page["first_id"], page["last_id"], page["has_more"]) == (ids[2], ids[1], True)
        assert page["list_metadata"] == {"before": None, "after": ids[1]}

    def test_20_by_default_and_100_at_most(self, client: FlaskClient, organization: str) -> None:
        for _ in range(101):
            submit(NewJob(organization, "/v1/echo", "{}"))
        assert len(client.get("/v1/jobs").json["data"]) == 20
        assert len(client.get("/v1/jobs?limit=100").json["data"]) == 100
        assert client.get("/v1/jobs?limit=101").status_code == 422
        assert client.get("/v1/jobs?limit=0").status_code == 422

    def test_20_at_most_with_responses(self, client: FlaskClient) -> None:
        assert client.get("/v1/jobs?include_response=true&limit=21").status_code == 422
        assert client.get("/v1/jobs?include_response=true&limit=20").status_code == 200

    def test_both_cursors_or_an_unknown_one_is_422(self, client: FlaskClient) -> None:
        job_id = _submit(client)["id"]
        for query in (f"before={job_id}&after={job_id}", "after=job_none", "before=x"):
            assert client.get(f"/v1/jobs?{query}").status_code == 422


class TestCancel:
    """Section 5. Workers that are stopped are in tests/acceptance/test_cancel.py."""

    @pytest.mark.parametrize("status", [Status.VALIDATING, Status.QUEUED, Status.IN_PROGRESS])
    def test_200_from_an_active_status(
        self, client: FlaskClient, organization: str, status: Status
    ) -> None:
        job = _job(organization, status)
        started_at = _read(client, job)["started_at"]
        answer = client.post(f"/v1/jobs/{job.id}/cancel")
        assert answer.status_code == 200
        shown = answer.json
        assert (shown["status"], shown["cancelled"]) == ("cancelled", True)
        assert shown["response"] is shown["error"] is None
        assert shown["completed_at"] is not None
        assert shown["started_at"] == started_at

    @pytest.mark.parametrize(
        "status", [Status.COMPLETED, Status.FAILED, Status.EXPIRED, Status.CANCELLED]
    )
    def test_400_from_an_end(self, client: FlaskClient, organization: str, status: Status) -> None:
        answer = client.post(f"/v1/jobs/{_job(organization, status).id}/cancel")
        assert answer.status_code == 400
        assert answer.json["detail"] == f"Cannot cancel job in '{status}' status"


class TestRetry:
    """Section 6."""

    @pytest.mark.parametrize("status", [Status.FAILED, Status.CANCELLED, Status.EXPIRED])
    def test_200_starts_anew_under_the_same_id(
        self, client: FlaskClient, organization: str, status: Status
    ) -> None:
        job = _job(organization, status)
        answer = client.post(f"/v1/jobs/{job.id}/retry")
        assert answer.status_code == 200
        shown = answer.json
        assert (shown["id"], shown["status"], shown["cancelled"]) == (job.id, "queued", False)
        assert shown["error"] is shown["response"] is None
        assert shown["started_at"] is shown["completed_at"] is None
        assert shown["expires_at"] >= int(time.time()) + WEEK - 60

    @pytest.mark.parametrize(
        "status", [Status.VALIDATING, Status.QUEUED, Status.IN_PROGRESS, Status.COMPLETED]
    )
    def test_400_from_any_other_status(
        self, client: FlaskClient, organization: str, status: Status
    ) -> None:
        answer = client.post(f"/v1/jobs/{_job(organization, status).id}/retry")
        assert answer.status_code == 400
        assert answer.json["detail"] == f"Cannot retry job in '{status}' status"

    def test_400_when_its_data_is_gone(
        self, client: FlaskClient, organization: str, sql: Sql
    ) -> None:
        job = _job(organization, Status.EXPIRED)
        sql("UPDATE jobs SET purged_at = clock_timestamp()")
        answer = client.post(f"/v1/jobs/{job.id}/retry")
        assert answer.status_code == 400
        assert answer.json["detail"] == "Cannot retry expired job: its data was deleted"


class TestErrorsAndTolerances:
    """Section 7. The published clients are in tests/acceptance."""

    @pytest.mark.parametrize("header", ["Api-Key", "Authorization"])
    def test_a_key_comes_in_either_header(self, app: Flask, key: str, header: str) -> None:
        value = key if header == "Api-Key" else f"Bearer {key}"
        assert app.test_client().get("/v1/jobs", headers={header: value}).status_code == 200

    def test_401_and_403(self, app: Flask, organization: str) -> None:
        reader, _ = organizations.create_key(organization, scopes=["jobs:read"])
        client = app.test_client()
        assert client.get("/v1/jobs").status_code == 401
        assert client.get("/v1/jobs", headers={"Api-Key": "no"}).status_code == 401
        assert client.post("/v1/jobs", headers={"Api-Key": reader}).status_code == 403

    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("GET", "/v1/none", 404),
            ("GET", "/", 404),
            ("DELETE", "/v1/jobs", 405),
            ("PUT", "/v1/jobs/job_x", 405),
            ("GET", "/v1/jobs/job_x/cancel", 405),
            ("POST", "/v1/jobs", 415),
        ],
    )
    def test_every_error_has_the_same_shape(
        self, client: FlaskClient, method: str, path: str, status: int
    ) -> None:
        answer = client.open(path, method=method)
        assert answer.status_code == status
        assert answer.content_type == "application/json"
        assert set(answer.json) == {"detail", "code", "request_id"}
        assert answer.json["request_id"] == answer.headers["X-Request-Id"]

    def test_request_ids_are_the_callers_if_sane(self, client: FlaskClient) -> None:
        for given, is_kept in (("my-id.1", True), ("x" * 129, False), ("a b", False)):
            told = client.get("/v1/jobs", headers={"X-Request-Id": given})
            assert (told.headers["X-Request-Id"] == given) is is_kept

    def test_posts_without_a_body(self, client: FlaskClient) -> None:
        for verb in ("cancel", "retry"):
            job = _submit(client)
            answer = client.post(
                f"/v1/jobs/{job['id']}/{verb}", headers={"Content-Type": "application/json"}
            )
            assert answer.status_code == (200 if verb == "cancel" else 400)

    def test_parameters_of_the_apis_history_are_ignored(self, client: FlaskClient) -> None:
        job_id = _submit(client)["id"]
        for path in ("/v1/jobs", f"/v1/jobs/{job_id}", f"/v1/jobs/{job_id}/status"):
            assert client.get(f"{path}?access_token=x&operation_name=y").status_code == 200


def _submit(client: FlaskClient, **parts: Any) -> dict[str, Any]:
    body = {"endpoint": "/v1/echo", "request": {"text": "x"}, **parts}
    answer = client.post("/v1/jobs", json=body)
    assert answer.status_code == 200, answer.json
    job: dict[str, Any] = answer.json
    return job


def _read(client: FlaskClient, job: Job, more: str = "") -> dict[str, Any]:
    answer = client.get(f"/v1/jobs/{job.id}{more}")
    assert answer.status_code == 200
    shown: dict[str, Any] = answer.json
    return shown


def _job(organization: str, status: Status) -> Job:
    job = submit(NewJob(organization, "/v1/anything", json.dumps({"n": 1})))
    if status is Status.QUEUED:
        dispatching.mark_dispatched(job)
    elif status is Status.CANCELLED:
        jobs.cancel(organization, job.id)
    elif status is Status.EXPIRED:
        _expire(job)
    elif status is not Status.VALIDATING:
        claimed = jobs.claim(job.id, 1, endpoint=job.endpoint, worker="worker:test")
        assert claimed is not None
        if status is Status.COMPLETED:
            jobs.succeed(claimed, '{"done": true}')
        elif status is Status.FAILED:
            jobs.fail(claimed, JobFailure("broken", "It broke.", {"part": 1}))
    return job


def _expire(job: Job) -> None:
    from jobs_backend.db import database

    with database()._connection() as connection, connection.cursor() as cursor:
        cursor.execute(
            "UPDATE jobs SET created_at = created_at - interval '8 days', "
            "expires_at = expires_at - interval '8 days' WHERE id = %s",
            (job.id,),
        )
    assert sweeps.expire_due(10)[0] == 1
