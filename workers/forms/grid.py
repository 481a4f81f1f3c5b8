"""The cells that lines make on a page: which are empty, and which lie beside one another."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from workers.documents.layout import Box
from workers.forms.sheet import Sheet

# How far apart the sides of neighbours may be.
TOUCHING = 3.0
# What is smaller than this is too small to write in.
MIN_WIDTH, MIN_HEIGHT = 18.0, 8.5
# A cell that covers more of the page is its frame.
FRAME = 0.6
# Cells beyond this are a drawing, or graph paper.
MAX_CELLS = 3_000
MAX_STEPS = 200


class Grid:
    """The cells of a page, and the text in each."""

    def __init__(self, sheet: Sheet) -> None:
        cells = sheet.strokes.cells if len(sheet.strokes.cells) <= MAX_CELLS else ()
        self.cells = tuple(cell for cell in cells if not _is_around_any(cell, cells))
        self._phrases: dict[int, list[Box]] = {id(cell): [] for cell in self.cells}
        for phrase in sheet.phrases:
            for cell in self.cells:
                if is_inside(phrase, cell):
                    self._phrases[id(cell)].append(phrase)
        self._marked = {
            id(cell)
            for cell in self.cells
            for mark in (
                *sheet.blanks,
                *sheet.ticks,
                *sheet.codes,
                *sheet.strokes.buttons,
                *sheet.turned,
            )
            if is_inside(mark, cell)
        }

    def phrases(self, cell: Box) -> list[Box]:
        """The text in a cell."""
        return self._phrases[id(cell)]

    def text(self, cell: Box) -> str:
        """The text in a cell, on one line."""
        return " ".join(phrase.text for phrase in self.phrases(cell))

    def has_marks(self, cell: Box) -> bool:
        """Whether there are gaps or boxes in it that are made of characters."""
        return id(cell) in self._marked

    def is_empty(self, cell: Box) -> bool:
        """Whether there is nothing in it."""
        return not self.phrases(cell) and not self.has_marks(cell)

    def left(self, cell: Box) -> Box | None:
        """The cell that touches it on the left."""
        return self._nearest(cell, self._by_right.get(round(cell.left / TOUCHING), ()), -1)

    def right(self, cell: Box) -> Box | None:
        """The cell that touches it on the right."""
        return self._nearest(cell, self._by_left.get(round(cell.right / TOUCHING), ()), 1)

    def above(self, cell: Box) -> Box | None:
        """The cell that touches it above."""
        return self._over(cell, self._by_bottom.get(round(cell.top / TOUCHING), ()), -1)

    def below(self, cell: Box) -> Box | None:
        """The cell that touches it below."""
        return self._over(cell, self._by_top.get(round(cell.bottom / TOUCHING), ()), 1)

    def row_label(self, cell: Box) -> str:
        """The nearest text in the cells left of it."""
        beside = self.left(cell)
        for _ in range(MAX_STEPS):
            if beside is None or self.text(beside):
                break
            beside = self.left(beside)
        return self.text(beside) if beside else ""

    def header(self, cell: Box) -> str:
        """The text that its column begins with."""
        over = self.above(cell)
        for _ in range(MAX_STEPS):
            if over is None or self.text(over):
                break
            over = self.above(over)
        for _ in range(MAX_STEPS):
            higher = self.above(over) if over else None
            if over is None or higher is None or not self.text(higher):
                break
            if abs((higher.right - higher.left) - (over.right - over.left)) > 2 * TOUCHING:
                break
            over = higher
        return self.text(over) if over else ""

    def _nearest(self, cell: Box, beside: Iterable[Box], side: int) -> Box | None:
        for other in beside:
            edge = cell.left - other.right if side < 0 else other.left - cell.right
            is_level = other.top - TOUCHING <= cell.middle <= other.bottom + TOUCHING
            if is_level and abs(edge) <= TOUCHING and other is not cell:
                return other
        return None

    def _over(self, cell: Box, stacked: Iterable[Box], side: int) -> Box | None:
        centre = (cell.left + cell.right) / 2
        for other in stacked:
            edge = cell.top - other.bottom if side < 0 else other.top - cell.bottom
            if other.left <= centre <= other.right and abs(edge) <= TOUCHING and other is not cell:
                return other
        return None

    @cached_property
    def _by_left(self) -> dict[int, list[Box]]:
        return _indexed(self.cells, "left")

    @cached_property
    def _by_right(self) -> dict[int, list[Box]]:
        return _indexed(self.cells, "right")

    @cached_property
    def _by_top(self) -> dict[int, list[Box]]:
        return _indexed(self.cells, "top")

    @cached_property
    def _by_bottom(self) -> dict[int, list[Box]]:
        return _indexed(self.cells, "bottom")


def is_frame(cell: Box, sheet: Sheet) -> bool:
    """Whether a cell is the frame of its page."""
    width, height = cell.right - cell.left, cell.bottom - cell.top
    return width * height > FRAME * sheet.width * sheet.height


def is_as_wide(cell: Box, other: Box) -> bool:
    """Whether two cells may be of one column."""
    return abs((cell.right - cell.left) - (other.right - other.left)) <= 2 * TOUCHING


def is_inside(box: Box, cell: Box) -> bool:
    """Whether the middle of a box lies in a cell."""
    centre = (box.left + box.right) / 2
    return cell.left <= centre <= cell.right and cell.top <= box.middle <= cell.bottom


def _indexed(cells: Iterable[Box], side: str) -> dict[int, list[Box]]:
    # By where a side is, in steps as wide as neighbours may be apart; each also in the next ones.
    index: dict[int, list[Box]] = {}
    for cell in cells:
        step = round(getattr(cell, side) / TOUCHING)
        for near in (step - 1, step, step + 1):
            index.setdefault(near, []).append(cell)
    return index


def _is_around_any(cell: Box, cells: Iterable[Box]) -> bool:
    return any(
        other is not cell
        and cell.left <= other.left
        and cell.top <= other.top
        and cell.right >= other.right
        and cell.bottom >= other.bottom
        and other != cell
        for other in cells
    )
