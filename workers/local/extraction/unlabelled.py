"""Values that stand without a label, where there is no doubt what they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workers.local.extraction import dates, found, labels, names, numbers, shapes
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

# "Hamburg, den" before a date, a time of day behind it.
_DATELINE = re.compile(
    r"(?:[^\W\d]+(?:[ -][^\W\d]+)?,?\s*(?:den|le|the|am|a|il|el|li|op)?\s*)?[.,]?"
    r"(?:\s*\d\d?:\d\d(?::\d\d)?)?"
)
_BIC = re.compile(r"\b(?:BIC|SWIFT)\b(?:[ -]?Code)?[\s:]*\b([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")
_GROUPED = re.compile(r"(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-.]\d{4}")
_PARTS = re.compile(r"[\s()\[\]:/]+")
# Before a date these make it another's than the document's.
_SINCE_OR_UNTIL = frozenset(
    ["am", "bis", "ab", "vom", "zum", "seit", "on", "until", "from", "since", "by", "au", "du"]
)
_OTHER_DATES = frozenset(("due", "delivery", "order", "birth", "expiry", "start", "end", "payment"))
_PLAIN_DATES = frozenset(
    [
        "am",
        "date",
        "invoice",
        "issue",
        "document",
        "letter",
        "credit",
        "note",
        "receipt",
        "quote",
        "purchase",
    ]
)
# Whose addresses and numbers a document seldom gives, while it gives its sender's.
_OTHERS = frozenset(("customer", "shipto", "patient", "employee", "bank"))
_AMOUNTS = frozenset(("amount", "total", "subtotal", "price", "payable", "balance"))


def find(
    leaves: Sequence[Node],
    known: dict[Node, Leaf],
    sheets: Sequence[Sheet],
    values: Values,
    foreign: set[str],
) -> dict[Node, Leaf]:
    """What is the only one of its kind, in the document and in the schema.

    Args:
        leaves: all properties outside of arrays.
        known: what is found of them already.
        sheets: the document's pages.
        values: reads texts.
        foreign: VAT numbers of somebody whom the properties are not about.
    """
    kinds = Counter(_kind(leaf) for leaf in leaves)
    missing = [leaf for leaf in leaves if leaf not in known]
    dated = [leaf for node, leaf in known.items() if names.role(node) == "date"]
    taken = {id(word) for leaf in dated for word in leaf.place.words}
    segments = [
        segment
        for sheet in sheets
        for segment in sheet.segments
        if not taken & {id(word) for word in segment.seen}
    ]
    labelled = {one for sheet in sheets for one in _beside_labels(sheet)}
    leaves_found: dict[Node, Leaf] = {}
    for node in missing:
        kind = _kind(node)
        if kind is None or kinds[kind] > 1 or _is_anothers(node, kind):
            continue
        leaf = _only(node, kind, segments, labelled, values)
        if leaf and (kind != "taxid" or re.sub(r"\W", "", str(leaf.value)) not in foreign):
            leaves_found[node] = leaf
    return leaves_found


def only_currency(node: Node, sheets: Sequence[Sheet], values: Values) -> Leaf | None:
    """The one currency in which a document states amounts, or None if there are more or none."""
    return _only(node, "currency", [one for each in sheets for one in each.segments], set(), values)


def currency_in(text: str) -> str:
    """The currency that stands beside a number, or beside what names one: `Amount (EUR)`."""
    if not any(map(str.isdigit, text)) and not _AMOUNTS & set(labels.tokens(text)):
        return ""
    sign = next((char for char in text if char in numbers.CURRENCIES), "")
    words = [word.strip(".,") for word in _PARTS.split(text)]
    is_sum = bool(_AMOUNTS & set(labels.tokens(text)))
    for place, word in enumerate(words):
        beside = "".join(words[max(place - 1, 0) : place] + words[place + 1 : place + 2])
        is_beside = any(map(str.isdigit, beside))  # `Okapi SDN BHD` is no firm of dinars
        if word in numbers.CURRENCY_CODES and not sign and (is_sum or is_beside):
            return word
    return sign


def _kind(node: Node) -> str | None:
    if "string" not in node.types:
        return None
    if "enum" in node.schema and names.role(node) != "currency":
        return f"enum {node.schema['enum']}"
    role = names.role(node)
    if role == "date":
        return "date" if set(labels.tokens(node.name)) <= _PLAIN_DATES else None
    return role if role in (*shapes.UNMISTAKABLE, "currency", "phone", "bic") else None


def _is_anothers(node: Node, kind: str) -> bool:
    about = {*labels.tokens(node.name), *labels.tokens(" ".join(node.parents[-1:]))}
    return kind in (*shapes.UNMISTAKABLE, "phone") and kind != "iban" and bool(about & _OTHERS)


def _only(
    node: Node,
    kind: str,
    segments: Sequence[Segment],
    labelled: set[Segment],
    values: Values,
) -> Leaf | None:
    if kind == "date":
        # A date that stands for itself is the document's; those in sentences are others.
        segments = [one for one in segments if _is_dateline(one.text)] or segments
        segments = [one for one in segments if one not in labelled]
    found_leaves: dict[str, Leaf] = {}
    for segment in segments:
        leaf = _in_segment(node, kind, segment, values)
        if leaf:
            found_leaves.setdefault(str(leaf.value), leaf)
            if len(found_leaves) > 1:
                return None
    return next(iter(found_leaves.values()), None)


def _beside_labels(sheet: Sheet) -> Iterator[Segment]:
    # Dates that are something else's: `Delivery date  30.06.2024`.
    for line in sheet.lines:
        for before, segment in pairwise(line):
            tokens = set(labels.tokens(before.text))
            if tokens & _OTHER_DATES and dates.find(segment.text):
                yield segment


def _is_dateline(text: str) -> bool:
    match = dates.find(text)
    if match and text[: match.start()].strip().casefold() in _SINCE_OR_UNTIL:
        return False
    return match is not None and bool(
        _DATELINE.fullmatch(text[: match.start()] + text[match.end() :])
    )


def _in_segment(node: Node, kind: str, segment: Segment, values: Values) -> Leaf | None:
    text = segment.text
    if kind == "currency":
        text = currency_in(text)
    elif kind == "date":
        text = text if len(dates.DATE.findall(text)) == 1 else ""
    elif kind == "bic":
        match = _BIC.search(text)
        text = match.group(1) if match else ""
    elif kind.startswith("enum"):
        plain = text.casefold().strip(" .:!")
        text = text if len(plain) > 3 and plain in _options(node) else ""
    else:
        match = shapes.find(kind, text)
        is_sure = match is not None and (kind != "phone" or is_called(text, match))
        text = match.group() if match and is_sure else ""
    value = values.read(node, text, segment.page.is_recognized) if text else None
    return Leaf(value.value, value.text, found.place([segment])) if value else None


def is_called(text: str, match: re.Match[str]) -> bool:
    # Other numbers look like a telephone's, but for one with the code of its country,
    # or one that is grouped as they are in North America.
    before = text[: match.start()].split()[-1:]
    is_known = match.group().startswith("+") or _GROUPED.fullmatch(match.group().strip())
    return bool(is_known) or "phone" in labels.tokens("".join(before))


def _options(node: Node) -> set[str]:
    return {option.casefold() for option in node.schema["enum"] if isinstance(option, str)}
