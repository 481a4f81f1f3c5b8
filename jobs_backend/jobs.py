"""The verbs: all that can happen to a job. Each is one guarded statement of sql/, of the same name.
How a job begins is in submission.py, what became of its message in dispatching.py, what time does
to many jobs at once in sweeps.py, and what is done for an attempt that cannot speak for itself in
recovery.py.

A verb that returns None did nothing: the job does not exist, is not the caller's, or has moved on.
That is an ordinary outcome, for the caller to log and not to raise.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from psycopg2.extras import Json

from jobs_backend.config import settings
from jobs_backend.db import Row, database
from jobs_backend.deadlines import deadline
from jobs_backend.endpoints import retentions
from jobs_backend.errors import DatabaseUnavailable, JobFailure, RetryableFailure
from jobs_backend.job import Job, Status, is_job_id
from jobs_backend.pauses import SHORT

# The caller of submit or retry sends the message right after; until this many seconds have passed,
# the re-dispatcher leaves the job to it.
DISPATCH_GRACE_SECONDS = 10
# A client waits: so much longer to find out what became of a statement that was cut off.
REREAD_SECONDS = 2
# A request of more bytes is claimed alone, and a response of more characters is kept for no other.
LARGE_BYTES = 65536


@dataclass(frozen=True)
class Result:
    """What an attempt hands in: its job as claim returned it, the response body as JSON text, and
    the HTTP status that the synchronous call would have had.
    """

    job: Job
    body: str
    status: int = 200


def claim(job_id: str, dispatch_number: int, *, endpoint: str, worker: str) -> Job | None:
    """Start the next attempt of a waiting job and take the lease on it.

    Args:
        job_id: the job that the message names.
        dispatch_number: the dispatch that the message names; only the current one counts.
        endpoint: the endpoint type that the message is for, since a message may lie.
        worker: who runs it, for the history and for people.

    Returns:
        The job with its request, its `attempt_count` being the fencing token that every later
        write of this attempt carries; None where there is nothing to run.
    """
    rows = database().run(
        "claim",
        id=job_id,
        dispatch=dispatch_number,
        endpoint=endpoint,
        lease=settings().lease_seconds,
        worker=worker,
        actor=worker,
    )
    return Job.first(rows)


def heartbeat(job: Job) -> Job | None:
    """Renew the lease of a running attempt; None when it no longer owns the job."""
    rows = database().run("heartbeat", **_owner(job), lease=settings().lease_seconds)
    return Job.first(rows)


def note_progress(job: Job, done: int, total: int, message: str | None) -> bool:
    """Store how far a running attempt has come; False when it no longer owns the job."""
    rows = database().run(
        "note_progress",
        **_owner(job),
        done=done,
        total=total,
        message=message,
    )
    return bool(rows)


def succeed(job: Job, response_body: str, *, response_status: int = 200) -> Job | None:
    """End a running attempt with its response.

    Args:
        job: as claim returned it.
        response_body: the body as JSON text.
        response_status: the HTTP status that the synchronous call would have had.
    """
    rows = database().run(
        "succeed",
        **_owner(job),
        response_status=response_status,
        response_body=response_body,
        actor=job.worker,
    )
    return job.with_changes(rows)


def succeed_and_claim(
    results: Sequence[Result], following: Sequence[tuple[str, int]]
) -> tuple[list[Job | None], list[Job]]:
    """`succeed` with some jobs and `claim` others of their endpoint type, for the same worker.

    It takes one round trip and one commit for all of them. A next job that somebody holds at the
    moment is not claimed, nor, beside others, one that was attempted before or has a large request:
    only `claim` tells whether there is nothing to run.

    Args:
        results: what to end, one at least: all of one worker and one endpoint type.
        following: the jobs that the next messages name, and the dispatch that each names.

    Returns:
        What `succeed` returns of each result, and the jobs that were claimed, in the order given.
    """
    owner = results[0].job
    rows = database().run(
        "succeed_and_claim",
        ids=[each.job.id for each in results],
        attempts=[each.job.attempt_count for each in results],
        response_statuses=[each.status for each in results],
        response_bodies=[each.body for each in results],
        next_ids=[job_id for job_id, _ in following],
        next_dispatches=[number for _, number in following],
        endpoint=owner.endpoint,
        worker=owner.worker,
        lease=settings().lease_seconds,
        alone=len(following) == 1,
        large=LARGE_BYTES,
        actor=owner.worker,
    )
    ended = {row.pop("ended_id"): row.pop("ended_at") for row in rows}
    claimed = {row["id"]: Job.from_row(row) for row in rows if row["id"]}
    return (
        [_completed(each.job, ended.get(each.job.id)) for each in results],
        [claimed[job_id] for job_id in dict(following) if job_id in claimed],
    )


def fail(job: Job, failure: JobFailure) -> Job | None:
    """End a running attempt with an error for the user."""
    rows = database().run(
        "fail",
        **_owner(job),
        error=Json(failure.as_error()),
        code=failure.code,
        actor=job.worker,
    )
    return Job.first(rows)


def fail_retryable(job: Job, failure: RetryableFailure, max_attempts: int) -> Job | None:
    """End a running attempt whose error may pass: the job waits for its next attempt, or fails.

    Args:
        job: as claim returned it.
        failure: why; its `retry_after` is honoured up to the longest pause between attempts.
        max_attempts: how many attempts may fail in this way before the job does.
    """
    rows = database().run(
        "fail_retryable",
        **_owner(job),
        error=Json(failure.as_error()),
        code=failure.code,
        max_attempts=max_attempts,
        pause=_pause_before_retry(job.failure_count, failure.retry_after),
        actor=job.worker,
    )
    return Job.first(rows)


def release(job: Job, reason: str) -> Job | None:
    """Give a running job back to the queue: its attempt was interrupted, and did not fail.

    It runs again at once. Where that happens again and again it waits, longer each time.
    """
    rows = database().run(
        "release",
        **_owner(job),
        dispatch=None,
        reason=reason,
        pause_max=settings().retry_backoff_max_seconds,
        actor=job.worker,
    )
    return Job.first(rows)


def cancel(organization_id: str, job_id: str, *, actor: str = "api") -> Job | None:
    """End a job that is not over yet; `found_status` says what it was doing, so whom to stop.

    Raises:
        DatabaseUnavailable: nothing is known to have changed.
    """
    if not is_job_id(job_id):
        return None
    try:
        rows = database().run("cancel", id=job_id, organization_id=organization_id, actor=actor)
    except DatabaseUnavailable as problem:
        job = read_again(problem, organization_id, job_id)
        if job is not None and job.status is Status.CANCELLED:
            return replace(job, found_status=Status.IN_PROGRESS)  # it may have been
        raise
    return Job.first(rows)


def retry(organization_id: str, job_id: str, *, actor: str = "api") -> Job | None:
    """Put a job that failed, was cancelled or expired back into the queue; the caller sends it."""
    if not is_job_id(job_id):
        return None
    rows = database().run(
        "retry",
        id=job_id,
        organization_id=organization_id,
        retention=settings().retention_seconds,
        retentions=Json(retentions()),
        dispatch_grace=DISPATCH_GRACE_SECONDS,
        actor=actor,
    )
    return Job.first(rows)


def get(
    organization_id: str,
    job_id: str,
    *,
    include_request: bool = False,
    include_response: bool = False,
) -> Job | None:
    """One job of the organization, with the payloads that were asked for."""
    if not is_job_id(job_id):
        return None
    if not (include_request or include_response):
        return Job.first(database().run("get", id=job_id, organization_id=organization_id))
    rows = database().run(
        "get_with_payloads",
        id=job_id,
        organization_id=organization_id,
        include_request=include_request,
        include_response=include_response,
        piece=SHORT,
    )
    return Job.first([{**row, **_texts(rows)} for row in rows[:1]])


def _texts(rows: list[Row]) -> dict[str, str]:
    # The pieces of each, put together.
    pieces: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: row["place"] or 0):
        if row["name"]:
            pieces.setdefault(row["name"], []).append(row["piece"])
    return {name: "".join(each) for name, each in pieces.items()}


def _completed(job: Job, moment: datetime | None) -> Job | None:
    changes = {"status": Status.COMPLETED, "completed_at": moment, "lease_expires_at": None}
    return job.with_changes([changes] if moment else [])


def _owner(job: Job) -> dict[str, Any]:
    # What an attempt proves itself by. A crash of Postgres may take a claim back and have another
    # worker make the same attempt again: so it is the worker as well.
    return {"id": job.id, "attempt": job.attempt_count, "worker": job.worker}


def read_again(problem: DatabaseUnavailable, organization_id: str, job_id: str) -> Job | None:
    """What became of a job by a verb whose answer was lost on its way; None if nobody knows."""
    if problem.may_have_run:
        with suppress(DatabaseUnavailable), deadline(REREAD_SECONDS):
            return get(organization_id, job_id)
    return None


def _pause_before_retry(failures: int, retry_after: float | None) -> float:
    # Doubled each time, and uneven, so that what failed together does not come back together.
    doubled: float = settings().retry_backoff_seconds * 2.0 ** min(failures, 32)
    longest = settings().retry_backoff_max_seconds
    pause = min(doubled, longest) * random.uniform(0.5, 1)  # noqa: S311 - no secret
    return min(max(pause, retry_after or 0.0), longest)
