"""The job and its status machine, in words. The statements in sql/ enforce what is said here."""

from __future__ import annotations

import base64
import re
import secrets
import time
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum
from typing import Any


class Status(str, Enum):
    """Where a job is in its life."""

    VALIDATING = "validating"
    """Stored, and not yet known to be in the broker's hands."""
    QUEUED = "queued"
    """Waiting for a worker, or to be dispatched again."""
    IN_PROGRESS = "in_progress"
    """Claimed by a worker that holds a lease on it."""
    COMPLETED = "completed"
    """Ended with a response."""
    FAILED = "failed"
    """Ended with an error."""
    CANCELLED = "cancelled"
    """Ended by its organization; whatever the work still produces is discarded."""
    EXPIRED = "expired"
    """Past its `expires_at`."""

    __str__ = str.__str__


TERMINAL = frozenset({Status.COMPLETED, Status.FAILED, Status.CANCELLED, Status.EXPIRED})
ACTIVE = frozenset(Status) - TERMINAL

RETRYABLE = frozenset({Status.FAILED, Status.CANCELLED, Status.EXPIRED})

TRANSITIONS: dict[Status, frozenset[Status]] = {
    # Straight to in_progress: a worker may hold the message before the API noted that it was sent.
    Status.VALIDATING: frozenset(
        {Status.QUEUED, Status.IN_PROGRESS, Status.CANCELLED, Status.EXPIRED}
    ),
    Status.QUEUED: frozenset({Status.IN_PROGRESS, Status.CANCELLED, Status.EXPIRED}),
    Status.IN_PROGRESS: frozenset(
        {Status.COMPLETED, Status.FAILED, Status.QUEUED, Status.CANCELLED, Status.EXPIRED}
    ),
    Status.COMPLETED: frozenset({Status.EXPIRED}),
    Status.FAILED: frozenset({Status.QUEUED, Status.EXPIRED}),
    Status.CANCELLED: frozenset({Status.QUEUED, Status.EXPIRED}),
    Status.EXPIRED: frozenset({Status.QUEUED}),
}
"""Every move that any verb makes, from each status."""


def new_job_id() -> str:
    """An id for a job that is stored now; nobody guesses it.

    The first four of its 22 characters are the minute. So ids of a time stand together in every
    index, and moving or deleting jobs of an age touches few pages of each. Nothing is decided by
    the minute, which is this process's.
    """
    minute = int(time.time() // 60) % 2**24
    whole = minute.to_bytes(3, "big") + secrets.token_bytes(13)
    return f"job_{base64.urlsafe_b64encode(whole)[:-2].decode()}"


def is_job_id(text: str) -> bool:
    """Whether a text has the form of a job id; one that has not need not be looked up."""
    return re.fullmatch(r"job_[A-Za-z0-9_-]{1,64}", text) is not None


@dataclass(frozen=True, kw_only=True)
class Job:
    """One row of the jobs table, with the payloads that were asked for. What a statement does not
    return is as the table has it for a new job.

    `request` and `response_body` are JSON text as stored: who needs the value parses it, who passes
    it on does not have to. `offloaded` is where contents are missing in the request, for
    `offload.restored`. `progress` is what a running attempt noted last, `done` of `total` and a
    `message`. `found_status` is what a verb found before its move, where it matters; `taken_at` is
    when a verb handed the job to whoever is to send its message, and `is_replay` says that an
    idempotency key stands for this job already.
    """

    id: str
    organization_id: str
    endpoint: str
    status: Status
    metadata: dict[str, str] | None = None
    error: dict[str, Any] | None = None
    cancelled: bool = False
    request_id: str | None = None
    attempt_count: int = 0
    loss_count: int = 0
    failure_count: int = 0
    interruption_count: int = 0
    last_failure_code: str | None = None
    worker: str | None = None
    dispatch_number: int = 1
    dispatch_failures: int = 0
    redispatch_count: int = 0
    dispatch_after: datetime
    dispatched_at: datetime | None = None
    created_at: datetime
    expires_at: datetime
    started_at: datetime | None = None
    last_attempt_at: datetime | None = None
    lease_expires_at: datetime | None = None
    completed_at: datetime | None = None
    purged_at: datetime | None = None
    request: str | None = None
    offloaded: list[list[str | int]] | None = None
    response_status: int | None = None
    response_body: str | None = None
    progress: dict[str, Any] | None = None
    found_status: Status | None = None
    taken_at: datetime | None = None
    is_replay: bool = False

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Job:
        """The job that a statement returned, its columns by name."""
        return cls(**_values(row))

    @classmethod
    def first(cls, rows: list[dict[str, Any]]) -> Job | None:
        """The job of a statement that returned one row, or None of one that did nothing."""
        return cls.from_row(rows[0]) if rows else None

    def with_changes(self, rows: list[dict[str, Any]]) -> Job | None:
        """This job after a statement that returned what it changed, or None if it did nothing."""
        if not rows:
            return None
        # Each result is recorded by this, and a new one of all its fields takes ten times as long.
        changed = object.__new__(Job)
        changed.__dict__.update(self.__dict__, **_values(rows[0]))
        return changed

    @property
    def task_id(self) -> str:
        """The id of the Celery task of the current dispatch.

        It names the dispatch besides the job, since workers remember the ids that were revoked: a
        retried job under its old id would be thrown away.
        """
        return f"{self.id}:{self.dispatch_number}"

    @property
    def dispatch_delayed(self) -> bool:
        """Whether the job waits because the broker could not be reached."""
        return (
            self.status in (Status.VALIDATING, Status.QUEUED)
            and self.dispatched_at is None
            and self.dispatch_failures > 0
        )


_FIELDS = frozenset(field.name for field in fields(Job))


def _values(row: dict[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in row.items() if name in _FIELDS}
    for name in ("status", "found_status"):
        if known.get(name) is not None:
            known[name] = Status(known[name])
    return known
