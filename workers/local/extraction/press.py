"""Who announces something, and when: `LYON, March 3, 2025 - Okapi SA (NYSE: OKP) today said`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.local.extraction import dates, found, labels, names
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

_EXCHANGE = r"(?:NYSE|NASDAQ|Nasdaq|LSE|TSXV?|ASX|AMEX|OTC\w*|SIX|XETRA|FWB|Euronext|BME|AIM)"
_SYMBOL = re.compile(
    rf"\({_EXCHANGE}(?: [A-Z][\w ]{{1,20}})?\s?:\s?(?P<symbol>[A-Z]{{1,5}}(?:\.[A-Z])?)\b"
)
_DASH = re.compile(r" ?(?:\([^()]{1,30}\)|/[^/]{1,30}/)? ?(?:--?|\N{EN DASH}|\N{EM DASH}) ?")
_PLACE = re.compile(
    r"[^\W\d_][\w.' -]{1,30}(?:, [^\W\d_][\w. ]{1,20}){0,2}(?:\([\w ]{2,20}\))?,? ?"
)
_NAME = re.compile(r"[^\W\d_a-z][\w&.'-]*(?: (?:[^\W\d_a-z&][\w&.'-]*|&|and|of|de)){0,6}")
_SYMBOLS = frozenset(("ticker", "symbol"))


def find(
    leaves: Sequence[Node], known: dict[Node, Leaf], sheets: Sequence[Sheet], values: Values
) -> dict[Node, Leaf]:
    """The firm, its symbol and the date that begin a press release; nothing of another document.

    Args:
        leaves: all properties outside of arrays.
        known: what is found of them already.
        sheets: the document's pages.
        values: reads the texts.
    """
    told = dict(_told(sheets[0])) if sheets else {}
    leaves_found: dict[Node, Leaf] = {}
    for node in leaves:
        text, segment = told.get(_asked(node), ("", None))
        value = values.read(node, text) if text and node not in known else None
        if value and segment:
            leaves_found[node] = Leaf(value.value, value.text, found.place([segment]))
    return leaves_found


def _asked(node: Node) -> str:
    tokens = set(labels.tokens(node.name))
    if names.role(node) == "date":
        return "date" if tokens <= {"issue", "date"} else ""
    if tokens & _SYMBOLS and tokens <= _SYMBOLS | {"code", "stock"}:
        return "symbol"
    return "name" if tokens in ({"company"}, {"company", "name"}, {"vendor"}) else ""


def _told(sheet: Sheet) -> Iterator[tuple[str, tuple[str, Segment]]]:
    for segment in sheet.segments:
        date = dates.find(segment.text)
        place = segment.text[: date.start()] if date else ""
        dash = _DASH.match(segment.text, date.end()) if date else None
        if date is None or dash is None or not _PLACE.fullmatch(place):
            continue
        yield "date", _within(segment, *date.span())
        name = _NAME.match(segment.text, dash.end())
        if name:
            yield "name", _within(segment, *name.span())
        symbol = _SYMBOL.search(segment.text, dash.end())
        if symbol:
            yield "symbol", _within(segment, *symbol.span("symbol"))
        return


def _within(segment: Segment, start: int, end: int) -> tuple[str, Segment]:
    # Some of a segment's characters, and the words that they are in.
    first = len(segment.text[:start].split())
    last = len(segment.text[:end].split())
    is_inside = start > 0 and not segment.text[start - 1].isspace()
    return segment.text[start:end].strip(" .,"), segment.part(first - is_inside, last)
