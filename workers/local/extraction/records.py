"""Arrays of objects from the rows of tables, and arrays of scalars from lists and columns."""

from __future__ import annotations

from collections.abc import Sequence

from workers.local.extraction import grids, labels, names
from workers.local.extraction.found import Finds, Leaf
from workers.local.extraction.grids import Grid, Piece
from workers.local.extraction.names import Names
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

# With fewer columns of a table than this a header could be any line.
MIN_COLUMNS = 2
# How many of a column's cells have to be what the property wants.
MIN_READABLE = 0.5
_SAMPLE = 30
_TEXTS = frozenset(("description", "item", "name", "service"))


def rows(
    array: Node, sheets: Sequence[Sheet], values: Values
) -> tuple[list[Finds], set[Segment], float]:
    """What the document's tables hold of an array of objects.

    Args:
        array: the array.
        sheets: the document's pages.
        values: reads the cells.

    Returns:
        The objects' finds; the segments of their tables; and how well the best table's header
        fits, 0 if there is none.
    """
    leaves = list(array.items.leaves()) if array.items else []
    if not leaves:
        return [], set(), 0.0
    known = Names(leaves, in_table=True, whole=array.name)
    needed = min(MIN_COLUMNS, len(leaves))

    def is_header(texts: Sequence[str]) -> bool:
        filled = [text for text in texts if text]
        sure = [text for text in filled if not _is_value(text) and known.best(text, True) > 0]
        matched = _matched(filled, known)
        return (
            len(sure) >= needed
            and len(matched) >= needed
            and 2 * len(matched) >= min(len(filled), len(leaves))
        )

    best: list[tuple[float, Grid]] = []
    for grid in grids.find(sheets, is_header):
        mapping = _mapping(grid, known, values)
        if mapping and grid.rows:
            best.append((sum(score for _, score in mapping.values()), grid))
    if not best:
        return [], set(), 0.0
    top = max(score for score, _ in best)
    chosen = next(grid for score, grid in best if score == top)
    objects: list[Finds] = []
    used: set[Segment] = set()
    for _, grid in best:
        if grid.is_like(chosen):
            used |= grid.used
            mapping = _mapping(grid, known, values)
            objects += _objects(grid, mapping, values, array)
    return objects, used, top


def _matched(header: Sequence[str], known: Names) -> dict[int, tuple[Node, float]]:
    # Each column with the property that it is; the surest first.
    scores = [
        (score, -column, leaf)
        for column, text in enumerate(header)
        if text
        for leaf, score in known.matches(" ".join(text.split()), True).items()
    ]
    found: dict[int, tuple[Node, float]] = {}
    taken: set[Node] = set()
    for score, column, leaf in sorted(scores, key=lambda found: found[:2], reverse=True):
        if -column not in found and leaf not in taken:
            found[-column] = leaf, score
            taken.add(leaf)
    return found


def _mapping(grid: Grid, known: Names, values: Values) -> dict[int, tuple[Node, float]]:
    readable = {
        column: (leaf, score)
        for column, (leaf, score) in _matched(grid.header, known).items()
        if _readable(grid, column, leaf, values) >= MIN_READABLE
    }
    if not readable:
        return {}
    return {**readable, **_left_over(grid, known, readable, values)}


def _readable(grid: Grid, column: int, leaf: Node, values: Values) -> float:
    cells = [row[column] for row in grid.rows[:_SAMPLE]]
    texts = [cell.text for cell in cells if cell]
    if not texts:
        return 1.0 if leaf.is_nullable or leaf.types == ("string",) else 0.0
    return sum(1 for text in texts if values.read(leaf, text)) / len(texts)


def _left_over(
    grid: Grid, known: Names, found: dict[int, tuple[Node, float]], values: Values
) -> dict[int, tuple[Node, float]]:
    # A column of words, and one property that wants words: they are made for one another.
    taken = {leaf for leaf, _ in found.values()}
    wanting = [
        leaf
        for leaf in known.leaves
        if leaf not in taken
        and leaf.types == ("string",)
        and "enum" not in leaf.schema
        and _TEXTS & set(labels.tokens(leaf.name))
        and names.role(leaf) in (None, "name")
    ]
    columns = [
        column
        for column in range(len(grid.header))
        if column not in found and _is_wordy(grid, column)
    ]
    if len(wanting) != 1 or len(columns) != 1:
        return {}
    return {columns[0]: (wanting[0], labels.SIMILAR)}


def _is_wordy(grid: Grid, column: int) -> bool:
    cells = [row[column] for row in grid.rows[:_SAMPLE]]
    wordy = sum(1 for cell in cells if cell and sum(map(str.isalpha, cell.text)) > 3)
    return 2 * wordy > len(cells)


def _objects(
    grid: Grid, mapping: dict[int, tuple[Node, float]], values: Values, array: Node
) -> list[Finds]:
    objects: list[Finds] = []
    required = array.items.required if array.items else frozenset()
    mapped = {leaf.name for leaf, _ in mapping.values() if not leaf.parents}
    for row in grid.rows:
        finds = Finds()
        for column, (leaf, _) in mapping.items():
            piece = row[column]
            read = _read(leaf, piece, values) if piece else None
            if read:
                finds.leaves[leaf] = read
        names_found = {leaf.name for leaf in finds.leaves}
        # A row that lacks what the others have is a remark between them.
        is_record = 2 * len(finds.leaves) >= len(mapping)
        if is_record and not (required & mapped) - names_found - _nullable(array):
            objects.append(finds)
    return objects


def _nullable(array: Node) -> set[str]:
    properties = array.items.properties if array.items else {}
    return {name for name, node in properties.items() if node.is_nullable}


def _read(leaf: Node, piece: Piece, values: Values) -> Leaf | None:
    text = piece.text if names.role(leaf) == "address" else " ".join(piece.text.split())
    value = values.read(leaf, text, piece.place.page.is_recognized)
    return Leaf(value.value, value.text, piece.place) if value else None


def _is_value(text: str) -> bool:
    digits = sum(map(str.isdigit, text))
    return digits > 2 or 2 * digits > len(text)
