"""The dispatches that each process of the pool has in hand, for its main process to see.

A process may run several jobs for one message of Celery's (see workers/pulling.py), so the main
process cannot tell from its messages whom to stop, or whose jobs died with a process. Each process
writes it down in memory that they share: a job before it claims it, and those that it claims beside
it once they are its own. What a dead one wrote stays; of one that dies between such a claim and
that, the leases end.

In the rows of its jobs each process goes by a name that no other ever had. Its place here tells
that name once the process is dead: a message may come twice, and then another worker may run what
this one was about to claim.

It runs one of them at a time. The others wait in its hand for their turn, or for their result to be
recorded. One that waits can be struck out by the main process: then it is not begun.
"""

from __future__ import annotations

import mmap
import os
import secrets
import socket
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from jobs_backend.alive import is_alive

Dispatch = tuple[str, int]

# More than a worker ever has processes, so that a dead one's place is not needed for a long time.
_PLACES = 1024
_PLACE_SIZE = 4096
# Of a place: whose it is, and which of the dispatches that follow it runs. That is written by its
# process alone.
_HEADER = struct.Struct("=II")
_RUNNING_AT = 4
# And by the main process alone: how many were struck out, and the last of them by name. A dispatch
# is had once, so that nobody has to take a name away.
_STRUCK_AT, _STRIKES, _STRIKE_SIZE = 2736, 16, 84
_COUNT = struct.Struct("=I")
# What tells its process from all others that have or had the same id.
_MARK_AT, _MARK_SIZE = 4084, 8
_HOST = socket.gethostname()
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
        process_id, _running = _header(_place.number)
        if not process_id or not is_alive(process_id):
            break
    _mark(_place.number)


def worker_name() -> str:
    """What this process, which runs jobs, is called in the rows of those that it claims."""
    return _worker_name(os.getpid(), _place.number)


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
    _place.dispatches = dispatches
    room = _STRUCK_AT - _HEADER.size - 1
    written = " ".join(map(_name, dispatches)).encode("ascii", "replace")[:room]
    start = _place.number * _PLACE_SIZE
    _memory[start : start + _HEADER.size + len(written) + 1] = (
        _HEADER.pack(os.getpid(), 0) + written + b"\0"
    )


def go_on(dispatch: Dispatch) -> None:
    """Have it known that this process goes on with another one of those that it has in hand."""
    place = _place.dispatches.index(dispatch)
    _COUNT.pack_into(_memory, _place.number * _PLACE_SIZE + _RUNNING_AT, place)


def is_struck(dispatch: Dispatch) -> bool:
    """Whether the main process struck out one that this process has in hand."""
    start = _place.number * _PLACE_SIZE + _STRUCK_AT
    (count,) = _COUNT.unpack_from(_memory, start)
    name = _name(dispatch).encode("ascii", "replace").ljust(_STRIKE_SIZE, b"\0")
    places = (start + _COUNT.size + at * _STRIKE_SIZE for at in range(min(count, _STRIKES)))
    return any(_memory[place : place + _STRIKE_SIZE] == name for place in places)


def strike(dispatch: Dispatch) -> None:
    """Have a dispatch not begun that waits in the hand of some process; nothing if none has it."""
    name = _name(dispatch).encode("ascii", "replace").ljust(_STRIKE_SIZE, b"\0")
    for number in range(_PLACES):
        if not _header(number)[0] or dispatch not in _dispatches(number):
            continue
        start = number * _PLACE_SIZE + _STRUCK_AT
        (count,) = _COUNT.unpack_from(_memory, start)
        place = start + _COUNT.size + count % _STRIKES * _STRIKE_SIZE
        _memory[place : place + _STRIKE_SIZE] = name[:_STRIKE_SIZE]
        _COUNT.pack_into(_memory, start, count + 1)


def of(process_id: int) -> Dispatch | None:
    """What a process runs, or ran when it died."""
    return next((dispatch for _, owner, dispatch in _entries() if owner == process_id), None)


def take_from(process_id: int) -> tuple[str, list[Dispatch]]:
    """What a dead process was called, and had in hand, the one that it ran first; and forget it.

    Its number may come again.
    """
    for number, owner, running in _entries():
        if owner == process_id:
            others = [each for each in _dispatches(number) if each != running]
            name = _worker_name(owner, number)
            _HEADER.pack_into(_memory, number * _PLACE_SIZE, 0, 0)
            return name, [running, *others]
    return "", []


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
        owner, running = _header(number)
        dispatches = _dispatches(number) if owner else []
        if running < len(dispatches):
            yield number, owner, dispatches[running]


def _worker_name(process_id: int, place: int) -> str:
    # Process ids come again, and containers may share a host's name, which may change as well.
    start = place * _PLACE_SIZE + _MARK_AT
    mark = _memory[start : start + _MARK_SIZE].decode("ascii")
    return f"worker:{_HOST}:{process_id}:{mark}"


def _mark(place: int) -> None:
    start = place * _PLACE_SIZE + _MARK_AT
    _memory[start : start + _MARK_SIZE] = secrets.token_hex(_MARK_SIZE // 2).encode()


def _name(dispatch: Dispatch) -> str:
    job_id, number = dispatch
    return f"{job_id}:{number}"


def _header(number: int) -> tuple[int, int]:
    return _HEADER.unpack_from(_memory, number * _PLACE_SIZE)


def _dispatches(number: int) -> list[Dispatch]:
    written = _written(number)
    while written != (again := _written(number)):  # its process is writing at this moment
        written = again
    found = (each.partition(":") for each in written.decode("ascii", "replace").split())
    return [(job_id, int(number)) for job_id, _, number in found if number.isdecimal()]


def _written(number: int) -> bytes:
    start = number * _PLACE_SIZE
    return _memory[start + _HEADER.size : start + _STRUCK_AT].partition(b"\0")[0]


_mark(_place.number)  # of a process that is not of a pool
