"""The dispatches that each process of the pool has in hand, for its main process to see.

A process may run several jobs for one message of Celery's (see workers/pulling.py), so the main
process cannot tell from its messages whom to stop, or whose jobs died with a process. Each process
writes it down in memory that they share, before it claims the jobs; what a dead one wrote stays.

It runs one of them at a time. The others wait in its hand for their turn, or for their result to be
recorded. One that waits can be struck out by the main process: then it is not begun.
"""

from __future__ import annotations

import mmap
import os
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from jobs_backend.alive import is_alive

Dispatch = tuple[str, int]

# More than a worker ever has processes, so that a dead one's place is not needed for a long time.
_PLACES = 1024
# Whose place it is, which of the dispatches that follow it runs, and which are struck out, one bit
# each.
_HEADER = struct.Struct("=III")
_STRUCK_AT = 8
_PLACE_SIZE = 4096
_memory = mmap.mmap(-1, _PLACES * _PLACE_SIZE)


class _Place:
    """Where this process writes; where the next one will, in the main process."""

    number = 0
    dispatches: Sequence[Dispatch] = ()


_place = _Place()


def reserve() -> None:
    """Choose the place of the process that is forked next."""
    for _ in range(_PLACES):
        _place.number = (_place.number + 1) % _PLACES
        process_id, _running, _struck = _header(_place.number)
        if not process_id or not is_alive(process_id):
            break


@contextmanager
def holding(dispatch: Dispatch) -> Iterator[None]:
    """Have it known for as long as the block lasts that this process runs a dispatch."""
    take([dispatch])
    try:
        yield
    finally:
        take([])


def take(dispatches: Sequence[Dispatch]) -> None:
    """Within `holding`: have it known that this process has these, and goes on with the first."""
    # One that stays in the hand stays struck out.
    struck = sum(1 << at for at, each in enumerate(dispatches) if is_struck(each))
    _place.dispatches = dispatches
    text = " ".join(f"{job_id}:{number}" for job_id, number in dispatches)
    written = text.encode("ascii", "replace")[: _PLACE_SIZE - _HEADER.size - 1]
    start = _place.number * _PLACE_SIZE
    _memory[start : start + _HEADER.size + len(written) + 1] = (
        _HEADER.pack(os.getpid(), 0, struck) + written + b"\0"
    )


def go_on(dispatch: Dispatch) -> None:
    """Have it known that this process goes on with another one of those that it has in hand."""
    _process_id, _running, struck = _header(_place.number)
    place = _place.dispatches.index(dispatch)
    _HEADER.pack_into(_memory, _place.number * _PLACE_SIZE, os.getpid(), place, struck)


def is_struck(dispatch: Dispatch) -> bool:
    """Whether the main process struck out one that this process has in hand."""
    _process_id, _running, struck = _header(_place.number)
    return bool(struck) and any(
        each == dispatch and struck >> at & 1 for at, each in enumerate(_place.dispatches)
    )


def strike(dispatch: Dispatch) -> None:
    """Have a dispatch not begun that waits in the hand of some process; nothing if none has it."""
    for number in range(_PLACES):
        process_id, running, struck = _header(number)
        waiting = _dispatches(number)[running + 1 :] if process_id else []
        if dispatch in waiting:
            struck |= 1 << running + 1 + waiting.index(dispatch)
            struct.pack_into("=I", _memory, number * _PLACE_SIZE + _STRUCK_AT, struck)


def of(process_id: int) -> Dispatch | None:
    """What a process runs, or ran when it died."""
    return next((dispatch for _, owner, dispatch in _entries() if owner == process_id), None)


def take_from(process_id: int) -> list[Dispatch]:
    """What a dead process had in hand, the one that it ran first; and forget it.

    Its number may come again.
    """
    for number, owner, running in _entries():
        if owner == process_id:
            others = [each for each in _dispatches(number) if each != running]
            _HEADER.pack_into(_memory, number * _PLACE_SIZE, 0, 0, 0)
            return [running, *others]
    return []


def running() -> dict[Dispatch, int]:
    """Every dispatch that is run, and the process that runs it; dead ones may be among them."""
    return {dispatch: owner for _, owner, dispatch in _entries()}


def held() -> list[Dispatch]:
    """Every dispatch that is in the hand of some process, run or waiting."""
    return [
        dispatch
        for number in range(_PLACES)
        if _header(number)[0]
        for dispatch in _dispatches(number)
    ]


def _entries() -> Iterator[tuple[int, int, Dispatch]]:
    for number in range(_PLACES):
        owner, running, _struck = _header(number)
        dispatches = _dispatches(number) if owner else []
        if running < len(dispatches):
            yield number, owner, dispatches[running]


def _header(number: int) -> tuple[int, int, int]:
    return _HEADER.unpack_from(_memory, number * _PLACE_SIZE)


def _dispatches(number: int) -> list[Dispatch]:
    # A process may be writing at this moment. What is read then is nobody's dispatch, and whoever
    # acts on one looks again.
    start = number * _PLACE_SIZE + _HEADER.size
    written = _memory[start : start + _PLACE_SIZE - _HEADER.size].partition(b"\0")[0]
    found = (each.partition(":") for each in written.decode("ascii", "replace").split())
    return [(job_id, int(number)) for job_id, _, number in found if number.isdecimal()]
