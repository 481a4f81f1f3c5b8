"""Waiting for other servers from a handler, so that nothing is left behind when it must stop.

All that a job waits for at once runs in one event loop, in the handler's own thread. So there is no
thread that could go on, and whatever ends the wait closes every connection of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

from workers import interruption

# How long it may take until an interruption is noticed.
LOOK_SECONDS = 0.05
CONNECT_SECONDS = 10

Found = TypeVar("Found")


def wait_for(work: Coroutine[Any, Any, Found]) -> Found:
    """Run what waits for other servers, and does little else.

    Args:
        work: it closes what it opened when it is cancelled.

    Raises:
        Interrupted: the job has to stop; everything is closed.
    """
    with interruption.postponed():
        return asyncio.run(_watched(work))


async def gathered(works: Iterable[Coroutine[Any, Any, Found]]) -> list[Found]:
    """Do several things at once. When one fails the others are cancelled, and over, too."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _watched(work: Coroutine[Any, Any, Found]) -> Found:
    task = asyncio.ensure_future(work)
    while not task.done():
        await asyncio.wait({task}, timeout=LOOK_SECONDS)
        if interruption.was_asked():
            raise interruption.Interrupted
    return task.result()
