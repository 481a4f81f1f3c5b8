"""Which signals may interrupt a job, and when: in its handler, and nowhere else.

A pool's child is told to stop by three signals.

SIGUSR1   the gentle one: Celery's revoke, its soft time limit, and the heartbeat send it. It raises
          Interrupted in the handler; the child lives on and takes the next job.
SIGTERM   the second request, to an attempt that swallowed the first; to any other it means nothing.
SIGQUIT   (or what else Celery's pool terminates with) the worker shuts down: it interrupts the
          handler in the same way, and ends the process once the runner has given the job back.

While the runner claims, records or gives back, they are held: they are looked at before the handler
starts, and once the runner is done.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from types import FrameType
from typing import Any

from billiard.common import TERM_SIGNAL

GENTLE, SECOND = signal.SIGUSR1, signal.SIGTERM
ALL = frozenset({GENTLE, SECOND, TERM_SIGNAL})


class Interrupted(BaseException):
    """The handler was told to stop: by a cancellation, its soft time limit, a shutdown, a mistake.

    Not an Exception, so that neither a handler nor a library that goes on after any error goes on
    after this one. `finally` blocks run.
    """


def install() -> None:
    """Answer the signals in this way from now on, in this process."""
    signal.signal(GENTLE, _on_request)
    if TERM_SIGNAL != SECOND:
        signal.signal(SECOND, _on_request)
    answer = signal.getsignal(TERM_SIGNAL)
    if answer is not _on_shutdown:
        _state.shut_down = answer if callable(answer) else None
        signal.signal(TERM_SIGNAL, _on_shutdown)


@contextmanager
def held() -> Iterator[None]:
    """Hold the signals while the block runs.

    Raises:
        SystemExit: at its end, if the worker began to shut down meanwhile.
    """
    _state.begin()
    try:
        yield
    finally:
        _state.phase = _Phase.IDLE
        if _state.shutdown_number is not None:
            _on_shutdown(_state.shutdown_number, None)


def begin_next() -> None:
    """Within `held`: forget what the last attempt was told. That the worker shuts down holds on."""
    _state.was_asked = _state.broke_an_import = False
    if _state.shutdown_number is not None:  # looked at last, since a signal may come in between
        _state.was_asked = True


@contextmanager
def may_interrupt() -> Iterator[None]:
    """Within `held`: let the signals interrupt this block, those that came before it too.

    Raises:
        Interrupted: this attempt was told to stop, or the worker shuts down.
    """
    try:
        _state.phase = _Phase.OPEN
        if _state.was_asked:
            raise Interrupted
        yield
    finally:
        hold()


@contextmanager
def postponed() -> Iterator[None]:
    """Let the signals interrupt at the end of this block instead of amid it.

    For code that an exception between any two of its steps would break, such as an event loop. It
    has to look at `was_asked` all the time, and to end soon where that is so.

    Raises:
        Interrupted: at its end, if this attempt was told to stop meanwhile.
    """
    phase = _state.phase
    if phase is _Phase.OPEN:
        hold()
    try:
        yield
    finally:
        _state.phase = phase
        if phase is _Phase.OPEN and _state.was_asked:
            raise Interrupted


def hold() -> None:
    """Hold the signals again, also where one came in the last moment of `may_interrupt`."""
    _state.phase = _Phase.HELD


def broke_an_import() -> bool:
    """Whether this attempt was interrupted while it imported a module, which is half there now."""
    return _state.broke_an_import


def was_asked() -> bool:
    """Whether this attempt was told to stop, whatever its handler made of it."""
    return _state.was_asked


class _Phase(Enum):
    IDLE = "between jobs"
    HELD = "in the runner"
    OPEN = "in the handler"


class _State:
    phase = _Phase.IDLE
    was_asked = False
    broke_an_import = False
    shutdown_number: int | None = None
    shut_down: Callable[[int, Any], Any] | None = None

    def begin(self) -> None:
        self.phase, self.was_asked, self.shutdown_number = _Phase.HELD, False, None
        self.broke_an_import = False

    def interrupt(self, frame: FrameType | None) -> None:
        self.broke_an_import = self.broke_an_import or _is_in_import(frame)
        raise Interrupted


_state = _State()


def _on_request(number: int, frame: FrameType | None) -> None:
    # Once is enough for the gentle one: its second would break into the handler's clean-up.
    counts = _state.was_asked if number == SECOND else not _state.was_asked
    if _state.phase is _Phase.IDLE or not counts:
        return
    _state.was_asked = True
    if _state.phase is _Phase.OPEN:
        _state.interrupt(frame)


def _on_shutdown(number: int, frame: FrameType | None) -> None:
    if _state.phase is _Phase.IDLE:
        if _state.shut_down is not None:
            _state.shut_down(number, frame)
        return
    _state.was_asked, _state.shutdown_number = True, number
    if _state.phase is _Phase.OPEN:
        _state.interrupt(frame)


def _is_in_import(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False
