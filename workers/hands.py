"""The dispatch that each process of the pool has in hand, for its main process to see.

A process may run several jobs for one message of Celery's (see workers/pulling.py), so the main
process cannot tell from its messages whom to stop, or whose job died with a process. Each process
writes it down in memory that they share, before it claims the job; what a dead one wrote stays.
"""

from __future__ import annotations

import mmap
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager

from jobs_backend.alive import is_alive

Dispatch = tuple[str, int]

# More than a worker ever has processes, so that a dead one's place is not needed for a long time.
_PLACES = 1024
_ENTRY = struct.Struct("=I124s")
_memory = mmap.mmap(-1, _PLACES * _ENTRY.size)


class _Place:
    """Where this process writes; where the next one will, in the main process."""

    number = 0


_place = _Place()


def reserve() -> None:
    """Choose the place of the process that is forked next."""
    for _ in range(_PLACES):
        _place.number = (_place.number + 1) % _PLACES
        process_id, _dispatch = _read(_place.number)
        if not process_id or not is_alive(process_id):
            break


@contextmanager
def holding(dispatch: Dispatch) -> Iterator[None]:
    """Have it known for as long as the block lasts that this process runs a dispatch."""
    take(dispatch)
    try:
        yield
    finally:
        _write("")


def take(dispatch: Dispatch) -> None:
    """Within `holding`: have it known that this process goes on with another dispatch."""
    job_id, number = dispatch
    _write(f"{job_id}:{number}")


def of(process_id: int) -> Dispatch | None:
    """What a process has in hand, or had when it died."""
    return next((dispatch for _, owner, dispatch in _entries() if owner == process_id), None)


def take_from(process_id: int) -> Dispatch | None:
    """What a dead process had in hand, and forget it: its number may come again."""
    for place, owner, dispatch in _entries():
        if owner == process_id:
            _ENTRY.pack_into(_memory, place * _ENTRY.size, 0, b"")
            return dispatch
    return None


def running() -> dict[Dispatch, int]:
    """Every dispatch that is in hand, and the process that has it; dead ones may be among them."""
    return {dispatch: owner for _, owner, dispatch in _entries()}


def _entries() -> Iterator[tuple[int, int, Dispatch]]:
    for place in range(_PLACES):
        owner, dispatch = _read(place)
        if dispatch is not None:
            yield place, owner, dispatch


def _read(place: int) -> tuple[int, Dispatch | None]:
    # A process may be writing at this moment. What is read then is nobody's dispatch, and whoever
    # acts on one looks again.
    owner, entry = _ENTRY.unpack_from(_memory, place * _ENTRY.size)
    job_id, _, number = entry.rstrip(b"\0").decode("ascii", "replace").partition(":")
    return owner, (job_id, int(number)) if number.isdecimal() else None


def _write(entry: str) -> None:
    text = entry.encode("ascii", "replace")
    _ENTRY.pack_into(_memory, _place.number * _ENTRY.size, os.getpid(), text)
