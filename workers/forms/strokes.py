"""The lines and boxes that are drawn on a page of a PDF, and the cells that they enclose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workers.documents.layout import Box
from workers.forms import openings, outlines
from workers.forms.edges import MAX_PAIRS, SAME_LINE, edge
from workers.forms.outlines import THIN

# Lines with so small a gap go on: dashes and dots.
GAP = 4.0
# Beyond so many places where lines meet a page is a drawing and no form.
MAX_MEETINGS = 8_000
MAX_SHAPES = 20_000
MIN_SCANNED = 24.0
DARK, WHITE = 0.6, 0.99
# Small squares are to be ticked.
MIN_TICK, MAX_TICK, SQUARE = 5.0, 19.5, 1.4
# Small round shapes are buttons.
MIN_BUTTON, MAX_BUTTON, ROUND = 5.0, 20.0, 1.3
# More of them are a pattern.
MAX_BUTTONS = 1_000
MAX_FILLS = 500
# How far the parts of a color may differ that is a gray, and how light a gray is sure to be one.
NEUTRAL, DIM = 0.06, 0.5


@dataclass(frozen=True)
class Strokes:
    """What is drawn on a page beside its text.

    Attributes:
        rules: level lines, none of them the side of a cell; flat boxes.
        cells: the smallest rectangles that lines enclose.
        buttons: small circles.
        grays: what is filled, with how light a gray it is, in the order in which it is drawn.
    """

    rules: tuple[Box, ...] = ()
    cells: tuple[Box, ...] = ()
    buttons: tuple[Box, ...] = ()
    grays: tuple[tuple[Box, float], ...] = ()


def of_page(page: Any) -> Strokes:
    """What is drawn on a page of pdfplumber's."""
    shapes = [*page.rects, *page.lines, *page.curves]
    if len(shapes) > MAX_SHAPES:
        return Strokes()
    buttons = tuple(_box(curve) for curve in page.curves if _is_button(curve))
    if len(buttons) > MAX_BUTTONS:
        buttons = ()
    edges = [edge for shape in _seen(shapes) for edge in _edges(shape)]
    found = of_edges(edges, buttons, is_exact=True)
    return replace(found, grays=tuple(_grays(page.rects)))


def _grays(rects: Sequence[dict[str, Any]]) -> list[tuple[Box, float]]:
    large = [one for one in rects if one.get("fill") and min(one["width"], one["height"]) > THIN]
    return [(_box(one), _gray(one)) for one in large[:MAX_FILLS]]


def _gray(shape: dict[str, Any]) -> float:
    # Colors are grounds to write on. Of one number it is not known whether it is a gray or a tint,
    # which is dark where a gray is light: only what is neither light nor dark is sure.
    parts = _color(shape)[:3]
    if not parts:
        return 1.0
    is_sure = light(shape) >= DIM if len(parts) == 1 else max(parts) - min(parts) <= NEUTRAL
    return light(shape) if is_sure else 1.0


def of_edges(
    edges: Sequence[dict[str, Any]], buttons: tuple[Box, ...] = (), *, is_exact: bool = False
) -> Strokes:
    """What these edges make together.

    Args:
        edges: as pdfplumber has them.
        buttons: small circles.
        is_exact: whether they end where they were meant to, as those of a scan do not.
    """
    from pdfplumber import table

    straight = [edge for edge in edges if edge.get("orientation") in ("h", "v")]
    merged = table.merge_edges(straight, SAME_LINE, SAME_LINE, GAP, GAP)
    merged += [*openings.sides(merged), *openings.tops(merged)] if is_exact else []
    level = [edge for edge in merged if edge["orientation"] == "h"]
    if len(level) * (len(merged) - len(level)) > MAX_PAIRS:
        return Strokes(buttons=buttons)
    meetings = table.edges_to_intersections(merged, SAME_LINE, SAME_LINE)
    if len(meetings) > MAX_MEETINGS:
        return Strokes(buttons=buttons)
    cells = [Box("", *corners) for corners in table.intersections_to_cells(meetings)]
    rules = [rule for rule in map(_box, level) if not _is_side(rule, cells)]
    if not is_exact:  # shorter ones are parts of letters
        rules = [rule for rule in rules if rule.right - rule.left >= MIN_SCANNED]
    return Strokes(tuple(rules), tuple(cells), buttons)


