"""The engine `upstream`: another service does the work, and its answer is the job's.

A user's own endpoint type may have it as its handler, whatever JOBS_ENGINE says:
`Endpoint("/v1/ocr", handler="workers.engines.upstream:run")` makes the service's slow `/v1/ocr` one
of jobs that can be waited for, retried and cancelled.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import httpx

from jobs_backend.config import settings
from jobs_backend.errors import JobFailure, RetryableFailure
from workers.context import Response
from workers.engines import UPSTREAM

if TYPE_CHECKING:
    from workers.context import Context

CONNECT_SECONDS = 10
# Statuses that say: another time.
PASSING = (408, 425, 429, 500, 502, 503, 504)
# Of an answer that is an error, what is kept of it.
MAX_ERROR_CHARACTERS = 2_000


def run(request: dict[str, Any], context: Context) -> Response:
    """Forward a request as it was submitted, and give back what comes, status and body.

    A cancelled job closes the connection. The Idempotency-Key is the job's id: every attempt has
    the same.

    Args:
        request: not looked at: what is forwarded is `context.request`.
        context: the job's.

    Raises:
        JobFailure: the service refused the request, or answered what is no JSON object. A
            RetryableFailure where it may answer another time.
    """
    base_url = settings().upstream_url
    if base_url is None:
        raise JobFailure("engine_not_available", "This service hands no work on to another one.")
    deadline = time.monotonic() + settings().upstream_timeout_seconds
    url = base_url.rstrip("/") + context.endpoint
    headers = {
        "Accept-Encoding": "identity",
        "Idempotency-Key": context.job_id,
        **settings().upstream_headers,
    }
    try:
        with (
            httpx.Client(timeout=_timeout(), follow_redirects=False, trust_env=False) as client,
            client.stream("POST", url, json=_body(context), headers=headers) as answer,
        ):
            content = _read(answer, deadline)
    except httpx.HTTPError as problem:
        raise RetryableFailure(
            "upstream_unavailable", f"The service did not answer: {type(problem).__name__}."
        ) from problem
    return _judged(answer, content)


def _timeout() -> httpx.Timeout:
    return httpx.Timeout(settings().upstream_timeout_seconds, connect=CONNECT_SECONDS)


def _body(context: Context) -> dict[str, Any]:
    engine, separator, name = str(context.request.get("model", "")).partition("/")
    if engine == UPSTREAM and separator:
        return {**context.request, "model": name}
    return context.request


def _read(answer: httpx.Response, deadline: float) -> bytes:
    most = settings().max_response_bytes
    content = bytearray()
    for chunk in answer.iter_bytes():
        content += chunk
        if len(content) > most:
            raise JobFailure(
                "upstream_response_too_large",
                f"The service's answer has more than {most:,} bytes.",
            )
        if time.monotonic() > deadline:
            raise RetryableFailure("upstream_unavailable", "The service did not answer in time.")
    return bytes(content)


def _judged(answer: httpx.Response, content: bytes) -> Response:
    status = answer.status_code
    if status in PASSING:
        raise RetryableFailure(
            "upstream_unavailable",
            f"The service answered {status}.",
            {"status_code": status},
            retry_after=answer.headers.get("retry-after"),
        )
    body = _parsed(content)
    if not answer.is_success:
        shown = content.decode("utf-8", "replace")[:MAX_ERROR_CHARACTERS] if body is None else body
        raise JobFailure(
            "upstream_error",
            f"The service refused the request with {status}.",
            {"status_code": status, "body": shown},
        )
    if not isinstance(body, dict):
        raise JobFailure(
            "upstream_invalid_response",
            f"The service answered {status} with what is no JSON object.",
            {"status_code": status},
        )
    return Response(status, body)


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None
