"""Rows without a header above them, as tills print them: a text, and an amount at the end.

They are believed only where their amounts add up to a sum that stands under them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workers.local.extraction import bare_lines, called, factors, found, labels, names
from workers.local.extraction.bare_lines import Minor, Row, Told
from workers.local.extraction.found import Finds, Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

LEAST_ROWS = 2
# Of so many amounts under the rows, in so many lines, one has to be their sum.
SUM_WITHIN, _SUM_LINES = 4, 12
# So many lines without an amount may explain a row; and no till prints more lines than these.
_MOST_BETWEEN, _MOST_LINES = 3, 400
# So many lines of a run are tried as the first of the rows.
_MOST_STARTS = 12
# In so many lines above the first row a title may stand.
_TITLE_LINES = 2
_TEXTS = frozenset(("description", "item", "name", "service", "title"))
# `1 where none is printed`
_ELSE = re.compile(r"\b(\d{1,3}) (?:where|if|when|unless) (?:it is )?(?:none|no|not|nothing)\b")


@dataclass(frozen=True)
class _Block:
    # Rows that add up, and what may be their title.
    rows: list[Row]
    titles: list[str]
    label: str
    minor: Minor

    def is_of(self, array: Node) -> bool:
        """Whether they may be an array's: of taxes alone the sum has to be called as it is."""
        label = called.fit(array.name, self.label)
        return self.minor is not Minor.ALL or label >= labels.SIMILAR

    def fit(self, array: Node) -> float:
        return max(
            (called.fit(array.name, title) for title in (*self.titles, self.label)), default=0.0
        )

    @property
    def segments(self) -> set[Segment]:
        return {segment for row in self.rows for segment in row.segments}


@dataclass(frozen=True)
class _Columns:
    text: Node
    amount: Node
    quantity: Node | None
    price: Node | None

    @classmethod
    def of(cls, array: Node) -> _Columns | None:
        """The properties that such rows can tell; None if others are required."""
        leaves = list(array.items.leaves()) if array.items else []
        plain = [leaf for leaf in leaves if _is_plain(leaf)]
        texts = [leaf for leaf in plain if _TEXTS & set(labels.tokens(leaf.name))] or plain
        kinds: dict[str | None, Node] = {}
        for leaf in leaves:
            kinds.setdefault(factors.of(leaf, leaves), leaf)
        amount = kinds.get("sum") or kinds.get("price")
        if len(texts) != 1 or amount is None or not array.items:
            return None
        price = kinds.get("price") if amount is not kinds.get("price") else None
        columns = cls(texts[0], amount, kinds.get("quantity"), price)
        told = {node.name for node in (texts[0], amount, columns.quantity, price) if node}
        return columns if array.items.required <= told | _nullable(array) else None


def rows(
    array: Node,
    others: Sequence[Node],
    sheets: Sequence[Sheet],
    values: Values,
    used: set[Segment],
) -> tuple[list[Finds], set[Segment]]:
    """The rows of an array of objects that no header stands above, and their segments.

    Args:
        array: the array.
        others: the other arrays, which rows may belong to that are called so.
        sheets: the document's pages.
        values: reads the texts.
        used: the segments of tables.
    """
    columns = _Columns.of(array)
    if columns is None:
        return [], set()
    first: _Block | None = None
    for block in _blocks(sheets, values, used):
        if not block.is_of(array):
            continue
        own = block.fit(array)
        if own >= labels.SIMILAR and own >= max(map(block.fit, others), default=0.0):
            first = block
            break
        if first is None and not any(block.fit(other) >= labels.SIMILAR for other in others):
            first = block
    if first is None:
        return [], set()
    told = bare_lines.counted(first.rows) if columns.quantity else first.rows
    return [_finds(row, columns, values) for row in told], first.segments


def _blocks(sheets: Sequence[Sheet], values: Values, used: set[Segment]) -> Iterator[_Block]:
    taken = set(used)
    for sheet in sheets:
        for segment in _starts(sheet):
            block = None if segment in taken else _proven(sheet, segment, values, used)
            if block:
                taken |= block.segments
                yield block


def _starts(sheet: Sheet) -> Iterator[Segment]:
    # The first amounts under one another: those far below them would be tried in vain.
    runs: dict[int, tuple[int, int]] = {}
    for segment in sheet.segments:
        ending = bare_lines.amount(segment)
        if ending is None:
            continue
        column = round(bare_lines.ends(ending[1]) / sheet.character)
        last, count = runs.get(column, (-_SUM_LINES, 0))
        count = count + 1 if segment.line - last <= _MOST_BETWEEN + 1 else 1
        runs[column] = segment.line, count
        if count <= _MOST_STARTS:
            yield segment


