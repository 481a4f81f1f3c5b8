"""Rows of a form's table, as people list them: a line each, with a comma between the cells."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from workers.forms import asked, wording
from workers.forms.fields import Field, Values

_BETWEEN = re.compile(r"\s*(?:[;|\t]|,(?!\d{3}(?!\d)))\s*")
# A list of fewer parts is a sentence's.
_LEAST_CELLS, _MOST_LINES, _LONGEST = 3, 200, 300


def filled(text: str, fields: Sequence[Field], values: Values) -> Values:
    """The cells of the only table, from lines that have as many parts as it has columns.

    Args:
        text: the instructions.
        fields: the form's.
        values: what is filled in already; a table of which any cell is, is left alone.
    """
    table = _table(fields)
    width = max(map(len, table), default=0)
    is_begun = any(values[field.key] is not None for row in table for field in row)
    if width < _LEAST_CELLS or is_begun or any(len(row) != width for row in table):
        return {}
    lines = [parts for parts in _lines(text) if len(parts) == width]
    is_fitting = all(_fits(parts, row) for parts, row in zip(lines, table, strict=False))
    if not is_fitting or len(lines) > len(table):
        return {}
    return {
        field.key: asked.part(field.printed or field.description, part)
        for parts, row in zip(lines, table, strict=False)
        for part, field in zip(parts, row, strict=True)
    }


def _table(fields: Sequence[Field]) -> list[list[Field]]:
    rows: dict[int, list[Field]] = defaultdict(list)
    for field in fields:
        if field.row and not field.is_checkbox:
            rows[field.row].append(field)
    return [rows[number] for number in sorted(rows)]


def _lines(text: str) -> Iterator[list[str]]:
    for line in text.splitlines()[:_MOST_LINES]:
        plain = wording.BULLET.sub("", line).strip().rstrip(".")
        if len(plain) <= _LONGEST:
            yield _BETWEEN.split(plain)


def _fits(parts: Sequence[str], row: Sequence[Field]) -> bool:
    # A date and an amount stand where they are asked for.
    kinds = [asked.kind(field.printed or field.description) for field in row]
    return all(
        any(map(str.isdigit, part))
        for part, kind in zip(parts, kinds, strict=True)
        if kind in ("date", "amount", "count", "phone")
    )
