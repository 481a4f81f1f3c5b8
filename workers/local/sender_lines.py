"""The lines of a page that name who sent it: under a heading, or at its head and foot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.local.extraction import labels, letterheads, parties, shapes
from workers.local.extraction.segments import Segment, Sheet
from workers.local.values import same

_SENDERS = frozenset(("vendor", "sender"))
_BESIDE = frozenset(("name", "address", "description"))
_MOST_WORDS = 6
# A sender's own web address stands in a page's head or foot, and its footer below this.
_HEAD, _FOOT = 0.2, 0.75
_BANK = re.compile(r"bank|banque|banc[oa]\b|sparkasse|caisse|iban", re.IGNORECASE)
_HOST = re.compile(r"(?:https?://|www\.)+", re.IGNORECASE)
# Of `shop.northwind.co.uk` the name is before what is sold to everybody.
_SHARED_HOSTS = frozenset(("co", "com", "org", "net", "gov", "ac"))
_SHORTEST_HOST = 4


def under_heading(sheet: Sheet) -> Segment | None:
    """The name under a heading such as `Seller:`, behind the numbers that it goes by."""
    for heading in sheet.segments:
        if not _is_heading(heading):
            continue
        below = sheet.below(heading, 2)
        lines = sheet.block(below) if below else []
        for place, line in enumerate(lines[: parties.MAX_LINES]):
            if _is_name(line, sheet):
                is_marked = heading.text.endswith(":") and _has_number(lines[place + 1 :])
                if is_marked or parties.has_address(lines[place:]):
                    return line
                break
    return None


def at_edge(sheet: Sheet) -> Segment | None:
    """The name that a page's own web address is made of, or that of a firm in its footer."""
    return _only(_named_as_host(sheet)) or _only(_in_footer(sheet))


def without_legal_form(name: str) -> str:
    """A firm's name without what says of which form the firm is; all of it if that is no more."""
    words = name.split()
    while len(words) > 1 and (words[-1] in ("&", "+") or letterheads.has_legal_form(words[-1])):
        words.pop()
    return " ".join(words).rstrip(",")


def _only(names: Iterator[Segment]) -> Segment | None:
    # Where they differ, who of them sent it is not known.
    found = list(names)
    own = {same(without_legal_form(name.text)) for name in found}
    return found[0] if len(own) == 1 else None


def _is_heading(segment: Segment) -> bool:
    about = set(labels.tokens(segment.text)) - _BESIDE
    return len(segment.words) <= 3 and bool(about) and about <= _SENDERS


def _has_number(lines: Sequence[Segment]) -> bool:
    # Of an address whose words a PDF does not part, no more is seen than that of a house or a town.
    return any(_has_digit(line.text) and ":" not in line.text for line in lines[:2])


def _is_name(segment: Segment, sheet: Sheet) -> bool:
    right = sheet.right_of(segment)
    is_label = ":" in segment.text or (right is not None and right.text.startswith(":"))
    return not (is_label or labels.is_common(segment.text) or _has_digit(segment.text))


def _named_as_host(sheet: Sheet) -> Iterator[Segment]:
    hosts = set(_hosts(sheet))
    for segment in sheet.segments if hosts else ():
        if len(segment.words) <= _MOST_WORDS and same(without_legal_form(segment.text)) in hosts:
            yield segment


def _hosts(sheet: Sheet) -> Iterator[str]:
    height = sheet.page.height
    for segment in sheet.segments:
        if _HEAD * height < segment.top < _FOOT * height:
            continue
        for shape in ("email", "website"):
            for found in shapes.SHAPES[shape].finditer(segment.text):
                yield from _host(found.group())


def _host(address: str) -> Iterator[str]:
    parts = _HOST.sub("", address.split("@")[-1]).split("/")[0].split(".")[:-1]
    if len(parts) > 1 and parts[-1].casefold() in _SHARED_HOSTS:
        parts.pop()
    if parts and len(same(parts[-1])) >= _SHORTEST_HOST:
        yield same(parts[-1])


def _in_footer(sheet: Sheet) -> Iterator[Segment]:
    for segment in sheet.segments:
        is_firm = len(segment.words) <= _MOST_WORDS and letterheads.has_legal_form(segment.text)
        if segment.top < _FOOT * sheet.page.height or not is_firm or not _is_name(segment, sheet):
            continue
        lines: Sequence[Segment] = sheet.block(segment)
        if parties.has_address(lines) and not any(_BANK.search(line.text) for line in lines[:4]):
            yield segment


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
