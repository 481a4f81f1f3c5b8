"""Rows of labels and numbers under a heading of their own: `Earnings`, then `Overtime: 150`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.local.extraction import called, found, labels, names, units
from workers.local.extraction.found import Finds, Leaf
from workers.local.extraction.names import Names
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

LEAST_ROWS = 2
_MOST_LABEL_WORDS = 6
# A label that fits a property outside of the rows so well is that property's, such as a sum's.
_SURE = 0.99
_NUMBERS = frozenset(("number", "integer"))
_TEXTS = frozenset(("description", "name", "item", "label", "type"))
# A number, what it is measured in, and what is said of it besides.
_MEASURED = re.compile(
    r"(?P<number>[-+(]?[^\w\s(]{0,2} ?\d[\d.,']*\)?) ?(?P<unit>[^\d\s(]\S{0,11})?(?: ?\(.*)?"
)
_BULLET = re.compile(r"^[-*\u2022\u00b7\u2013]\s+")


def rows(
    array: Node,
    outside: Sequence[Node],
    sheets: Sequence[Sheet],
    values: Values,
    used: set[Segment],
) -> tuple[list[Finds], set[Segment]]:
    """The rows of an array of objects that a heading of its name stands above, and their segments.

    Args:
        array: the array, whose objects have a text and a number.
        outside: the properties that are in no array.
        sheets: the document's pages.
        values: reads the texts.
        used: the segments of tables.
    """
    leaves = list(array.items.leaves()) if array.items else []
    texts = [leaf for leaf in leaves if leaf.types == ("string",) and not names.role(leaf)]
    texts.sort(key=lambda leaf: not _TEXTS & set(labels.tokens(leaf.name)))
    amounts = [leaf for leaf in leaves if _NUMBERS & set(leaf.types)]
    if not texts or len(amounts) != 1:
        return [], set()
    unit = next((leaf for leaf in leaves if units.is_unit(leaf)), None)
    known = Names(outside)
    for heading, sheet in headings(array, sheets):
        lines = list(_lines(heading, sheet, known, used))
        objects = [_finds(line, texts[0], amounts[0], unit, values) for line in lines]
        if len(objects) >= LEAST_ROWS and all(amounts[0] in each.leaves for each in objects):
            return objects, {segment for line in lines for segment in line}
    return [], set()


def headings(array: Node, sheets: Sequence[Sheet]) -> Iterator[tuple[Segment, Sheet]]:
    """The lines that are called as an array is, with their pages."""
    for sheet in sheets:
        for line in sheet.lines:
            if len(line) == 1 and called.fit(array.name, line[0].text) >= labels.SIMILAR:
                yield line[0], sheet


def _lines(
    heading: Segment, sheet: Sheet, known: Names, used: set[Segment]
) -> Iterator[list[Segment]]:
    # Up to what is no such row, or is a property of its own.
    for line in sheet.lines[heading.line + 1 :]:
        label, colon, rest = _whole(line).partition(":")
        is_row = colon and rest and len(label.split()) <= _MOST_LABEL_WORDS and not used & set(line)
        if not is_row or known.best(label, sheet.page.is_recognized) >= _SURE:
            return
        yield line


def _finds(
    line: Sequence[Segment], text: Node, amount: Node, unit: Node | None, values: Values
) -> Finds:
    label, _, rest = _whole(line).partition(":")
    finds, place = Finds(), found.place(line)
    measured = _MEASURED.fullmatch(rest.strip())
    parts = {text: label}
    if measured:
        parts[amount] = measured["number"]
        if unit and measured["unit"]:
            parts[unit] = measured["unit"]
    for node, said in parts.items():
        value = values.read(node, said.strip(), line[0].page.is_recognized)
        if value:
            finds.leaves[node] = Leaf(value.value, value.text, place)
    return finds


def _whole(line: Sequence[Segment]) -> str:
    return _BULLET.sub("", " ".join(segment.text for segment in line))
