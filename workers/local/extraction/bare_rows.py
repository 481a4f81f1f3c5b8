"""Rows without a header above them, as tills print them: a text, and an amount at the end.

They are believed only where their amounts add up to a sum that stands under them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workers.local.extraction import found, labels, names, numbers, sums
from workers.local.extraction.found import Finds
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

LEAST_ROWS = 2
# Within so many lines under the rows their sum has to stand.
SUM_WITHIN = 4
_TEXTS = frozenset(("description", "item", "name", "service"))
_SUMS = ("amount", "total", "price")
_MOST_QUANTITY = 10_000
_DIGITS = re.compile(r"[\d.,%]+")
_TIMES = ("x", "\N{MULTIPLICATION SIGN}")
_COUNT = re.compile(r"\d{1,3} ?(?:x|\N{MULTIPLICATION SIGN})? [^\W\d].*")


@dataclass(frozen=True)
class _Row:
    text: Segment
    amount: Segment
    value: Decimal
    quantity: Segment | None


@dataclass(frozen=True)
class _Columns:
    text: Node
    amount: Node
    quantity: Node | None

    @classmethod
    def of(cls, array: Node) -> _Columns | None:
        """The properties that such rows can tell; None if others are required."""
        leaves = list(array.items.leaves()) if array.items else []
        texts = [leaf for leaf in leaves if _is_text(leaf)]
        amounts = [
            leaf for what in _SUMS for leaf in leaves if _is_number(leaf) and _is(leaf, what)
        ]
        counts = [leaf for leaf in leaves if _is_number(leaf) and _is(leaf, "quantity")]
        if len(texts) != 1 or not amounts or not array.items:
            return None
        columns = cls(texts[0], amounts[0], counts[0] if counts else None)
        told = {texts[0].name, amounts[0].name}
        return columns if array.items.required <= told | _nullable(array) else None


def rows(
    array: Node, sheets: Sequence[Sheet], values: Values, used: set[Segment]
) -> tuple[list[Finds], set[Segment]]:
    """The rows of an array of objects that no header stands above, and their segments.

    Args:
        array: the array.
        sheets: the document's pages.
        values: reads the texts.
        used: the segments of tables.
    """
    columns = _Columns.of(array)
    for sheet in sheets if columns else ():
        for line in sheet.lines:
            for place in range(len(line)):
                block = _proven(sheet, line, place, values, used)
                if columns and block:
                    rows_read = _counted(block) if columns.quantity else block
                    return [_finds(row, columns, values) for row in rows_read], {
                        segment
                        for row in block
                        for segment in (row.text, row.amount, row.quantity)
                        if segment is not None
                    }
    return [], set()


def _proven(
    sheet: Sheet, line: Sequence[Segment], place: int, values: Values, used: set[Segment]
) -> list[_Row]:
    # The rows that begin with an amount of a line, if they add up. A tax may be a row of its own.
    for closing in (False, True):
        block = _block(sheet, line[place], values, used, with_minor=closing)
        if len(block) >= LEAST_ROWS and _adds_up(block, sheet, values):
            return block
    return []


def _block(
    sheet: Sheet, first: Segment, values: Values, used: set[Segment], *, with_minor: bool
) -> list[_Row]:
    # What stands left of the texts, or right of the amounts, is of something else.
    block: list[_Row] = []
    for line in sheet.lines[first.line :]:
        place = next(
            (
                at
                for at, one in enumerate(line)
                if at and abs(one.right - first.right) <= sheet.character
            ),
            None,
        )
        if place is None or used & set(line[max(0, place - 2) : place + 1]):
            break
        row = _row(line[: place + 1], values, with_minor=with_minor)
        if row is None or (block and not _is_under(row, block[0], sheet)):
            break
        block.append(row)
    return block


def _is_under(row: _Row, first: _Row, sheet: Sheet) -> bool:
    # Or both have no quantity, and the texts are centred.
    is_aligned = sheet.is_aligned(row.text, first.text)
    return is_aligned or row.text.is_over(first.text)


def _row(line: Sequence[Segment], values: Values, *, with_minor: bool) -> _Row | None:
    # `2`, `Wiener Melange`, `10,40`; the first may be missing.
    *before, amount = line
    value = values.number(amount.text)
    if value is None or not numbers.has_cents(value) or not before:
        return None
    texts = [before[-1].text, amount.text]
    if sums.is_closing(texts, 4) and not (with_minor and _is_named(before[-1])):
        return None
    text = before[-1]
    if not any(map(str.isalpha, text.text)) or ":" in text.text:
        return None
    quantity = before[-2] if len(before) > 1 and _is_count(before[-2], values) else None
    return _Row(text, amount, value, quantity)


def _is_named(text: Segment) -> bool:
    # `Transaction tax` is a row, `Tax 19 %` what is put on all of them.
    return sums.is_minor([text.text]) and not labels.is_common(_DIGITS.sub(" ", text.text))


def _is_count(segment: Segment, values: Values) -> bool:
    number = values.number(segment.text.rstrip("xX*").strip())
    return number is not None and 0 < number < _MOST_QUANTITY and number == int(number)


def _counted(block: Sequence[_Row]) -> Sequence[_Row]:
    # `2 Wiener Melange`, where every row begins so.
    parted = [
        replace(row, text=row.text.part(_behind_count(row.text)), quantity=row.text.part(0, 1))
        for row in block
        if row.quantity is None and _COUNT.fullmatch(row.text.text)
    ]
    return parted if len(parted) == len(block) else block


def _behind_count(text: Segment) -> int:
    # `2 x Wiener Melange` is as good as `2 Wiener Melange`.
    return 2 if text.words[1].text in _TIMES else 1


def _adds_up(block: Sequence[_Row], sheet: Sheet, values: Values) -> bool:
    last = block[-1].amount.line + 1
    total = sum((row.value for row in block), Decimal(0))
    below = (
        values.number(line[-1].text)
        for line in sheet.lines[last : last + SUM_WITHIN]
        if len(line) > 1
    )
    return total in below


def _finds(row: _Row, columns: _Columns, values: Values) -> Finds:
    finds = Finds()
    for node, segment in (
        (columns.text, row.text),
        (columns.amount, row.amount),
        (columns.quantity, row.quantity),
    ):
        text = segment.text.rstrip("xX*").strip() if segment is row.quantity and segment else ""
        value = values.read(node, text or segment.text) if node and segment else None
        if node and segment and value:
            finds.leaves[node] = found.Leaf(value.value, value.text, found.place([segment]))
    return finds


def _is(leaf: Node, *concepts: str) -> bool:
    return bool(set(concepts) & set(labels.tokens(leaf.name))) and names.role(leaf) != "rate"


def _is_text(leaf: Node) -> bool:
    is_plain = leaf.types == ("string",) and names.role(leaf) in (None, "name")
    return is_plain and _is(leaf, *_TEXTS)


def _is_number(leaf: Node) -> bool:
    return set(leaf.types) <= {"number", "integer"}


def _nullable(array: Node) -> set[str]:
    properties = array.items.properties if array.items else {}
    return {name for name, node in properties.items() if node.is_nullable}
