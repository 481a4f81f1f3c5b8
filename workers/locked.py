"""The end of a process whose job never comes back from C code, within its time limit."""

from __future__ import annotations

import faulthandler
import time

# So long after the hard limit the process ends, and how much longer it may take: a timer that is
# near enough is not set anew for every job.
SLACK_SECONDS, LEEWAY_SECONDS = 2, 1
# A timer that may ring before the heartbeat's thread has come to stop it.
SOON_SECONDS = 60
STDERR = 2


class Timer:
    """Ends the process where C code holds Python's lock past its job's limit, and never lets go.

    Its clock is a thread of C that needs no lock; it says where the handler stood.
    """

    def __init__(self) -> None:
        self._rings_at = 0.0

    def set(self, limit: float) -> None:
        """Have it ring a moment after a job that begins now has come to its limit, in seconds."""
        now = time.monotonic()
        latest = now + limit + SLACK_SECONDS + LEEWAY_SECONDS
        if not latest - LEEWAY_SECONDS <= self._rings_at <= latest:
            faulthandler.dump_traceback_later(latest - now, exit=True, file=STDERR)
            self._rings_at = latest

    def stop_if_soon(self) -> None:
        """Stop it if it may ring before anybody comes to stop it."""
        if self._rings_at < time.monotonic() + SOON_SECONDS:
            self.stop()

    def stop(self) -> None:
        """Have it not ring."""
        if self._rings_at:
            faulthandler.cancel_dump_traceback_later()
            self._rings_at = 0.0
