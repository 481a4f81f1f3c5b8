"""The sides of cells that are not drawn, as the lines around them leave no doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from workers.forms.edges import MAX_PAIRS, MIN_ROW, SAME_LINE, edge

# How exactly the lines of a table without sides end at one place, and how high its rows are.
SAME_END, MAX_ROW = 4.0, 250.0
# How wide and how high what stands between two uprights is.
MIN_OPEN, MAX_OPEN = 18.0, 60.0
# An upright that is so much higher than its distance to the line above it parts no cell's half.
HALF = 0.75


def sides(edges: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sides of tables that have no line there: rows end where the lines between them do."""
    level = [one for one in edges if one["orientation"] == "h"]
    upright = [one for one in edges if one["orientation"] == "v"]
    if not upright or len(level) * max(len(level), len(upright)) > MAX_PAIRS:
        return []
    return [
        side
        for name, inner in (("x0", max), ("x1", min))
        for above, below in _stacked(level, name)
        if (side := _open_side(above, below, inner(above[name], below[name]), upright))
    ]


def _stacked(level: Sequence[dict[str, Any]], side: str) -> Iterator[tuple[Any, Any]]:
    # Each line, and the next one below it that ends at the same place.
    for above in level:
        under = [
            one
            for one in level
            if abs(one[side] - above[side]) <= SAME_END
            and MIN_ROW < one["top"] - above["top"] <= MAX_ROW
        ]
        if under:
            yield above, min(under, key=lambda one: one["top"])


def _open_side(
    above: dict[str, Any], below: dict[str, Any], at: float, upright: Sequence[dict[str, Any]]
) -> dict[str, Any] | None:
    left, right = max(above["x0"], below["x0"]), min(above["x1"], below["x1"])
    joining = [
        one
        for one in upright
        if one["top"] <= above["top"] + SAME_LINE
        and one["bottom"] >= below["top"] - SAME_LINE
        and left - SAME_END <= one["x0"] <= right + SAME_END
    ]
    is_closed = any(abs(one["x0"] - at) <= SAME_LINE for one in joining)
    if not joining or is_closed:
        return None
    return edge(at, above["top"], at, below["top"])


def tops(edges: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Upper sides between uprights that stand on a line and have none above them."""
    level = [one for one in edges if one["orientation"] == "h"]
    upright = [one for one in edges if one["orientation"] == "v"]
    if len(upright) * max(len(level), len(upright)) > MAX_PAIRS:
        return
    upright.sort(key=lambda one: one["x0"])
    for at, one in enumerate(upright):
        if _has_top(one, level):
            continue
        for beside in (reversed(upright[:at]), upright[at + 1 :]):
            other = next((each for each in beside if _stands_beside(each, one)), None)
            if other is not None:
                left, right = sorted((one["x0"], other["x0"]))
                if any(_carries(line, left, right, one["top"]) for line in level):
                    yield edge(left, one["top"], right, one["top"])


def _has_top(one: dict[str, Any], level: Sequence[dict[str, Any]]) -> bool:
    # It ends at a line; or it is a short one that parts the lower half of a cell.
    height = one["bottom"] - one["top"]
    over = [line for line in level if line["x0"] <= one["x0"] + SAME_LINE]
    over = [line for line in over if line["x1"] >= one["x0"] - SAME_LINE]
    gaps = [one["top"] - line["top"] for line in over]
    return any(abs(gap) <= SAME_LINE or HALF * height <= gap <= MAX_OPEN for gap in gaps)


def _stands_beside(other: dict[str, Any], one: dict[str, Any]) -> bool:
    return bool(
        other["top"] <= one["top"] + SAME_LINE and other["bottom"] >= one["bottom"] - SAME_LINE
    )


def _reaches(line: dict[str, Any], left: float, right: float, top: float) -> bool:
    is_at = abs(line["top"] - top) <= SAME_LINE
    return bool(is_at and line["x0"] <= left + SAME_LINE and line["x1"] >= right - SAME_LINE)


def _carries(line: dict[str, Any], left: float, right: float, top: float) -> bool:
    is_row = MIN_ROW < line["top"] - top <= MAX_OPEN and right - left >= MIN_OPEN
    return is_row and _reaches(line, left, right, line["top"])
