"""Filled shapes that are seen as lines: borders bent along a box, and boxes with a hole in them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

# What is thinner than this is seen as a line.
THIN = 2.5
# How far a level or an upright side may stray.
STRAIGHT = 0.2
# What has more corners is a drawing.
MAX_CORNERS = 24


def filled(shapes: Sequence[dict[str, Any]]) -> set[int]:
    """Which of these shapes are outlines although they are filled, by their ids."""
    boxes = [one for one in shapes if one["object_type"] == "rect" and _is_only_filled(one)]
    # A border is drawn as two boxes of one path, so that they follow each other.
    rings = {id(one) for pair in pairwise(boxes) if _is_ring(*pair) for one in pair}
    bent = {id(one) for one in shapes if one["object_type"] == "curve" and _is_bent(one)}
    return rings | bent


def _is_only_filled(shape: dict[str, Any]) -> bool:
    return bool(shape.get("fill") and not shape.get("stroke"))


def _is_ring(box: dict[str, Any], other: dict[str, Any]) -> bool:
    inner, outer = sorted((box, other), key=lambda one: float(one["width"]))
    margins = [
        inner["x0"] - outer["x0"],
        inner["top"] - outer["top"],
        outer["x1"] - inner["x1"],
        outer["bottom"] - inner["bottom"],
    ]
    is_same = inner.get("non_stroking_color") == outer.get("non_stroking_color")
    return bool(is_same and all(0 < margin <= THIN for margin in margins))


def _is_bent(curve: dict[str, Any]) -> bool:
    # What it covers is as much as a line along two sides of its box would, or along all of them.
    corners = curve.get("pts") or ()
    if not _is_only_filled(curve) or not 4 <= len(corners) <= MAX_CORNERS:
        return False
    if any(min(abs(x - u), abs(y - v)) > STRAIGHT for (x, y), (u, v) in _long_sides(corners)):
        return False
    width, height = float(curve["width"]), float(curve["height"])
    return min(width, height) > THIN and _area(corners) <= THIN * (width + height) / 2


def _long_sides(corners: Sequence[Any]) -> list[tuple[Any, Any]]:
    return [
        (one, other)
        for one, other in pairwise(corners)
        if max(abs(one[0] - other[0]), abs(one[1] - other[1])) > THIN
    ]


def _area(corners: Sequence[Any]) -> float:
    closed = (*corners, corners[0])
    return float(abs(sum(x * v - u * y for (x, y), (u, v) in pairwise(closed))) / 2)
