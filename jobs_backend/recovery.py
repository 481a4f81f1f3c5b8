"""Verbs for attempts that cannot speak for themselves, and for answers that were lost.

Who kills or misses a process knows the dispatch that it ran and not the attempt. The dispatch
stands for the attempt here: a job in progress has only one attempt a dispatch.
"""

from __future__ import annotations

from psycopg2.extras import Json

from jobs_backend.config import settings
from jobs_backend.db import database
from jobs_backend.errors import JobFailure
from jobs_backend.job import Job


def reclaim(job_id: str, dispatch_number: int, *, worker: str) -> Job | None:
    """Take up a claim whose answer was lost: None if this worker does not hold that dispatch.

    Args and result are those of `claim`; `worker` must name one process and no other, ever.
    """
    rows = database().run(
        "reclaim",
        id=job_id,
        dispatch=dispatch_number,
        worker=worker,
        lease=settings().lease_seconds,
    )
    return Job.first(rows)


def find_recorded(job: Job) -> Job | None:
    """The job as it is now, if its attempt was ended by the worker that claimed it.

    Args:
        job: as claim returned it.
    """
    rows = database().run("find_recorded", id=job.id, attempt=job.attempt_count, worker=job.worker)
    return Job.first(rows)


def time_out(job_id: str, dispatch_number: int, failure: JobFailure) -> Job | None:
    """End the running attempt of a dispatch whose process is killed at its hard time limit.

    The dispatch stands for the attempt here: the killer knows no other number, and a job in
    progress has only one attempt a dispatch.
    """
    rows = database().run(
        "time_out",
        id=job_id,
        dispatch=dispatch_number,
        error=Json(failure.as_error()),
        code=failure.code,
        actor="worker",
    )
    return Job.first(rows)


def release_dispatch(job_id: str, dispatch_number: int, reason: str) -> Job | None:
    """Give a running job back to the queue for its process, which had to be killed."""
    rows = database().run(
        "release",
        id=job_id,
        attempt=None,
        dispatch=dispatch_number,
        reason=reason,
        actor="worker",
    )
    return Job.first(rows)


def end_lease(job_id: str, dispatch_number: int) -> Job | None:
    """End the lease of a dispatch whose process died, so that the job is rescued at once."""
    return Job.first(database().run("end_lease", id=job_id, dispatch=dispatch_number))
