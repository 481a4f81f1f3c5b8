"""Finds in an agreement what a schema wants to know of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.local.extraction.agreements import (
    amounts,
    asking,
    dates,
    details,
    laws,
    parties,
    periods,
    titles,
)
from workers.local.extraction.agreements.parties import Party
from workers.local.extraction.agreements.prose import Prose, Span, plain
from workers.local.extraction.found import Finds, Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Sheet
from workers.local.extraction.values import Values

# So many different signs make a text an agreement that has a title and parties; and one more if
# it lacks one of them.
_LEAST_SIGNS, _HEAD = 2, 6_000
_SIGNS = re.compile(
    r"\b(?P<between>by\s+and\s+(?:between|among)|agreement\s+between)\b"
    r"|\b(?P<made>entered\s+into|made\s+as\s+of|made\s+this)\b"
    r"|\b(?P<whereas>whereas)\b|\b(?P<here>here(?:to|of|under|inafter|in|by))\b"
    r"|\b(?P<witness>in\s+witness\s+whereof)\b|\b(?P<law>governed\s+by)\b"
    r"|\([^()]{0,40}[\"\u201c](?P<alias>[A-Z])|\b(?P<agree>agree(?:s|d)?\s+as\s+follows)\b"
    r"|\b(?P<assigns>successors\s+and\s+assigns)\b",
    re.IGNORECASE,
)
_CALLED_ONE = re.compile(r"\b(?:agreement|contract|lease|deed|terms)\b", re.IGNORECASE)


def find(
    root: Node, finds: Finds, sheets: Sequence[Sheet], values: Values, labelled: set[Node]
) -> None:
    """Add what the sentences of an agreement say; nothing of another document.

    Args:
        root: the schema's tree.
        finds: what is found by now; what an agreement says outright takes the place of it.
        sheets: the document's pages.
        values: reads the texts.
        labelled: what a label surely says; of a date or sum it is believed rather than a sentence.
    """
    leaves = [node for node in root.leaves() if not node.is_fixed]
    asked = {asking.of(node) for node in leaves}
    told = _Told(Prose(sheets), values, has_one_date="made" not in asked)
    if not told.is_agreement:
        return
    for node in leaves:
        told.add(node, finds, is_labelled=node in labelled)
    for array in root.arrays():
        if asking.wants_parties(array):
            told.add_parties(array, finds)


class _Told:
    def __init__(self, prose: Prose, values: Values, *, has_one_date: bool) -> None:
        self._prose, self._values, self._has_one_date = prose, values, has_one_date
        self._preamble = parties.preamble(prose.text)

    @property
    def is_agreement(self) -> bool:
        """Whether it is one: by its words, and by what it is called or who agrees."""
        text = self._prose.text
        if not _CALLED_ONE.search(text, 0, _HEAD):
            return False
        is_told = bool(titles.find(text)), len(self._preamble.parties) > 1
        if not any(is_told):
            return False
        least = _LEAST_SIGNS if all(is_told) else _LEAST_SIGNS + 1
        signs: set[str | None] = set()
        for match in _SIGNS.finditer(text):
            signs.add(match.lastgroup)
            if len(signs) >= least:
                return True
        return False

    def add(self, node: Node, finds: Finds, *, is_labelled: bool) -> None:
        """What the agreement says of a property."""
        what = asking.of(node)
        if is_labelled and what in asking.DATES:
            return
        span = self._span(what) if what else self._of_party(node)
        if span is None and not is_labelled:
            span = amounts.find(self._prose.text, node)
        leaf = self._read(node, span, is_period=what in asking.PERIODS) if span else None
        if leaf and not (what == "made" and node in finds.leaves and asking.is_any_date(node)):
            finds.leaves[node] = leaf
        elif what == "title":
            finds.leaves.pop(node, None)  # that of who signs

    def add_parties(self, array: Node, finds: Finds) -> None:
        """Those who agree, as the objects or names that an array holds."""
        item = array.items
        if item is None or not self._preamble.parties:
            return
        if item.is_object:
            rows = [self._row(item, party) for party in self._preamble.parties]
            finds.rows[array] = [row for row in rows if row is not None]
        else:
            named = [self._read(item, party.name) for party in self._preamble.parties]
            finds.rows.pop(array, None)
            finds.lists[array] = [leaf for leaf in named if leaf]

    def _row(self, item: Node, party: Party) -> Finds | None:
        # Nothing without a name.
        found = Finds()
        for node in item.leaves():
            span = self._detail(node, party)
            leaf = self._read(node, span) if span else None
            if leaf:
                found.leaves[node] = leaf
            elif asking.detail(node) == "name":
                return None
        return found if found.leaves else None

    def _of_party(self, node: Node) -> Span | None:
        # `licensor_name`, or `name` within `licensor`: whom the agreement calls so.
        text = self._prose.text
        for place, party in enumerate(self._preamble.parties):
            alias = plain(text[slice(*party.alias)]) if party.alias else ""
            if asking.is_about(node, alias, place):
                return self._detail(node, party)
        return None

    def _detail(self, node: Node, party: Party) -> Span | None:
        detail = asking.detail(node)
        if detail == "name":
            return party.name
        if detail == "role":
            return party.alias
        if detail != "address":
            return None
        text = self._prose.text
        later = [one.name[0] for one in self._preamble.parties if one.name[0] > party.name[0]]
        return details.address(text, party, min(later, default=len(text)))

    def _span(self, what: str) -> Span | None:
        text = self._prose.text
        match what:
            case "title":
                return titles.find(text)
            case "made":
                return dates.made(text, self._preamble.span)
            case "begins":
                # Where nobody asks when it was made, it is from then on.
                found = dates.begins(text, self._preamble.span)
                return found or (
                    dates.made(text, self._preamble.span) if self._has_one_date else None
                )
            case "ends":
                return dates.ends(text)
            case "law":
                return laws.find(text)
            case "renewal":
                return periods.renewal(text)
            case "term":
                return periods.term(text)
            case _:
                return periods.notice(text, of_renewal=what == "renewal notice")

    def _read(self, node: Node, span: Span, *, is_period: bool = False) -> Leaf | None:
        text = plain(self._prose.text[slice(*span)])
        if is_period and "string" not in node.types:
            text = periods.number(text, asking.unit(node))
        value = self._values.read(node, text)
        return Leaf(value.value, value.text, self._prose.place(*span)) if value else None
