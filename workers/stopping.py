"""In the worker's main process: a running task that was told to stop is made to.

Celery's revoke asks once. An attempt in C code, or one that swallows what is raised in it, goes on:
so it is asked a second time, and then killed with all that it started. So does a shutdown in the
end. What became of an attempt whose process is dead is recorded here: by its dispatch, since this
process does not know the attempt, and there is one a dispatch.
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
from celery.worker.request import Request
from celery.worker.state import active_requests

from jobs_backend import log, recovery, sweeps
from jobs_backend.config import settings
from jobs_backend.errors import DatabaseUnavailable
from jobs_backend.job import Job
from workers import descendants, shutdown
from workers.celery_app import REQUEST_ID

_log = log.get(__name__)

RECORD_RETRY_SECONDS = 1
REAP_SECONDS = 0.1


class StoppableRequest(Request):  # type: ignore[misc] # it has no types
    """A message that this worker runs; Celery makes one of each."""

    was_told_to_stop = False

    def terminate(self, pool: Any, signal: Any = None) -> None:
        """Ask the attempt to stop, and see to it that it does."""
        self.was_told_to_stop = True
        super().terminate(pool, signal)
        if self.time_start:  # otherwise Celery calls again once a child has started with it
            self._insist_on_stop()

    def on_failure(self, exc_info: Any, *arguments: Any, **options: Any) -> Any:
        """Have the job taken back whose process is dead: it died, or had to be killed."""
        reason = getattr(exc_info.exception, "exc", exc_info.exception)
        if isinstance(reason, (WorkerLostError, Terminated)):
            # Which of them it is tells nothing: for Celery a process that once survived being told
            # to stop was told so ever after.
            if self.was_told_to_stop:
                self._record("process_killed", _release)
            else:
                bury = partial(recovery.bury, time_limit=self.task.endpoint.time_limit)
                self._record("process_died", bury)
        return super().on_failure(exc_info, *arguments, **options)

    def cancel(self, pool: Any, signal: Any = None, emit_retry: bool = True) -> None:
        """Ask the attempt to end with the worker, and kill it if it does not."""
        self.was_told_to_stop = True
        super().cancel(pool, signal, emit_retry)
        if self.time_start:
            shutdown.later(shutdown.LISTEN_SECONDS, self._end_with_worker)

    def _end_with_worker(self) -> None:
        if descendants.is_alive(self.worker_pid):
            self._log.warning("attempt_goes_on", signal="SIGKILL")
            descendants.kill_with_all(self.worker_pid)
            self._record("process_killed", _release)

    def _record(self, event: str, verb: Callable[[str, int], Job | None]) -> None:
        # Aside, since the caller is the loop that all other jobs of this worker depend on.
        threading.Thread(target=_insist, args=(self._log, event, verb, self.args)).start()

    @property
    def _log(self) -> Any:
        job_id, _, dispatch = self.id.partition(":")
        request_id = self.request_dict.get(REQUEST_ID)
        return _log.bind(job_id=job_id, dispatch=dispatch, request_id=request_id)

    def _insist_on_stop(self) -> None:
        loop, grace = _main.loop, settings().cancel_grace_seconds
        loop.call_later(grace / 2, self._signal_if_running, signal.SIGTERM)
        loop.call_later(grace, self._signal_if_running, signal.SIGKILL)

    def _signal_if_running(self, number: signal.Signals) -> None:
        # This runs in the loop that hands out the jobs: until it has seen the end of this one, the
        # child gets no other that the signal could hit.
        result = self._apply_result and self._apply_result()
        if result is None or result.ready():
            return
        self._log.warning("attempt_goes_on", signal=number.name)
        if number is signal.SIGKILL:
            descendants.kill_with_all(self.worker_pid)
        else:
            with suppress(ProcessLookupError):
                os.kill(self.worker_pid, number)


class _Main:
    """This process's pool and event loop.

    kombu's own `get_event_loop` knows of none any more once the connection to Redis was lost.
    """

    pool: Any
    loop: Any


_main = _Main()


def watch(worker: Any) -> None:
    """Stop, from now on, what this worker runs although nobody wants it any more.

    An attempt's own heartbeat finds that out as well, unless it is in C code that never lets go of
    Python's lock. What Redis lost of a revoke is made up for here, too.
    """
    _main.pool, _main.loop = worker.pool, worker.hub
    threading.Thread(target=_watch, name="watch", daemon=True).start()
    threading.Thread(target=_reap, name="reap", daemon=True).start()


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
    running = {tuple(each.args): each for each in tuple(active_requests) if each.time_start}
    for dispatch in sweeps.find_lost(running) if running else ():
        # In the loop that hands out the jobs, as everything that sends signals.
        _main.loop.call_soon(_stop_if_running, running[dispatch])


def _stop_if_running(request: Any) -> None:
    if request in active_requests:
        request._log.warning("attempt_lost")
        request.terminate(_main.pool, signal.SIGUSR1)


def _insist(
    logger: Any, event: str, verb: Callable[[str, int], Job | None], dispatch: tuple[str, int]
) -> None:
    while True:
        try:
            job = verb(*dispatch)
        except DatabaseUnavailable as problem:
            logger.warning("not_recorded_yet", what=event, reason=str(problem))
            time.sleep(RECORD_RETRY_SECONDS)
            continue
        known = {} if job is None else {"attempt": job.attempt_count, "status": str(job.status)}
        logger.warning(event, recorded=job is not None, **known)
        return


def _release(job_id: str, dispatch_number: int) -> Job | None:
    return recovery.release_dispatch(job_id, dispatch_number, "killed, by mistake or at a shutdown")
