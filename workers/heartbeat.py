"""The lease of a running job, renewed from a thread of the process that runs it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from jobs_backend import jobs, log
from jobs_backend.config import settings
from jobs_backend.errors import DatabaseUnavailable
from jobs_backend.job import Job

_log = log.get(__name__)


@contextmanager
def keeps_lease(job: Job, lost: threading.Event) -> Iterator[None]:
    """Renew the job's lease for as long as the block runs.

    Args:
        job: as claim returned it.
        lost: is set when the attempt no longer owns the job.
    """
    pulse = _pulse(os.getpid())
    pulse.watch(job, lost)
    try:
        yield
    finally:
        pulse.rest()


class _Pulse:
    """One thread a process, which most of the time waits: a short job never hears of it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._watched: tuple[Job, threading.Event] | None = None
        threading.Thread(target=self._run, name="heartbeat", daemon=True).start()

    def watch(self, job: Job, lost: threading.Event) -> None:
        with self._changed:
            self._watched = (job, lost)
            self._changed.notify()

    def rest(self) -> None:
        with self._changed:
            self._watched = None
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                watched = self._watched
                self._changed.wait(None if watched is None else settings().heartbeat_seconds)
                is_due = watched is not None and watched is self._watched
            if is_due and watched is not None:
                self._renew(*watched)

    def _renew(self, job: Job, lost: threading.Event) -> None:
        try:
            renewed = jobs.heartbeat(job.id, job.attempt_count)
            is_over = self._watched is None or self._watched[0] is not job
            if renewed is None and not is_over and not lost.is_set():
                lost.set()
                _log.info("lease_lost", job_id=job.id, attempt=job.attempt_count)
        except DatabaseUnavailable as problem:
            _log.warning("heartbeat_missed", job_id=job.id, reason=str(problem))


@cache
def _pulse(_process_id: int) -> _Pulse:
    return _Pulse()
