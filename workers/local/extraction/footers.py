"""What the foot of a page, and the addresses in the web on it, say of who it is from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from workers.local.extraction import blocks, towns
from workers.local.extraction.blocks import Block
from workers.local.extraction.segments import Segment
from workers.local.extraction.surroundings import Surroundings

# In which share of a page its foot is.
_FOOT = 0.8
_LEAST_LETTERS = 4
# What parts the pieces of a foot that is one line.
_PARTING = re.compile(r"[\u00b7\u2022\u25cf|*\u2013-]$|^[\u00b7\u2022\u25cf|*\u2013-]")


def speaks_of(near: Surroundings, block: Block) -> bool:
    """Whether the page's foot, or an address in the web, names whom an address is of."""
    name = plain(block.name)
    first = plain(block.lines[0].words[0].text)
    if len(name) >= _LEAST_LETTERS and any(name in plain(text) for text in _foot(near, block)):
        return True
    hosts = (plain(host) for host in near.hosts)
    return len(first) >= _LEAST_LETTERS and any(first in host for host in hosts)


def in_lines(near: Surroundings) -> list[Segment]:
    """The lines of the only address at the foot of a page; none if it is in doubt."""
    height = near.sheet.page.height
    low = [one for one in blocks.find(near) if one.lines[0].top > _FOOT * height]
    return list(low[0].lines) if len(low) == 1 else []


def in_one_line(near: Surroundings) -> list[Segment]:
    """The pieces of the only line at the foot of a page that is an address."""
    low = _FOOT * near.sheet.page.height
    told = [
        pieces
        for segment in near.sheet.segments
        if segment.top > low and (pieces := _pieces(segment) or _under_name(near, segment))
    ]
    return told[0] if len(told) == 1 else []


def plain(text: str) -> str:
    """A name as others may write it: its letters and digits alone."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _foot(near: Surroundings, block: Block) -> Iterator[str]:
    for segment in near.sheet.segments:
        if segment.top > _FOOT * near.sheet.page.height and segment not in block.lines:
            yield segment.text


def _pieces(segment: Segment) -> list[Segment]:
    # `Holzwerk Brandt KG, Mill Lane 3, 88212 Ravensburg | Tel. 0751 36 40`
    pieces = list(_parted(segment))
    if len(pieces) < 3 or any(map(str.isdigit, pieces[0].text)):
        return []
    kinds = [
        "town" if towns.of(piece.text) else "street" if blocks.is_street(piece.text) else ""
        for piece in pieces[:5]
    ]
    return pieces[:5] if {"street", "town"} <= set(kinds[1:]) else []


def _under_name(near: Surroundings, segment: Segment) -> list[Segment]:
    # `Registered office: Mill Lane 3 - 88212 Ravensburg`, with the name right above.
    start = next((n for n, word in enumerate(segment.words, 1) if word.text.endswith(":")), 0)
    pieces = list(_parted(segment.part(start)))[:2]
    above = near.sheet.lines[segment.line - 1] if segment.line else []
    is_address = len(pieces) == 2 and blocks.is_street(pieces[0].text) and towns.of(pieces[1].text)
    is_name = len(above) == 1 and above[0].is_over(segment) and above[0].text[:1].isupper()
    is_near = is_name and segment.top - above[0].bottom < near.sheet.height
    return [above[0], *pieces] if is_address and is_near else []


def _parted(segment: Segment) -> Iterator[Segment]:
    start = 0
    for position, word in enumerate(segment.words):
        if _PARTING.fullmatch(word.text):
            if position > start:
                yield segment.part(start, position)
            start = position + 1
        elif word.text.endswith(","):
            yield _without_comma(segment.part(start, position + 1))
            start = position + 1
    if start < len(segment.words):
        yield segment.part(start)


def _without_comma(segment: Segment) -> Segment:
    last = replace(segment.words[-1], text=segment.words[-1].text.rstrip(","))
    return replace(segment, words=(*segment.words[:-1], last))
