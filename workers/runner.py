"""Run a job: claim it, handle it, record what came of it. And then the next ones, if any."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
    pace,
    recording,
    scratch,
    surroundings,
)
from workers.batch import Batch, Following, PutBack
from workers.context import Context
from workers.interruption import Interrupted
from workers.outcome import INTERRUPTED, Outcome, Success, as_success

_log = log.get(__name__)


def run(
    endpoint: Endpoint,
    job_id: str,
    dispatch_number: int,
    following: Following = lambda _limit: (),
    put_back: PutBack = lambda _dispatches: None,
) -> None:
    """Run the job that a message names, if it is still there to run, and those that follow.

    Args:
        endpoint: its endpoint type, by the queue that the message came from.
        job_id: the job.
        dispatch_number: which of its dispatches the message belongs to.
        following: gives what the next messages of the endpoint type name, as many as it is asked
            for or fewer. Not asked after an attempt that failed or was told to stop.
        put_back: takes back what it gave, for others to run.

    Raises:
        SystemExit: the worker shuts down; what was not done was given back.
    """
    dispatch = (job_id, dispatch_number)
    with interruption.held(), hands.holding(dispatch), _ending_if_broken():
        batch = Batch(endpoint, following, put_back)
        batch.claim(dispatch)
        while (job := batch.next()) is not None:
            with bound_contextvars(**recording.names(job)):
                _run(endpoint, job, batch)


def _run(endpoint: Endpoint, job: Job, batch: Batch) -> None:
    started, stopwatch = time.time(), pace.Stopwatch()
    _log.info("job_started")
    heartbeat.begin()
    threads = set(threading.enumerate())
    outcome = _handle(endpoint, job, batch)
    pace.note(endpoint.path, stopwatch.seconds())
    # Only after an attempt that left nothing to clear up is there another at once.
    if isinstance(outcome, Success) and not (_left(threads) or interruption.was_asked()):
        batch.end(job, outcome, started)
        descendants.reap()
        return
    recorded = recording.record(endpoint, job, outcome)
    is_stopped = recorded is None or interruption.was_asked()
    if is_stopped:
        descendants.kill(os.getpid(), started_after=started)
    descendants.reap()
    recording.report(job, outcome, recorded, time.time() - started)
    if is_stopped:
        _end_if_unfit(threads, batch)


def _left(threads: set[threading.Thread]) -> list[str]:
    return [each.name for each in threading.enumerate() if each not in threads]


def _end_if_unfit(threads: set[threading.Thread], batch: Batch) -> None:
    # What cannot be stopped from outside ends with the process, and nothing but that: threads that
    # the handler left working, and a module that was interrupted while it was imported.
    left = _left(threads)
    if left or interruption.broke_an_import():
        _log.warning("process_ends", threads=left, broken_import=interruption.broke_an_import())
        with suppress(Exception):  # what is left is taken back when the process is dead
            while batch.put_down():
                continue
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


def _handle(endpoint: Endpoint, job: Job, batch: Batch) -> Outcome:
    has_begun, over_time = False, threading.Event()
    lost, context, found = threading.Event(), None, None
    put_down = batch.put_down if batch.keeps_others else None
    try:
        with heartbeat.keeps_lease(job, endpoint, lost, over_time, put_down):
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


def _load_request(endpoint: Endpoint, request: dict[str, Any]) -> dict[str, Any]:
    try:
        return endpoint.load_request(request)
    except ValidationError as problem:
        # It fitted when it was accepted: the schema has changed since.
        _log.warning("request_no_longer_fits", errors=problem.normalized_messages())
        raise JobFailure(
            "invalid_request", f"The request does not fit the current schema of {endpoint.path}."
        ) from problem
