"""How far a job has come: stored by the attempt that owns it, shown while it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from jobs_backend import jobs, sweeps
from jobs_backend.errors import JobFailure
from jobs_backend.job import Job
from jobs_backend.submission import NewJob, submit

Sql = Callable[..., list[tuple[Any, ...]]]


def _running(organization: str) -> Job:
    submitted = submit(NewJob(organization, "/v1/echo", "{}"))
    claimed = jobs.claim(submitted.id, 1, endpoint="/v1/echo", worker="worker:test")
    assert claimed is not None
    return claimed


def _shown(client: FlaskClient, job: Job) -> list[Any]:
    paths = (f"/v1/jobs/{job.id}", f"/v1/jobs/{job.id}/status")
    return [client.get(path).json["progress"] for path in paths]


def test_progress_is_shown_while_a_job_runs(client: FlaskClient, organization: str) -> None:
    job, other = _running(organization), _running(organization)
    assert _shown(client, job) == [None, None]
    assert jobs.note_progress(job, 1, 20, "page 1 of 20")
    assert jobs.note_progress(job, 2, 20, None)
    assert _shown(client, job) == [{"done": 2, "total": 20, "message": None}] * 2
    assert _shown(client, other) == [None, None]
    assert jobs.succeed(job, "{}")
    assert _shown(client, job) == [None, None]


def test_an_attempt_that_lost_its_job_notes_nothing(client: FlaskClient, organization: str) -> None:
    first = _running(organization)
    assert jobs.note_progress(first, 5, 9, "first")
    released = jobs.release(first, "interrupted")
    assert released is not None
    assert not jobs.note_progress(first, 6, 9, "late")
    second = jobs.claim(
        first.id, released.dispatch_number, endpoint="/v1/echo", worker="worker:other"
    )
    assert second is not None
    assert _shown(client, second) == [None, None]
    assert not jobs.note_progress(first, 7, 9, "later")
    assert jobs.note_progress(second, 1, 9, "second")
    assert _shown(client, second) == [{"done": 1, "total": 9, "message": "second"}] * 2
    assert jobs.cancel(second.organization_id, second.id) is not None
    assert not jobs.note_progress(second, 2, 9, "cancelled")


ENDS: dict[str, Callable[[Job], Any]] = {
    "completed": lambda job: jobs.succeed(job, "{}"),
    "failed": lambda job: jobs.fail(job, JobFailure("broken", "It broke.")),
    "queued": lambda job: jobs.release(job, "interrupted"),
    "cancelled": lambda job: jobs.cancel(job.organization_id, job.id),
    "expired": lambda _: sweeps.expire_due(10),
}


@pytest.mark.parametrize("status", ENDS)
def test_nothing_is_noted_of_a_job_that_does_not_run(
    organization: str, sql: Sql, status: str
) -> None:
    job = _running(organization)
    if status == "expired":
        sql("UPDATE jobs SET expires_at = clock_timestamp()")
    assert ENDS[status](job)
    assert sql("SELECT status FROM jobs") == [(status,)]
    assert not jobs.note_progress(job, 1, 2, None)
    other = submit(NewJob(organization, "/v1/echo", "{}"))
    assert not jobs.note_progress(other, 1, 2, None)
    assert sql("SELECT count(*) FROM job_progress") == [(0,)]


def test_progress_goes_with_its_job(organization: str, sql: Sql) -> None:
    job = _running(organization)
    assert jobs.note_progress(job, 1, 2, None)
    sql("DELETE FROM jobs WHERE id = %s", job.id)
    assert sql("SELECT count(*) FROM job_progress") == [(0,)]
