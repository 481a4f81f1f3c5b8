"""Fields of a form that is only drawn: gaps in its text, lines to write on, boxes, empty cells."""

from __future__ import annotations

from collections.abc import Iterable

from workers.documents.layout import Box
from workers.forms import bands, cells, labels, phones, questions, rows, rules, sections
from workers.forms.book import View
from workers.forms.fields import CHECKBOX, TEXT, Field
from workers.forms.grid import Grid
from workers.forms.sheet import Sheet

# Of two places that share this much of the smaller one, one is meant.
SAME = 0.4


def fields(sheet: Sheet, view: View) -> list[Field]:
    """The fields of a page, in reading order.

    Args:
        sheet: the page.
        view: how it is seen.
    """
    grid = Grid(sheet)
    ticks = _apart((tick, "") for tick in (*sheet.ticks, *cells.ticks(sheet, grid)))
    on_lines = rules.gaps(sheet)
    lines = [box for box, _ in on_lines]
    gaps = _apart(
        [*phones.gaps(sheet, grid), *cells.gaps(sheet, grid), *on_lines, *bands.gaps(sheet)]
    )
    places = [box for box, _ in (*ticks, *gaps)]
    letters = cells.letters(sheet, grid)
    found: list[tuple[Box, Field]] = []
    for box, known in gaps:
        others = [other for other in places if other is not box]
        of_gap = labels.of_line if any(box is line for line in lines) else labels.of_blank
        label = known or of_gap(box, others, sheet) or labels.of_table(box, others, sheet)
        label = label or labels.hinted(box, sheet)
        if label:
            parts = [view.place(cell) for cell in letters.get(box, ())]
            written_on = [view.place(line) for line in rules.lines(box, sheet)]
            field = Field(
                label, TEXT, view.place(box), letters=tuple(parts), lines=tuple(written_on)
            )
            found.append((box, field))
    on_ticks = [box for box, _ in ticks]
    asked = questions.of_ticks(on_ticks, [box for box, _ in gaps], sheet)
    for box in on_ticks:
        others = [other for other in places if other is not box]
        label = labels.of_checkbox(box, others, sheet) or cells.label_of_tick(box, grid)
        label = label or labels.of_table(box, others, sheet)
        if label:
            found.append((box, Field(label, CHECKBOX, view.place(box), group=asked[box])))
    step = max(sheet.line_height, 1)
    found.sort(key=lambda each: (round(each[0].bottom / step), each[0].left))
    return [field for _, field in rows.numbered(sections.told(found, sheet), sheet)]


def _apart(candidates: Iterable[tuple[Box, str]]) -> list[tuple[Box, str]]:
    # What comes first is surer, and stands for whatever overlaps it.
    kept: list[tuple[Box, str]] = []
    for box, label in candidates:
        if not any(_is_same(box, other) for other, _ in kept):
            kept.append((box, label))
    return kept


def _is_same(box: Box, other: Box) -> bool:
    across = min(box.right, other.right) - max(box.left, other.left)
    down = min(box.bottom, other.bottom) - max(box.top, other.top)
    smaller = min(_area(box), _area(other))
    return across > 0 and down > 0 and across * down > SAME * smaller


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)
