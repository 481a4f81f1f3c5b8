"""The lease of a running job, renewed from a thread of the process that runs it.

It is also the second way to hear of a cancellation, since a control message may be lost: an attempt
that finds its job taken away stops itself, gently at first. And it minds the time limits, which are
for the handler alone: Celery's own would also count the time that its process waits for Postgres,
and stand still while Redis is away.
"""

from __future__ import annotations

import math
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from jobs_backend import jobs, log, recovery
from jobs_backend.config import settings
from jobs_backend.endpoints import Endpoint
from jobs_backend.errors import DatabaseUnavailable
from jobs_backend.job import Job
from workers import descendants, interruption
from workers.locked import Timer

_log = log.get(__name__)

RECORD_RETRY_SECONDS = 1
# How often progress is stored, and how long a job has to run before any is.
PROGRESS_SECONDS = 1
# So long a job may keep others waiting that were claimed with it.
PATIENCE_SECONDS = 0.1
Progress = tuple[int, int, str | None]
PutDown = Callable[[], bool]
STOP_SIGNALS = (interruption.GENTLE, interruption.SECOND, signal.SIGKILL)


def begin() -> None:
    """Start this process's heartbeat thread, unless it runs."""
    _pulse(os.getpid())


def note(done: int, total: int, message: str | None) -> None:
    """Have the progress of the job that runs here stored, within a second or so."""
    _pulse(os.getpid()).note((done, total, message))


@contextmanager
def keeps_lease(
    job: Job,
    endpoint: Endpoint,
    lost: threading.Event,
    over_time: threading.Event,
    put_down: PutDown | None = None,
) -> Iterator[None]:
    """Renew the job's lease for as long as the block runs, and end the block if it is lost.

    Args:
        job: as claim returned it.
        endpoint: its endpoint type, for the time limits: they are counted from here on.
        lost: is set when the attempt no longer owns the job.
        over_time: is set when the attempt is interrupted for its soft time limit.
        put_down: sees to the jobs that wait for this one, once it has kept them for
            PATIENCE_SECONDS; a step each time, as long as it says that there is more.
    """
    pulse = _pulse(os.getpid())
    pulse.watch(_Attempt(job, endpoint, lost, over_time, put_down))
    try:
        yield
    finally:
        pulse.rest()


def look_now() -> None:
    """Find out whether the attempt that was told to stop was cancelled; once is enough."""
    _pulse(os.getpid()).hurry()


class _Attempt:
    """What the thread knows of the attempt that it watches."""

    def __init__(
        self,
        job: Job,
        endpoint: Endpoint,
        lost: threading.Event,
        over_time: threading.Event,
        put_down: PutDown | None,
    ) -> None:
        now = time.monotonic()
        self._put_down = put_down
        self._too_long_for_others = now + PATIENCE_SECONDS if put_down else math.inf
        self._was_late = False
        self._job = job
        self.limit = endpoint.time_limit
        self._lost, self._over_time = lost, over_time
        self._next_beat = now + settings().heartbeat_seconds
        self._too_long = now + endpoint.gentle_limit
        self._far_too_long = now + endpoint.time_limit
        self._next_note = now + PROGRESS_SECONDS
        self._stop_signals = iter(STOP_SIGNALS)
        self.was_hurried = False
        self.progress: Progress | None = None

    def hurry(self) -> None:
        """Have the next heartbeat now."""
        self.was_hurried, self._next_beat = True, 0

    @property
    def due(self) -> float:
        """When something is to be done for it, by `time.monotonic`."""
        due = min(self._next_beat, self._too_long, self._far_too_long, self._too_long_for_others)
        return due if self.progress is None else min(due, self._next_note)

    def tend(self) -> signal.Signals | None:
        """Do what is due, and tell which signal this process is to get."""
        now = time.monotonic()
        if now >= self._far_too_long and not self._lost.is_set():
            self._far_too_long = now + RECORD_RETRY_SECONDS
            return self._time_out()
        if now >= self._too_long:
            self._too_long = math.inf
            if not interruption.was_asked():
                self._over_time.set()
            return interruption.GENTLE
        if self.progress is not None and now >= self._next_note:
            self._next_note = now + PROGRESS_SECONDS
            self._store_progress()
        if now < self._next_beat:
            return None
        if not self._lost.is_set():
            self._renew()
        if not self._lost.is_set():
            self._next_beat = now + settings().heartbeat_seconds
            return None
        # Each is harder to ignore than the one before.
        self._next_beat = now + settings().cancel_grace_seconds / 2
        self._too_long = self._far_too_long = math.inf
        return next(self._stop_signals, None)

    def mind_others(self) -> None:
        """See a step further to the jobs that wait for this one, if it is time for that."""
        late = time.monotonic() - self._too_long_for_others
        if self._put_down is None or late < 0:
            return
        if late > PATIENCE_SECONDS / 2 and not self._was_late:
            # It is the machine that is slow, or this process was frozen, and not the job.
            self._was_late = True
            self._too_long_for_others = time.monotonic() + PATIENCE_SECONDS
            return
        self._was_late = True
        try:
            self._too_long_for_others = 0 if self._put_down() else math.inf
        except Exception as problem:  # whatever it is, the runner will find it out as well
            _log.warning("not_put_down", job_id=self._job.id, reason=str(problem))
            self._too_long_for_others = time.monotonic() + RECORD_RETRY_SECONDS

    def say(self, number: signal.Signals) -> None:
        """Log that this process gets a signal for its sake."""
        facts = {"job_id": self._job.id, "attempt": self._job.attempt_count}
        event = "attempt_lost" if self._lost.is_set() else "attempt_over_time"
        _log.info(event, **facts, signal=number.name)

    def _renew(self) -> None:
        try:
            if jobs.heartbeat(self._job) is None:
                self._lost.set()
        except DatabaseUnavailable as problem:
            _log.warning("heartbeat_missed", job_id=self._job.id, reason=str(problem))

    def _store_progress(self) -> None:
        # Taken first: what is noted meanwhile is stored next time.
        progress, self.progress = self.progress, None
        if progress is None or self._lost.is_set():
            return
        done, total, message = progress
        try:
            jobs.note_progress(self._job, done, total, message)
        except Exception as problem:  # it is for showing, and keeps no lease from being renewed
            _log.warning("progress_not_stored", job_id=self._job.id, reason=str(problem))

    def _time_out(self) -> signal.Signals | None:
        try:
            ended = recovery.time_out(
                self._job.id, self._job.dispatch_number, self.limit, worker=self._job.worker
            )
        except DatabaseUnavailable as problem:
            _log.warning("timeout_not_recorded_yet", job_id=self._job.id, reason=str(problem))
            return None
        if ended is None:
            self._lost.set()
            self._next_beat = 0
            return None
        return signal.SIGKILL


