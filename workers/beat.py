"""The periodic sweeps, run by `celery beat` in its own process.

They run here instead of on a queue so that they neither wait behind long jobs nor stop with Redis.
Any number of beats may run: the statements share out the work, row by row.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from celery import signals
from celery.beat import ScheduleEntry, Scheduler

from jobs_backend import jobs, log
from jobs_backend.config import settings
from jobs_backend.endpoints import registry
from jobs_backend.errors import BrokerUnavailable, DatabaseUnavailable
from jobs_backend.job import Status
from workers.celery_app import app, send, stop

_log = log.get(__name__)

BATCH = 500
# A sweep that finds full batches goes on for this long and then lets the others have their turn.
TURN_SECONDS = 10


class Sweeper(Scheduler):  # type: ignore[misc]
    """A scheduler that runs a due entry in place, where Celery's own would send a message."""

    producer = None

    def apply_async(self, entry: ScheduleEntry, *_: Any, **__: Any) -> None:
        """Run the sweep that the entry names."""
        try:
            self.app.tasks[entry.task].run()
        except DatabaseUnavailable as problem:
            _log.warning("sweep_postponed", sweep=entry.task, reason=str(problem))
        except Exception:
            _log.exception("sweep_failed", sweep=entry.task)


@app.task(name="sweep:redispatch")
def redispatch() -> None:
    """Send the messages that were never handed over: the API died in between, or Redis was away."""
    _sweep("redispatch", _send_batch)


@app.task(name="sweep:expire")
def expire() -> None:
    """Expire the jobs whose `expires_at` has passed, and stop those that run."""
    _sweep("expire", _expire_batch)


@app.task(name="sweep:rescue")
def rescue() -> None:
    """Take back the running jobs whose worker let its lease run out."""
    _sweep("rescue", lambda: len(jobs.rescue_lost(BATCH)))


def _sweep(name: str, batch: Callable[[], int]) -> None:
    started = time.monotonic()
    total = found = batch()
    while found >= BATCH and time.monotonic() - started < TURN_SECONDS:
        found = batch()
        total += found
    level = _log.info if total else _log.debug
    level("swept", sweep=name, jobs=total, seconds=round(time.monotonic() - started, 3))


def _send_batch() -> int:
    waiting = jobs.take_undispatched(BATCH)
    for position, job in enumerate(waiting):
        if job.endpoint not in registry():
            _log.warning("endpoint_not_registered", job_id=job.id, endpoint=job.endpoint)
            jobs.mark_undelivered(job)
            continue
        try:
            send(job)
        except BrokerUnavailable as problem:
            # Where one was not taken the next will not be either: leave them for a later turn.
            _log.warning("broker_unavailable", reason=str(problem), waiting=len(waiting) - position)
            for unsent in waiting[position:]:
                jobs.mark_undelivered(unsent)
            return 0
        jobs.mark_dispatched(job, actor="beat")
    return len(waiting)


def _expire_batch() -> int:
    expired = jobs.expire_due(BATCH)
    for job in expired:
        if job.found_status is Status.IN_PROGRESS:
            try:
                stop(job)
            except BrokerUnavailable as problem:
                _log.warning("stop_not_sent", job_id=job.id, reason=str(problem))
                break  # nor would the next one; their heartbeats tell them
    return len(expired)


app.conf.beat_schedule = {
    task.name: {"task": task.name, "schedule": timedelta(seconds=settings().sweep_seconds)}
    for task in (redispatch, expire, rescue)
}


@signals.beat_init.connect
def _say_ready(**_: Any) -> None:
    log.lifecycle("beat_ready", sweeps=sorted(app.conf.beat_schedule))


@signals.setup_logging.connect
def _configure_logging(**_: Any) -> None:
    log.configure()
