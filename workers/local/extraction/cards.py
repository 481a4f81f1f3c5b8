"""What was paid with: a card's brand and its last digits, as in `VISA ************4481`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.local.extraction import found, labels
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

_BRAND = re.compile(
    r"\b(?:visa(?: (?:debit|credit|electron))?|master ?card|amex|american express|maestro|girocard|"
    r"discover|diners(?: club)?|v ?pay|bancontact|dankort|carte bleue|rupay|unionpay)\b",
    re.IGNORECASE,
)
# Digits that are not shown, or the words that say that these are the last.
_LAST = re.compile(
    r"(?:[*\u2022\u2217#][*\u2022\u2217#Xx. -]{1,30}|\b[Xx]{2,20}[Xx -]{0,10}"
    r"|\b(?:ending|ends|endet|endend|finissant|terminada)(?: (?:in|with|auf|par|en))?[: ]{1,2})"
    r"(?P<last>\d{4})\b"
)
_KINDS = frozenset(("brand", "type", "network", "scheme", "marke", "art", "marca", "marque"))
_OF_CARDS = frozenset(("card", "karten", "karte", "carte", "tarjeta", "carta", "credit", "payment"))
_FOUR = re.compile(r"(?:last|final)_?(?:4|four)|letzte_?(?:4|vier)", re.IGNORECASE)


def find(
    leaves: Sequence[Node], known: dict[Node, Leaf], sheets: Sequence[Sheet], values: Values
) -> dict[Node, Leaf]:
    """A card's brand and last digits, where a document names one card.

    Args:
        leaves: all properties outside of arrays.
        known: what is found of them already.
        sheets: the document's pages.
        values: reads texts.
    """
    told: dict[Node, Leaf] = {}
    for leaf in leaves:
        is_last, is_brand = _FOUR.search(leaf.name) is not None, _is_brand(leaf)
        if not (is_last or is_brand) or (leaf in known and not _is_both(str(known[leaf].value))):
            continue
        seen = list(_lasts(sheets) if is_last else _brands(sheets))
        value = (
            values.read(leaf, seen[0][0])
            if len({text.casefold() for text, _ in seen}) == 1
            else None
        )
        if value:
            told[leaf] = Leaf(value.value, value.text, found.place([seen[0][1]]))
    return told


def _is_brand(leaf: Node) -> bool:
    tokens = set(labels.parts(leaf.name))
    return bool(tokens & _KINDS) and bool(tokens & _OF_CARDS) and tokens <= _KINDS | _OF_CARDS


def _is_both(text: str) -> bool:
    # A label such as `Card` has both behind it.
    return _LAST.search(text) is not None


def _lasts(sheets: Sequence[Sheet]) -> Iterator[tuple[str, Segment]]:
    for sheet in sheets:
        for segment in sheet.segments:
            for match in _LAST.finditer(segment.text):
                yield match["last"], segment


def _brands(sheets: Sequence[Sheet]) -> Iterator[tuple[str, Segment]]:
    for sheet in sheets:
        for segment in sheet.segments:
            for match in _BRAND.finditer(segment.text):
                yield match.group(), segment
