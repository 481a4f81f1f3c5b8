"""The tables of a document, as the arrays that they become."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workers.local.extraction import bare_rows, grids, labels, schemas
from workers.local.extraction.found import Finds
from workers.local.extraction.grids import Grid
from workers.local.extraction.segments import BLOCK_GAP, Segment, Sheet, has_digit
from workers.local.extraction.values import Values
from workers.local.inference import naming

ITEMS, ROWS = "line_items", "rows"
_OF_ITEMS = frozenset(("quantity", "price", "amount", "total", "unit"))
# What is reckoned with: under such a name stand numbers, also where a table has but two columns.
_MEASURES = frozenset(("amount", "total", "price", "quantity", "balance", "payable"))
_PAIR = 2
# Between a table and its title there are so many line heights at most.
_TITLE_GAP = 2.5
# Titles are as much larger than what is below them.
_LARGER = 1.15
# What tills print under one another without a header.
_BARE = {"quantity": "integer", "description": "string", "amount": "number"}


@dataclass
class Column:
    """What a label is, and all that stands there for it."""

    label: str
    texts: list[str] = field(default_factory=list)


Columns = dict[str, Column]


@dataclass
class Table:
    """A table, by the name of its array, with its columns and its segments."""

    name: str
    columns: Columns
    used: set[Segment]


def find(sheets: Sequence[Sheet], values: Values) -> list[Table]:
    """All tables of a document.

    Args:
        sheets: its pages.
        values: reads numbers.
    """
    found = [
        Table(_name(grid), columns, grid.used)
        for grid in _grids(sheets)
        if (len(grid.rows) > 1 or grid.is_ruled or _is_of_items(grid))
        and (columns := _columns(grid))
        and _is_table(grid, values)
    ]
    used = {segment for table in found for segment in table.used}
    if not any(table.name == ITEMS for table in found):
        found += _bare(sheets, values, used)
    return found


def _grids(sheets: Sequence[Sheet]) -> list[Grid]:
    # A form with its labels above its values looks like a table, and hides what follows.
    refused: list[Sequence[str]] = []

    def score(texts: Sequence[str]) -> float:
        return float(list(texts) not in refused and _is_header(texts))

    every = grids.find(sheets, score)
    while forms := [list(grid.header) for grid in every if _is_form(grid)]:
        refused += forms
        every = grids.find(sheets, score)
    return every


def _is_form(grid: Grid) -> bool:
    # Labels follow the values of those that were taken for a header.
    lines: dict[int, list[str]] = {}
    for one in grid.used:
        if one.page is grid.sheet.page:
            lines.setdefault(one.line, []).append(one.text)
    below = [lines[number] for number in sorted(lines)[1:]]
    return any(_are_labels(texts) for texts in below if sorted(texts) != sorted(grid.header))


def _are_labels(texts: Sequence[str]) -> bool:
    is_each = all(naming.is_label(text) and not has_digit(text) for text in texts)
    return len(texts) > 1 and is_each and any(map(labels.is_common, texts))


def _is_header(texts: Sequence[str]) -> bool:
    filled = [" ".join(text.split()) for text in texts if text.strip()]
    if len(filled) < 2 or len(set(filled)) < len(filled):
        return False
    if not all(naming.is_label(text) and ":" not in text for text in filled):
        return False
    common = sum(1 for text in filled if labels.is_common(text))
    if len(filled) == 2:
        return common == 2 or _is_measure(filled[1])
    return len(filled) == len(texts) or common > 1


def _is_measure(header: str) -> bool:
    return bool(_MEASURES & set(labels.tokens(header))) and labels.is_common(header)


def _is_table(grid: Grid, values: Values) -> bool:
    # Two labels beside one another may be a form's.
    if len([text for text in grid.header if text.strip()]) > 2 or not _is_measure(grid.header[-1]):
        return True
    last = [row[-1] for row in grid.rows]
    return all(cell is not None and values.number(cell.text) is not None for cell in last)


def _columns(grid: Grid) -> Columns:
    columns: Columns = {}
    for place, header in enumerate(grid.header):
        label = " ".join(header.split())
        name = naming.snake_case(label)
        texts = [" ".join(cell.text.split()) for row in grid.rows if (cell := row[place])]
        if name and texts:
            columns.setdefault(name, Column(label, texts))
    return columns


def _name(grid: Grid) -> str:
    tokens = {token for label in grid.header for token in labels.tokens(label)}
    if len(_OF_ITEMS & tokens) > 1:
        return ITEMS
    if len(grid.header) == 2 and not labels.is_common(grid.header[0]):
        return naming.snake_case(grid.header[0]) or ROWS  # `Deductions | Amount`
    return naming.snake_case(_title(grid)) or ROWS


def _is_of_items(grid: Grid) -> bool:
    # An invoice may have one row alone; labels above their values are seldom called so.
    return _name(grid) == ITEMS and len(grid.header) > _PAIR


def _title(grid: Grid) -> str:
    first = min(
        (one for one in grid.used if one.page is grid.sheet.page),
        key=lambda one: one.line,
        default=None,
    )
    above = grid.sheet.lines[first.line - 1] if first and first.line else []
    if first is None or len(above) != 1 or not _stands_alone(above[0], grid.sheet):
        return ""
    [title] = above
    is_close = first.top - title.bottom <= _TITLE_GAP * grid.sheet.height
    is_title = naming.is_label(title.text) and ":" not in title.text and not has_digit(title.text)
    return title.text if is_close and is_title else ""


def _stands_alone(title: Segment, sheet: Sheet) -> bool:
    # What follows another line closely is more of that, such as the last line of an address.
    if title.cell is not None:
        return False
    over = sheet.lines[title.line - 1] if title.line else []
    gap = min((title.top - one.bottom for one in over), default=sheet.height)
    return gap > BLOCK_GAP * sheet.height or title.bottom - title.top > _LARGER * sheet.height


def _bare(sheets: Sequence[Sheet], values: Values, used: set[Segment]) -> Iterator[Table]:
    properties = {name: {"type": kind} for name, kind in _BARE.items()}
    items = {"type": "object", "properties": properties}
    array = {"type": "array", "items": items}
    [node] = schemas.tree({"type": "object", "properties": {ITEMS: array}}).arrays()
    rows, segments = bare_rows.rows(node, [], sheets, values, used)
    columns = {name: Column(name, list(_texts(rows, name))) for name in _BARE}
    filled = {name: column for name, column in columns.items() if column.texts}
    if filled:
        yield Table(ITEMS, filled, segments)


def _texts(rows: Sequence[Finds], name: str) -> Iterator[str]:
    for row in rows:
        yield from (leaf.text for node, leaf in row.leaves.items() if node.name == name)
