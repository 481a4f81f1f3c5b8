"""JSON answers, and the job as the contract shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson
from flask import Response

from jobs_backend import json_text, log, offload
from jobs_backend.errors import FileStoreUnavailable
from jobs_backend.job import Job, Status

DISPATCH_DELAYED = {
    "code": "dispatch_delayed",
    "message": "The job is stored; the queue could not be reached yet. It will run by itself.",
}


REQUEST_INCOMPLETE = {
    "code": "request_incomplete",
    "message": "The request's contents cannot be read at the moment; they are shown empty.",
}

_log = log.get(__name__)


def json_response(body: Any, status: int = 200) -> Response:
    """An answer with a JSON body."""
    return Response(json_text.dumps(body), status, content_type="application/json")


def job_object(
    job: Job, *, request: str | None = None, dispatch_delayed: bool | None = None
) -> dict[str, Any]:
    """The job object of the contract's section 1.

    Args:
        job: with the payloads that are to be shown.
        request: JSON text to show as the request, where the job does not carry it.
        dispatch_delayed: whether to warn, where the caller knows better than the row.
    """
    text, is_whole = (request, True) if request is not None else _request(job)
    delayed = job.dispatch_delayed if dispatch_delayed is None else dispatch_delayed
    return {
        "id": job.id,
        "object": "job",
        "status": job.status.value,
        "endpoint": job.endpoint,
        "request": _raw(text),
        "response": _response(job),
        "error": job.error,
        "warnings": [
            *([DISPATCH_DELAYED] if delayed else []),
            *([] if is_whole else [REQUEST_INCOMPLETE]),
        ]
        or None,
        "created_at": _seconds(job.created_at),
        "expires_at": _seconds(job.expires_at),
        "started_at": _seconds(job.started_at),
        "completed_at": _seconds(job.completed_at),
        "last_attempt_at": _seconds(job.last_attempt_at),
        "organization_id": job.organization_id,
        "metadata": job.metadata,
        "cancelled": job.cancelled,
        "attempt_count": job.attempt_count,
        "last_failure_code": job.last_failure_code,
    }


def _request(job: Job) -> tuple[str | None, bool]:
    # As it was submitted, or what there is of it.
    try:
        return offload.restored(job), True
    except FileStoreUnavailable as problem:
        _log.warning("request_not_restored", job_id=job.id, reason=str(problem))
        return job.request, False


def _response(job: Job) -> dict[str, Any] | None:
    if job.status is not Status.COMPLETED or job.response_body is None:
        return None
    return {"status_code": job.response_status, "body": _raw(job.response_body)}


def _raw(text: str | None) -> orjson.Fragment | None:
    # Stored text goes out as it is: it was JSON when it came in.
    return None if text is None else orjson.Fragment(text)


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())
