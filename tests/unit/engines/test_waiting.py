"""Waiting for other servers, and being told to stop meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable

import pytest

from workers import interruption
from workers.engines.waiting import gathered, wait_for


def test_what_is_found_is_given_back() -> None:
    async def work(value: int) -> int:
        return value

    assert wait_for(gathered(work(value) for value in range(3))) == [0, 1, 2]


def test_one_failure_ends_the_others_before_it_is_told() -> None:
    ended = []

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append("waiting")

    async def fail() -> None:
        raise ValueError("no")

    async def both() -> None:
        try:
            await gathered([wait(), fail()])
        finally:
            ended.append("all")

    with pytest.raises(ValueError, match="no"):
        wait_for(both())
    assert ended == ["waiting", "all"]


@pytest.mark.usefixtures("interrupted")
def test_an_interruption_comes_at_the_end_of_what_it_would_break() -> None:
    reached = []

    def handler() -> None:
        with interruption.postponed():
            os.kill(os.getpid(), interruption.GENTLE)
            reached.append("its end")
        reached.append("what follows")

    _interrupts(handler)
    assert reached == ["its end"]


@pytest.mark.usefixtures("interrupted")
def test_who_swallowed_an_interruption_waits_for_nothing_more() -> None:
    def handler() -> None:
        with contextlib.suppress(interruption.Interrupted):
            os.kill(os.getpid(), interruption.GENTLE)
        wait_for(asyncio.Event().wait())

    _interrupts(handler)


def _interrupts(handler: Callable[[], None]) -> None:
    with interruption.held():
        with pytest.raises(interruption.Interrupted), interruption.may_interrupt():
            handler()
        interruption.hold()
