"""Tables under one another in the same columns, each with a header: `Taxes` after `Earnings`."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from workers.local.extraction import labels
from workers.local.extraction.grid import Grid, Row
from workers.local.extraction.segments import has_digit


def parted(grids: Iterable[Grid]) -> Iterator[Grid]:
    """The tables, those that a further header is amid as one each.

    Args:
        grids: tables, each as it was found under its first header.
    """
    for grid in grids:
        starts = [number for number, row in enumerate(grid.rows) if _is_header(row, grid.header)]
        if not starts:
            yield grid
            continue
        yield _part(grid, grid.header, 0, starts[0])
        for start, end in itertools.pairwise([*starts, len(grid.rows)]):
            header = [cell.text if cell else "" for cell in grid.rows[start]]
            yield _part(grid, header, start + 1, end)


def _part(grid: Grid, header: list[str], start: int, end: int) -> Grid:
    # The first has what is in none of them as well, such as their common title.
    if start == 0:
        others = _words(grid.rows[end:])
        used = {one for one in grid.used if others.isdisjoint(map(id, one.seen))}
    else:
        own = _words(grid.rows[start - 1 : end])
        used = {one for one in grid.used if not own.isdisjoint(map(id, one.seen))}
    return replace(grid, header=header, rows=grid.rows[start:end], used=used)


def _words(rows: list[Row]) -> set[int]:
    return {id(word) for row in rows for cell in row if cell for word in cell.place.words}


def _is_header(row: Row, header: list[str]) -> bool:
    # It is called otherwise in its first cell, and has the other columns' names again.
    first, *others = [(cell, name) for cell, name in zip(row, header, strict=False)]
    said = [(cell.text, name) for cell, name in others if cell]
    is_named = first[0] is not None and not has_digit(first[0].text)
    return (
        is_named
        and bool(said)
        and all(labels.plain(one) == labels.plain(name) for one, name in said)
    )
