"""Calls that share one run."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from jobs_backend.together import Together
from tests.conftest import eventually


class _Doubling:
    """Doubles numbers, once it is let go; remembers what it was asked at once."""

    def __init__(self) -> None:
        self.runs: list[list[int]] = []
        self.go = threading.Event()

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.runs.append(list(numbers))
        assert self.go.wait(30)
        if 13 in numbers:
            raise ValueError("unlucky")
        return [2 * number for number in numbers]


def test_a_lone_call_waits_for_nobody() -> None:
    doubling = _Doubling()
    doubling.go.set()
    double = Together(doubling)
    assert [double(n) for n in (1, 2, 3)] == [2, 4, 6]
    assert doubling.runs == [[1], [2], [3]]


def test_who_comes_while_one_runs_is_in_the_next() -> None:
    doubling = _Doubling()
    double = Together(doubling, most=5)
    with ThreadPoolExecutor(9) as pool:
        first = pool.submit(double, 0)
        eventually(lambda: doubling.runs)
        others = [pool.submit(double, n) for n in range(1, 9)]
        eventually(lambda: len(double._waiting) == 8)
        doubling.go.set()
        assert first.result() == 0
        assert [each.result() for each in others] == [2 * n for n in range(1, 9)]
    assert [len(run) for run in doubling.runs] == [1, 5, 3]


def test_what_a_run_raises_all_its_callers_raise_and_nobody_else() -> None:
    doubling = _Doubling()
    double = Together(doubling)
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(double, 1)
        eventually(lambda: doubling.runs)
        others = [pool.submit(double, n) for n in (13, 2)]
        eventually(lambda: len(double._waiting) == 2)
        doubling.go.set()
        assert first.result() == 2
        for each in others:
            with pytest.raises(ValueError, match="unlucky"):
                each.result()
    assert double(4) == 8