def is_small_square(cell: Box) -> bool:
    """Whether a cell is of the size and shape of a box to be ticked."""
    width, height = cell.right - cell.left, cell.bottom - cell.top
    return (
        min(width, height) >= MIN_TICK
        and max(width, height) <= MAX_TICK
        and max(width, height) <= SQUARE * min(width, height)
    )


def _seen(shapes: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    # What is filled dark is an ornament, and white on white is not seen, but on a tint it is.
    tints = [shape for shape in shapes if shape.get("fill") and DARK <= light(shape) < WHITE]
    lines = outlines.filled(shapes)
    for shape in shapes:
        is_flat = min(shape["width"], shape["height"]) <= THIN
        lightness = light(shape)
        if (
            shape.get("stroke")
            or shape["object_type"] == "line"
            or id(shape) in lines
            or (shape.get("fill") and (is_flat or DARK <= lightness < WHITE))
            or (
                shape.get("fill")
                and lightness >= WHITE
                and any(_is_around(t, shape) for t in tints)
            )
        ):
            yield shape


def _edges(shape: dict[str, Any]) -> Iterable[dict[str, Any]]:
    from pdfplumber.utils import obj_to_edges

    left, top, right, bottom = shape["x0"], shape["top"], shape["x1"], shape["bottom"]
    if bottom - top <= THIN < right - left:
        return [edge(left, (top + bottom) / 2, right, (top + bottom) / 2)]
    if right - left <= THIN < bottom - top:
        return [edge((left + right) / 2, top, (left + right) / 2, bottom)]
    if shape["object_type"] == "curve" and _is_rounded_box(shape):
        return [
            edge(left, top, right, top),
            edge(left, bottom, right, bottom),
            edge(left, top, left, bottom),
            edge(right, top, right, bottom),
        ]
    return list(obj_to_edges(shape))


def _is_rounded_box(curve: dict[str, Any]) -> bool:
    # Its straight parts reach along its sides, and only corners are missing.
    left, top, right, bottom = curve["x0"], curve["top"], curve["x1"], curve["bottom"]
    across = [x for x, y in curve["pts"] if min(abs(y - top), abs(y - bottom)) < 0.5]
    if right - left <= MAX_BUTTON or len(across) < 4:
        return False
    return bool(max(across) - min(across) >= 0.5 * (right - left))


def _is_button(curve: dict[str, Any]) -> bool:
    width, height = float(curve["width"]), float(curve["height"])
    return (
        min(width, height) >= MIN_BUTTON
        and max(width, height) <= MAX_BUTTON
        and max(width, height) <= ROUND * min(width, height)
        and bool(curve.get("stroke") or not curve.get("fill") or light(curve) > DARK)
    )


def _is_side(rule: Box, cells: Sequence[Box]) -> bool:
    covered = sum(
        max(0.0, min(rule.right, cell.right) - max(rule.left, cell.left))
        for cell in cells
        if min(abs(rule.top - cell.top), abs(rule.top - cell.bottom)) <= SAME_LINE
    )
    return covered >= 0.5 * (rule.right - rule.left)


def _is_around(outer: dict[str, Any], inner: dict[str, Any]) -> bool:
    return bool(
        outer is not inner
        and outer["x0"] <= inner["x0"]
        and outer["top"] <= inner["top"]
        and outer["x1"] >= inner["x1"]
        and outer["bottom"] >= inner["bottom"]
    )


def _color(shape: dict[str, Any]) -> list[float]:
    color = shape.get("non_stroking_color")
    parts = [color] if isinstance(color, (int, float)) else list(color or ())
    return [float(part) for part in parts if isinstance(part, (int, float))]


def light(shape: dict[str, Any]) -> float:
    """How light what pdfplumber has is filled: 0 is black, 1 is white."""
    numbers = _color(shape)
    if len(numbers) == 4:  # cyan, magenta, yellow, black
        return 1 - min(1.0, sum(numbers[:3]) / 3 + numbers[3])
    return sum(numbers) / len(numbers) if numbers else 0.0


def _box(shape: dict[str, Any]) -> Box:
    left, top, right, bottom = (float(shape[name]) for name in ("x0", "top", "x1", "bottom"))
    return Box("", left, top, right, bottom)
