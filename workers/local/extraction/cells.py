"""The cells of a page's ruled tables."""

from __future__ import annotations

import math
from bisect import bisect_right

from workers.documents.layout import Box
from workers.documents.page import Page

# A table, and in it a row and a column.
Cell = tuple[int, int, int]


class Cells:
    """Tells of each word of a page which cell it lies in."""

    def __init__(self, page: Page) -> None:
        self._tables = []
        for table in page.tables:
            rows = [
                sorted(
                    (cell.left, cell.right, cell.top, cell.bottom, column)
                    for column, cell in enumerate(row)
                    if cell.right > cell.left
                )
                for row in table.rows
            ]
            tops = [min((cell[2] for cell in row), default=0.0) for row in rows]
            self._tables.append((tops, rows))

    def __call__(self, word: Box) -> Cell | None:
        middle = (word.left + word.right) / 2
        for table, (tops, rows) in enumerate(self._tables):
            number = bisect_right(tops, word.middle) - 1
            for row in range(number, -1, -1):
                cells = rows[row]
                place = bisect_right(cells, (middle, math.inf)) - 1
                if place < 0:
                    continue
                left, right, top, bottom, column = cells[place]
                if left <= middle <= right and top <= word.middle <= bottom:
                    return table, row, column
                if row < number - 20:  # a merged cell reaches down from above
                    break
        return None
