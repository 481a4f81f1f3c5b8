"""Which column of a table is which property."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from workers.local.extraction import (
    codes,
    column_cells,
    details,
    factors,
    labels,
    meant_columns,
    names,
    numbers,
    orders,
    units,
)
from workers.local.extraction.found import Leaf
from workers.local.extraction.grid import Grid, Piece, Row
from workers.local.extraction.names import Names
from workers.local.extraction.schemas import Node
from workers.local.extraction.values import Values

# A column, and the line of its cells; None for all of them.
Key = tuple[int, int | None]
Mapping = dict[Key, tuple[Node, float]]

# How many of a column's cells have to be what the property wants.
MIN_READABLE = 0.5
# How well a line of a header has to fit, for the lines of its cells to be properties of their own.
_STACKED = 0.8
_BRACKETS = re.compile(r"[()\[\]]")
_DAY = re.compile(r"\d{1,2}[./]\d{1,2}\.?")
_TEXTS = frozenset(("description", "item", "name", "service"))


def matched(header: Sequence[str], known: Names) -> Mapping:
    """Each column of a header with the property that it is, and how well it fits.

    Args:
        header: the columns' names, their lines parted by line feeds.
        known: the properties.
    """
    return _greedy(_fits(header, known))


def mapping(grid: Grid, known: Names, values: Values, array: str) -> Mapping:
    """Each column of a table that a property may have its values from, with the property.

    Args:
        grid: the table.
        known: the properties.
        values: reads the cells.
        array: what the properties' array is called.
    """
    fits = [
        (score, key, leaf)
        for score, key, leaf in _fits(grid.header, known)
        if _readable(grid, key, leaf, values) >= MIN_READABLE and not _counts(grid, key, leaf)
    ]
    found = _greedy(fits)
    if found:
        found = _in_every_row(grid, fits, found)
        found |= _left_over(grid, known, found)
        found |= _in_currency(grid, known, found, values)
        found |= _multiplied(grid, known, found, values)
        found |= _in_order(grid, known, found, values)
    found |= _meant(grid, known, found, values, array)
    return found | _in_order(grid, known, found, values)


def read(row: Row, key: Key, leaf: Node, values: Values) -> Leaf | None:
    """What a row says of a property.

    Args:
        row: the row.
        key: the property's column.
        leaf: the property.
        values: reads the cell.
    """
    piece = details.without(cell(row, key, leaf), leaf)
    for part in (piece, piece.line(0)) if piece and "\n" in piece.text else (piece,):
        text = part.text if part and names.role(leaf) == "address" else column_cells.tidy(part)
        value = values.read(leaf, text, part.place.page.is_recognized) if part else None
        value = value or values.short_date(leaf, text)
        if value and part:
            return Leaf(value.value, value.text, part.place)
        if leaf.types == ("string",):
            break
    return None


def cell(row: Row, key: Key, leaf: Node) -> Piece | None:
    """A property's cell in a row. Of a number in several lines it is the first."""
    column, line = key
    piece = row[column]
    if piece is None or "\n" not in piece.text:
        return piece if not line else None
    if line is None and names.role(leaf) == "number" and piece.text.split("\n")[0][-1:] not in "-/":
        line = 0
    return piece if line is None else piece.line(line)


def _fits(header: Sequence[str], known: Names) -> Iterator[tuple[float, Key, Node]]:
    for column, text in enumerate(header):
        for leaf, score in known.matches(" ".join(text.split()), True).items():
            yield score, (column, None), leaf
        lines = text.split("\n") if "\n" in text else []
        for number, line in enumerate(lines):
            if line.startswith("("):
                continue  # it explains the line above
            for leaf, score in known.matches(line, True).items():
                if score >= _STACKED:
                    yield score - 0.01, (column, number), leaf


def _counts(grid: Grid, key: Key, leaf: Node) -> bool:
    # A column `#` with `1`, `2`, `3` has no item's code.
    is_items = bool({"item", "code"} & set(labels.tokens(grid.header[key[0]])))
    return codes.is_code(leaf) and not is_items and column_cells.is_counting(grid, key[0])


def _greedy(fits: Iterator[tuple[float, Key, Node]] | list[tuple[float, Key, Node]]) -> Mapping:
    # The surest first; of columns that fit as well, the first.
    found: Mapping = {}
    taken: set[Node] = set()
    order = sorted(
        fits, key=lambda fit: (-fit[0], fit[1][0], fit[1][1] is not None, fit[1][1] or 0)
    )
    for score, key, leaf in order:
        column, line = key
        is_used = any(
            other[0] == column and (line is None or other[1] in (None, line)) for other in found
        )
        if not is_used and leaf not in taken:
            found[key] = leaf, score
            taken.add(leaf)
    return found


def _readable(grid: Grid, key: Key, leaf: Node, values: Values) -> float:
    rows = [row for row in grid.rows[: column_cells.SAMPLE] if cell(row, key, leaf)]
    texts = [column_cells.tidy(cell(row, key, leaf)) for row in rows]
    if not texts:
        return 1.0 if leaf.is_nullable or leaf.types == ("string",) else 0.0
    if units.is_unit(leaf):
        return sum(map(units.may_be, texts)) / len(texts)
    if leaf.types == ("string",) and names.role(leaf) is None and all(map(_DAY.fullmatch, texts)):
        return 0.0  # days of a year that is said elsewhere are no words
    if leaf.types == ("string",) and names.role(leaf) == "name":
        return sum(1 for text in texts if any(map(str.isalpha, text))) / len(texts)
    return sum(1 for row in rows if read(row, key, leaf, values)) / len(rows)


