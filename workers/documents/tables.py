"""A table as text, in the format that was asked for."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from typing import Any

from workers.documents.limits import Tally

# ASCII's own character for this: no text has it.
CELL_SEPARATOR = "\x1f"
# And what stands between the lines of one cell.
LINE_SEPARATOR = "\x1e"
Rows = Sequence[Sequence[str]]
# Of all tables of a document together. Where rows are of unequal length, empty cells fill them up.
MAX_CELLS, MAX_FILLED_UP = 500_000, 2_000_000


class Tables:
    """The tables of a document, as far as their cells are read."""

    def __init__(self, filename: str, table_format: str) -> None:
        """See `render` for the format."""
        self.cells = Tally(filename, MAX_CELLS, "cells")
        self._filled_up = Tally(filename, MAX_FILLED_UP, "cells, those that fill up rows included")
        self._format = table_format

    @property
    def keeps_lines(self) -> bool:
        """Whether the lines of a cell matter to whoever asked for its text."""
        return self._format == "cells"

    def render(self, rows: Rows) -> str:
        """Write a table whose cells have been counted.

        Raises:
            JobFailure: its rows are too many for the longest of them.
        """
        self._filled_up.add(len(rows) * max(map(len, rows), default=0))
        return render(rows, self._format)


def render(rows: Rows, table_format: str) -> str:
    """Write a table.

    Args:
        rows: its cells' texts, the header first.
        table_format: `html`, `markdown`, `yaml` or `json`; or `cells`, a line a row with
            CELL_SEPARATOR between its cells and LINE_SEPARATOR between a cell's lines, for
            readers of this program.
    """
    width = max((len(row) for row in rows), default=0)
    even = [[*row, *[""] * (width - len(row))] for row in rows]
    return _FORMATS[table_format](even)


def _html(rows: Rows) -> str:
    lines = ["<table>"]
    for number, row in enumerate(rows):
        tag = "th" if number == 0 and len(rows) > 1 else "td"
        cells = (html.escape(cell, quote=False).replace("\n", "<br>") for cell in row)
        lines.append("<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>")
    return "\n".join([*lines, "</table>"])


def _markdown(rows: Rows) -> str:
    lines = [
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", "<br>") for cell in row) + " |"
        for row in rows
    ]
    rule = "| " + " | ".join("---" for _ in rows[0]) + " |" if rows else ""
    return "\n".join([*lines[:1], rule, *lines[1:]])


def _yaml(rows: Rows) -> str:
    import yaml

    return str(
        yaml.safe_dump(_records(rows), allow_unicode=True, sort_keys=False, width=10_000)
    ).rstrip()


def _json(rows: Rows) -> str:
    return json.dumps(_records(rows), ensure_ascii=False)


def _records(rows: Rows) -> Any:
    # Rows with names where the first row gives every column one of its own, else plain rows.
    header = list(rows[0]) if rows else []
    if len(rows) > 1 and all(header) and len(set(header)) == len(header):
        return [dict(zip(header, row, strict=True)) for row in rows[1:]]
    return [list(row) for row in rows]


def _plain(rows: Rows) -> str:
    return "\n".join(CELL_SEPARATOR.join(map(_in_lines, row)) for row in rows)


def _in_lines(cell: str) -> str:
    lines = (" ".join(line.split()) for line in cell.splitlines())
    return LINE_SEPARATOR.join(filter(None, lines))


_FORMATS = {"cells": _plain, "html": _html, "markdown": _markdown, "yaml": _yaml, "json": _json}
