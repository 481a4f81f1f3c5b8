"""Garbage: what a process has loaded is none, and a request or a short job leaves little of it."""

from __future__ import annotations

import gc

# By so many more objects Python looks for cycles again; by itself it does with each 700, which is
# several times a request.
YOUNG_OBJECTS = 10_000


def settle() -> None:
    """Have this process, and those forked from it, not look again at what it holds by now."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, *gc.get_threshold()[1:])
