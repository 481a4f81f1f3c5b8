"""In the worker's main process: a running task that was told to stop is made to.

Celery's revoke asks once. An attempt in C code, or one that swallows what is raised in it, goes on:
so it is asked a second time, and then killed with all that it started. A hard time limit kills as
well, and then the job is told why.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from functools import cache
from typing import Any

from celery.worker.request import Request
from celery.worker.state import active_requests
from kombu.asynchronous import get_event_loop

from jobs_backend import jobs, log
from jobs_backend.config import settings
from jobs_backend.errors import DatabaseUnavailable, JobFailure
from workers import descendants

_log = log.get(__name__)

RECORD_RETRY_SECONDS = 1
REAP_SECONDS = 0.1


class StoppableRequest(Request):  # type: ignore[misc] # it has no types
    """A message that this worker runs; Celery makes one of each."""

    def terminate(self, pool: Any, signal: Any = None) -> None:
        """Ask the attempt to stop, and see to it that it does."""
        super().terminate(pool, signal)
        if self.time_start:  # otherwise Celery calls again once a child has started with it
            self._insist_on_stop(pool)

    def on_timeout(self, soft: bool, timeout: float) -> None:
        """Let the job fail whose attempt is about to be killed at its hard time limit."""
        if not soft:
            descendants.kill_with_all(self.worker_pid)
            # Aside, since the caller is the loop that all other jobs of this worker depend on.
            threading.Thread(target=_record_timeout, args=(*self.args, timeout)).start()
        super().on_timeout(soft, timeout)

    def _insist_on_stop(self, pool: Any) -> None:
        loop, grace = get_event_loop(), settings().cancel_grace_seconds
        assert loop is not None  # noqa: S101 - this runs in it
        loop.call_later(grace / 2, self._signal_if_running, signal.SIGTERM)
        loop.call_later(grace, self._signal_if_running, signal.SIGKILL)
        # The pool would fill the empty place by itself, up to five seconds later.
        loop.call_later(grace + REAP_SECONDS, pool.maintain_pool)

    def _signal_if_running(self, number: signal.Signals) -> None:
        # This runs in the loop that hands out the jobs: until it has seen the end of this one, the
        # child gets no other that the signal could hit.
        result = self._apply_result and self._apply_result()
        if result is None or result.ready():
            return
        _log.warning("attempt_goes_on", task_id=self.id, signal=number.name)
        if number is signal.SIGKILL:
            descendants.kill_with_all(self.worker_pid)
        else:
            with suppress(ProcessLookupError):
                os.kill(self.worker_pid, number)


@cache
def watch(pool: Any) -> None:
    """Stop, from now on, what this worker runs although nobody wants it any more.

    An attempt's own heartbeat finds that out as well, unless it is in C code that never lets go of
    Python's lock. What Redis lost of a revoke is made up for here, too.
    """
    threading.Thread(target=_watch, args=(pool,), name="watch", daemon=True).start()


def _watch(pool: Any) -> None:
    while True:
        time.sleep(settings().heartbeat_seconds)
        running = {tuple(each.args): each for each in tuple(active_requests) if each.time_start}
        try:
            lost = jobs.find_lost(running) if running else set()
        except DatabaseUnavailable as problem:
            _log.warning("watch_missed", reason=str(problem))
            continue
        loop = get_event_loop()
        for dispatch in lost:
            if loop is not None:
                # In the loop that hands out the jobs, as everything that sends signals.
                loop.call_soon(_stop_if_running, running[dispatch], pool)


def _stop_if_running(request: Any, pool: Any) -> None:
    if request in active_requests:
        _log.warning("attempt_lost", task_id=request.id)
        request.terminate(pool, signal.SIGUSR1)


def _record_timeout(job_id: str, dispatch_number: int, limit: float) -> None:
    failure = JobFailure("timeout", f"The job ran longer than its limit of {limit:g} seconds.")
    while True:
        try:
            job = jobs.time_out(job_id, dispatch_number, failure)
        except DatabaseUnavailable as problem:
            _log.warning("timeout_not_recorded_yet", job_id=job_id, reason=str(problem))
            time.sleep(RECORD_RETRY_SECONDS)
            continue
        _log.warning("job_timed_out", job_id=job_id, recorded=job is not None, seconds=limit)
        return
