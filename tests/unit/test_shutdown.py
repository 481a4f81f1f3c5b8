"""A worker that is told to end while it hands a message to a child does so first."""

from __future__ import annotations

import inspect
import os
import signal
from collections.abc import Iterator
from functools import partial
from queue import SimpleQueue

import pytest
from celery.concurrency import asynpool

from tests.conftest import eventually
from workers import shutdown


@pytest.fixture
def answered() -> Iterator[list[int]]:
    """The signals that Celery has answered by now, of a process that is told by SIGUSR2."""
    found: list[int] = []
    answer = partial(shutdown._on_told, SimpleQueue(), lambda number, _: found.append(number))
    before = signal.signal(signal.SIGUSR2, answer)
    yield found
    signal.signal(signal.SIGUSR2, before)


def _tell(answered: list[int]) -> list[int]:
    os.kill(os.getpid(), signal.SIGUSR2)
    return list(answered)


def test_it_waits_until_the_message_is_written(answered: list[int]) -> None:
    def _write_job() -> list[int]:
        return _tell(answered)

    assert _write_job() == []
    eventually(lambda: answered == [signal.SIGUSR2])


def test_at_any_other_time_it_is_answered_at_once(answered: list[int]) -> None:
    assert _tell(answered) == [signal.SIGUSR2]


@pytest.mark.parametrize("name", sorted(shutdown.HANDING_OVER))
def test_celery_writes_messages_where_that_looks_for_it(name: str) -> None:
    assert f"def {name}(" in inspect.getsource(asynpool.AsynPool)
