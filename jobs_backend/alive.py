"""Whether processes run, also where nobody takes note of their end.

A process whose parent has ended, such as Postgres once it was started, belongs to the first process
of its machine or container. Not each of these takes note of an end at once, or ever: the process
keeps its id, and whoever waits for the id to go waits for good.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

import psutil

LOOK_SECONDS = 0.02


def is_alive(process_id: int) -> bool:
    """Whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        return not has_ended(psutil.Process(process_id))
    except psutil.NoSuchProcess:
        return False


def has_ended(process: psutil.Process) -> bool:
    """Whether a process does not run any more; another one may have its id by now."""
    try:
        return not process.is_running() or bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def wait_ended(processes: Iterable[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Wait until processes have ended, and return those that have not after so many seconds."""
    deadline = time.monotonic() + seconds
    left = list(processes)
    while (left := [each for each in left if not has_ended(each)]) and time.monotonic() < deadline:
        time.sleep(LOOK_SECONDS)
    return left
