"""Rows of names and prices under a heading of their own, as in menus: `STARTERS`, `Soup  4.50`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.local.extraction import found, labelled_rows, labels, names, sums
from workers.local.extraction.found import Finds, Leaf
from workers.local.extraction.names import Names
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import BLOCK_GAP, Segment, Sheet
from workers.local.extraction.values import Values

LEAST_ROWS = 2
_NUMBERS = frozenset(("number", "integer"))
_TEXTS = frozenset(("description", "name", "item", "label", "title", "service", "product"))
# So many lines without a price may explain a row.
_MOST_BETWEEN = 3
# What ends as a price does, behind the last space of a row that has no wider gap.
_PRICE = re.compile(r"(?:[^\w\s] ?)?\d{1,3}(?:[.,' ]?\d{3})*(?:[.,]\d\d)?(?: ?[^\w\s]| [A-Z]{3})?")
_CENTS = re.compile(r"\d[.,]\d\d(?!\d)")
# `(v)` behind a name is a mark that is explained elsewhere.
_MARK = re.compile(r"\s*\((?P<mark>[^\W\d_]{1,3})\)$")
_LEAST_LETTERS = 3
_NAMED = (None, "name")
# How much larger than the page's text a heading is that is printed large.
_LARGE = 1.15


def rows(
    array: Node,
    outside: Sequence[Node],
    sheets: Sequence[Sheet],
    values: Values,
    used: set[Segment],
) -> tuple[list[Finds], set[Segment]]:
    """The rows of an array of objects that a heading of its name stands above, and their segments.

    Args:
        array: the array, whose objects have a name and a price.
        outside: the properties that are in no array.
        sheets: the document's pages.
        values: reads the texts.
        used: the segments of tables.
    """
    leaves = list(array.items.leaves()) if array.items else []
    texts = [leaf for leaf in leaves if leaf.types == ("string",) and names.role(leaf) in _NAMED]
    texts.sort(key=lambda leaf: not _TEXTS & set(labels.tokens(leaf.name)))
    prices = [leaf for leaf in leaves if _NUMBERS & set(leaf.types)]
    if not texts or len(prices) != 1:
        return [], set()
    known = Names(outside)
    for heading, sheet in labelled_rows.headings(array, sheets):
        lines = list(_lines(heading, sheet, known, used))
        objects = [_finds(line, texts[0], prices[0], values) for line in lines]
        if len(objects) >= LEAST_ROWS and all(len(each.leaves) == 2 for each in objects):
            _add_marks(leaves, lines, objects, sheets)
            return objects, {segment for line in lines for segment in line}
    return [], set()


def _lines(
    heading: Segment, sheet: Sheet, known: Names, used: set[Segment]
) -> Iterator[list[Segment]]:
    # Up to the next heading, a sum, or what is a property of its own.
    between, above = 0, heading
    for line in sheet.lines[heading.line + 1 :]:
        parts, is_end = _parted(line), _is_heading(line, heading, above, sheet)
        above = line[0]
        if used & set(line) or is_end or between > _MOST_BETWEEN:
            return
        if parts is None:
            between += 1
            continue
        texts = [part.text for part in parts]
        if sums.is_closing(texts, 2) or known.best(texts[0], sheet.page.is_recognized) >= 1:
            return
        between = 0
        yield parts


def _parted(line: Sequence[Segment]) -> list[Segment] | None:
    # The name and the price of a row; None for a line that is none.
    if len(line) == 2 and _is_price(line[1].text) and _is_name(line[0].text):
        return list(line)
    [only, *more] = line
    if more or len(only.words) < 2 or not _CENTS.search(only.words[-1].text):
        return None
    name, price = only.part(0, len(only.words) - 1), only.part(len(only.words) - 1)
    return [name, price] if _is_price(price.text) and _is_name(name.text) else None


def _is_price(text: str) -> bool:
    return _PRICE.fullmatch(text) is not None


def _is_name(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= _LEAST_LETTERS and ":" not in text


def _is_heading(line: Sequence[Segment], heading: Segment, above: Segment, sheet: Sheet) -> bool:
    # Another of the same look, or what stands apart from the rows.
    first = line[0]
    if len(line) > 1 or any(map(str.isdigit, first.text)):
        return False
    if heading.text.isupper():
        return first.text.isupper()
    high, own = heading.bottom - heading.top, first.bottom - first.top
    is_large = high > _LARGE * sheet.height and own > _LARGE * sheet.height
    return is_large or first.top - above.bottom > BLOCK_GAP * sheet.height


def _finds(line: Sequence[Segment], text: Node, price: Node, values: Values) -> Finds:
    finds = Finds()
    name = _MARK.sub("", line[0].text)
    for node, said, place in ((text, name, line[0]), (price, line[1].text, line[1])):
        value = values.read(node, said, place.page.is_recognized)
        if value:
            finds.leaves[node] = Leaf(value.value, value.text, found.place([place]))
    return finds


def _add_marks(
    leaves: Sequence[Node],
    lines: Sequence[Sequence[Segment]],
    objects: Sequence[Finds],
    sheets: Sequence[Sheet],
) -> None:
    # `(v)` is what the page explains it to be: `(v) vegetarian`; the others are not.
    for node in leaves:
        mark = _mark(node, sheets) if node.types == ("boolean",) else ""
        for line, finds in zip(lines, objects, strict=True) if mark else ():
            told = _MARK.search(line[0].text)
            is_marked = told is not None and told["mark"].casefold() == mark
            finds.leaves[node] = Leaf(is_marked, line[0].text, found.place([line[0]]))


def _mark(node: Node, sheets: Sequence[Sheet]) -> str:
    stem = labels.plain(node.name)[:6]
    for sheet in sheets:
        for segment in sheet.segments:
            for told in re.finditer(r"\(([^\W\d_]{1,3})\)((?: [^\W\d_]+){1,4})", segment.text):
                if any(labels.plain(word).startswith(stem) for word in told[2].split()):
                    return told[1].casefold()
    return ""
