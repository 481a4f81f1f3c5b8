"""The processes that a handler started: they end with its attempt when that is stopped."""

from __future__ import annotations

import psutil

# A process's start is known from the kernel's count since boot, and the boot by the second.
CLOCK_ERROR_SECONDS = 1
REAP_SECONDS = 0.5


def kill(process_id: int, *, started_after: float = 0) -> int:
    """Kill the children of a process, their children, and so on.

    Args:
        process_id: whose descendants; the process itself is left alone.
        started_after: Unix time in seconds; what is older belongs to somebody else.

    Returns:
        How many there were.
    """
    try:
        found = psutil.Process(process_id).children(recursive=True)
    except psutil.NoSuchProcess:
        return 0
    killed = [each for each in found if _kill(each, started_after - CLOCK_ERROR_SECONDS)]
    psutil.wait_procs(killed, timeout=REAP_SECONDS)  # so that no zombie stays behind
    return len(killed)


def _kill(process: psutil.Process, started_after: float) -> bool:
    try:
        if process.create_time() < started_after:
            return False
        process.kill()
    except psutil.Error:
        return False
    return True
