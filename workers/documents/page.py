"""A page as people see it: words and tables, and where they lie."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from workers.documents import layout
from workers.documents.layout import Box, Line


@dataclass(frozen=True)
class Table:
    """A table's cells, row by row, each with its place; a cell without text has an empty one."""

    rows: tuple[tuple[Box, ...], ...]

    @property
    def texts(self) -> list[list[str]]:
        """Its cells' texts."""
        return [[cell.text for cell in row] for row in self.rows]


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes:
        number: from 1.
        width: in the unit of its boxes: points of a PDF, pixels of an image, characters of a text.
        height: likewise.
        words: all of them, those of tables included, in no particular order.
        tables: those that were found.
        is_recognized: whether OCR has read it, so that letters may be wrong.
    """

    number: int
    width: float
    height: float
    words: tuple[Box, ...]
    tables: tuple[Table, ...] = ()
    is_recognized: bool = False

    @cached_property
    def text(self) -> str:
        """Its words in reading order, tables as lines like any other."""
        return layout.as_text(self.words)

    @cached_property
    def lines(self) -> list[Line]:
        """Its words by the line that they stand on, across the whole page, from the top."""
        return layout.lines(self.words)

    def normalized(self, box: Box) -> dict[str, float]:
        """Where a box lies, in shares of the page: `left`, `top`, `width` and `height`."""
        left, top = box.left / self.width, box.top / self.height
        right, bottom = box.right / self.width, box.bottom / self.height
        return {
            "left": _share(left),
            "top": _share(top),
            "width": _share(right - left),
            "height": _share(bottom - top),
        }


def of_text(text: str, number: int, separator: str) -> Page:
    """Lay out plain text: a character is a unit wide, a line a unit high.

    Args:
        text: lines of text; a line with separators is a row of a table's cells.
        number: the page's, from 1.
        separator: what stands between cells.
    """
    words: list[Box] = []
    tables: list[Table] = []
    rows: list[tuple[Box, ...]] = []
    lines = text.split("\n")
    for top, line in enumerate(lines):
        if separator in line:
            cells = _cells(line.split(separator), rows[-1] if rows else (), top)
            rows.append(cells)
            words += [word for cell in cells for word in words_of(cell)]
        else:
            words += words_of(Box(line, 0, top, len(line), top + 1))
        if rows and (separator not in line or top == len(lines) - 1):
            tables.append(Table(tuple(rows)))
            rows = []
    width = max((word.right for word in words), default=1)
    return Page(number, width, len(lines), tuple(words), tuple(tables))


def words_of(box: Box) -> list[Box]:
    """A line's words, each with its share of the line's box."""
    step = (box.right - box.left) / max(len(box.text), 1)
    return [
        replace(
            box,
            text=word.group(),
            left=box.left + step * word.start(),
            right=box.left + step * word.end(),
        )
        for word in re.finditer(r"\S+", box.text)
    ]


def _cells(texts: Sequence[str], above: Sequence[Box], top: float) -> tuple[Box, ...]:
    # Each starts where the one above it does, if the one before it leaves that place free.
    cells: list[Box] = []
    right = 0.0
    for column, text in enumerate(texts):
        left = max(right, above[column].left if column < len(above) else 0)
        cells.append(Box(text, left, top, left + len(text), top + 1))
        right = left + len(text) + 2
    return tuple(cells)


def _share(value: float) -> float:
    return round(min(max(value, 0.0), 1.0), 5)
