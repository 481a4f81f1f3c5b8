"""The processes that a handler started: they end with its attempt when that is stopped."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from contextlib import suppress

import psutil

# A process's start is known from the kernel's count since boot, and the boot by the second.
CLOCK_ERROR_SECONDS = 1
REAP_SECONDS = 0.5
# The signal of a parent's death comes with the end of its thread, a moment before its own.
DYING_SECONDS = 0.5
# Those that the killed leave behind are adopted, and found by the next look.
LOOKS = 5
PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG = 36, 1


def adopt() -> None:
    """Be the parent of whatever this process's descendants leave behind, where Linux can do that.

    Otherwise a program that was started in the background belongs to nobody, and outlives its job.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_with_parent(number: int) -> None:
    """Get a signal when this process's parent dies, where Linux can do that.

    Otherwise a child of the pool works on for nobody, beside the children of the next worker.
    """
    _parent.process_id = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)


def is_orphan() -> bool:
    """Whether the parent is dead that this process was to end with; takes a moment if it is not."""
    until = time.monotonic() + DYING_SECONDS
    while (lives := _parent.process_id in (None, os.getppid())) and time.monotonic() < until:
        time.sleep(DYING_SECONDS / 10)
    return not lives


def kill(process_id: int, *, started_after: float = 0, reap: bool = True) -> None:
    """Kill the children of a process, their children, and so on.

    Args:
        process_id: whose descendants; the process itself is left alone.
        started_after: Unix time in seconds; what is older belongs to somebody else.
        reap: wait for their end, so that no zombie stays behind; for the process itself only.
    """
    for _ in range(LOOKS):
        try:
            found = psutil.Process(process_id).children(recursive=True)
        except psutil.NoSuchProcess:
            return
        killed = [each for each in found if _kill(each, started_after - CLOCK_ERROR_SECONDS)]
        if not killed:
            return
        psutil.wait_procs(killed, timeout=REAP_SECONDS if reap else 0)


def end(process_id: int, number: int, seconds: float) -> None:
    """Ask the children of a process to end, and kill after so many seconds what is left of them."""
    children = psutil.Process(process_id).children()
    for child in children:
        with suppress(psutil.Error):
            child.send_signal(number)
    psutil.wait_procs(children, timeout=seconds)
    kill(process_id, reap=False)


def kill_with_all(process_id: int) -> None:
    """Kill a process and its descendants; it is frozen first, so that it starts no more of them."""
    try:
        os.kill(process_id, signal.SIGSTOP)
        kill(process_id, reap=False)
        os.kill(process_id, signal.SIGKILL)
    except ProcessLookupError:
        return


def reap() -> None:
    """Let go of the children that have ended: also those that were adopted, which nobody awaits."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            continue


class _Parent:
    process_id: int | None = None


_parent = _Parent()


def _kill(process: psutil.Process, started_after: float) -> bool:
    try:
        if process.create_time() < started_after or process.status() == psutil.STATUS_ZOMBIE:
            return False
        process.kill()
    except psutil.Error:
        return False
    return True
