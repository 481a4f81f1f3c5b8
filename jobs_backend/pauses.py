"""Long work keeps the others of a process from theirs, unless it pauses between its steps."""

from __future__ import annotations

import time

# Bytes or characters whose parsing or copying nobody notices.
SHORT = 1 << 20
# Not zero, after which green threads go on before their loop has looked what came for others.
PAUSE_SECONDS = 0.001


def let_others_run(size: int) -> None:
    """Pause between two steps of work on a text, if it is large.

    Args:
        size: its length, in bytes or characters.
    """
    if size >= SHORT:
        time.sleep(PAUSE_SECONDS)
