"""A: Celery as it comes, a task that does nothing, and nothing stored of it."""

from __future__ import annotations

from celery import Celery

from jobs_backend import config

app = Celery("bare", broker=config.variable("BENCH_REDIS_URL"))
app.conf.task_default_queue = "bare"
app.conf.broker_connection_retry_on_startup = True  # only silences a warning


@app.task(name="bare.noop")
def noop() -> None:
    """Do nothing."""


def fill(count: int) -> None:
    """Queue so many."""
    for _ in range(count):
        noop.apply_async()
