"""Whether labels stand above their values or beside them, by how they lie."""

from __future__ import annotations

import re

from workers.local.extraction.segments import Segment, Sheet, has_digit

# `Period (12:01 a.m.)` is a label.
_BRACKETED = re.compile(r"\([^()]*\)")
_LEAST_LABELS = 3
# So far from a label other rows are looked at, which have a label and a value.
_MOST_ROWS, _PAIR = 8, 2


def are_headings(label: Segment, right: Segment) -> bool:
    """Whether two are headings in capitals: `BILL TO   SERVICE LOCATION`."""
    return all(one.text.isupper() and not has_digit(one.text) for one in (label, right))


def is_form(label: Segment, sheet: Sheet) -> bool:
    """Whether a label begins a row of a table whose columns are labels and values by turns."""
    if label.cell is None or label is not sheet.lines[label.line][0]:
        return False
    table, _, column = label.cell
    cells = [one for one in sheet.segments if one.cell and one.cell[0] == table]
    own = [one for one in cells if one.cell and one.cell[2] == column]
    told = [one for one in cells if one.cell and one.cell[2] == column + 1]
    if any(has_digit(one.text) for one in own):
        own, told = _around(label, sheet)  # other rows of one sheet may be a table's
    is_told = any(has_digit(one.text) for one in told) and len(own) >= _LEAST_LABELS
    return is_told and not any(has_digit(one.text) for one in own)


def _around(label: Segment, sheet: Sheet) -> tuple[list[Segment], list[Segment]]:
    # The first and the second cells of the rows of two cells right above and under a label.
    rows = [label.line]
    for step in (-1, 1):
        number = label.line + step
        while _is_alike(label, sheet, number) and abs(number - label.line) <= _MOST_ROWS:
            rows.append(number)
            number += step
    lines = [sheet.lines[number] for number in rows if len(sheet.lines[number]) == _PAIR]
    return [line[0] for line in lines], [line[1] for line in lines]


def _is_alike(label: Segment, sheet: Sheet, number: int) -> bool:
    line = sheet.lines[number] if 0 <= number < len(sheet.lines) else []
    first = line[0].cell if len(line) == _PAIR else None
    return first is not None and label.cell is not None and first[::2] == label.cell[::2]


def is_headed(label: Segment, right: Segment, below: Segment) -> bool:
    """Whether a value is under a label in a ruled row of labels.

    Args:
        label: the label.
        right: what is in the next cell, under which nothing may be.
        below: what may be the value.
    """
    if label.cell is None or right.cell is None or below.cell is None:
        return False
    is_row = label.cell[:2] == right.cell[:2] and label.cell[2] != right.cell[2]
    is_under = below.cell == (label.cell[0], label.cell[1] + 1, label.cell[2])
    is_named = not has_digit(_BRACKETED.sub("", right.text))
    return is_row and is_under and has_digit(below.text) and is_named
