"""The periodic sweeps, run by `celery beat` in its own process.

They run here instead of on a queue so that they neither wait behind long jobs nor stop with Redis.
Each has a thread, so that a long one keeps no other waiting. Any number of beats may run: the
statements take turns, and share out the work row by row.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle
from typing import Any

from celery import signals
from celery.beat import Scheduler

from jobs_backend import dispatching, log, sweeps
from jobs_backend.config import settings
from jobs_backend.db import CONNECT_TIMEOUT_SECONDS
from jobs_backend.endpoints import registry
from jobs_backend.errors import (
    BrokerUnavailable,
    DatabaseUnavailable,
    EndpointNotRegistered,
    StatementTooSlow,
)
from jobs_backend.job import Job
from workers.broker import sent_before
from workers.celery_app import app, send, stop
from workers.recording import DATABASE_RETRY_MAX_SECONDS

_log = log.get(__name__)

BATCH = 200
# What a sweep has done is logged at least this often.
TURN_SECONDS = 10
# Between full batches a sweep rests for so many times as long as the last one took, so that what
# clients wait for has its share of Postgres.
REST_SHARE = 0.6


class Sweeper(Scheduler):  # type: ignore[misc] # it has no types
    """A scheduler that runs its entries in threads, where Celery's own would send messages."""

    producer = None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._running: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        # In our order, which Celery's own schedule loses.
        self._turns = cycle(app.conf.beat_schedule)
        super().__init__(*arguments, **options)

    def tick(self, *_: Any, **__: Any) -> float:
        """Begin the next sweep, if it does not still run; the seconds until the one after it.

        Each has its turn once in JOBS_SWEEP_SECONDS. All at once they kept both cores of a small
        machine from the job that came in that moment. Celery's own goes by the wall clock, and
        would stand still when that is set back.
        """
        self._begin(next(self._turns))
        return settings().sweep_seconds / len(app.conf.beat_schedule)

    def _begin(self, name: str) -> None:
        if self._running[name].acquire(blocking=False):
            try:
                threading.Thread(target=self._run, args=(name,), daemon=True).start()
            except BaseException:
                self._running[name].release()
                raise

    def _run(self, name: str) -> None:
        try:
            self.app.tasks[name].run()
        except StatementTooSlow as problem:
            _log.warning("sweep_postponed", sweep=name, reason=str(problem))
        except DatabaseUnavailable as problem:
            _outage.note()
            _log.warning("sweep_postponed", sweep=name, reason=str(problem))
        except Exception:
            _log.exception("sweep_failed", sweep=name)
        finally:
            self._running[name].release()


@app.task(name="sweep:redispatch")
def redispatch() -> None:
    """Send the messages that were never handed over, and those that were lost."""
    try:
        _sweep("mark_lost", _mark_lost_batch)
    finally:
        _sweep("redispatch", _send_batch)


@app.task(name="sweep:expire")
def expire() -> None:
    """Expire the jobs whose `expires_at` has passed, and stop those that run."""
    _sweep("expire", _expire_batch)


@app.task(name="sweep:rescue")
def rescue() -> None:
    """Take back the running jobs whose worker let its lease run out."""
    if _outage.is_over():
        _sweep("rescue", lambda most: len(sweeps.rescue_lost(most)))


@app.task(name="sweep:purge")
def purge() -> None:
    """Delete the payloads of jobs that expired long enough ago."""
    _sweep("purge", sweeps.purge_due)


@app.task(name="sweep:delete")
def delete() -> None:
    """Delete the records of jobs that expired even longer ago, unless they are to be kept."""
    if settings().delete_after_seconds:
        _sweep("delete", sweeps.delete_due)


@app.task(name="sweep:purge_keys")
def purge_keys() -> None:
    """Forget the idempotency keys that are too old."""
    _sweep("purge_keys", sweeps.purge_keys)


class _Outage:
    """When Postgres was last away.

    While it was, no worker could renew a lease: once it is back they are given time to do so,
    before their jobs are taken for lost.
    """

    def __init__(self) -> None:
        self._is_away = False
        self._back_since = float("-inf")

    def note(self) -> None:
        self._is_away = True

    def note_answer(self) -> None:
        if self._is_away:
            self._is_away, self._back_since = False, time.monotonic()

    def is_over(self) -> bool:
        # Time for a missed heartbeat, or for an attempt that ended meanwhile to hand in its result.
        hand_in = DATABASE_RETRY_MAX_SECONDS + CONNECT_TIMEOUT_SECONDS
        patience = max(2 * settings().heartbeat_seconds, hand_in)
        return not self._is_away and time.monotonic() - self._back_since > patience


_outage = _Outage()


def _sweep(name: str, batch: Callable[[int], int]) -> None:
    total, turn, size = 0, time.monotonic(), BATCH
    while True:
        started = time.monotonic()
        try:
            found = batch(size)
        except StatementTooSlow:
            if size == 1:
                raise
            size //= 2  # large payloads, or a slow disk: it goes on with less at a time
            continue
        _outage.note_answer()
        total += found
        now = time.monotonic()
        if found < size or now - turn > TURN_SECONDS:
            level = _log.info if total else _log.debug
            level("swept", sweep=name, jobs=total, seconds=round(now - turn, 3))
            total, turn = 0, now
        if found < size:
            return
        time.sleep((now - started) * REST_SHARE)


def _mark_lost_batch(size: int) -> int:
    most = 0
    for endpoint in registry().values():
        try:
            moment = sent_before(endpoint.queue)
        except BrokerUnavailable as problem:
            _log.warning("broker_unavailable", queue=endpoint.queue, reason=str(problem))
            continue
        most = max(most, len(sweeps.mark_lost(endpoint.path, moment, size)))
    return most


def _send_batch(size: int) -> int:
    waiting = sweeps.take_undispatched(size)
    for position, job in enumerate(waiting):
        if not _send(job):
            # Where one was not taken the next will not be either: leave them for a later turn.
            dispatching.mark_all_undelivered(waiting[position:])
            return 0
    return len(waiting)


def _send(job: Job) -> bool:
    try:
        send(job)
    except EndpointNotRegistered:
        _log.warning("endpoint_not_registered", job_id=job.id, endpoint=job.endpoint)
        dispatching.mark_undelivered(job)
        return True
    except BrokerUnavailable as problem:
        _log.warning("broker_unavailable", reason=str(problem))
        return False
    dispatching.mark_dispatched(job, actor="beat")
    return True


def _expire_batch(size: int) -> int:
    expired, running = sweeps.expire_due(size)
    for job in running:
        try:
            stop(job)
        except BrokerUnavailable as problem:
            _log.warning("stop_not_sent", job_id=job.id, reason=str(problem))
            break  # nor would the next one; their heartbeats tell them
    return expired


app.conf.beat_schedule = {
    task.name: {"task": task.name, "schedule": timedelta(seconds=settings().sweep_seconds)}
    for task in (redispatch, expire, rescue, purge, delete, purge_keys)
}


@signals.beat_init.connect
def _say_ready(**_: Any) -> None:
    log.lifecycle("beat_ready", sweeps=sorted(app.conf.beat_schedule))


@signals.setup_logging.connect
def _configure_logging(**_: Any) -> None:
    log.configure()
