"""Beat begins its sweeps one after the other, each once in a sweep's time."""

from __future__ import annotations

from typing import Any

import pytest

from jobs_backend.config import settings
from tests.conftest import eventually

pytestmark = pytest.mark.usefixtures("servers")


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sweeps that were begun, in their order; they do nothing."""
    from workers import beat

    names: list[str] = []
    for name in beat.app.conf.beat_schedule:
        monkeypatch.setattr(beat.app.tasks[name], "run", lambda name=name: names.append(name))
    return names


def _tick(sweeper: Any) -> float:
    seconds: float = sweeper.tick()
    eventually(lambda: not any(each.locked() for each in sweeper._running.values()))
    return seconds


def test_each_sweep_has_its_turn_once_in_a_sweep(begun: list[str]) -> None:
    from workers import beat

    sweeper, names = beat.Sweeper(beat.app), list(beat.app.conf.beat_schedule)
    seconds = sum(_tick(sweeper) for _ in names)
    assert begun == names
    assert begun[0] == "sweep:redispatch"  # what a job may wait for
    assert seconds == pytest.approx(settings().sweep_seconds)
    for _ in names:
        _tick(sweeper)
    assert begun[len(names) :] == begun[: len(names)]


def test_a_sweep_that_still_runs_keeps_no_other_waiting(begun: list[str]) -> None:
    from workers import beat

    sweeper, names = beat.Sweeper(beat.app), list(beat.app.conf.beat_schedule)
    with sweeper._running[names[0]]:
        for _ in names:
            sweeper.tick()
        eventually(lambda: sorted(begun) == sorted(names[1:]))
