"""What a handler says of its progress, before anything is stored."""

from __future__ import annotations

from typing import Any

import pytest
import structlog

from workers import heartbeat
from workers.context import MAX_STEPS, Context


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, str | None]]:
    """What would be stored."""
    found: list[tuple[int, int, str | None]] = []
    monkeypatch.setattr(heartbeat, "note", lambda *progress: found.append(progress))
    return found


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ((1, 2, "page 1"), (1, 2, "page 1")),
        ((3, 2), (3, 3, None)),
        ((-5, -9, "\0\ud800"), (0, 0, "?")),
        ((10**40, 10**41), (MAX_STEPS, MAX_STEPS, None)),
        ((1.5, 2.5, 7), (1, 2, "7")),
        ((1, 2, "x" * 1000), (1, 2, "x" * 199 + "…")),
    ],
)
def test_what_is_stored_of_what_was_said(
    noted: list[Any], said: tuple[Any, ...], stored: tuple[Any, ...]
) -> None:
    Context("job_1", 1, "org_1", structlog.get_logger()).progress(*said)
    assert noted == [stored]


def test_what_is_no_progress_is_ignored_and_logged_once(noted: list[Any]) -> None:
    context = Context("job_1", 1, "org_1", structlog.get_logger())
    with structlog.testing.capture_logs() as logged:
        for odd in (float("nan"), float("inf"), "many", None, object(), {}):
            context.progress(odd, 2)  # type: ignore[arg-type]
            context.progress(1, odd)  # type: ignore[arg-type]
    assert noted == []
    assert [line["event"] for line in logged] == ["progress_ignored"]
