"""Run a job: claim it, handle it, record what came of it. And then the next, if there is one."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from marshmallow import ValidationError
from structlog.contextvars import bound_contextvars

from jobs_backend import log, offload
from jobs_backend.endpoints import Endpoint, Handler
from jobs_backend.errors import FileStoreUnavailable, JobFailure, RetryableFailure
from jobs_backend.job import Job
from workers import (
    descendants,
    hands,
    heartbeat,
    interruption,
    recording,
    scratch,
    surroundings,
)
from workers.context import Context
from workers.hands import Dispatch
from workers.interruption import Interrupted
from workers.outcome import INTERRUPTED, Outcome, Success, as_success
from workers.recording import Taken

_log = log.get(__name__)

Following = Callable[[], Dispatch | None]


def run(
    endpoint: Endpoint, job_id: str, dispatch_number: int, following: Following = lambda: None
) -> None:
    """Run the job that a message names, if it is still there to run, and those that follow.

    Args:
        endpoint: its endpoint type, by the queue that the message came from.
        job_id: the job.
        dispatch_number: which of its dispatches the message belongs to.
        following: gives what the next message of the endpoint type names, or None for no more. Not
            asked after an attempt that failed or was told to stop.

    Raises:
        SystemExit: the worker shuts down; the job was given back.
    """
    dispatch = (job_id, dispatch_number)
    with interruption.held(), hands.holding(dispatch):
        taken: Taken | None = recording.claim(endpoint, dispatch)
        while taken is not None:
            taken = _run(endpoint, taken, following)


def _run(endpoint: Endpoint, taken: Taken, following: Following) -> Taken | None:
    dispatch, job = taken
    if job is None:
        _log.info("claim_refused", job_id=dispatch[0], dispatch=dispatch[1])
        return recording.claim(endpoint, after) if (after := _go_on(following)) else None
    with (
        bound_contextvars(
            job_id=job.id,
            attempt=job.attempt_count,
            endpoint=job.endpoint,
            request_id=job.request_id,
        ),
        _ending_if_broken(),
    ):
        return _run_attempt(endpoint, job, following)


def _run_attempt(endpoint: Endpoint, job: Job, following: Following) -> Taken | None:
    started = time.time()
    _log.info("job_started")
    heartbeat.begin()
    threads = set(threading.enumerate())
    outcome = _handle(endpoint, job)
    recorded, taken = _record(endpoint, job, outcome, following if not _left(threads) else None)
    is_stopped = recorded is None or (taken is None and interruption.was_asked())
    if is_stopped:
        descendants.kill(os.getpid(), started_after=started)
    descendants.reap()
    _report(outcome, recorded, time.time() - started)
    if is_stopped:
        _end_if_unfit(threads)
    return taken


def _record(
    endpoint: Endpoint, job: Job, outcome: Outcome, following: Following | None
) -> tuple[Job | None, Taken | None]:
    try:
        # Only after an attempt that left nothing to clear up is there another at once.
        if following and isinstance(outcome, Success) and not interruption.was_asked():
            dispatch = _go_on(following)
            if dispatch is not None:
                return recording.record_and_claim(endpoint, job, outcome, dispatch)
        return recording.record(endpoint, job, outcome), None
    except Exception:
        hands.take((job.id, job.dispatch_number))  # by now it may be the next one
        raise


def _go_on(following: Following) -> Dispatch | None:
    dispatch = following()
    if dispatch is not None:
        # What tells this process to stop from here on is meant for the next attempt.
        interruption.begin_next()
        hands.take(dispatch)
    return dispatch


def _left(threads: set[threading.Thread]) -> list[str]:
    return [each.name for each in threading.enumerate() if each not in threads]


def _end_if_unfit(threads: set[threading.Thread]) -> None:
    # What cannot be stopped from outside ends with the process, and nothing but that: threads that
    # the handler left working, and a module that was interrupted while it was imported.
    left = _left(threads)
    if left or interruption.broke_an_import():
        _log.warning("process_ends", threads=left, broken_import=interruption.broke_an_import())
        _end()


@contextmanager
def _ending_if_broken() -> Iterator[None]:
    # Whatever a handler broke that the runner needs, the next jobs would need as well. What the
    # process dies with in its hands is taken back at once.
    try:
        yield
    except Exception:
        try:
            _log.exception("process_broken")
            descendants.kill(os.getpid())
        finally:
            _end()


def _end() -> None:
    try:
        scratch.end()
    finally:
        os.kill(os.getpid(), signal.SIGKILL)


def _handle(endpoint: Endpoint, job: Job) -> Outcome:
    has_begun, over_time = False, threading.Event()
    lost, context, found = threading.Event(), None, None
    try:
        with heartbeat.keeps_lease(job, endpoint, lost, over_time):
            context = _context(endpoint, job, lost)
            request = _load_request(endpoint, context.request)
            handler = endpoint.import_handler()
            found = surroundings.look()  # an import may well change it, and for good
            with interruption.may_interrupt():
                has_begun = True
                body = _call(handler, request, context)
            return as_success(body)
    except Interrupted:
        return _stopped(endpoint, over_time) if has_begun else INTERRUPTED
    except JobFailure as failure:
        if interruption.was_asked():  # it is what became of the interruption
            return _stopped(endpoint, over_time)
        return failure
    except MemoryError:
        # Left alone it would take the whole worker down. There may be more room another time.
        return RetryableFailure("out_of_memory", "The job needed more memory than it may use.")
    except BaseException:  # also its own sys.exit(), which is no reason to end the process
        if interruption.was_asked():  # its clean-up failed, or a library dressed it up
            return _stopped(endpoint, over_time)
        _log.exception("handler_crashed")
        return JobFailure("internal_error", "The job failed because of an internal error.")
    finally:
        interruption.hold()
        if context is not None:
            scratch.remove(context.__dict__.get("folder"))  # there only if it was asked for
        if found is not None:
            found.restore()


def _call(handler: Handler, request: dict[str, Any], context: Context) -> Any:
    # A fork of the handler's that comes back ends here: the attempt, its lease and its folder are
    # the original's.
    process_id = os.getpid()
    try:
        return handler(request, context)
    except Exception:
        if os.getpid() != process_id:
            _log.exception("handler_fork_crashed")
        raise
    finally:
        if os.getpid() != process_id:
            os._exit(1)


def _context(endpoint: Endpoint, job: Job, lost: threading.Event) -> Context:
    try:
        request = json.loads(offload.restored(job) or "{}")
    except FileStoreUnavailable as problem:
        _log.warning("request_not_restored", reason=str(problem))
        raise RetryableFailure(
            "file_store_unavailable", "The request's contents cannot be read at the moment."
        ) from problem
    return Context(
        job.id,
        job.attempt_count,
        job.organization_id,
        log.get("handler"),
        endpoint.path,
        request,
        job.last_failure_code,
        lost,
    )


def _stopped(endpoint: Endpoint, over_time: threading.Event) -> Outcome:
    if over_time.is_set():
        return JobFailure.timeout(endpoint.gentle_limit)
    # Cancelled, most likely, and then there is nothing to give back. Otherwise the worker shuts
    # down, or the signal was meant for another job: this one runs again.
    return INTERRUPTED


def _report(outcome: Outcome, recorded: Job | None, seconds: float) -> None:
    what = (outcome is INTERRUPTED, recorded is not None)
    event = {
        (False, True): "job_ended",
        (False, False): "result_refused",  # cancelled meanwhile, or taken for lost
        (True, True): "job_released",
        (True, False): "job_stopped",
    }[what]
    _log.info(
        event,
        status=str(recorded.status) if recorded else None,
        code=outcome.code if isinstance(outcome, JobFailure) else None,
        seconds=round(seconds, 3),
    )


def _load_request(endpoint: Endpoint, request: dict[str, Any]) -> dict[str, Any]:
    try:
        return endpoint.load_request(request)
    except ValidationError as problem:
        # It fitted when it was accepted: the schema has changed since.
        _log.warning("request_no_longer_fits", errors=problem.normalized_messages())
        raise JobFailure(
            "invalid_request", f"The request does not fit the current schema of {endpoint.path}."
        ) from problem
