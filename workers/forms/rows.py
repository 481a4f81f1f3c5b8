"""The rows of a table: places of one name under one another, as under a column's header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workers.documents.layout import Box
from workers.forms import labels
from workers.forms.fields import Field
from workers.forms.sheet import Sheet

# In line heights: how far apart rows are; and how exactly cells of a column are above one another.
APART, SAME = 1.6, 3.0

Found = tuple[Box, Field]


def numbered(found: Sequence[Found], sheet: Sheet) -> list[Found]:
    """The fields of a page, those of a table each with its row.

    Args:
        found: the fields with their places.
        sheet: the page.
    """
    rows: dict[int, int] = {}
    for column in _columns(found, sheet):
        rows.update((at, row) for row, at in enumerate(column, 1))
    return [(box, replace(field, row=rows.get(at, 0))) for at, (box, field) in enumerate(found)]


def _columns(found: Sequence[Found], sheet: Sheet) -> Iterator[list[int]]:
    # As indices of the fields; one alone makes no column.
    alike: dict[tuple[str, str], list[int]] = {}
    for at, (box, field) in enumerate(found):
        if not field.is_checkbox and not _has_own_label(box, field, sheet):
            alike.setdefault((field.description, field.section), []).append(at)
    for indices in alike.values():
        open_columns: list[list[int]] = []
        for at in sorted(indices, key=lambda at: found[at][0].top):
            box = found[at][0]
            column = next((c for c in open_columns if _follows(box, found[c[-1]][0], sheet)), None)
            if column is None:
                open_columns.append([at])
            else:
                column.append(at)
        yield from (column for column in open_columns if len(column) > 1)


def _has_own_label(box: Box, field: Field, sheet: Sheet) -> bool:
    beside = labels.left_of(box, (), sheet)
    return beside is not None and labels.clean(beside.text) == field.description


def _follows(box: Box, above: Box, sheet: Sheet) -> bool:
    return (
        abs(box.left - above.left) <= SAME
        and abs(box.right - above.right) <= SAME
        and -SAME <= box.top - above.bottom <= APART * sheet.line_height
    )
