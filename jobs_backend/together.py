"""Callers at the same time share one statement: who comes while one runs is in the next.

So a lone caller waits for nobody, and among many each costs Postgres a fraction of a statement.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class _Call(Generic[Item, Answer]):
    def __init__(self, item: Item) -> None:
        self.item = item
        self.is_settled = False
        self.answer: Answer | None = None
        self.problem: BaseException | None = None
        self.woken = threading.Event()


class Together(Generic[Item, Answer]):
    """A function of many items that is called with one.

    Args:
        run: gives an answer for each item, in their order. What it raises, all its callers raise.
        most: how many items at once.
    """

    def __init__(self, run: Callable[[Sequence[Item]], Sequence[Answer]], most: int = 100) -> None:
        self._run = run
        self._most = most
        self._lock = threading.Lock()
        self._is_running = False
        self._waiting: list[_Call[Item, Answer]] = []

    def __call__(self, item: Item) -> Answer:
        """The answer for this item, which comes with those of others."""
        call: _Call[Item, Answer] = _Call(item)
        with self._lock:
            self._waiting.append(call)
            has_to_wait, self._is_running = self._is_running, True
        if has_to_wait:
            call.woken.wait()
        if not call.is_settled:
            self._run_all()
        if call.problem is not None:
            raise call.problem
        return call.answer  # type: ignore[return-value] # it is settled

    def _run_all(self) -> None:
        # This caller runs for all who have come, and then wakes the first of those who came later
        # to do the same: so nobody works for others without end. Who is about to come comes along:
        # among green threads nobody else would run before this one waits for something.
        time.sleep(0)
        with self._lock:
            calls, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        try:
            for call, answer in zip(calls, self._run([each.item for each in calls]), strict=True):
                call.answer = answer
        except BaseException as problem:
            for call in calls:
                call.problem = problem
        for call in calls:
            call.is_settled = True
        with self._lock:
            self._is_running = bool(self._waiting)
            following = self._waiting[0] if self._waiting else None
        for each in (*calls, following):
            if each is not None:
                each.woken.set()
