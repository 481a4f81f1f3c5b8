"""In the worker's main process: a job that nobody wants to be run any more is stopped.

A revoke asks once. An attempt in C code, or one that swallows what is raised in it, goes on: so it
is asked a second time, and then killed with all that it started. So does a shutdown in the end.
What became of an attempt whose process is dead is recorded here, by its dispatch and the name of
its process: the attempt itself is not known here. A dispatch has only one; but a message may come
twice, and another worker may have the job.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from billiard.exceptions import Terminated, WorkerLostError
from celery.worker import control
from celery.worker.request import Request

from jobs_backend import log, recovery, sweeps
from jobs_backend.alive import is_alive
from jobs_backend.config import settings
from jobs_backend.errors import DatabaseUnavailable
from jobs_backend.job import Job
from workers import descendants, hands, interruption, recording, shutdown
from workers.hands import Dispatch

_log = log.get(__name__)

RECORD_RETRY_SECONDS = 1
REAP_SECONDS = 0.1


class StoppableRequest(Request):  # type: ignore[misc] # it has no types
    """A message that this worker runs; Celery makes one of each.

    Its process may run other jobs after the one that the message names.
    """

    ends_with_worker = False

    def terminate(self, pool: Any, signal: Any = None) -> None:
        """Have the attempt of this message stopped. One that is not begun its claim refuses."""
        stop(tuple(self.args))

    def on_failure(self, exc_info: Any, *arguments: Any, **options: Any) -> Any:
        """Have the job taken back whose process is dead: it died, or had to be killed."""
        reason = getattr(exc_info.exception, "exc", exc_info.exception)
        if isinstance(reason, (WorkerLostError, Terminated)):
            self._take_back()
        return super().on_failure(exc_info, *arguments, **options)

    def cancel(self, pool: Any, signal: Any = None, emit_retry: bool = True) -> None:
        """Ask the attempt to end with the worker, and kill it if it does not."""
        self.ends_with_worker = True
        super().cancel(pool, signal, emit_retry)
        if self.time_start:
            shutdown.later(shutdown.LISTEN_SECONDS, self._end_with_worker)

    def _end_with_worker(self) -> None:
        if is_alive(self.worker_pid):
            _log.warning("process_goes_on", process=self.worker_pid, signal="SIGKILL")
            descendants.kill_with_all(self.worker_pid)
            self._take_back()

    def _take_back(self) -> None:
        # Nothing if it died between two jobs. What it did not run had no part in its death.
        worker, dispatches = hands.take_from(self.worker_pid)
        for place, dispatch in enumerate(dispatches):
            # What Celery says of the death tells nothing: for it a process that once survived being
            # told to stop was told so ever after.
            if place or self.ends_with_worker or dispatch in _told:
                _told.discard(dispatch)
                _record(dispatch, "process_killed", partial(_release, worker=worker))
            else:
                limit = self.task.endpoint.time_limit
                bury = partial(recovery.bury, time_limit=limit, worker=worker)
                _record(dispatch, "process_died", bury)


class _Main:
    """This process's pool and event loop.

    kombu's own `get_event_loop` knows of none any more once the connection to Redis was lost.
    """

    pool: Any
    loop: Any


_main = _Main()
# Whom this process told to stop, for as long as that may take.
_told: set[Dispatch] = set()


def watch(worker: Any) -> None:
    """Stop, from now on, what this worker runs although nobody wants it any more.

    An attempt's own heartbeat finds that out as well, unless it is in C code that never lets go of
    Python's lock. What Redis lost of a revoke is made up for here, too.
    """
    _main.pool, _main.loop = worker.pool, worker.hub
    threading.Thread(target=_watch, name="watch", daemon=True).start()
    threading.Thread(target=_reap, name="reap", daemon=True).start()


@control.control_command(name="revoke", variadic="task_id", signature="[id1 [id2 [... [idN]]]]")
def revoke(
    state: Any, task_id: Any, terminate: bool = False, signal: Any = None, **options: Any
) -> Any:
    """Celery's own command, which knows of those jobs alone whose message it handed out itself."""
    answer = control.revoke(state, task_id, terminate=terminate, signal=signal, **options)
    if terminate:
        ids = {task_id} if isinstance(task_id, str) else set(task_id)
        for dispatch in hands.held():
            if ":".join(map(str, dispatch)) in ids:
                stop(dispatch)
    return answer


