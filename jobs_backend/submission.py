"""New jobs, stored with all that belongs to them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg2.extras import Json

from jobs_backend import facets, idempotency, jobs, json_text, offload, pieces
from jobs_backend.config import settings
from jobs_backend.db import Row, database
from jobs_backend.deadlines import deadline
from jobs_backend.endpoints import retentions
from jobs_backend.errors import DatabaseUnavailable
from jobs_backend.job import Job, Status, new_job_id

ACTOR = "api"


@dataclass(frozen=True)
class NewJob:
    """What a client submits.

    Attributes:
        organization_id: who owns the job.
        endpoint: the path of its endpoint type.
        request: the request body as JSON text.
        metadata: the client's own pairs.
        parsed: the request as a value, where the caller has it.
        key: the client's idempotency key: if it stands for a job already, that one is returned.
        request_id: the id of the HTTP request, for the logs of API and worker to share.
    """

    organization_id: str
    endpoint: str
    request: pieces.Text
    metadata: dict[str, str] | None = None
    parsed: dict[str, Any] | None = None
    key: idempotency.Key | None = None
    request_id: str | None = None


def submit(new: NewJob) -> Job:
    """Store a new job. It is durable when this returns; its message is the caller's to send.

    Raises:
        DatabaseUnavailable: nothing is known to be stored.
        IdempotencyKeyReused: the key came with another body before.
    """
    return submit_all([new])[0]


def submit_all(new: Sequence[NewJob]) -> list[Job]:
    """Store new jobs, all of them or none.

    Args:
        new: at the most one of them with an idempotency key that another one has as well.

    Returns:
        The jobs in the same order.

    Raises:
        DatabaseUnavailable: nothing is known to be stored.
        IdempotencyKeyReused: a key came with another body before.
    """
    drafts = [_draft(each) for each in new]
    large = [each for each in drafts if pieces.is_large(each.request)]
    for number, each in enumerate(large, 1):
        each.row["large"] = number
    try:
        rows = database().run(
            "submit",
            jobs=json_text.dumps([each.row for each in drafts]).decode(),
            requests=[None if "large" in each.row else each.request for each in drafts],
            large_requests=[each.request for each in large],
            retention=settings().retention_seconds,
            retentions=Json(retentions()),
            dispatch_grace=jobs.DISPATCH_GRACE_SECONDS,
            key_keep=idempotency.KEEP_SECONDS,
            actor=ACTOR,
        )
    except Exception as problem:
        if isinstance(problem, DatabaseUnavailable) and problem.may_have_run:
            if found := _read_again(problem, drafts):
                return found
        else:  # where it may be stored all the same, its contents have to stay
            _forget(drafts)
        raise
    stored = {row["id"]: row for row in rows}
    _forget([each for each in drafts if each.id not in stored])
    return [
        _job(each, stored[draft.id]) if draft.id in stored else _replay(each)
        for each, draft in zip(new, drafts, strict=True)
    ]


def submit_each(new: Sequence[NewJob]) -> list[Job | Exception]:
    """Store new jobs, together if Postgres takes all of them.

    Returns:
        In the same order, each job, or why it was not stored: one that Postgres does not take is
        not the end of those that it happens to come with.

    Raises:
        DatabaseUnavailable: nothing is known to be stored.
    """
    try:
        return [*submit_all(new)]
    except DatabaseUnavailable:
        raise
    except Exception as problem:
        return [problem] if len(new) == 1 else [_store_alone(each) for each in new]


def _store_alone(new: NewJob) -> Job | Exception:
    try:
        return submit(new)
    except Exception as problem:
        return problem


@dataclass(frozen=True)
class _Draft:
    # As it is about to be stored: what was taken out of the request is where `offloaded` says.
    id: str
    organization_id: str
    request: pieces.Text
    offloaded: list[offload.Place] | None
    row: dict[str, Any]


def _draft(new: NewJob) -> _Draft:
    job_id = new_job_id()
    known = json.loads(str(new.request)) if new.parsed is None else new.parsed
    found_by = facets.of(new.organization_id, known, new.metadata)
    rest, offloaded = offload.take_out(new.organization_id, job_id, known) or (new.request, None)
    row = {
        "id": job_id,
        "organization_id": new.organization_id,
        "endpoint": new.endpoint,
        "metadata": new.metadata,
        "request_id": new.request_id,
        "offloaded": offloaded,
        "key": new.key and new.key.text,
        "body_hash": new.key and new.key.body_hash.hex(),
        **vars(found_by),
    }
    return _Draft(job_id, new.organization_id, rest, offloaded, row)


def _job(new: NewJob, stored: Row) -> Job:
    return Job(
        organization_id=new.organization_id,
        endpoint=new.endpoint,
        metadata=new.metadata,
        request_id=new.request_id,
        **{**stored, "status": Status(stored["status"])},
    )


def _replay(new: NewJob) -> Job:
    if new.key is not None and (known := idempotency.find(new.organization_id, new.key)):
        return known
    raise DatabaseUnavailable("the idempotency key was forgotten in this very moment")


def _read_again(problem: DatabaseUnavailable, drafts: Sequence[_Draft]) -> list[Job] | None:
    # All of them are stored or none is; None if nobody knows.
    found: list[Job] = []
    with deadline(jobs.REREAD_SECONDS):
        for each in drafts:
            job = jobs.read_again(problem, each.organization_id, each.id)
            if job is None:
                return None
            found.append(job)
    return found


def _forget(drafts: Sequence[_Draft]) -> None:
    for each in drafts:
        offload.forget(each.organization_id, each.id, each.offloaded)
