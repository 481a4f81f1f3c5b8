"""A job's way in: it is stored, its message handed to the broker, and that noted.

Those that come at the same time go together: one statement, one push and one note for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from jobs_backend import dispatching, log
from jobs_backend.errors import BrokerUnavailable, DatabaseUnavailable, EndpointNotRegistered
from jobs_backend.job import Job, Status
from jobs_backend.submission import NewJob, submit, submit_each
from jobs_backend.together import Together
from workers.celery_app import send

_log = log.get(__name__)

# A longer request goes alone: no other should have to wait for it.
SHARED_REQUEST_CHARACTERS = 64 * 1024

# A job as it is by now, and whether the broker has its message.
Accepted = tuple[Job, bool]


def accept(new: NewJob) -> Accepted:
    """Store a new job, durably, and hand its message over.

    Returns:
        The job, and whether the broker has its message; without that it is queued later. One that
        its idempotency key stands for already is not sent again.

    Raises:
        DatabaseUnavailable: nothing is known to be stored.
        IdempotencyKeyReused: the key came with another body before.
    """
    # Who holds the same key is waited for, and nobody else should be.
    if new.key is not None or len(new.request) > SHARED_REQUEST_CHARACTERS:
        job = submit(new)
        return (job, not job.dispatch_delayed) if job.is_replay else dispatch(job)
    answer = _among_others(new)
    if isinstance(answer, Exception):
        raise answer
    return answer


def dispatch(job: Job) -> Accepted:
    """Hand the message of a stored job's current dispatch over; returns what `accept` does."""
    return _dispatch_all([job])[0]


def _accept_all(new: Sequence[NewJob]) -> list[Accepted | Exception]:
    stored = submit_each(new)
    dispatched = iter(_dispatch_all([each for each in stored if isinstance(each, Job)]))
    return [next(dispatched) if isinstance(each, Job) else each for each in stored]


_among_others = Together(_accept_all)


def _dispatch_all(jobs: Sequence[Job]) -> list[Accepted]:
    if not jobs:
        return []
    try:
        send(*jobs)
    except (BrokerUnavailable, EndpointNotRegistered) as problem:
        _warn("dispatch_delayed", jobs, problem)
        noted = _note(dispatching.mark_all_undelivered, jobs)
        return [(after or job, False) for job, after in zip(jobs, noted, strict=True)]
    noted = _note(dispatching.mark_all_dispatched, jobs)
    # No row means that a worker was faster than this note: the job was queued, and is further now.
    return [
        (after or replace(job, status=Status.QUEUED), True)
        for job, after in zip(jobs, noted, strict=True)
    ]


def _note(
    mark: Callable[[Sequence[Job]], list[Job | None]], jobs: Sequence[Job]
) -> list[Job | None]:
    try:
        return mark(jobs)
    except DatabaseUnavailable as problem:
        # The jobs are stored, so they are accepted; without this note they are sent once more.
        _warn("dispatch_not_noted", jobs, problem)
        return [None] * len(jobs)


def _warn(event: str, jobs: Sequence[Job], reason: Exception) -> None:
    # They may be other requests' than the one that does this for all.
    for job in jobs:
        _log.warning(event, job_id=job.id, request_id=job.request_id, reason=str(reason))
