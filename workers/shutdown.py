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
import time
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from types import FrameType
from typing import Any

from billiard.common import TERM_SIGNAL

from jobs_backend import log
from jobs_backend.config import settings
from workers import descendants

_log = log.get(__name__)

LISTEN_SECONDS = 4
# What Celery's pool writes messages to a child with, and when a signal amid that is seen to again.
HANDING_OVER, AGAIN_SECONDS = frozenset(("_write_job", "_write_ack")), 0.05
# For the jobs of a worker that was told to end by a signal at which Celery waits for them: Ctrl-C.
GIVE_BACK_SECONDS = 1


def bound() -> None:
    """See to it that this process ends once it is told to, by whichever signal.

    Celery's own answer to it waits for the pool, which may hold a process that is frozen. To be
    called in the main thread.
    """
    told: SimpleQueue[int] = SimpleQueue()  # the one kind that a signal handler may put into
    threading.Thread(target=_end_some_time_after, args=(told,), daemon=True).start()
    for number in (signal.SIGTERM, signal.SIGQUIT, signal.SIGINT):
        signal.signal(number, partial(_on_told, told, signal.getsignal(number)))


def restart() -> None:
    """End this process as at any shutdown, and begin again in its place."""
    _end.begins_again = True
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

    begins_again = False

    def __call__(self) -> None:
        _log.error("shutdown_forced")
        descendants.end(os.getpid(), TERM_SIGNAL, GIVE_BACK_SECONDS)
        self.begin_again()
        os._exit(1)

    def begin_again(self) -> None:
        if not self.begins_again:
            return
        try:
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - itself
        except OSError:  # it was replaced, by a deploy perhaps; whoever supervises it starts it
            os._exit(1)


_end = _End()
atexit.register(_end.begin_again)


def _on_told(told: SimpleQueue[int], answer: Any, number: int, frame: FrameType | None) -> None:
    told.put(number)
    if _is_handing_over(frame):
        later(AGAIN_SECONDS, partial(os.kill, os.getpid(), number))
        return
    if callable(answer):
        answer(number, frame)


def _is_handing_over(frame: FrameType | None) -> bool:
    # Celery answers within the signal's handler. A message that is half written to a child then
    # stays so, and the pool waits for what comes of it.
    while frame is not None:
        if frame.f_code.co_name in HANDING_OVER:
            return True
        frame = frame.f_back
    return False


def _end_some_time_after(told: SimpleQueue[int]) -> None:
    told.get()
    time.sleep(settings().shutdown_grace_seconds + 2 * LISTEN_SECONDS)
    _end()
