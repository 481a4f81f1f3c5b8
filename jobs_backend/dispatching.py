"""What became of a job's message: the broker took it, or could not be handed it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
    return _mark("mark_dispatched", sent, actor=actor)


def mark_undelivered(job: Job) -> Job | None:
    """Note that the broker could not be handed the message, and when to try again."""
    return mark_all_undelivered([job])[0]


def mark_all_undelivered(unsent: Sequence[Job]) -> list[Job | None]:
    """Note it of several jobs at once; for each of them what `mark_undelivered` returns."""
    return _mark(
        "mark_undelivered",
        unsent,
        backoff=DISPATCH_BACKOFF_SECONDS,
        backoff_max=DISPATCH_BACKOFF_MAX_SECONDS,
    )


def _mark(statement: str, of: Sequence[Job], **parameters: Any) -> list[Job | None]:
    in_order = sorted(of, key=lambda job: job.id)  # the order in which their rows are locked
    rows = database().run(
        statement,
        ids=[job.id for job in in_order],
        dispatches=[job.dispatch_number for job in in_order],
        **parameters,
    )
    noted = {row["id"]: [row] for row in rows}
    return [job.with_changes(noted.get(job.id, [])) for job in of]
