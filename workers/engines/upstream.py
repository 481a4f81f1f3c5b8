"""The engine `upstream`: another service does the work, and its answer is the job's."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from structlog.contextvars import get_contextvars

from jobs_backend.config import settings
from jobs_backend.errors import JobFailure, RetryableFailure
from workers.context import Response
from workers.engines import answers, failures
from workers.engines.waiting import CONNECT_SECONDS, wait_for

if TYPE_CHECKING:
    import httpx

    from workers.context import Context

MODEL_PREFIX = "upstream/"
UNAVAILABLE, UNANSWERED, ERROR = "upstream_unavailable", "upstream_unanswered", "upstream_error"
UNUSABLE, TOO_LARGE = "upstream_invalid_response", "upstream_response_too_large"
# Failures that are the upstream's last word on a request.
ANSWERED = frozenset({UNAVAILABLE, ERROR, UNUSABLE, TOO_LARGE})
RETRYABLE_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})


def run(request: dict[str, Any], context: Context) -> Response:
    """Forward a request as it was submitted, to the same path of JOBS_UPSTREAM_URL.

    An endpoint type of your own may leave its work to the upstream altogether:

        Endpoint("/v1/ocr", request=None, handler="workers.engines.upstream:run")

    Args:
        request: ignored for `context.request`, which has no defaults filled in.
        context: the job's.

    Returns:
        The upstream's answer, with its status.

    Raises:
        RetryableFailure: `upstream_unavailable`: it said that it may be there another time; or
            `upstream_unanswered`: it said nothing, or not all of it.
        JobFailure: `upstream_error`, `upstream_invalid_response`, `upstream_response_too_large`, or
            `engine_not_configured` where there is no JOBS_UPSTREAM_URL.
    """
    chosen = settings()
    if chosen.upstream_url is None:
        raise JobFailure(
            "engine_not_configured",
            "This server has no upstream to ask: JOBS_UPSTREAM_URL is not set.",
        )
    url = chosen.upstream_url.rstrip("/") + context.endpoint
    body = json.dumps(_named_for_upstream(context.request)).encode()
    context.progress(0, 1, "asking the upstream")
    response, content = wait_for(_answer(url, _headers(context), body))
    context.log.info("upstream_answered", status=response.status_code, bytes=len(content))
    if response.status_code in RETRYABLE_STATUSES:
        raise RetryableFailure(
            UNAVAILABLE,
            f"The upstream answered with status {response.status_code}.",
            retry_after=failures.retry_after(response.headers),
        )
    if not response.is_success:
        raise _refused(response, content)
    return Response(response.status_code, _object(content))


def _named_for_upstream(request: dict[str, Any]) -> dict[str, Any]:
    # Without a name after the prefix the upstream chooses.
    model = request.get("model")
    if not isinstance(model, str) or not model.startswith(MODEL_PREFIX):
        return request
    name = model[len(MODEL_PREFIX) :]
    others = {key: value for key, value in request.items() if key != "model"}
    return {**request, "model": name} if name else others


def _headers(context: Context) -> dict[str, str]:
    headers = {name.lower(): value for name, value in settings().upstream_headers.items()}
    headers |= {
        "content-type": "application/json",
        "accept": "application/json",
        "idempotency-key": _idempotency_key(context),
    }
    request_id = str(get_contextvars().get("request_id") or "")
    if request_id and request_id.isascii() and request_id.isprintable():
        headers["x-request-id"] = request_id
    return headers


def _idempotency_key(context: Context) -> str:
    # Another attempt is the same work while nobody knows what became of the one before. Where that
    # was answered, an upstream would answer the same key with the same failure.
    if context.last_failure_code in ANSWERED:
        return f"{context.job_id}:{context.attempt}"
    return context.job_id


async def _answer(url: str, headers: dict[str, str], body: bytes) -> tuple[httpx.Response, bytes]:
    import httpx

    seconds = settings().upstream_timeout_seconds
    try:
        return await asyncio.wait_for(_exchange(url, headers, body), seconds)
    except (asyncio.TimeoutError, httpx.TimeoutException):
        problem = f"did not answer within {seconds:g} seconds"
    except httpx.DecodingError:
        raise _unusable("is not encoded as it says") from None
    except (httpx.RequestError, OSError) as trouble:
        problem = f"could not be reached, or hung up ({type(trouble).__name__})"
    raise RetryableFailure(UNANSWERED, f"The upstream {problem}.")


async def _exchange(url: str, headers: dict[str, str], body: bytes) -> tuple[httpx.Response, bytes]:
    import httpx

    patience = httpx.Timeout(settings().upstream_timeout_seconds, connect=CONNECT_SECONDS)
    async with (
        httpx.AsyncClient(timeout=patience) as client,
        client.stream("POST", url, headers=headers, content=body) as response,
    ):
        return response, await _content(response)


async def _content(response: httpx.Response) -> bytes:
    content, most = bytearray(), settings().max_response_bytes
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > most:
            raise JobFailure(
                TOO_LARGE,
                f"The upstream's response has more than {most:,} bytes.",
            )
    return bytes(content)


def _refused(response: httpx.Response, content: bytes) -> JobFailure:
    status = response.status_code
    secrets = settings().upstream_headers.values()
    body = failures.said(content.decode("utf-8", "replace"), secrets)
    return JobFailure(
        ERROR,
        f"The upstream answered with status {status}.",
        {"status_code": status, "body": body},
    )


def _object(content: bytes) -> dict[str, Any]:
    try:
        found = answers.read(content.decode("utf-8-sig"))
    except ValueError:
        raise _unusable("is no JSON") from None
    if not isinstance(found, dict):
        raise _unusable("is no JSON object")
    if answers.is_deeper(found, settings().max_json_depth):
        raise _unusable("nests too deeply")
    return found


def _unusable(why: str) -> JobFailure:
    return JobFailure(UNUSABLE, f"The upstream's response {why}.")
