"""The end of a worker's main process, within a bound whatever its jobs do.

Told to end, it lets running jobs go on for JOBS_SHUTDOWN_GRACE_SECONDS. Those that are left are
then asked to stop and give their jobs back. After LISTEN_SECONDS more they are killed, and their
jobs given back for them. After as long again the process ends, whatever still holds it.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
from collections.abc import Callable

from jobs_backend import log
from jobs_backend.config import settings

_log = log.get(__name__)

LISTEN_SECONDS = 4


def bound() -> None:
    """See to it that this process, which has asked its jobs to stop, ends."""
    later(2 * LISTEN_SECONDS, _end)


def restart() -> None:
    """End this process as at any shutdown, and begin again in its place."""
    _end.then = _begin_again
    atexit.register(_begin_again)
    os.kill(os.getpid(), signal.SIGTERM)
    # A main thread that is stuck hears of no signal.
    later(settings().shutdown_grace_seconds + 3 * LISTEN_SECONDS, _end)


def later(seconds: float, act: Callable[[], None]) -> None:
    """Call `act` in a thread after so many seconds, unless the process has ended by then."""
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()


class _End:
    """The end by force, where the ordinary one does not come."""

    def __init__(self) -> None:
        self.then: Callable[[], None] = lambda: os._exit(1)

    def __call__(self) -> None:
        _log.error("shutdown_forced")
        self.then()


_end = _End()


def _begin_again() -> None:
    try:
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - itself
    except OSError:  # it was replaced, by a deploy perhaps; whoever supervises this one starts it
        os._exit(1)
