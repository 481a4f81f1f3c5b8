"""When something was, and until when: a time of day beside a date, and `by 14 August`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.local.extraction import dates, found, labels, names
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

_TIME = re.compile(r"(?<![\d:.])\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\b\.?)?(?![\d:])")
_TIMES = frozenset(("time", "uhrzeit", "zeit", "heure", "hora", "ora", "tijd", "uhr"))
# What else is in the name of a time that is the document's.
_BESIDE = frozenset(("purchase", "transaction", "receipt", "order", "sale", "print", "document"))
_UNTIL = re.compile(
    r"(?:(?:due|payable|zahlbar|fällig|à régler|te betalen) )?"
    r"(?:by|until|before|no later than|bis(?: zum| spätestens)?|avant le|antes del|entro il|vóór)",
    re.IGNORECASE,
)


def find(
    leaves: Sequence[Node], known: dict[Node, Leaf], sheets: Sequence[Sheet], values: Values
) -> dict[Node, Leaf]:
    """The time of day of a document, and the day until when something is due.

    Args:
        leaves: all properties outside of arrays.
        known: what is found of them already.
        sheets: the document's pages.
        values: reads texts.
    """
    told: dict[Node, Leaf] = {}
    asked = [leaf for leaf in leaves if _is_time(leaf)]
    due = [
        leaf for leaf in leaves if names.role(leaf) == "date" and "due" in labels.tokens(leaf.name)
    ]
    for wanted, ways in ((asked, (_beside_dates, _times)), (due, (_until,))):
        if len(wanted) == 1 and wanted[0] not in known:
            told |= _only(wanted[0], [way(sheets) for way in ways], values)
    return told


def _only(
    node: Node, ways: Sequence[Iterator[tuple[str, Segment]]], values: Values
) -> dict[Node, Leaf]:
    # What is the only one of its kind; of a time first that beside the date.
    for way in ways:
        seen = list(way)
        if len({text for text, _ in seen}) == 1:
            text, segment = seen[0]
            value = values.read(node, text)
            return {node: Leaf(value.value, value.text, found.place([segment]))} if value else {}
    return {}


def _is_time(leaf: Node) -> bool:
    tokens = set(labels.parts(leaf.name))
    is_text = leaf.types == ("string",) and leaf.schema.get("format") is None
    return is_text and bool(tokens & _TIMES) and tokens <= _TIMES | _BESIDE


def _beside_dates(sheets: Sequence[Sheet]) -> Iterator[tuple[str, Segment]]:
    for sheet in sheets:
        for line in sheet.lines:
            if any(dates.find(one.text) for one in line):
                yield from _in(line)


def _times(sheets: Sequence[Sheet]) -> Iterator[tuple[str, Segment]]:
    for sheet in sheets:
        yield from _in(sheet.segments)


def _in(segments: Sequence[Segment]) -> Iterator[tuple[str, Segment]]:
    for segment in segments:
        for match in _TIME.finditer(segment.text):
            yield match.group(), segment


def _until(sheets: Sequence[Sheet]) -> Iterator[tuple[str, Segment]]:
    # A line of its own, under the amount that is due.
    for sheet in sheets:
        for segment in sheet.segments:
            date = dates.find(segment.text)
            before = segment.text[: date.start()].strip() if date else ""
            is_whole = date is not None and not segment.text[date.end() :].strip(" .")
            if date and is_whole and _UNTIL.fullmatch(before):
                yield date.group(), segment
