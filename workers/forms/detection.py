"""Fields of a form that is only drawn: gaps in its text, lines to write on, boxes, empty cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from workers.documents.layout import Box
from workers.forms import bands, cells, labels, phones, questions, rows, rules, sections, sentences
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
    gaps = _apart(
        [*phones.gaps(sheet, grid), *cells.gaps(sheet, grid), *on_lines, *bands.gaps(sheet)]
    )
    boxes = [box for box, _ in ticks]
    found = [
        *_to_tick(boxes, [box for box, _ in gaps], grid, sheet, view),
        *_to_write_in(gaps, boxes, [box for box, _ in on_lines], grid, sheet, view),
    ]
    step = max(sheet.line_height, 1)
    found.sort(key=lambda each: (round(each[0].bottom / step), each[0].left))
    return [field for _, field in rows.numbered(sections.told(found, sheet), sheet)]


def _to_write_in(
    gaps: Sequence[tuple[Box, str]],
    ticks: Sequence[Box],
    on_lines: Sequence[Box],
    grid: Grid,
    sheet: Sheet,
    view: View,
) -> Iterator[tuple[Box, Field]]:
    places, letters = [*ticks, *(box for box, _ in gaps)], cells.letters(sheet, grid)
    for box, known in gaps:
        others = [other for other in places if other is not box]
        if any(box is line for line in on_lines):
            of_gap, around = sentences.of_line(box, others, sheet)
        else:
            of_gap, around = labels.of_blank(box, others, sheet), ""
        label = known or of_gap or labels.of_table(box, others, sheet)
        label = label or labels.hinted(box, sheet)
        if label:
            field = Field(
                label,
                TEXT,
                view.place(box),
                printed="" if known else around,
                letters=tuple(view.place(cell) for cell in letters.get(box, ())),
                lines=tuple(view.place(line) for line in rules.lines(box, sheet)),
            )
            yield box, field


def _to_tick(
    ticks: Sequence[Box], gaps: Sequence[Box], grid: Grid, sheet: Sheet, view: View
) -> Iterator[tuple[Box, Field]]:
    asked = questions.of_ticks(ticks, gaps, sheet)
    for box in ticks:
        others = [other for other in (*ticks, *gaps) if other is not box]
        label = labels.of_checkbox(box, others, sheet) or cells.label_of_tick(box, grid)
        label = label or labels.of_table(box, others, sheet)
        if label:
            yield box, Field(label, CHECKBOX, view.place(box), group=asked[box])


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