class _Pulse:
    """One thread a process, which sleeps for as long as it may: a short job does not wake it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._watched: _Attempt | None = None
        self._wakes_at = 0.0
        self._nap = settings().heartbeat_seconds
        self._timer = Timer()
        threading.Thread(target=self._run, name="heartbeat", daemon=True).start()

    def watch(self, attempt: _Attempt) -> None:
        with self._changed:
            self._watched = attempt
            self._timer.set(attempt.limit)
            if attempt.due < self._wakes_at:
                self._changed.notify()

    def rest(self) -> None:
        # The thread stops the timer as well, but may be waiting for Postgres.
        with self._changed:
            self._watched = None
            self._timer.stop_if_soon()

    def hurry(self) -> None:
        watched = self._watched
        if watched is None or watched.was_hurried:
            return
        with self._undisturbed():
            watched.hurry()
            self._changed.notify()

    def note(self, progress: Progress) -> None:
        watched = self._watched
        if watched is None:
            return
        if watched.progress is not None:  # it is due already, and the thread knows
            watched.progress = progress
            return
        with self._undisturbed():
            watched.progress = progress
            self._changed.notify()

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        # No signal may leave the block half done: the lock would never be free again.
        signal.pthread_sigmask(signal.SIG_BLOCK, interruption.ALL)
        try:
            with self._changed:
                yield
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, interruption.ALL)

    def _run(self) -> None:
        while True:
            with self._changed:
                watched = self._watched
                if watched is None:
                    self._timer.stop()
                now = time.monotonic()
                self._wakes_at = watched.due if watched else now + self._nap
                self._changed.wait(max(0.0, self._wakes_at - now))
                is_due = watched is not None and watched is self._watched
            if is_due and watched is not None:
                try:
                    self._tend(watched)
                except Exception:  # the thread has to live: every later job depends on it
                    _log.exception("heartbeat_failed")
                    time.sleep(RECORD_RETRY_SECONDS)

    def _tend(self, watched: _Attempt) -> None:
        # Its own limits and its lease come first, each time.
        number = watched.tend()
        if number is None:
            watched.mind_others()
            return
        # Under the lock, which the runner takes before it leaves the attempt: so the signal cannot
        # come late and hit the next one.
        with self._changed:
            if watched is self._watched:
                watched.say(number)
                if number == signal.SIGKILL:
                    descendants.kill(os.getpid(), reap=False)
                os.kill(os.getpid(), number)


@cache
def _pulse(_process_id: int) -> _Pulse:
    return _Pulse()