def _proven(sheet: Sheet, first: Segment, values: Values, used: set[Segment]) -> _Block | None:
    # The rows that begin with an amount of a line, if they add up. A tax may be a row of its own.
    for minor in Minor:
        read = _rows_from(sheet, first, values, used, minor)
        label = _sum_label(read, sheet, values) if len(read) >= LEAST_ROWS else None
        if label is not None:
            return _Block(read, _titles(read[0], sheet), label, minor)
    return None


def _rows_from(
    sheet: Sheet, first: Segment, values: Values, used: set[Segment], minor: Minor
) -> list[Row]:
    begun = bare_lines.amount(first)
    right = bare_lines.ends(begun[1]) if begun else first.right
    read: list[Row] = []
    above = _between(sheet.lines[first.line - 1], first, right, sheet) if first.line else None
    between = 0
    for line in sheet.lines[first.line : first.line + _MOST_LINES]:
        place = bare_lines.at(line, right, sheet)
        if place is None:
            said = _between(line, read[0].amount if read else first, right, sheet)
            if said is None:
                continue  # a rule, or what stands beside the rows
            between += 1
            if between > _MOST_BETWEEN or used & set(line):
                break
            above = _explained(said, read, values)
            continue
        row = bare_lines.row(line[: place + 1], values, minor)
        row = bare_lines.named(row, above, values) if row else None
        if row is None or used & set(row.segments) or not _is_under(row, [*read, row][0], sheet):
            break
        read.append(row)
        above, between = None, 0
    return read


def _between(line: Sequence[Segment], first: Segment, right: float, sheet: Sheet) -> Segment | None:
    # What a line without an amount says left of the amounts; right of them is something else.
    inside = [one for one in line if one.left < right and any(map(str.isalnum, one.text))]
    return bare_lines.whole(inside) if inside else None


def _explained(said: Segment, read: list[Row], values: Values) -> Segment | None:
    # `2 @ 6.50` says how many there are of what stands above it; else it may name what is below.
    last = read[-1] if read else None
    both = bare_lines.multiplied(said, last.value, values) if last else None
    if last and both:
        segments = (*last.segments, said)
        read[-1] = replace(last, quantity=both[0], price=both[1], segments=segments)
        return None
    return said


def _is_under(row: Row, first: Row, sheet: Sheet) -> bool:
    # Or both have no quantity, and the texts are centred.
    if row.text is None or first.text is None:
        return False
    return sheet.is_aligned(row.text, first.text) or row.text.is_over(first.text)


def _sum_label(read: Sequence[Row], sheet: Sheet, values: Values) -> str | None:
    # What the sum of the rows is called; None if none of the amounts under them is that.
    total, amounts = sum((row.value for row in read), Decimal(0)), 0
    below = read[-1].amount.line + 1
    for line in sheet.lines[below : below + _SUM_LINES]:
        label = ""
        for segment in line:
            found_here = bare_lines.amount(segment)
            label = segment.text if found_here is None else _text(found_here[0]) or label
            if found_here and label and values.number(found_here[1].text) == total:
                return label
            amounts += found_here is not None
        if amounts >= SUM_WITHIN:
            break
    return None


def _text(segment: Segment | None) -> str:
    return segment.text if segment else ""


def _titles(first: Row, sheet: Sheet) -> list[str]:
    [top, *_] = sorted(segment.line for segment in first.segments)
    above = sheet.lines[max(top - _TITLE_LINES, 0) : top]
    over = (one for line in above for one in line)
    return [one.text for one in over if first.text and one.is_over(first.text)]


def _finds(row: Row, columns: _Columns, values: Values) -> Finds:
    finds = Finds()
    text, amount = row.text or row.amount, row.amount
    quantity = row.quantity or _default(columns.quantity, text)
    for node, told in (
        (columns.text, Told(text.text, text)),
        (columns.amount, Told(amount.text, amount)),
        (columns.quantity, quantity),
        (columns.price, row.price),
    ):
        value = values.read(node, told.text) if node and told else None
        if node and told and value:
            finds.leaves[node] = Leaf(value.value, value.text, found.place([told.segment]))
    return finds


def _default(node: Node | None, segment: Segment) -> Told | None:
    # How many there are where nothing is printed, if the schema says that.
    if node is None:
        return None
    said = _ELSE.search(str(node.schema.get("description", "")))
    number = said.group(1) if said else node.schema.get("default")
    return Told(str(number), segment) if number is not None else None


def _is_plain(leaf: Node) -> bool:
    return leaf.types == ("string",) and names.role(leaf) in (None, "name")


def _nullable(array: Node) -> set[str]:
    properties = array.items.properties if array.items else {}
    return {name for name, node in properties.items() if node.is_nullable}
