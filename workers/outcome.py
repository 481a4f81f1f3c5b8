"""What can come of an attempt: a response, a failure, or nothing, since it was interrupted."""

from __future__ import annotations

import json
import reprlib
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from jobs_backend import log
from jobs_backend.config import settings
from jobs_backend.errors import JobFailure
from jobs_backend.jobs import LARGE_BYTES
from workers.context import Response

_log = log.get(__name__)

HTTP_STATUSES = range(100, 600)


@dataclass(frozen=True)
class Success:
    """A handler's response body as JSON text, and its status."""

    body: str
    status: int = 200

    @property
    def is_large(self) -> bool:
        """Whether it is too large to be kept for others."""
        return len(self.body) > LARGE_BYTES


class Interruption:
    """The handler was stopped, which is no failure of the job's."""


INTERRUPTED = Interruption()
Outcome = Success | JobFailure | Interruption


def as_success(answer: Any) -> Success:
    """What a handler returned, in the form in which it is stored.

    Args:
        answer: a JSON object, or a Response.

    Raises:
        JobFailure: it is none, or larger than JOBS_MAX_RESPONSE_BYTES, or has no HTTP status.
    """
    status, body = 200, answer
    if isinstance(answer, Response):
        status, body = _status(answer.status_code), answer.body
    if not isinstance(body, dict):
        raise JobFailure("invalid_response", "The job's handler returned no JSON object.")
    try:
        text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as problem:
        _log.exception("response_not_json")
        raise JobFailure(
            "invalid_response", "The job's handler returned what JSON cannot express."
        ) from problem
    # A lone surrogate has no UTF-8 form; one bad character is no reason to lose a result.
    encoded = text.encode("utf-8", "replace")
    if len(encoded) > settings().max_response_bytes:
        raise JobFailure(
            "response_too_large",
            f"The response has {len(encoded):,} bytes, and may have no more than "
            f"{settings().max_response_bytes:,}.",
        )
    return Success(encoded.decode("utf-8"), status)


def _status(value: Any) -> int:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if is_whole and value in HTTP_STATUSES:
        return int(value)  # it may be one of http.HTTPStatus
    raise JobFailure(
        "invalid_response",
        f"The job's handler returned the status {_shown(value)}, which is no whole number from "
        f"{HTTP_STATUSES.start} to {HTTP_STATUSES.stop - 1}.",
    )


def _shown(value: Any) -> str:
    with suppress(ValueError):  # an integer of more digits than Python writes
        if value is None or isinstance(value, (int, float, str)):
            return reprlib.repr(value)
    return f"of type {type(value).__name__}"
