"""Tables side by side under one header: `Earnings  Hours  Amount  Deductions  Amount`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workers.local.extraction import column_cells, labels
from workers.local.extraction.grid import Grid, Row

# Each of the two has a column of names, and at least one of something else.
_LEAST_COLUMNS = 4


def parted(grids: Iterable[Grid]) -> Iterator[Grid]:
    """Tables, of which each whose header says the same twice is two."""
    for grid in grids:
        middle = seam(grid.header)
        if middle and column_cells.is_wordy(_of_names(grid, middle), middle):
            yield from _halves(grid, middle)
        else:
            yield grid


def seam(header: Sequence[str]) -> int:
    """Where the second of two tables begins under one header; 0 if it is one table's.

    Args:
        header: the columns' names.
    """
    if len(header) < _LEAST_COLUMNS or not all(name.strip() for name in header):
        return 0
    found = [labels.tokens(name) for name in header]
    for middle in range(2, len(header) - 1):
        left, right = found[:middle], found[middle:]
        shorter = min(len(left), len(right)) - 1
        is_same = left[-shorter:] == right[-shorter:] or left[-1] == right[1]
        if is_same and left[0] and right[0] and left[0] not in right and right[0] not in left:
            return middle
    return 0


def width(header: Sequence[str], cells: Sequence[object]) -> int:
    """How many columns a row has: of two tables those of the one that it is in alone.

    Args:
        header: the columns' names.
        cells: for each column what the row has in it, if anything.
    """
    middle = seam(header)
    for start, end in ((0, middle), (middle, len(header))):
        if middle and cells[start] and not any(cells[:start]) and not any(cells[end:]):
            return end - start
    return len(header)


def _of_names(grid: Grid, column: int) -> Grid:
    # The rows that reach into the second table, which may be the shorter one.
    return replace(grid, rows=[row for row in grid.rows if any(row[column:])])


def _halves(grid: Grid, middle: int) -> Iterator[Grid]:
    left = [row[:middle] for row in grid.rows]
    right = [row[middle:] for row in grid.rows]
    words = {id(word) for row in right for cell in row if cell for word in cell.place.words}
    of_right = {one for one in grid.used if words & {id(word) for word in one.seen}}
    for header, rows, used, columns in (
        (grid.header[:middle], left, grid.used - of_right, grid.columns[:middle]),
        (grid.header[middle:], right, of_right, grid.columns[middle:]),
    ):
        filled: list[Row] = [row for row in rows if any(row)]
        if filled:
            yield Grid(header, filled, grid.sheet, used, columns, grid.is_open, grid.is_ruled)
