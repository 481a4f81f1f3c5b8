"""A page as people see it: words and tables, and where they lie."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from workers.documents import layout
from workers.documents.layout import Box, Line
from workers.documents.tables import LINE_SEPARATOR


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
        text: lines of text; a line with separators is a row of a table's cells, each of which
            may have several lines.
        number: the page's, from 1.
        separator: what stands between cells.
    """
    words: list[Box] = []
    tables: list[Table] = []
    rows: list[tuple[Box, ...]] = []
    top = 0
    for line in [*text.split("\n"), None]:
        if rows and (line is None or separator not in line):
            tables.append(Table(tuple(rows)))
            rows = []
        if line is None:
            break
        if separator in line:
            cells = _cells(line.split(separator), rows[-1] if rows else (), top)
            rows.append(cells)
            words += [word for cell in cells for word in _words_of_cell(cell)]
            top = max(round(cell.bottom) for cell in cells)
        else:
            words += words_of(Box(line, 0, top, len(line), top + 1))
            top += 1
    width = max((word.right for word in words), default=1)
    return Page(number, width, top, tuple(words), tuple(tables))


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
        lines = text.split(LINE_SEPARATOR)
        width = max(map(len, lines))
        cells.append(Box("\n".join(lines), left, top, left + width, top + len(lines)))
        right = left + width + 2
    return tuple(cells)


def _words_of_cell(cell: Box) -> list[Box]:
    return [
        word
        for top, line in enumerate(cell.text.split("\n"), round(cell.top))
        for word in words_of(Box(line, cell.left, top, cell.left + len(line), top + 1))
    ]


def _share(value: float) -> float:
    return round(min(max(value, 0.0), 1.0), 5)
