"""Whose a VAT number is: the sender's, unless it stands with the recipient or is called `yours`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.local.extraction import (
    blocks,
    found,
    labels,
    letterheads,
    parties,
    shapes,
    whose,
)
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment
from workers.local.extraction.surroundings import Surroundings
from workers.local.extraction.values import Values

_SENDERS = (("vendor",), ("sender",), ("company",))
_RECIPIENT = ("customer",)
# `DE 232 446 240`
_SPACED = re.compile(r"\b(?:[A-Z]{2,3}) ?\d(?:[ .]?[A-Z0-9]){7,12}\b")
# So many lines under an address its numbers may follow.
_LINES_BELOW = 8
# Where a page's footer begins, as a share of its height.
_FOOTER = 0.85


def find(leaves: Sequence[Node], pages: Sequence[Surroundings], values: Values) -> dict[Node, Leaf]:
    """The VAT numbers of the two parties of an invoice, as far as there is one of each.

    Args:
        leaves: all properties outside of arrays.
        pages: the document's.
        values: reads the numbers.
    """
    grouped = parties.parties(leaves)
    theirs = grouped.get(_RECIPIENT, {}).get("taxid")
    own = next((grouped[who]["taxid"] for who in _SENDERS if "taxid" in grouped.get(who, {})), None)
    if not own and not theirs:
        return {}
    told: dict[bool, dict[str, tuple[str, Segment]]] = {True: {}, False: {}}
    for number, segment, is_recipients in _numbers(pages):
        told[is_recipients].setdefault(re.sub(r"\W", "", number), (number, segment))
    for same in told[True].keys() & told[False].keys():
        del told[False][same]
    if own and theirs and not told[True]:
        told[True] = _above_footer(told[False])
        told[False] = {one: at for one, at in told[False].items() if one not in told[True]}
    leaves_found: dict[Node, Leaf] = {}
    for node, is_recipients in ((own, False), (theirs, True)):
        if node is None or len(told[is_recipients]) != 1:
            continue
        [(text, segment)] = told[is_recipients].values()
        value = values.read(node, text)
        if value:
            leaves_found[node] = Leaf(value.value, value.text, found.place([segment]))
    return leaves_found


def _above_footer(numbers: dict[str, tuple[str, Segment]]) -> dict[str, tuple[str, Segment]]:
    # Of two the sender's is in the footer, with the register and the bank.
    upper = {
        plain: (text, segment)
        for plain, (text, segment) in numbers.items()
        if segment.top < _FOOTER * segment.page.height
    }
    return upper if len(upper) == 1 and len(numbers) == 2 else {}


def of_recipient(pages: Sequence[Surroundings]) -> set[str]:
    """The VAT numbers that are the recipient's, without their spaces."""
    return {re.sub(r"\W", "", number) for number, _, is_theirs in _numbers(pages) if is_theirs}


def _numbers(pages: Sequence[Surroundings]) -> Iterator[tuple[str, Segment, bool]]:
    for near in pages:
        recipients = [block for block in blocks.find(near) if letterheads.is_recipient(block)]
        if near is pages[0] and not recipients:
            lines = letterheads.recipient(near)
            recipients = [blocks.Block(tuple(lines), None)] if lines else []
        for segment in near.sheet.segments:
            match = _number(segment.text)
            if match is None:
                continue
            before = _label(near, segment, match)
            is_theirs = (
                bool(whose.YOURS.search(before))
                or near.section(segment) == _RECIPIENT
                or any(_is_under(near, block, segment) for block in recipients)
            )
            yield match.group(), segment, is_theirs


def _number(text: str) -> re.Match[str] | None:
    match = shapes.find("taxid", text)
    if match:
        return match
    # In groups it could be anything, but for its label.
    spaced = _SPACED.search(text)
    is_told = spaced and {"taxid", "tax"} & set(labels.tokens(text[: spaced.start()]))
    return spaced if is_told else None


def _label(near: Surroundings, segment: Segment, match: re.Match[str]) -> str:
    before = segment.text[: match.start()]
    if any(map(str.isalpha, before)):
        return before
    beside = [one for one in near.sheet.lines[segment.line] if one.right <= segment.left]
    return beside[-1].text if beside else ""


def _is_under(near: Surroundings, block: blocks.Block, segment: Segment) -> bool:
    first, last = block.lines[0], block.lines[-1]
    is_near = first.line <= segment.line <= last.line + _LINES_BELOW
    nearer = near.sheet.lines[last.line + 1 : segment.line]
    is_close = segment.top - last.bottom < blocks.NAME_GAP * near.sheet.height * 2
    return (
        is_near
        and is_close
        and near.sheet.is_aligned(first, segment)
        and len(nearer) < _LINES_BELOW
    )
