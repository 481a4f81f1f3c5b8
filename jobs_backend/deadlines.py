"""How long this process waits for Postgres, by its own clock.

A Postgres that is frozen answers no statement_timeout, and its kernel keeps the connection alive:
only the client's own clock ends such a wait. The same callback lets green threads run meanwhile.
"""

from __future__ import annotations

import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg2 import extensions

_waiting = threading.local()


@contextmanager
def deadline(seconds: float) -> Iterator[float]:
    """Give up on Postgres after so many seconds in this block, or when an outer block would.

    Yields the moment, by `time.monotonic`.
    """
    outer = getattr(_waiting, "until", None)
    until = time.monotonic() + seconds
    _waiting.until = until if outer is None else min(outer, until)
    try:
        yield _waiting.until
    finally:
        _waiting.until = outer


def _wait(connection: Any) -> None:
    until = getattr(_waiting, "until", None)
    while True:
        state = connection.poll()
        if state == extensions.POLL_OK:
            return
        poll = select.poll()
        poll.register(
            connection.fileno(),
            select.POLLIN if state == extensions.POLL_READ else select.POLLOUT,
        )
        left = None if until is None else until - time.monotonic()
        if left is not None and left <= 0:
            raise TimeoutError("Postgres did not answer in time")
        poll.poll(None if left is None else left * 1000)


extensions.set_wait_callback(_wait)
