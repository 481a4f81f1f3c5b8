"""The order in which people read what lies on a page: lines, columns, tables in their place.

A page is a set of boxes with text. Boxes at one height make a line. Lines under one another that
all leave the same gutter free, and fill what is left and right of it, are columns, read one after
the other. Lines that leave a gutter but do not fill their sides (labels and values, say) stay
lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

# Shares of the page's typical line height.
SAME_LINE = 0.5
GUTTER = 1.0
PARAGRAPH_GAP = 0.75
MIN_COLUMN_LINES = 3
# A page with many gutters is a table without rules, and no text in columns.
MAX_GUTTERS_TRIED = 3
# A line of more than this share of the page's width closes the columns above it.
FULL_WIDTH = 0.6
# How much of a column's width its typical line fills, where it is running text.
FILLED = 0.55


@dataclass(frozen=True)
class Box:
    """Some text and where it lies, in any unit, the origin at the top left.

    `is_block` marks what stands for itself, such as a rendered table: it never joins a line.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    is_block: bool = False

    @property
    def middle(self) -> float:
        """Its vertical centre."""
        return (self.top + self.bottom) / 2


Line = list[Box]


def as_text(boxes: Sequence[Box]) -> str:
    """The boxes' text in reading order, a line a line, a blank line between paragraphs."""
    height = _line_height(boxes)
    blocks = _in_order(_lines(boxes, height), height)
    return "\n".join(_with_gaps(blocks, height)).strip("\n")


def lines(boxes: Sequence[Box]) -> list[Line]:
    """The boxes by the line that they stand on, across the whole page, from the top."""
    return _lines(boxes, _line_height(boxes))


def _line_height(boxes: Sequence[Box]) -> float:
    words = [box for box in boxes if not box.is_block]
    return median(box.bottom - box.top for box in words) if words else 1.0


def _lines(boxes: Sequence[Box], height: float) -> list[Line]:
    lines: list[Line] = []
    middles = 0.0  # of the last line's boxes, summed up
    for box in sorted(boxes, key=lambda box: (box.middle, box.left)):
        line = lines[-1] if lines else None
        if (
            line
            and not (box.is_block or line[0].is_block)
            and abs(box.middle - middles / len(line)) <= SAME_LINE * height
        ):
            line.append(box)
            middles += box.middle
            continue
        lines.append([box])
        middles = box.middle
    return [sorted(line, key=lambda box: box.left) for line in lines]


def _in_order(lines: list[Line], height: float) -> list[Line]:
    ordered: list[Line] = []
    position = 0
    while position < len(lines):
        end, gutter = _columns_from(lines, position, height)
        if gutter is None:
            ordered.append(lines[position])
            position += 1
            continue
        boxes = [box for line in lines[position:end] for box in line]
        for side in (
            [box for box in boxes if box.right <= gutter],
            [box for box in boxes if box.left >= gutter],
        ):
            ordered += _in_order(_lines(side, height), height)
        position = end
    return ordered


def _columns_from(lines: list[Line], start: int, height: float) -> tuple[int, float | None]:
    # The longest run of lines from here that all leave a gutter free; its end, and the gutter if
    # what is on both sides of it is running text.
    page_left = min(box.left for line in lines for box in line)
    page_right = max(box.right for line in lines for box in line)
    occupied: list[tuple[float, float]] = []
    gaps: list[tuple[float, float]] = []
    end = start
    for position in range(start, len(lines)):
        occupied = _union(occupied, [(box.left, box.right) for box in lines[position]])
        free = [
            (left, right)
            for (_, left), (right, _) in pairwise(occupied)
            if right - left >= GUTTER * height
        ]
        if free:
            gaps, end = free, position + 1
        elif occupied[-1][1] - occupied[0][0] > FULL_WIDTH * (page_right - page_left):
            break
    widest = sorted(gaps, key=lambda gap: gap[0] - gap[1])[:MAX_GUTTERS_TRIED]
    for left, right in widest:
        gutter = (left + right) / 2
        if _is_running_text(lines[start:end], gutter, height):
            return end, gutter
    return start, None


def _union(
    occupied: list[tuple[float, float]], more: list[tuple[float, float]]
) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for left, right in sorted([*occupied, *more]):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _is_running_text(lines: list[Line], gutter: float, height: float) -> bool:
    boxes = [box for line in lines for box in line]
    return all(
        _fills_its_side([box for box in boxes if (box.left >= gutter) == is_right], height)
        for is_right in (False, True)
    )


def _fills_its_side(boxes: list[Box], height: float) -> bool:
    lines = _lines(boxes, height)
    if len(lines) < MIN_COLUMN_LINES:
        return False
    width = max(box.right for box in boxes) - min(box.left for box in boxes)
    filled = median(sum(box.right - box.left for box in line) for line in lines)
    words = median(len(" ".join(box.text for box in line).split()) for line in lines)
    return filled >= FILLED * width and words >= 2


def _with_gaps(lines: list[Line], height: float) -> list[str]:
    texts: list[str] = []
    previous: Line | None = None
    for line in lines:
        if previous is not None:
            gap = min(box.top for box in line) - max(box.bottom for box in previous)
            is_new_column = gap < -height
            if (
                gap > PARAGRAPH_GAP * height
                or is_new_column
                or line[0].is_block
                or previous[0].is_block
            ):
                texts.append("")
        texts.append(" ".join(box.text for box in line))
        previous = line
    return texts
