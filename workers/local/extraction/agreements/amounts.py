"""Sums and rates that sentences state: `a monthly rent of $1,500`."""

from __future__ import annotations

import re

from workers.local.extraction.agreements import asking
from workers.local.extraction.agreements.prose import Span
from workers.local.extraction.schemas import Node

# How many words stand between those of a name, and how far behind it its amount does.
_BETWEEN, _REACH = 2, 120
_MONEY = re.compile(
    r"(?:US\s?|C\s?|A\s?)?[$\u20ac\u00a3]\s?\d[\d,]*(?:\.\d+)?(?:\s+(?:million|thousand|billion))?"
    r"|\b(?:USD|EUR|GBP|CHF|CAD|AUD)\s?\d[\d,.]*\d"
    r"|\b\d[\d,]*(?:\.\d\d)?\s?(?:USD|EUR|GBP|dollars|euros?)\b",
    re.IGNORECASE,
)
_RATE = re.compile(r"\b\d+(?:\.\d+)?\s?(?:%|percent\b|per\s+cent\b)", re.IGNORECASE)
_NOT_SAID = "amount value in usd eur gbp the of total sum percent percentage"
_UNSAID = frozenset(_NOT_SAID.split())
_CALLED = (
    "rent deposit fee fees price salary wage compensation payment royalty royalties premium "
    "cost costs bonus retainer consideration rate penalty cap limit charge charges commission "
    "interest"
)
_SUMS = frozenset(_CALLED.split())
_RATES = frozenset(("rate", "percent", "percentage", "interest", "royalty", "commission"))


def find(text: str, node: Node) -> Span | None:
    """The sum or rate that stands behind the words of a property's name, within a sentence."""
    asked = asking.words_in_order(node.name)
    said = [word for word in asked if word not in _UNSAID]
    if not _SUMS & set(said):
        return None
    between = rf"(?:\W+\w+){{0,{_BETWEEN}}}\W+"
    name = re.compile(rf"\b{between.join(map(re.escape, said))}\b", re.IGNORECASE)
    for match in name.finditer(text):
        for kind in (_RATE, _MONEY) if _RATES & set(asked) else (_MONEY,):
            found = kind.search(text, match.end(), match.end() + _REACH)
            if found and not re.search(r"[.;]\s", text[match.end() : found.start()]):
                return found.span()
    return None
