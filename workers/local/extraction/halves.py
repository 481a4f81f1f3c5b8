"""Tables side by side under one header: `Earnings  Amount  Deductions  Amount`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workers.local.extraction import labels
from workers.local.extraction.grid import Grid, Row

# Each of the two has a column of names, and at least one of something else.
_LEAST_COLUMNS = 4


def parted(grids: Iterable[Grid]) -> Iterator[Grid]:
    """Tables, of which each whose header says the same twice is two."""
    for grid in grids:
        if _is_double(grid.header):
            yield from _halves(grid)
        else:
            yield grid


def _halves(grid: Grid) -> Iterator[Grid]:
    middle = len(grid.header) // 2
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


def _is_double(header: list[str]) -> bool:
    middle = len(header) // 2
    if len(header) < _LEAST_COLUMNS or len(header) % 2:
        return False
    found = [labels.tokens(name) for name in header]
    left, right = found[:middle], found[middle:]
    return left[0] != right[0] and all(left) and left[1:] == right[1:]
