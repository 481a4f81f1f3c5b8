"""What became of a job's message: the broker took it, or could not be handed it."""

from __future__ import annotations

from collections.abc import Sequence

from jobs_backend.db import database
from jobs_backend.job import Job

# How long a job waits after a send that failed: the first wait, doubled each time, and its ceiling.
DISPATCH_BACKOFF_SECONDS = 1
DISPATCH_BACKOFF_MAX_SECONDS = 10


def mark_dispatched(job: Job, *, actor: str = "api") -> Job | None:
    """Note that the broker took the message of the job's current dispatch."""
    return mark_all_dispatched([job], actor=actor)[0]


def mark_all_dispatched(sent: Sequence[Job], *, actor: str = "api") -> list[Job | None]:
    """Note it of several jobs at once; for each of them what `mark_dispatched` returns."""
    in_order = sorted(sent, key=lambda job: job.id)  # the order in which their rows are locked
    rows = database().run(
        "mark_dispatched",
        ids=[job.id for job in in_order],
        dispatches=[job.dispatch_number for job in in_order],
        actor=actor,
    )
    noted = {row["id"]: Job.from_row(row) for row in rows}
    return [noted.get(job.id) for job in sent]


def mark_undelivered(job: Job) -> Job | None:
    """Note that the broker could not be handed the message, and when to try again."""
    rows = database().run(
        "mark_undelivered",
        id=job.id,
        dispatch=job.dispatch_number,
        backoff=DISPATCH_BACKOFF_SECONDS,
        backoff_max=DISPATCH_BACKOFF_MAX_SECONDS,
    )
    return Job.first(rows)
