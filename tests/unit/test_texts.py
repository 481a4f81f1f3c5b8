"""Texts of unknown origin, as they are stored."""

from __future__ import annotations

from typing import Any

import pytest

from jobs_backend.errors import MAX_DETAILS_BYTES, JobFailure
from jobs_backend.texts import storable


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("as it is", "as it is"),
        ("x" * 10, "x" * 10),
        ("x" * 11, "x" * 9 + "…"),
        ("half \ud800", "half ?"),
        ("a\0b", "ab"),
        (None, "None"),
    ],
)
def test_what_is_kept_of_a_text(text: Any, stored: str) -> None:
    assert storable(text, 10) == stored


@pytest.mark.parametrize("more", [0, 1])
def test_details_are_kept_up_to_their_bound(more: int) -> None:
    frame = len('{"x": ""}')
    details = {"x": "é" * ((MAX_DETAILS_BYTES - frame - 1) // 2) + "." * (1 + more)}
    kept = details if not more else {"truncated": True}
    error = JobFailure("code", "message", details).as_error()
    assert error == {"code": "code", "message": "message", "details": kept}
