"""The two ends of a period, where a document names one: `1 March to 31 March 2024`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.local.extraction import dates, found, labels, names
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

_PERIOD = re.compile(r"period|zeitraum|périod", re.IGNORECASE)
_ENDS = {"start": ("from", "start", "begin", "von"), "end": ("to", "until", "end", "bis")}
_BETWEEN = re.compile(
    r"\s*(?:-|\N{EN DASH}|\N{EM DASH}|to|through|until|bis(?: zum)?|au|al|a|t/m)\s*", re.IGNORECASE
)


def find(
    leaves: Sequence[Node], sheets: Sequence[Sheet], values: Values
) -> tuple[dict[Node, Leaf], bool]:
    """The beginning and the end of the only period that a document names.

    Args:
        leaves: all properties outside of arrays.
        sheets: the document's pages.
        values: reads the dates.

    Returns:
        The two; and whether a label says that they are a period's.
    """
    starts, ends = ([leaf for leaf in leaves if _is(leaf, what)] for what in ("start", "end"))
    if len(starts) != 1 or len(ends) != 1:
        return {}, False
    every = [pair for sheet in sheets for one in sheet.segments for pair in _of(one, values)]
    told = [pair for sheet in sheets for pair in every if _is_told(sheet, pair[1])]
    on_first = [pair for pair in told if pair[1].page is sheets[0].page]
    named = on_first or told or every
    if len({tuple(texts) for texts, _ in named}) != 1:
        return {}, False
    texts, segment = named[0]
    leaves_found: dict[Node, Leaf] = {}
    for node, text in zip((starts[0], ends[0]), texts, strict=True):
        value = values.read(node, text)
        if value:
            leaves_found[node] = Leaf(value.value, value.text, found.place([segment]))
    return leaves_found, bool(told)


def _is(leaf: Node, what: str) -> bool:
    if names.role(leaf) != "date":
        return False
    # `from` and `to` in a `period`
    is_of_period = _PERIOD.search(" ".join(leaf.parents[-1:])) is not None
    return what in labels.tokens(leaf.name) or (
        is_of_period and leaf.name.casefold() in _ENDS[what]
    )


def _is_told(sheet: Sheet, segment: Segment) -> bool:
    # `Period:` stands before it, beside it or above it.
    if segment.page is not sheet.page:
        return False
    place, line = sheet.at.get(segment, 0), sheet.lines[segment.line]
    above = [one for lines in sheet.lines[max(segment.line - 1, 0) : segment.line] for one in lines]
    labelling = [segment, *line[max(place - 1, 0) : place]]
    labelling += [
        one for one in above if sheet.is_aligned(one, segment) and not dates.find(one.text)
    ]
    return any(_PERIOD.search(one.text) for one in labelling)


def _of(segment: Segment, values: Values) -> list[tuple[list[str], Segment]]:
    matches = list(dates.DATE.finditer(segment.text))
    if len(matches) != 2:
        return []
    between = segment.text[matches[0].end() : matches[1].start()]
    if not _BETWEEN.fullmatch(between) or not all(values.date(one.group()) for one in matches):
        return []
    return [([one.group() for one in matches], segment)]
