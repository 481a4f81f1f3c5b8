"""Numbers of telephones with a place for the area code in parentheses: `(     )`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workers.documents.layout import Box
from workers.forms import labels
from workers.forms.grid import Grid, is_frame, is_inside
from workers.forms.sheet import Sheet, is_level

# How long the place behind the parentheses is at the least, and how far a parenthesis reaches.
MIN_LENGTH, PARENTHESIS = 36.0, 4.0
# How far below the parentheses a line to write on may lie, in line heights.
UNDER = 0.6


def gaps(sheet: Sheet, grid: Grid) -> Iterator[tuple[Box, str]]:
    """The places between such parentheses and behind them, with their label.

    On a line to write on, the line is the place.
    """
    for code in sheet.codes:
        if any(_is_under(rule, code, sheet) for rule in sheet.strokes.rules):
            continue
        label = labels.of_blank(code, (), sheet)
        inner = replace(code, left=code.left + PARENTHESIS, right=code.right - PARENTHESIS)
        yield inner, label
        cell = next((one for one in grid.cells if is_inside(code, one)), None)
        if cell is not None and not is_frame(cell, sheet):
            behind = replace(code, left=code.right + 1, right=_end(code, cell, sheet))
            if behind.right - behind.left >= MIN_LENGTH:
                yield behind, label


def _is_under(rule: Box, code: Box, sheet: Sheet) -> bool:
    is_across = rule.left <= code.left + PARENTHESIS and rule.right >= code.right - PARENTHESIS
    return is_across and abs(rule.top - code.bottom) <= UNDER * sheet.line_height


def _end(code: Box, cell: Box, sheet: Sheet) -> float:
    # Dashes between the parts of the number are no end of it.
    after = (*(p for p in sheet.phrases if labels.is_label(p.text)), *sheet.ticks, *sheet.codes)
    lefts = (one.left - 2 for one in after if is_level(code, one) and one.left >= code.right)
    return min((*lefts, cell.right))
