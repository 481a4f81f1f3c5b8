"""Free room within a cell that holds other things as well: below a question, above a postcode."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from workers.documents.layout import Box
from workers.forms import labels
from workers.forms.grid import MAX_CELLS, is_frame, is_inside
from workers.forms.sheet import Sheet

# How high free room is at the least: in line heights, and as a share of its cell.
MIN_LINES, MIN_SHARE = 3.0, 0.35
MIN_WIDTH = 80.0
MAX_LABEL_WORDS = 14


def gaps(sheet: Sheet) -> Iterator[tuple[Box, str]]:
    """The largest free room of each cell that is neither empty nor full, with its label."""
    if len(sheet.strokes.cells) > MAX_CELLS:
        return
    for cell in sheet.strokes.cells:
        width, height = cell.right - cell.left, cell.bottom - cell.top
        if width < MIN_WIDTH or height < MIN_LINES * sheet.line_height or is_frame(cell, sheet):
            continue
        inside = _inside(cell, sheet)
        band = _largest(cell, inside)
        room = band.bottom - band.top
        if inside and room >= max(MIN_LINES * sheet.line_height, MIN_SHARE * height):
            label = _label(band, cell, sheet)
            if label:
                yield band, label


def _inside(cell: Box, sheet: Sheet) -> list[Box]:
    strokes = sheet.strokes
    things = (*sheet.phrases, *sheet.blanks, *sheet.ticks, *strokes.buttons, *strokes.rules)
    return [
        *(thing for thing in things if is_inside(thing, cell)),
        *(other for other in strokes.cells if other != cell and is_inside(other, cell)),
    ]


def _largest(cell: Box, inside: list[Box]) -> Box:
    # Sides of cells are a hair inside the one around them.
    ends = sorted((max(one.top, cell.top), min(one.bottom, cell.bottom)) for one in inside)
    edges, reached = [(cell.top, cell.top)], cell.top
    for top, bottom in ends:
        edges.append((top, max(reached, bottom)))
        reached = max(reached, bottom)
    edges.append((cell.bottom, cell.bottom))
    free = [(above[1], below[0]) for above, below in pairwise(edges)]
    top, bottom = max(free, key=lambda gap: gap[1] - gap[0])
    return Box("", cell.left, top, cell.right, bottom)


def _label(band: Box, cell: Box, sheet: Sheet) -> str:
    over = [
        phrase
        for phrase in sheet.phrases
        if is_inside(phrase, cell) and phrase.middle < band.top + 1 and labels.is_label(phrase.text)
    ]
    if not over:
        above = labels.above_of(band, (), sheet)
        return labels.clean(above.text, from_start=True) if above else ""
    last = max(over, key=lambda phrase: phrase.bottom)
    line = [phrase for phrase in over if abs(phrase.bottom - last.bottom) <= 2]
    text = " ".join(phrase.text for phrase in sorted(line, key=lambda phrase: phrase.left))
    places = (*sheet.blanks, *sheet.strokes.cells, *sheet.strokes.rules)
    if any(
        last.top <= place.middle <= last.bottom + 1 for place in places if is_inside(place, cell)
    ):
        return ""  # it is the label of what stands beside it
    is_short = len(text.split()) <= MAX_LABEL_WORDS or text.rstrip().endswith((":", "?", ")"))
    return labels.clean(text, from_start=True) if is_short else ""
