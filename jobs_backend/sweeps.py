"""What time does to many jobs at once. Each sweep is a guarded statement of sql/, of the same name.

A sweep takes one bounded batch, so that it can be stopped and taken up again anywhere; its caller
repeats it while batches are full. Rows that somebody holds are skipped and taken the next time. Of
one sweep only one statement runs at a time, whoever calls it: a second one finds nothing.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Collection
from datetime import datetime
from typing import Any

from psycopg2.extras import Json

from jobs_backend import idempotency, offload
from jobs_backend.config import settings
from jobs_backend.db import Row, database
from jobs_backend.endpoints import registry
from jobs_backend.errors import DatabaseUnavailable, JobFailure
from jobs_backend.job import Job
from jobs_backend.jobs import DISPATCH_GRACE_SECONDS

# How long a message may be in a worker's hands before its job is claimed.
IN_HAND_SECONDS = 10

WORKER_LOST = JobFailure(
    "worker_lost", "The worker that ran this job was lost more often than is allowed."
)


def take_undispatched(limit: int) -> list[Job]:
    """Reserve up to `limit` jobs whose message was never handed over, for the caller to send."""
    known = list(registry())  # what is gone may come back, and must not stand in the others' way
    grace = DISPATCH_GRACE_SECONDS
    return _jobs(_sweep("take_undispatched", limit, endpoints=known, dispatch_grace=grace))


def mark_lost(endpoint: str, sent_before: datetime, limit: int) -> list[Job]:
    """Have up to `limit` waiting jobs dispatched again whose message must have been lost.

    Args:
        endpoint: the path of an endpoint type.
        sent_before: what was handed over before this moment is not in its queue any more.
        limit: how many at the most.
    """
    patience = IN_HAND_SECONDS
    found = _sweep(
        "mark_lost", limit, endpoint=endpoint, sent_before=sent_before, patience=patience
    )
    return _jobs(found)


def expire_due(limit: int, *, actor: str = "beat") -> tuple[int, list[Job]]:
    """Expire up to `limit` jobs whose time has passed; how many it did, and those that ran."""
    return _counted(_sweep("expire_due", limit, actor=actor))


def rescue_lost(limit: int, *, actor: str = "beat") -> list[Job]:
    """Requeue up to `limit` running jobs whose lease ran out, or fail those lost too often.

    Raises:
        DatabaseUnavailable: Postgres took so long to tell the time that nobody can have renewed a
            lease meanwhile.
    """
    # The clock is read apart: a statement that was held up in a frozen server, and runs when that
    # is back, must not find the leases run out that nobody could renew meanwhile. Nor must one that
    # follows a clock that was held up: a lease lasts longer than two heartbeats.
    started = time.monotonic()
    [clock] = database().run("read_clock")
    if (held_up := time.monotonic() - started) > settings().heartbeat_seconds:
        raise DatabaseUnavailable(f"Postgres took {held_up:.1f} s to tell the time")
    found = _sweep(
        "rescue_lost",
        limit,
        asked_at=clock["now"],
        max_losses=settings().max_losses,
        error=Json(WORKER_LOST.as_error()),
        actor=actor,
    )
    return _jobs(found)


def purge_due(limit: int) -> int:
    """Delete the payloads of up to `limit` jobs that expired long enough ago; how many it did."""
    purged, elsewhere = _counted(_sweep("purge_due", limit, keep=settings().purge_after_seconds))
    for job in elsewhere:
        offload.forget(job.organization_id, job.id, job.offloaded)
    return purged


def delete_due(limit: int) -> int:
    """Delete up to `limit` purged jobs that expired long enough ago; how many it did."""
    return len(_sweep("delete_due", limit, keep=settings().delete_after_seconds))


def purge_keys(limit: int) -> int:
    """Forget up to `limit` idempotency keys that are too old; how many it did."""
    return len(_sweep("purge_keys", limit, keep=idempotency.KEEP_SECONDS))


def find_lost(dispatches: Collection[tuple[str, int]]) -> set[tuple[str, int]]:
    """Which of these dispatches (job id and dispatch number) nobody wants to be run any more."""
    ids, numbers = [job_id for job_id, _ in dispatches], [number for _, number in dispatches]
    rows = database().run("find_lost", ids=ids, numbers=numbers)
    return {(row["id"], row["number"]) for row in rows}


def _sweep(name: str, limit: int, **parameters: Any) -> list[Row]:
    # The advisory lock by which sweeps of one name take turns ends with the statement.
    return database().run(name, turn=zlib.crc32(name.encode()), limit=limit, **parameters)


def _counted(rows: list[Row]) -> tuple[int, list[Job]]:
    # One row at the least tells how many; without one that matters it has no job.
    return rows[0]["swept"], _jobs([row for row in rows if row["id"] is not None])


def _jobs(rows: list[Row]) -> list[Job]:
    return [Job.from_row(row) for row in rows]
