"""The soft time limit, as an exception that no handler mistakes for an ordinary error."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class SoftLimitReached(BaseException):
    """The handler has run for longer than its endpoint type's soft time limit.

    Not an Exception, so that neither a handler nor a library that goes on after any error goes on
    after this one. `finally` blocks run.
    """


def install() -> None:
    """Answer the signal by which Celery's worker tells a child that its soft time limit is reached.

    Celery's own answer raises an ordinary exception, wherever the child happens to be.
    """
    signal.signal(signal.SIGUSR1, _on_signal)


@contextmanager
def may_interrupt() -> Iterator[None]:
    """Let the signal interrupt this block, which is the handler's; elsewhere it does nothing."""
    _state.is_open = True
    try:
        yield
    finally:
        _state.is_open = False


class _State:
    is_open = False


_state = _State()


def _on_signal(_number: int, _frame: Any) -> None:
    if _state.is_open:
        _state.is_open = False
        raise SoftLimitReached
