"""`POST /v1/jobs/{id}/cancel` and `/retry`: every row of the contract's tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from jobs_backend import dispatching, jobs, organizations, sweeps
from jobs_backend.errors import BrokerUnavailable, JobFailure
from jobs_backend.job import Job, Status
from jobs_backend.submission import NewJob, submit

Sql = Callable[..., list[tuple[Any, ...]]]


def _job(status: str, organization: str, sql: Sql) -> Job:
    job = submit(NewJob(organization, "/v1/echo", '{"text": "hi"}', {"a": "b"}))
    if status != "validating":
        dispatching.mark_dispatched(job)
    if status in ("in_progress", "completed", "failed"):
        job = jobs.claim(job.id, 1, endpoint=job.endpoint, worker="worker:test") or job
    if status == "completed":
        jobs.succeed(job, '{"done": true}')
    elif status == "failed":
        jobs.fail(job, JobFailure("broken", "It broke."))
    elif status == "cancelled":
        jobs.cancel(organization, job.id)
    elif status in ("expired", "purged"):
        sql("UPDATE jobs SET expires_at = created_at WHERE id = %s", job.id)
        sweeps.expire_due(10)
    if status == "purged":
        sql("UPDATE jobs SET created_at = created_at - interval '9 days' WHERE id = %s", job.id)
        sql("UPDATE jobs SET expires_at = created_at + interval '7 days' WHERE id = %s", job.id)
        assert sweeps.purge_due(10) == 1
    return job


@pytest.mark.parametrize("status", ["validating", "queued", "in_progress"])
def test_an_active_job_is_cancelled_at_once(
    client: FlaskClient, organization: str, sql: Sql, status: str
) -> None:
    job = _job(status, organization, sql)
    answer = client.post(f"/v1/jobs/{job.id}/cancel")
    assert answer.status_code == 200
    body = answer.json
    assert (body["id"], body["status"], body["cancelled"]) == (job.id, "cancelled", True)
    assert body["response"] is body["error"] is body["warnings"] is None
    assert body["completed_at"] is not None
    assert (body["started_at"] is not None) == (status == "in_progress")
    assert body["metadata"] == {"a": "b"}
    assert client.get(f"/v1/jobs/{job.id}").json["status"] == "cancelled"


@pytest.mark.parametrize("status", ["completed", "failed", "expired", "cancelled"])
def test_a_job_that_is_over_cannot_be_cancelled(
    client: FlaskClient, organization: str, sql: Sql, status: str
) -> None:
    job = _job(status, organization, sql)
    answer = client.post(f"/v1/jobs/{job.id}/cancel", json={})
    assert answer.status_code == 400
    assert answer.json["detail"] == f"Cannot cancel job in '{status}' status"
    assert client.get(f"/v1/jobs/{job.id}").json["status"] == status


@pytest.mark.parametrize("status", ["failed", "cancelled", "expired"])
def test_a_job_that_ended_without_result_is_retried(
    client: FlaskClient, organization: str, sql: Sql, status: str
) -> None:
    job = _job(status, organization, sql)
    before = client.get(f"/v1/jobs/{job.id}").json
    answer = client.post(f"/v1/jobs/{job.id}/retry")
    assert answer.status_code == 200
    body = answer.json
    assert (body["id"], body["status"], body["cancelled"]) == (job.id, "queued", False)
    for cleared in ("response", "error", "started_at", "completed_at", "warnings"):
        assert body[cleared] is None
    for kept in ("attempt_count", "last_failure_code", "metadata", "created_at"):
        assert body[kept] == before[kept]
    assert body["expires_at"] >= before["expires_at"]


@pytest.mark.parametrize("status", ["validating", "queued", "in_progress", "completed"])
def test_any_other_job_cannot_be_retried(
    client: FlaskClient, organization: str, sql: Sql, status: str
) -> None:
    job = _job(status, organization, sql)
    answer = client.post(f"/v1/jobs/{job.id}/retry")
    assert answer.status_code == 400
    assert answer.json["detail"] == f"Cannot retry job in '{status}' status"


def test_a_retry_of_a_type_that_is_gone_waits_for_its_return(
    client: FlaskClient, organization: str, sql: Sql
) -> None:
    job = _job("failed", organization, sql)
    sql("UPDATE jobs SET endpoint = '/v1/gone' WHERE id = %s", job.id)
    answer = client.post(f"/v1/jobs/{job.id}/retry")
    assert (answer.status_code, answer.json["status"]) == (202, "queued")
    assert [each["code"] for each in answer.json["warnings"]] == ["dispatch_delayed"]


def test_an_expired_job_whose_data_is_gone_cannot_be_retried(
    client: FlaskClient, organization: str, sql: Sql
) -> None:
    job = _job("purged", organization, sql)
    answer = client.post(f"/v1/jobs/{job.id}/retry")
    assert answer.status_code == 400
    assert answer.json["detail"] == "Cannot retry expired job: its data was deleted"


@pytest.mark.parametrize("verb", ["cancel", "retry"])
def test_a_job_that_is_unknown_or_anothers_is_404(
    client: FlaskClient, organization: str, sql: Sql, verb: str
) -> None:
    other = organizations.create_organization("other")
    job = submit(NewJob(other, "/v1/echo", "{}"))
    for job_id in (job.id, "job_AAAAAAAAAAAAAAAAAAAAAA", "x", "job_%00"):
        answer = client.post(f"/v1/jobs/{job_id}/{verb}")
        assert answer.status_code == 404
        assert answer.json["detail"] == "Job not found"
    assert sql("SELECT status FROM jobs WHERE id = %s", job.id) == [("validating",)]


@pytest.mark.parametrize("verb", ["cancel", "retry"])
def test_a_key_that_may_only_read_is_403(client: FlaskClient, organization: str, verb: str) -> None:
    job = submit(NewJob(organization, "/v1/echo", "{}"))
    key, _ = organizations.create_key(organization, "reader", ("jobs:read",))
    answer = client.post(f"/v1/jobs/{job.id}/{verb}", headers={"Api-Key": key})
    assert answer.status_code == 403


@pytest.mark.parametrize(("verb", "status"), [("cancel", "completed"), ("retry", "queued")])
def test_a_job_that_changed_before_the_second_look_is_409(
    client: FlaskClient,
    organization: str,
    sql: Sql,
    monkeypatch: pytest.MonkeyPatch,
    verb: str,
    status: str,
) -> None:
    job = _job(status, organization, sql)
    refuse = getattr(jobs, verb)

    def refuse_and_change(organization_id: str, job_id: str) -> Job | None:
        refused: Job | None = refuse(organization_id, job_id)
        assert refused is None
        if verb == "cancel":  # the job comes back to the queue between the guard and the look
            sql("UPDATE jobs SET status = 'queued', completed_at = NULL WHERE id = %s", job_id)
        else:  # and here it ends
            assert jobs.cancel(organization_id, job_id) is not None
        return refused

    monkeypatch.setattr(jobs, verb, refuse_and_change)
    answer = client.post(f"/v1/jobs/{job.id}/{verb}")
    assert answer.status_code == 409
    assert answer.json["detail"] == "Job status changed, please retry"


@pytest.mark.parametrize(
    ("status", "is_lost"),
    [
        ("validating", False),
        ("queued", False),
        ("in_progress", False),
        ("completed", True),
        ("failed", True),
        ("cancelled", True),
        ("expired", True),
    ],
)
def test_a_worker_finds_out_which_of_its_dispatches_nobody_wants(
    organization: str, sql: Sql, status: str, is_lost: bool
) -> None:
    job, beside = (_job(status, organization, sql) for _ in range(2))
    current, earlier = (job.id, 1), (job.id, 0)
    assert sweeps.find_lost([current]) == ({current} if is_lost else set())
    assert sweeps.find_lost([earlier, ("job_none", 1)]) == {earlier, ("job_none", 1)}
    both = {current, (beside.id, 1)}
    assert sweeps.find_lost(both) == (both if is_lost else set())


def test_with_the_broker_away_a_retry_is_202_and_a_cancel_still_200(
    client: FlaskClient, organization: str, sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    from api import accepting
    from api import jobs as routes

    def refuse(*_jobs: Job) -> None:
        raise BrokerUnavailable("away")

    monkeypatch.setattr(accepting, "send", refuse)
    monkeypatch.setattr(routes, "stop", refuse)
    job = _job("in_progress", organization, sql)
    assert client.post(f"/v1/jobs/{job.id}/cancel").status_code == 200
    answer = client.post(f"/v1/jobs/{job.id}/retry")
    assert answer.status_code == 202
    assert answer.json["status"] == Status.QUEUED
    assert [warning["code"] for warning in answer.json["warnings"]] == ["dispatch_delayed"]
