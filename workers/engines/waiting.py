"""Waiting for other servers from a handler, so that nothing is left behind when it must stop.

All that a job waits for at once runs in one event loop, in the handler's own thread. So there is no
thread that could go on, and whatever ends the wait closes every connection of it at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from workers import interruption

# An interruption that a library swallowed is noticed after so many seconds.
LOOK_SECONDS = 0.2
CONNECT_SECONDS = 10

Found = TypeVar("Found")


def wait_for(work: Coroutine[Any, Any, Found]) -> Found:
    """Run what waits for other servers.

    Args:
        work: it closes what it opened when it is cancelled.

    Raises:
        Interrupted: the job has to stop; everything is closed.
    """
    return asyncio.run(_watched(work))


async def _watched(work: Coroutine[Any, Any, Found]) -> Found:
    task = asyncio.ensure_future(work)
    while not task.done():
        await asyncio.wait({task}, timeout=LOOK_SECONDS)
        if interruption.was_asked():
            raise interruption.Interrupted
    return task.result()
