"""Requests that wait for a job's end: a bounded share of what a process can do at once."""

from __future__ import annotations

import os
import threading
from functools import cache

from jobs_backend import log, waits
from jobs_backend.config import WEB_THREADS, settings

_log = log.get(__name__)


def wait_until_over(job_id: str, seconds: float) -> None:
    """Wait for a job's end, unless as many requests of this process wait as may."""
    places = _places(os.getpid())
    if not places.acquire(blocking=False):
        _log.info("wait_refused", job_id=job_id)
        return
    try:
        waits.until_over(job_id, seconds)
    finally:
        places.release()


@cache
def _places(_process_id: int) -> threading.Semaphore:
    # With gevent a request that waits costs next to nothing; elsewhere it keeps a thread busy.
    most = {"gthread": WEB_THREADS // 2, "sync": 0}.get(settings().web_worker_class)
    return threading.Semaphore(settings().max_waits if most is None else most)