def _in_every_row(grid: Grid, fits: Sequence[tuple[float, Key, Node]], found: Mapping) -> Mapping:
    # `Item` in every row names what `Description` beside it explains in some.
    moved = dict(found)
    for key, (leaf, _) in found.items():
        if leaf.types[:1] != ("string",) or not _TEXTS & set(labels.tokens(leaf.name)):
            continue
        if all(row[key[0]] for row in grid.rows):
            continue
        for score, other, wanting in fits:
            is_free = other[0] in _free(grid, moved) and wanting is leaf
            if is_free and column_cells.is_of_names(grid, other[0]):
                del moved[key]
                moved[other] = leaf, score
                break
    return moved


def _left_over(grid: Grid, known: Names, found: Mapping) -> Mapping:
    # A column of words, and one property that wants words: they are made for one another.
    wanting = [
        leaf
        for leaf in _untaken(known, found)
        if leaf.types == ("string",)
        and "enum" not in leaf.schema
        and _TEXTS & set(labels.tokens(leaf.name))
        and names.role(leaf) in (None, "name")
    ]
    columns = [column for column in _free(grid, found) if column_cells.is_wordy(grid, column)]
    if len(wanting) != 1 or len(columns) != 1:
        return {}
    return {(columns[0], None): (wanting[0], labels.SIMILAR)}


def _in_currency(grid: Grid, known: Names, found: Mapping, values: Values) -> Mapping:
    # The only column that is headed by a currency alone, `EUR`, holds the amounts.
    left = _untaken(known, found)
    wanting = [leaf for leaf in left if factors.of(leaf, known.leaves) == "sum"]
    columns = [
        column
        for column in _free(grid, found)
        if _BRACKETS.sub("", grid.header[column].strip()) in numbers.CURRENCY_CODES
    ]
    if len(wanting) != 1 or len(columns) != 1:
        return {}
    key = columns[0], None
    if _readable(grid, key, wanting[0], values) < MIN_READABLE:
        return {}
    return {key: (wanting[0], labels.SIMILAR)}


def _in_order(grid: Grid, known: Names, found: Mapping, values: Values) -> Mapping:
    if any(line is not None for _, line in found):
        return {}
    columns = {column: leaf for (column, _), (leaf, _) in found.items()}
    header = [
        name if any(row[at] for row in grid.rows) else "" for at, name in enumerate(grid.header)
    ]
    told = orders.between(header, known.leaves, columns)
    return {
        (column, None): (leaf, labels.SIMILAR)
        for column, leaf in told.items()
        if _readable(grid, (column, None), leaf, values) >= MIN_READABLE
        and (leaf.types != ("string",) or names.role(leaf) or column_cells.is_wordy(grid, column))
        and column_cells.fit(grid, column, leaf) is not None
    }


def _meant(grid: Grid, known: Names, found: Mapping, values: Values, array: str) -> Mapping:
    # What columns are called in other words, as far as what stands in them may be that.
    if any(line is not None for _, line in found):
        return {}
    free = set(_free(grid, found))
    # A first column without a name has what the rows are about.
    header = [grid.header[0].strip() or array, *grid.header[1:]]
    texts = [name if column in free else "" for column, name in enumerate(header)]

    def fit(column: int, leaf: Node) -> float | None:
        is_free = orders.may_be(header[column], leaf) and not (
            column_cells.is_counting(grid, column) and leaf.types == ("string",)
        )
        if not is_free or _readable(grid, (column, None), leaf, values) < MIN_READABLE:
            return None
        return column_cells.fit(grid, column, leaf)

    told = meant_columns.aligned(texts, _untaken(known, found), array, fit)
    return {
        (column, None): (leaf, labels.SIMILAR * score) for column, (leaf, score) in told.items()
    }


def _untaken(known: Names, found: Mapping) -> list[Node]:
    taken = {leaf for leaf, _ in found.values()}
    return [leaf for leaf in known.leaves if leaf not in taken]


def _free(grid: Grid, found: Mapping) -> list[int]:
    used = {column for column, _ in found}
    return [column for column in range(len(grid.header)) if column not in used]


def _multiplied(grid: Grid, known: Names, found: Mapping, values: Values) -> Mapping:
    kinds = {leaf: factors.of(leaf, known.leaves) for leaf in known.leaves}
    wanting = {
        kind: [leaf for leaf in _untaken(known, found) if kinds[leaf] == kind]
        for kind in factors.FACTORS
    }
    placed = {kind: key for key, (leaf, _) in found.items() if (kind := kinds[leaf])}
    columns = {column: _numbers(grid, (column, None), values) for column in _free(grid, found)}
    columns |= {key[0]: _numbers(grid, key, values) for key in placed.values()}
    told = factors.find(columns, {kind: key[0] for kind, key in placed.items()})
    return {
        (column, None): (wanting[kind][0], labels.SIMILAR)
        for kind, column in told.items()
        if len(wanting[kind]) == 1
    }


def _numbers(grid: Grid, key: Key, values: Values) -> list[Decimal | None]:
    column, line = key
    cells = [row[column] for row in grid.rows]
    texts = ["".join(cell.text.split("\n")[line or 0 :][:1]) if cell else "" for cell in cells]
    return [_number(text, values) if text.strip() else None for text in texts]


def _number(text: str, values: Values) -> Decimal | None:
    # `4 pcs. of 6` begins with it.
    whole = values.number(text)
    return values.number(text.split()[0]) if whole is None else whole
