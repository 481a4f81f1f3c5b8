"""Web processes take turns at new connections.

All of them listen on one socket, and who is awake takes what comes: of clients that connect at once
and keep their connections open, one process had all, and the others idled on their cores. So each
pauses for a moment after a connection. Neither gunicorn nor gevent has an option for it: this puts
a server of ours in the place of gevent's, and pauses as that one does after an error.
`tests/acceptance/test_strangers.py` fails where a new version of either makes it void.
"""

from __future__ import annotations

from typing import Any

from gevent.server import StreamServer
from gunicorn.workers import ggevent

PAUSE_SECONDS = 0.001


class TurnTakingServer(StreamServer):  # type: ignore[misc] # it has no types
    """Accepts one connection, and then none for a moment."""

    def do_read(self) -> Any:
        """Accept a connection; None where another process was faster."""
        accepted = super().do_read()
        if accepted:
            self.stop_accepting()
            self._timer = self.loop.timer(PAUSE_SECONDS)
            self._timer.start(self._start_accepting_if_started)
        return accepted


def install() -> None:
    """Have gunicorn's gevent workers of this process take turns."""
    ggevent.StreamServer = TurnTakingServer