def stop(dispatch: Dispatch) -> None:
    """Ask the process that runs a dispatch to stop it, and see to it that it does.

    To be called in the loop that hands out the jobs.

    Args:
        dispatch: job id and dispatch number. Where nobody has it in hand it is over, or its claim
            will be refused. One that waits in a hand is not begun.
    """
    hands.strike(dispatch)
    process_id = hands.running().get(dispatch)
    if process_id is None or dispatch in _told:
        return
    _told.add(dispatch)
    _signal(process_id, interruption.GENTLE)
    grace = settings().cancel_grace_seconds
    _main.loop.call_later(grace / 2, _ask_again, dispatch)
    _main.loop.call_later(grace, _kill, dispatch)


def _ask_again(dispatch: Dispatch) -> None:
    process_id = hands.running().get(dispatch)
    if process_id is not None:
        _logger(dispatch).warning("attempt_goes_on", signal=interruption.SECOND.name)
        _signal(process_id, interruption.SECOND)


def _kill(dispatch: Dispatch) -> None:
    process_id = hands.running().get(dispatch)
    if process_id is None:
        _told.discard(dispatch)
        return
    # Frozen, it cannot go on to another job before it is killed for this one. It is the pool that
    # does it, so that it does not take the death for an accident.
    _main.pool.terminate_job(process_id, signal.SIGSTOP)
    if hands.of(process_id) != dispatch:
        _signal(process_id, signal.SIGCONT)
        _told.discard(dispatch)
        return
    _logger(dispatch).warning("attempt_goes_on", signal=signal.SIGKILL.name)
    descendants.kill_with_all(process_id)


def _signal(process_id: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(process_id, number)


def _reap() -> None:
    # The pool looks for a dead process when its pipe closes, which is a moment before it is dead,
    # and then not again for seconds. Meanwhile its slot is empty; and once in a while Celery hands
    # the next job to a pipe that is not there any more.
    while True:
        time.sleep(REAP_SECONDS)
        _main.loop.call_soon(_main.pool.maintain_pool)


def _watch() -> None:
    while True:
        time.sleep(settings().heartbeat_seconds)
        try:
            _stop_lost()
        except DatabaseUnavailable as problem:
            _log.warning("watch_missed", reason=str(problem))
        except Exception:  # the thread has to live: later jobs depend on it
            _log.exception("watch_failed")


def _stop_lost() -> None:
    running = hands.running()
    for dispatch in sweeps.find_lost(running) if running else ():
        # In the loop that hands out the jobs, as everything that sends signals.
        _main.loop.call_soon(_stop_if_running, dispatch)


def _stop_if_running(dispatch: Dispatch) -> None:
    if dispatch in hands.running() and dispatch not in _told:
        _logger(dispatch).warning("attempt_lost")
        stop(dispatch)


def _logger(dispatch: Dispatch) -> Any:
    job_id, number = dispatch
    return _log.bind(job_id=job_id, dispatch=number)


def _record(dispatch: Dispatch, event: str, verb: Callable[[str, int], Job | None]) -> None:
    # Aside, since the caller is the loop that all other jobs of this worker depend on.
    threading.Thread(target=_insist, args=(dispatch, event, verb)).start()


def _insist(dispatch: Dispatch, event: str, verb: Callable[[str, int], Job | None]) -> None:
    logger = _logger(dispatch)
    while True:
        try:
            job = verb(*dispatch)
        except DatabaseUnavailable as problem:
            logger.warning("not_recorded_yet", what=event, reason=str(problem))
            time.sleep(RECORD_RETRY_SECONDS)
            continue
        known = (
            {"attempt": job.attempt_count, "status": str(job.status), "request_id": job.request_id}
            if job
            else {}
        )
        logger.warning(event, recorded=job is not None, **known)
        return


def _release(job_id: str, dispatch_number: int, *, worker: str) -> Job | None:
    reason = "killed, by mistake or at a shutdown"
    released = recovery.release_dispatch(job_id, dispatch_number, reason, worker=worker)
    if released is not None:
        recording.send_again(released)
    return released
