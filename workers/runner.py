"""Run one job: claim it, handle it, record what came of it."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from marshmallow import ValidationError
from structlog.contextvars import bound_contextvars

from jobs_backend import jobs, log
from jobs_backend.config import settings
from jobs_backend.endpoints import Endpoint
from jobs_backend.errors import DatabaseUnavailable, JobFailure
from jobs_backend.job import Job
from workers.context import Context
from workers.heartbeat import keeps_lease
from workers.interruption import SoftLimitReached, may_interrupt

_log = log.get(__name__)
T = TypeVar("T")

DATABASE_RETRY_SECONDS = 0.5
DATABASE_RETRY_MAX_SECONDS = 5


@dataclass(frozen=True)
class Success:
    """A handler's response body as JSON text."""

    body: str


Outcome = Success | JobFailure


def run(endpoint: Endpoint, job_id: str, dispatch_number: int) -> None:
    """Run the job that a message names, if it is still there to run.

    Args:
        endpoint: its endpoint type, by the queue that the message came from.
        job_id: the job.
        dispatch_number: which of its dispatches the message belongs to.
    """
    job = _claim(job_id, dispatch_number)
    if job is None:
        _log.info("claim_refused", job_id=job_id, dispatch=dispatch_number)
        return
    with bound_contextvars(
        job_id=job.id,
        attempt=job.attempt_count,
        endpoint=job.endpoint,
        request_id=job.request_id,
    ):
        _log.info("job_started")
        started = time.monotonic()
        outcome = _handle(endpoint, job)
        recorded = _record(job, outcome)
        _log.info(
            "job_ended" if recorded else "result_refused",
            status=str(recorded.status) if recorded else None,
            code=outcome.code if isinstance(outcome, JobFailure) else None,
            seconds=round(time.monotonic() - started, 3),
        )


def _claim(job_id: str, dispatch_number: int) -> Job | None:
    worker = f"worker:{socket.gethostname()}:{os.getpid()}"
    return _insist(lambda: jobs.claim(job_id, dispatch_number, worker=worker))


def _handle(endpoint: Endpoint, job: Job) -> Outcome:
    context = Context(job.id, job.attempt_count, job.organization_id, log.get("handler"))
    try:
        with keeps_lease(job, context._lost):
            request = _load_request(endpoint, job)
            handler = endpoint.import_handler()
            with may_interrupt():
                body = handler(request, context)
            return _as_success(body)
    except JobFailure as failure:
        return failure
    except SoftLimitReached:
        return _timed_out(endpoint)
    except MemoryError:
        # Left alone it would take the whole worker down.
        return JobFailure("out_of_memory", "The job needed more memory than it may use.")
    except Exception:
        _log.exception("handler_crashed")
        return JobFailure("internal_error", "The job failed because of an internal error.")
    except BaseException as interruption:
        # A shutdown or a stray signal, which is not the job's fault: another worker takes it.
        reason = type(interruption).__name__
        _insist(lambda: jobs.release(job, f"interrupted by {reason}"))
        _log.warning("job_released", reason=reason)
        raise


def _record(job: Job, outcome: Outcome) -> Job | None:
    if isinstance(outcome, Success):
        body = outcome.body
        return _insist(lambda: jobs.succeed(job, body))
    failure = outcome
    return _insist(lambda: jobs.fail(job, failure))


def _load_request(endpoint: Endpoint, job: Job) -> dict[str, Any]:
    try:
        return endpoint.load_request(json.loads(job.request or "{}"))
    except ValidationError as problem:
        # It fitted when it was accepted: the schema has changed since.
        _log.warning("request_no_longer_fits", errors=problem.normalized_messages())
        raise JobFailure(
            "invalid_request", f"The request does not fit the current schema of {endpoint.path}."
        ) from problem


def _as_success(body: Any) -> Success:
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
    return Success(encoded.decode("utf-8"))


def _timed_out(endpoint: Endpoint) -> JobFailure:
    return JobFailure(
        "timeout", f"The job ran longer than its limit of {endpoint.soft_time_limit:g} seconds."
    )


def _insist(verb: Callable[[], T]) -> T:
    # While Postgres is away there is nothing else that this process could do. Every verb is
    # guarded: one that took effect although its answer was lost does nothing the second time.
    pause = DATABASE_RETRY_SECONDS
    while True:
        try:
            return verb()
        except DatabaseUnavailable as problem:
            _log.warning("database_unavailable", reason=str(problem), retry_in_seconds=pause)
            time.sleep(pause)
            pause = min(pause * 2, DATABASE_RETRY_MAX_SECONDS)
