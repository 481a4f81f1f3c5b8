"""The two ends of a period, where a document names one: `1 March to 31 March 2024`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.local.extraction import dates, found, labels, names
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

_BETWEEN = re.compile(
    r"\s*(?:-|\N{EN DASH}|\N{EM DASH}|to|through|until|bis(?: zum)?|au|al|a|t/m)\s*", re.IGNORECASE
)


def find(leaves: Sequence[Node], sheets: Sequence[Sheet], values: Values) -> dict[Node, Leaf]:
    """The beginning and the end of the only period that a document names.

    Args:
        leaves: all properties outside of arrays.
        sheets: the document's pages.
        values: reads the dates.
    """
    starts, ends = ([leaf for leaf in leaves if _is(leaf, what)] for what in ("start", "end"))
    if len(starts) != 1 or len(ends) != 1:
        return {}
    named = [pair for sheet in sheets for one in sheet.segments for pair in _of(one, values)]
    if len({tuple(texts) for texts, _ in named}) != 1:
        return {}
    texts, segment = named[0]
    leaves_found: dict[Node, Leaf] = {}
    for node, text in zip((starts[0], ends[0]), texts, strict=True):
        value = values.read(node, text)
        if value:
            leaves_found[node] = Leaf(value.value, value.text, found.place([segment]))
    return leaves_found


def _is(leaf: Node, what: str) -> bool:
    return names.role(leaf) == "date" and what in labels.tokens(leaf.name)


def _of(segment: Segment, values: Values) -> list[tuple[list[str], Segment]]:
    matches = list(dates.DATE.finditer(segment.text))
    if len(matches) != 2:
        return []
    between = segment.text[matches[0].end() : matches[1].start()]
    if not _BETWEEN.fullmatch(between) or not all(values.date(one.group()) for one in matches):
        return []
    return [([one.group() for one in matches], segment)]
