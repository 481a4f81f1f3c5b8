"""How many jobs a process claims at once, by how long those before them took."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from workers import pace


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    """A process that has run nothing yet."""
    before = dict(pace._paces)
    pace._paces.clear()
    yield
    pace._paces.clear()
    pace._paces.update(before)


def _after(*seconds: float) -> int:
    for each in seconds:
        pace.note("/v1/echo", each)
    return pace.batch_limit("/v1/echo")


def test_one_at_a_time_until_they_are_known_to_be_quick() -> None:
    assert _after() == 1
    limits = [_after(0.0001) for _ in range(80)]
    assert limits == sorted(limits)
    assert limits[0] == 1
    assert limits[-1] == pace.MOST


def test_what_is_claimed_together_takes_no_longer_than_a_moment() -> None:
    assert _after(*[0.005] * 100) == 4
    assert _after(*[0.019] * 100) == 1
    assert _after(*[5.0] * 10) == 1


def test_one_slow_job_among_dozens_keeps_them_apart() -> None:
    assert _after(*[0.0001] * 100, 2.0) == 1
    assert _after(*[0.0001] * 40) == 1
    assert _after(*[0.0001] * 150) == pace.MOST


def test_each_endpoint_type_has_its_own_pace() -> None:
    assert _after(*[0.0001] * 100) == pace.MOST
    assert pace.batch_limit("/v1/other") == 1


def test_jobs_that_take_no_time_at_all_are_no_trouble() -> None:
    assert _after(*[0.0] * 10_000) == pace.MOST


def test_waiting_counts() -> None:
    stopwatch = pace.Stopwatch()
    time.sleep(0.05)
    assert stopwatch.seconds() >= 0.05


def test_what_the_machine_does_meanwhile_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([(10.0, 1.0, 7), (10.5, 1.001, 7)])
    monkeypatch.setattr(pace, "_now", lambda: next(moments))
    assert pace.Stopwatch().seconds() == pytest.approx(0.001)


def test_where_nobody_counts_who_waited_all_time_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "_THREAD", None)
    stopwatch = pace.Stopwatch()
    until = time.monotonic() + 0.02
    while time.monotonic() < until:
        pass
    assert stopwatch.seconds() >= 0.02
