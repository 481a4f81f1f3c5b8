"""Codes behind a label without a colon: `Table 14`, `Sort code 04-00-03`."""

from __future__ import annotations

import re

from workers.local.extraction import found, labels
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment
from workers.local.extraction.surroundings import Surroundings
from workers.local.extraction.values import Values

_CODE = re.compile(r"[A-Z]{0,6}-?\d[A-Z\d./-]*")
# How long a code is at least where more of a sentence may follow it.
_LEAST = 4
_PLACES = frozenset(("street", "address", "city", "name"))


def ahead(node: Node, rest: Segment, is_first: bool, values: Values) -> Leaf | None:
    """The code that a text is wanted from, right behind its label.

    Args:
        node: the property, of a text.
        rest: what is behind the label.
        is_first: whether the label begins its line.
        values: reads the code.
    """
    code = rest.words[0].text.rstrip(",;.")
    is_told = "code" in labels.tokens(node.name) and len(code) >= _LEAST
    is_whole = is_first and len(rest.words) == 1
    is_place = bool(_PLACES & set(labels.tokens(node.name)))  # `Lieferantenstraße 20`
    if is_place or not _CODE.fullmatch(code) or not (is_told or is_whole):
        return None
    value = values.read(node, code, rest.page.is_recognized)
    return Leaf(value.value, value.text, found.place([rest.part(0, 1)])) if value else None


def told_by(segment: Segment, near: Surroundings, least: float) -> set[Node]:
    """The texts whose label and code a line is, so that their values are not under it.

    Args:
        segment: a line, which may be a label.
        near: its page.
        least: how well a label has to fit.
    """
    if len(segment.words) < 2 or not _CODE.fullmatch(segment.words[-1].text):
        return set()
    matches = near.matches(segment.part(0, -1).text, segment)
    return {node for node, score in matches.items() if score > least and node.types == ("string",)}
