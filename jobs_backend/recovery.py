"""Verbs for attempts that cannot speak for themselves, and for answers that were lost.

Who kills or misses a process knows the dispatch that it ran and not the attempt. The dispatch
stands for the attempt here: a job in progress has only one attempt a dispatch. And the row has to
name that process: a message may come twice, and another worker may have the job.
"""

from __future__ import annotations

from psycopg2.extras import Json

from jobs_backend.config import settings
from jobs_backend.db import database
from jobs_backend.errors import JobFailure
from jobs_backend.job import Job


def reclaim(job_id: str, dispatch_number: int, *, endpoint: str, worker: str) -> Job | None:
    """Take up a claim whose answer was lost: None if this worker does not hold that dispatch.

    Args and result are those of `claim`; `worker` must name one process and no other, ever.
    """
    rows = database().run(
        "reclaim",
        id=job_id,
        dispatch=dispatch_number,
        endpoint=endpoint,
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


def time_out(
    job_id: str, dispatch_number: int, limit: float, *, worker: str | None, ran: float = 0
) -> Job | None:
    """End the running attempt of a dispatch whose process is killed at its hard time limit.

    Args:
        job_id: the job.
        dispatch_number: the dispatch.
        limit: the time limit in seconds, for the user to read.
        worker: the process, as it claimed the job.
        ran: only if the attempt began at least so many seconds ago.
    """
    failure = JobFailure.timeout(limit)
    rows = database().run(
        "time_out",
        id=job_id,
        dispatch=dispatch_number,
        worker=worker,
        ran=ran,
        error=Json(failure.as_error()),
        code=failure.code,
        actor="worker",
    )
    return Job.first(rows)


def release_dispatch(job_id: str, dispatch_number: int, reason: str, *, worker: str) -> Job | None:
    """Give a running job back to the queue for its process, which had to be killed."""
    rows = database().run(
        "release",
        id=job_id,
        attempt=None,
        worker=worker,
        dispatch=dispatch_number,
        reason=reason,
        pause_max=settings().retry_backoff_max_seconds,
        actor="worker",
    )
    return Job.first(rows)


def bury(job_id: str, dispatch_number: int, time_limit: float, *, worker: str) -> Job | None:
    """See to the job of a dispatch whose process died.

    It may have ended itself at its hard time limit, without Python and so without a word: then the
    job fails as `timeout`. Otherwise its lease ends.
    """
    timed_out = time_out(job_id, dispatch_number, time_limit, worker=worker, ran=time_limit)
    return timed_out or end_lease(job_id, dispatch_number, worker=worker)


def end_lease(job_id: str, dispatch_number: int, *, worker: str | None) -> Job | None:
    """End the lease of a dispatch whose process died, so that the job is rescued at once."""
    rows = database().run("end_lease", id=job_id, dispatch=dispatch_number, worker=worker)
    return Job.first(rows)
