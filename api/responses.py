"""JSON answers, and the job as the contract shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import orjson
from flask import Response

from jobs_backend import json_text, log, offload, pieces
from jobs_backend.errors import FileStoreUnavailable
from jobs_backend.job import Job, Status
from jobs_backend.pauses import let_others_run

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
    """An answer with a JSON body. Large texts of it are sent piece by piece."""
    large: list[pieces.Text] = []

    def place(value: Any) -> orjson.Fragment:
        if not isinstance(value, _LargeText):
            raise TypeError
        large.append(value.text)
        return orjson.Fragment(f"{_PLACE}{len(large) - 1}{_PLACE}")

    text = json_text.dumps(body, place)
    if not large:
        return Response(text, status, content_type="application/json")
    # What stands between two marks is the number of a text.
    parts: list[pieces.Text] = [*text.decode().split(_PLACE)]
    parts[1::2] = [large[int(str(number))] for number in parts[1::2]]
    response = Response(_sent(parts), status, content_type="application/json")
    response.content_length = sum(map(_bytes, parts))
    return response


# No JSON has this character in it.
_PLACE = "\0"


class _LargeText:
    # JSON that is too long to be copied in one go. No dataclass, which orjson would write itself.
    def __init__(self, text: pieces.Text) -> None:
        self.text = text


def _sent(parts: Iterable[pieces.Text]) -> Iterator[bytes]:
    for part in parts:
        for piece in pieces.of(part):
            yield piece.encode()
            # Where the client reads as fast, sending does not wait for it.
            let_others_run(len(part))


def _bytes(part: pieces.Text) -> int:
    return len(part) if part.isascii() else sum(len(each.encode()) for each in pieces.of(part))


def job_object(
    job: Job, *, request: pieces.Text | None = None, dispatch_delayed: bool | None = None
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


def _raw(text: pieces.Text | None) -> orjson.Fragment | _LargeText | None:
    # Stored text goes out as it is: it was JSON when it came in.
    if text is None:
        return None
    return _LargeText(text) if pieces.is_large(text) else orjson.Fragment(str(text))


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())
