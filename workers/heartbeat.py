"""The lease of a running job, renewed from a thread of the process that runs it.

It is also the second way to hear of a cancellation, since a control message may be lost: an attempt
that finds its job taken away stops itself, gently at first.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from jobs_backend import jobs, log
from jobs_backend.config import settings
from jobs_backend.errors import DatabaseUnavailable
from jobs_backend.job import Job
from workers import descendants, interruption

_log = log.get(__name__)

STOP_SIGNALS = (interruption.GENTLE, interruption.SECOND, signal.SIGKILL)


def begin() -> None:
    """Start this process's heartbeat thread, unless it runs."""
    _pulse(os.getpid())


@contextmanager
def keeps_lease(job: Job, lost: threading.Event) -> Iterator[None]:
    """Renew the job's lease for as long as the block runs, and end the block if it is lost.

    Args:
        job: as claim returned it.
        lost: is set when the attempt no longer owns the job.
    """
    pulse = _pulse(os.getpid())
    pulse.watch(_Attempt(job, lost))
    try:
        yield
    finally:
        pulse.rest()


class _Attempt:
    """What the thread knows of the attempt that it watches."""

    def __init__(self, job: Job, lost: threading.Event) -> None:
        self.job = job
        self.lost = lost
        self._signals = iter(STOP_SIGNALS)

    @property
    def pause(self) -> float:
        """Seconds until something is to be done for it."""
        if self.lost.is_set():
            return settings().cancel_grace_seconds / 2
        return settings().heartbeat_seconds

    def renew(self) -> None:
        """Renew the lease, or note that it is lost."""
        try:
            if jobs.heartbeat(self.job.id, self.job.attempt_count) is None:
                self.lost.set()
        except DatabaseUnavailable as problem:
            _log.warning("heartbeat_missed", job_id=self.job.id, reason=str(problem))

    def stop(self) -> None:
        """Send this process the next signal, each harder to ignore than the one before."""
        if (number := next(self._signals, None)) is None:
            return
        _log.info(
            "attempt_lost",
            job_id=self.job.id,
            attempt=self.job.attempt_count,
            signal=signal.Signals(number).name,
        )
        if number == signal.SIGKILL:
            descendants.kill(os.getpid(), reap=False)
        os.kill(os.getpid(), number)


class _Pulse:
    """One thread a process, which most of the time waits: a short job never hears of it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._watched: _Attempt | None = None
        threading.Thread(target=self._run, name="heartbeat", daemon=True).start()

    def watch(self, attempt: _Attempt) -> None:
        with self._changed:
            self._watched = attempt
            self._changed.notify()

    def rest(self) -> None:
        with self._changed:
            self._watched = None
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                watched = self._watched
                self._changed.wait(watched.pause if watched else None)
                is_due = watched is not None and watched is self._watched
            if is_due and watched is not None:
                try:
                    self._tend(watched)
                except Exception:  # the thread has to live: every later job depends on it
                    _log.exception("heartbeat_failed")

    def _tend(self, watched: _Attempt) -> None:
        if not watched.lost.is_set():
            watched.renew()
        if watched.lost.is_set():
            # Under the lock, which the runner takes before it leaves the attempt: so the signal
            # cannot come late and hit the next one.
            with self._changed:
                if watched is self._watched:
                    watched.stop()


@cache
def _pulse(_process_id: int) -> _Pulse:
    return _Pulse()
