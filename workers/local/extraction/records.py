"""Arrays of objects from the rows of tables, and arrays of scalars from lists and columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import compress

from workers.local.extraction import (
    bare_lines,
    called,
    codes,
    columns,
    debits,
    details,
    grids,
    groups,
    halves,
    labels,
    meant_columns,
    names,
    stacked,
    sublines,
    units,
)
from workers.local.extraction.columns import Mapping
from workers.local.extraction.found import Finds, Leaf
from workers.local.extraction.grid import Grid, Piece, Row
from workers.local.extraction.names import Names
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

_Reader = Callable[[Row], dict[Node, Leaf]]

# With fewer columns of a table than this a header could be any line.
MIN_COLUMNS = 2
# A title tells between tables that fit as well as this share of the best.
_NEARLY = 0.7
# In so many lines above its header a table's title may stand.
_TITLE_LINES = 2
# What the rows of a statement have.
_MOVED = frozenset(("balance", "debit", "credit"))
# Fewer rows than this, and small numbers, add up to the last by chance.
_LEAST_SUMMED, _LEAST_SUM, _CENT = 4, 20, 0.005
# So many texts in every row but one tell that this is none.
_LEAST_TEXTS = 2
# With as many columns as there are properties, and no fewer than this, one name is enough.
_WHOLE_HEADER = 4


def rows(
    array: Node,
    sheets: Sequence[Sheet],
    values: Values,
    taken: Collection[Segment] = (),
    *,
    by_meaning: bool = False,
) -> tuple[list[Finds], set[Segment], float]:
    """What the document's tables hold of an array of objects.

    Args:
        array: the array.
        sheets: the document's pages.
        values: reads the cells.
        taken: the segments of tables that are other arrays'.
        by_meaning: whether a header may name the properties in other words.

    Returns:
        The objects' finds; the segments of their tables; and how well the best table's header
        fits, 0 if there is none.
    """
    leaves = list(array.items.leaves()) if array.items else []
    if not leaves:
        return [], set(), 0.0
    known = Names(leaves, in_table=True, whole=array.name)
    needed = min(MIN_COLUMNS, len(leaves))

    headers = meant_columns.Headers(leaves, array.name)

    def score(texts: Sequence[str]) -> float:
        if by_meaning:
            return headers.score(texts)
        filled = [text for text in texts if text]
        matched = columns.matched(filled, known)
        sure = [column for column, _ in matched if not _is_value(filled[column])]
        is_header = (
            len(sure) >= needed
            and len(matched) >= needed
            and 2 * len(matched) >= min(len(filled), len(leaves))
        )
        is_whole = len(filled) == len(leaves) >= _WHOLE_HEADER and bool(sure)
        if not is_header and not is_whole:
            return 0.0
        return sum(fit for _, fit in matched.values()) / (1 if is_header else 2)

    best: list[tuple[float, Grid]] = []
    for grid in stacked.parted(halves.parted(grids.find(sheets, score))):
        mapping = columns.mapping(grid, known, values, array.name)
        is_enough = not by_meaning or len(mapping) >= max(needed, len(leaves) / 2)
        if mapping and grid.rows and is_enough and grid.used.isdisjoint(taken):
            best.append((sum(fit for _, fit in mapping.values()), grid))
    if not best:
        return [], set(), 0.0
    top = max(fit for fit, _ in best)
    chosen = next(grid for fit, grid in best if fit == top)
    objects: list[Finds] = []
    used: set[Segment] = set()
    titled = _titled([grid for fit, grid in best if fit >= _NEARLY * top], array)
    for grid in titled or [grid for _, grid in best if grid.is_like(chosen)]:
        mapping = columns.mapping(grid, known, values, array.name)
        more, left = _objects(grid, mapping, values, array, is_strict=by_meaning)
        objects += more
        used |= {segment for segment in grid.used if not set(map(id, segment.seen)) <= left}
    return objects, used, top


def _titled(grids_found: list[Grid], array: Node) -> list[Grid]:
    # Of tables that may all be meant those that are called as the array is: `DEDUCTIONS`.
    scores = [_title_score(grid, array) for grid in grids_found]
    top = max(scores)
    return [
        grid
        for grid, score in zip(grids_found, scores, strict=True)
        if score == top >= labels.SIMILAR
    ]


def _title_score(grid: Grid, array: Node) -> float:
    lines = [segment.line for segment in grid.used if segment.page is grid.sheet.page]
    if not lines or not grid.columns:
        return 0.0
    left, right = grid.columns[0][0], grid.columns[-1][1]
    above = grid.sheet.lines[max(min(lines) - _TITLE_LINES, 0) : min(lines)]
    above = [line for line in above if not any(map(bare_lines.amount, line))]  # nor another's sum
    titles = [one for line in above for one in line if one.left < right and left < one.right]
    own = called.fit(array.name, grid.header[0])  # `Taxes` over the names of taxes
    return max((called.fit(array.name, one.text) for one in titles), default=own)


def _objects(
    grid: Grid, mapping: Mapping, values: Values, array: Node, *, is_strict: bool
) -> tuple[list[Finds], set[int]]:
    # The rows' objects, and the words of the lines under the last, which are none of the table's.
    objects: list[Finds] = []
    records: list[Row] = []
    left: set[int] = set()
    further = _within(grid, mapping, values, array)
    add_sublines = _sublines(mapping, values, array)
    grouped, group = groups.of(array, [leaf for leaf, _ in mapping.values()]), None
    carried = _carried(array)
    less = {
        key: debits.mark(
            [cell.text for row in grid.rows if (cell := columns.cell(row, key, leaf))], leaf.name
        )
        for key, (leaf, _) in mapping.items()
    }
    for number, row in enumerate(grid.rows):
        finds, group = Finds(), groups.heading(grid, number) or group
        for key, (leaf, _) in mapping.items():
            read = columns.read(row, key, leaf, values)
            cell = columns.cell(row, key, leaf)
            if read and cell:
                finds.leaves[leaf] = debits.signed(read, leaf, cell.text, less[key])
        # A row that lacks most of what the others have is a remark between them. One that lacks a
        # single thing is an item, also where the schema requires it: left out, it would be lost
        # without a word, where a failure names it.
        # Under a header in other words no row may lack half.
        is_record = 2 * len(finds.leaves) >= len(mapping) + is_strict
        if carried and objects and carried in objects[-1].leaves:
            finds.leaves.setdefault(carried, objects[-1].leaves[carried])
        if is_record:
            for read_more in further:
                finds.leaves |= read_more(row)
            add_sublines(finds, row)
            if grouped and group:
                finds.leaves |= groups.told(grouped, group, values)
            objects.append(finds)
            records.append(row)
            left.clear()
        else:
            is_over = is_strict and bool(objects) and not grid.is_ruled
            under = grid.rows[number:] if is_over else [row]
            left = left.union(*map(_words, under))
            if is_over:
                break
    objects, records = _named(objects, records, mapping)
    end = _end(objects, records)
    return objects[:end], left.union(*map(_words, records[end:]))


def _named(
    objects: list[Finds], records: list[Row], mapping: Mapping
) -> tuple[list[Finds], list[Row]]:
    # `Account-wide charges  6.00  9.21` names nothing that all other rows do.
    texts = {leaf for leaf, _ in mapping.values() if leaf.types == ("string",)}
    named = [bool(texts & row.leaves.keys()) for row in objects]
    whole = [texts <= row.leaves.keys() for row, has in zip(objects, named, strict=True) if has]
    if len(texts) < _LEAST_TEXTS or len(whole) <= named.count(False) or not all(whole):
        return objects, records
    return list(compress(objects, named)), list(compress(records, named))


def _end(objects: Sequence[Finds], records: Sequence[Row]) -> int:
    # How many rows there are before their sum. Amid others it has to be called one, since an item
    # may cost as much as all before it.
    for number in range(_LEAST_SUMMED - 1, len(objects)):
        is_sum = number == len(objects) - 1 or _is_called_sum(records[number])
        if is_sum and _sums_up(objects[: number + 1]):
            return number
    return len(objects)


def _is_called_sum(row: Row) -> bool:
    first = next((cell for cell in row if cell), None)
    return first is not None and "total" in labels.tokens(first.text)


def _words(row: Row) -> set[int]:
    return {id(word) for piece in row if piece for word in piece.place.words}


def _sums_up(objects: Sequence[Finds]) -> bool:
    # `Full cost of project  19,860` is no row, if it is what the others come to.
    *rows_above, last = objects
    numbers = [leaf for leaf in last.leaves if {"number", "integer"} & set(leaf.types)]
    sums = {
        leaf: sum(row.leaves[leaf].value for row in rows_above if leaf in row.leaves)
        for leaf in numbers
    }
    return max(sums.values(), default=0) >= _LEAST_SUM and all(
        abs(last.leaves[leaf].value - total) < _CENT for leaf, total in sums.items()
    )


def _carried(array: Node) -> Node | None:
    # A statement says the date of several movements beside the first of them.
    leaves = list(array.items.leaves()) if array.items else []
    dates = [leaf for leaf in leaves if names.role(leaf) == "date"]
    moved = {token for leaf in leaves for token in labels.tokens(leaf.name)} & _MOVED
    return dates[0] if len(dates) == 1 and moved else None


def _within(grid: Grid, mapping: Mapping, values: Values, array: Node) -> list[_Reader]:
    # What reads of a row what its cells say beside the properties whose columns they are in.
    keys = {leaf: key for key, (leaf, _) in mapping.items()}
    leaves = list(array.items.leaves()) if array.items else []
    readers: list[_Reader] = []

    def cell(row: Row, leaf: Node) -> Piece | None:
        return columns.cell(row, keys[leaf], leaf)

    if measured := units.wanted(leaves, list(keys)):
        quantity, unit = measured
        readers.append(lambda row: units.read(cell(row, quantity), unit, values))
    if both := details.wanted(leaves, list(keys)):
        of_both, name, detail = both
        readers.append(lambda row: details.parted(cell(row, of_both), name, detail, values))
    if coded := codes.wanted(leaves, list(keys)):
        with_code, code, text = coded
        if codes.are_in([cell(row, with_code) for row in grid.rows]):
            readers.append(lambda row: codes.parted(cell(row, with_code), code, text, values))
    return readers


def _sublines(mapping: Mapping, values: Values, array: Node) -> Callable[[Finds, Row], None]:
    # What puts into a row's finds what the lines under its text say.
    keys = {leaf: key for key, (leaf, _) in mapping.items()}
    text, lines = sublines.text_of(list(keys)), sublines.Lines(array, keys.keys(), values)

    def add(finds: Finds, row: Row) -> None:
        if text is not None:
            lines.read(finds, text, columns.cell(row, keys[text], text))

    return add


def _is_value(text: str) -> bool:
    digits = sum(map(str.isdigit, text))
    return digits > 2 or 2 * digits > len(text)
