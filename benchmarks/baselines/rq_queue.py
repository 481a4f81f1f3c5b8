"""C: RQ, a queue in Redis, with its own defaults."""

from __future__ import annotations

from redis import Redis
from rq import Queue

from jobs_backend import config


def noop() -> None:
    """Do nothing."""


def fill(count: int) -> None:
    """Queue so many."""
    queue = Queue(connection=Redis.from_url(config.variable("BENCH_REDIS_URL") or ""))
    queue.enqueue_many([Queue.prepare_data(noop) for _ in range(count)])
