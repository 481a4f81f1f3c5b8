"""Requests that wait for a job's end: a bounded share of what a process can do at once."""

from __future__ import annotations

import os
import select
import socket
import threading
from collections import Counter
from functools import cache, partial

from flask import request

from jobs_backend import log, waits
from jobs_backend.config import WEB_THREADS, settings

_log = log.get(__name__)


def wait_until_over(organization_id: str, job_id: str, seconds: float) -> None:
    """Wait for a job's end, unless as many requests of this process wait as may."""
    places = _places(os.getpid())
    if not places.take(organization_id):
        _log.info("wait_refused", organization_id=organization_id, job_id=job_id)
        return
    try:
        connection = request.environ.get("gunicorn.socket")
        waits.until_over(job_id, seconds, partial(has_hung_up, connection))
    finally:
        places.give_back(organization_id)


def has_hung_up(connection: socket.socket | None) -> bool:
    """Whether the client at the other end is gone; what it has sent meanwhile is left unread."""
    if connection is None:
        return False
    try:
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN)
        return bool(poll.poll(0)) and not connection.recv(1, socket.MSG_PEEK)
    except OSError:
        return True
    except ValueError:  # it was closed here; or it is a TLS connection, of which this is not known
        return connection.fileno() < 0


class Places:
    """Who may wait: so many at once, and no organization takes the last quarter to itself."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._most_of_one = most - most // 4
        self._lock = threading.Lock()
        self.taken: Counter[str] = Counter()

    def take(self, organization_id: str) -> bool:
        """Take a place, if there is one."""
        with self._lock:
            is_free = (
                self.taken.total() < self._most and self.taken[organization_id] < self._most_of_one
            )
            if is_free:
                self.taken[organization_id] += 1
        return is_free

    def give_back(self, organization_id: str) -> None:
        """Give a place back."""
        with self._lock:
            self.taken[organization_id] -= 1
            if not self.taken[organization_id]:
                del self.taken[organization_id]


@cache
def _places(_process_id: int) -> Places:
    # With gevent a request that waits costs next to nothing; elsewhere it keeps a thread busy.
    most = {"gthread": WEB_THREADS // 2, "sync": 0}.get(settings().web_worker_class)
    return Places(settings().max_waits if most is None else most)
