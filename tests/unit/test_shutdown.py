"""A worker that is told to end while it hands a message to a child does so first."""

from __future__ import annotations

import inspect
import sys
from queue import SimpleQueue

import pytest
from celery.concurrency import asynpool

from workers import shutdown


class _Ended(Exception):
    pass


def _answer(*_: object) -> None:
    raise _Ended


def _write_job() -> None:
    shutdown._on_told(SimpleQueue(), _answer, 15, sys._getframe())


def test_it_waits_until_the_message_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    again: list[object] = []
    monkeypatch.setattr(shutdown, "later", lambda _seconds, act: again.append(act))
    _write_job()
    [act] = again
    assert act.args[1] == 15  # type: ignore[attr-defined] # it is a partial of kill
    with pytest.raises(_Ended):
        shutdown._on_told(SimpleQueue(), _answer, 15, sys._getframe())


@pytest.mark.parametrize("name", sorted(shutdown.HANDING_OVER))
def test_celery_writes_messages_where_that_looks_for_it(name: str) -> None:
    assert f"def {name}(" in inspect.getsource(asynpool.AsynPool)
