"""Long work keeps the others of a process from theirs, unless it pauses between its steps."""

from __future__ import annotations

import time

# Bytes or characters whose parsing or copying nobody notices.
SHORT = 1 << 20
# Not zero, after which green threads go on before their loop has looked what came for others.
PAUSE_SECONDS = 0.001
# What looking at a value of a JSON text takes, as if it were so many characters.
VALUE = 64


def let_others_run(size: int) -> None:
    """Pause between two steps of work on a text, if it is large.

    Args:
        size: its length, in bytes or characters.
    """
    if size >= SHORT:
        time.sleep(PAUSE_SECONDS)


class Pauses:
    """Pauses of a work of many small steps, which only together take long."""

    def __init__(self) -> None:
        self._done = 0

    def after(self, size: int) -> None:
        """Count a step, of so many bytes or characters, and pause if it is time."""
        self._done += size
        if self._done >= SHORT:
            done, self._done = self._done, 0  # others may count on while this one sleeps
            let_others_run(done)

    def after_value(self) -> None:
        """Count a look at a value of a JSON text."""
        self.after(VALUE)
