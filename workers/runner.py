"""Run one job: claim it, handle it, record what came of it."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from marshmallow import ValidationError
from structlog.contextvars import bound_contextvars

from jobs_backend import jobs, log, offload, recovery
from jobs_backend.endpoints import Endpoint, Handler
from jobs_backend.errors import (
    DatabaseUnavailable,
    FileStoreUnavailable,
    JobFailure,
    RetryableFailure,
)
from jobs_backend.job import Job
from workers import descendants, hands, heartbeat, interruption, scratch
from workers.context import Context
from workers.hands import Dispatch
from workers.interruption import Interrupted
from workers.outcome import INTERRUPTED, Interruption, Outcome, Success, as_success

_log = log.get(__name__)

DATABASE_RETRY_SECONDS = 0.5
DATABASE_RETRY_MAX_SECONDS = 5
# So often in a row a job may be interrupted by the death of its worker's main process.
FREE_INTERRUPTIONS = 3


def run(endpoint: Endpoint, job_id: str, dispatch_number: int) -> None:
    """Run the job that a message names, if it is still there to run.

    Args:
        endpoint: its endpoint type, by the queue that the message came from.
        job_id: the job.
        dispatch_number: which of its dispatches the message belongs to.

    Raises:
        SystemExit: the worker shuts down; the job was given back.
    """
    run_next(endpoint, lambda: (job_id, dispatch_number))


def run_next(endpoint: Endpoint, take: Callable[[], Dispatch | None]) -> bool:
    """As `run`, with a dispatch that `take` gives, which no signal interrupts; False for none."""
    with interruption.held():
        dispatch = take()
        if dispatch is None:
            return False
        with hands.holding(dispatch):
            _run(endpoint, dispatch)
        return True


def _run(endpoint: Endpoint, dispatch: Dispatch) -> None:
    job = _claim(endpoint, dispatch)
    if job is None:
        job_id, number = dispatch
        _log.info("claim_refused", job_id=job_id, dispatch=number)
        return
    with bound_contextvars(
        job_id=job.id,
        attempt=job.attempt_count,
        endpoint=job.endpoint,
        request_id=job.request_id,
    ):
        _run_attempt(endpoint, job)


def _run_attempt(endpoint: Endpoint, job: Job) -> None:
    started = time.time()
    _log.info("job_started")
    heartbeat.begin()
    threads = set(threading.enumerate())
    outcome = _handle(endpoint, job)
    recorded = _record(endpoint, job, outcome)
    is_stopped = recorded is None or interruption.was_asked()
    if is_stopped:
        descendants.kill(os.getpid(), started_after=started)
    descendants.reap()
    _report(outcome, recorded, time.time() - started)
    if is_stopped:
        _end_if_unfit(threads)


def _end_if_unfit(threads: set[threading.Thread]) -> None:
    # What cannot be stopped from outside ends with the process, and nothing but that: threads that
    # the handler left working, and a module that was interrupted while it was imported.
    left = [each.name for each in threading.enumerate() if each not in threads]
    if left or interruption.broke_an_import():
        _log.warning("process_ends", threads=left, broken_import=interruption.broke_an_import())
        scratch.end()
        os.kill(os.getpid(), signal.SIGKILL)


def _claim(endpoint: Endpoint, dispatch: Dispatch) -> Job | None:
    job_id, number = dispatch
    who = {"endpoint": endpoint.path, "worker": _worker_name(os.getpid())}
    return _insist(
        lambda: jobs.claim(job_id, number, **who),
        lambda: recovery.reclaim(job_id, number, **who),
    )


@cache
def _worker_name(process_id: int) -> str:
    # It has to name this process and no other, ever: process ids come again, and containers may
    # share a host's name.
    return f"worker:{socket.gethostname()}:{process_id}:{secrets.token_hex(4)}"


def _handle(endpoint: Endpoint, job: Job) -> Outcome:
    has_begun, over_time = False, threading.Event()
    lost, context = threading.Event(), None
    try:
        with heartbeat.keeps_lease(job, endpoint, lost, over_time):
            context = _context(endpoint, job, lost)
            request = _load_request(endpoint, context.request)
            handler = endpoint.import_handler()
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


def _record(endpoint: Endpoint, job: Job, outcome: Outcome) -> Job | None:
    try:
        return _record_as_it_is(endpoint, job, outcome)
    except Exception:
        # Whatever it holds that Postgres does not take: the job must not stay as if it ran.
        _log.exception("outcome_not_recordable")
        failure = JobFailure("internal_error", "The job failed because of an internal error.")
        return _insist(lambda: jobs.fail(job, failure), lambda: recovery.find_recorded(job))


def _record_as_it_is(endpoint: Endpoint, job: Job, outcome: Outcome) -> Job | None:
    def move() -> Job | None:
        if isinstance(outcome, Success):
            return jobs.succeed(job, outcome.body, response_status=outcome.status)
        if isinstance(outcome, Interruption):
            return _give_back(job)
        if isinstance(outcome, RetryableFailure):
            return jobs.fail_retryable(job, outcome, endpoint.max_attempts)
        return jobs.fail(job, outcome)

    return _insist(move, lambda: recovery.find_recorded(job))


def _give_back(job: Job) -> Job | None:
    # Where the worker's main process is dead, this very job may have killed it, and must not go on
    # so for ever. It may as well be a neighbour of the one that did: so it is not charged at once.
    if job.interruption_count >= FREE_INTERRUPTIONS and descendants.is_orphan():
        return recovery.end_lease(job.id, job.dispatch_number)
    return jobs.release(job, "interrupted")


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


def _insist(move: Callable[[], Job | None], read_again: Callable[[], Job | None]) -> Job | None:
    # While Postgres is away there is nothing else that this process could do. A move whose answer
    # was lost may have been made: then it is refused the second time, and read again instead.
    pause = DATABASE_RETRY_SECONDS
    is_in_doubt = False
    while True:
        try:
            return move() or (read_again() if is_in_doubt else None)
        except DatabaseUnavailable as problem:
            is_in_doubt = is_in_doubt or problem.may_have_run
            _log.warning("database_unavailable", reason=str(problem), retry_in_seconds=pause)
            time.sleep(pause)
            pause = min(pause * 2, DATABASE_RETRY_MAX_SECONDS)
