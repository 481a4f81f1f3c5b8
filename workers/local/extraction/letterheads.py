"""Who a document is from and to where no label says so: by its letterhead and its address block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.local.extraction import labels, parties
from workers.local.extraction.found import Leaf
from workers.local.extraction.labels import Tokens
from workers.local.extraction.parties import Party
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment
from workers.local.extraction.surroundings import Surroundings, has_digit
from workers.local.extraction.values import Values

_SENDERS = frozenset([("vendor",), ("sender",), ("company",), ("bank",), ("employer",)])
_RECIPIENTS = frozenset([("customer",)])
# Who writes an order is who buys.
_ORDERS = frozenset(("order", "purchase"))
_BETWEEN = re.compile(r"\s+[\u00b7\u2022|*\u2013-]\s+")
_BANK = re.compile(r"bank|banque|banc[oa]|sparkasse|caisse|credit union", re.IGNORECASE)
_LEGAL_FORM = re.compile(
    r"(?:\b(?:ltd|limited|llc|llp|inc|corp|corporation|plc|gmbh|ag|kg|kgaa|ohg|ug|e\.?g|se|sa|sas|"
    r"sarl|sàrl|eurl|srl|spa|bv|nv|oy|ab|a/s|aps|co)|\b(?:s\.a\.|s\.l\.|s\.r\.l\.|s\.p\.a\.|b\.v\.|"
    r"n\.v\.|n\.a\.))\.?$",
    re.IGNORECASE,
)
# In which lines, and in which share of a page, a letterhead and an address may stand;
# lower down, a name and an address are what shows in an envelope's window.
_TOP_LINES, _HEAD, _UPPER_LINES, _UPPER = 3, 0.13, 14, 0.4
_MOST_WORDS = 8


def find(
    who: Tokens, party: Party, pages: Sequence[Surroundings], values: Values
) -> dict[Node, Leaf]:
    """What the first page says of its sender or its recipient; nothing where that is in doubt.

    Args:
        who: whom the properties are about.
        party: the properties, by what they say.
        pages: the document's.
        values: reads the lines.
    """
    if not pages:
        return {}
    near = pages[0]
    if who in _SENDERS and not _is_order(near):
        leaves = _sender(near, party, values)
        return leaves if _may_be(who, leaves, pages) else {}
    if who in _RECIPIENTS:
        blocks = list(_addresses(near))
        if len(blocks) == 1:
            return parties.told_apart(blocks[0], party, values)
    return {}


def has_legal_form(text: str) -> bool:
    """Whether a text ends as the names of firms do."""
    return _LEGAL_FORM.search(text) is not None


def _may_be(who: Tokens, leaves: dict[Node, Leaf], pages: Sequence[Surroundings]) -> bool:
    # An invoice is from no bank and no employer, a payslip from no vendor.
    if who == ("bank",):
        return any(_BANK.search(leaf.text) for leaf in leaves.values())
    if who not in (("employer",), ("vendor",)):
        return True
    short = (one.text for near in pages for one in near.sheet.segments if len(one.words) < 5)
    is_payroll = any("employee" in labels.tokens(text) for text in short)
    return is_payroll == (who == ("employer",))


def _is_order(near: Surroundings) -> bool:
    titles = (title for line in near.sheet.lines[:_UPPER_LINES] for title in line)
    return any(
        "order" in labels.tokens(title.text) and set(labels.tokens(title.text)) <= _ORDERS
        for title in titles
    )


def _sender(near: Surroundings, party: Party, values: Values) -> dict[Node, Leaf]:
    told = _return_address(near, party, values)
    lines = [] if told else _head(near)
    return parties.told_apart(lines, party, values) if lines else told


def _head(near: Surroundings) -> list[Segment]:
    # The page's first lines: a firm's name, or any name with an address under it.
    for line in near.sheet.lines[:_TOP_LINES]:
        first = next((one for one in line if not _is_title(one, near)), None)
        if first is None:
            continue
        if first.top > _HEAD * near.sheet.page.height:
            return []
        lines = _without_labels(near, [first, *_close_under(near, first)])
        if len(lines) > 1 and parties.has_address(lines):
            return lines
        return lines[:1] if lines and has_legal_form(first.text) else []
    return []


def _is_title(segment: Segment, near: Surroundings) -> bool:
    return labels.is_common(segment.text) or (
        near.is_label(segment) or len(segment.words) > _MOST_WORDS
    )


def _close_under(near: Surroundings, first: Segment) -> list[Segment]:
    # A name is often larger than what is under it, so that the gap may be, too.
    under = near.sheet.below(first, 2)
    is_near = under is not None and under.top - first.bottom <= first.bottom - first.top
    if under is None or not is_near or not near.sheet.is_aligned(under, first):
        return []
    return near.lines_from(under)[: parties.MAX_LINES]


def _without_labels(near: Surroundings, lines: Sequence[Segment]) -> list[Segment]:
    found: list[Segment] = []
    for segment in lines:
        if found and (near.is_label(segment) or ":" in segment.text):
            break
        if len(_BETWEEN.split(segment.text)) < 2:
            found.append(segment)
    return found


def _return_address(near: Surroundings, party: Party, values: Values) -> dict[Node, Leaf]:
    # `Holzwerk Brandt KG · Mill Lane 3 · 88212 Ravensburg`, as it shows in an envelope's window.
    for line in near.sheet.lines[:_UPPER_LINES]:
        for segment in line:
            pieces = [piece for piece in _pieces(segment) if piece.words]
            if len(pieces) > 2 and parties.has_address(pieces) and not has_digit(pieces[0].text):
                return parties.told_apart(pieces, party, values)
    return {}


def _pieces(segment: Segment) -> Iterator[Segment]:
    start = 0
    for position, word in enumerate(segment.words):
        if _BETWEEN.fullmatch(f" {word.text} "):
            yield segment.part(start, position)
            start = position + 1
    yield segment.part(start)


def _addresses(near: Surroundings) -> Iterator[list[Segment]]:
    # Blocks of a name, a street and a town, that no label introduces; the letterhead is none.
    sheet, head = near.sheet, _head(near)
    used = set(head)
    for segment in sheet.segments:
        if segment.top > _UPPER * sheet.page.height:
            return
        if segment in used or _is_title(segment, near) or has_digit(segment.text):
            continue
        lines = near.lines_from(segment)
        if len(lines) > 2 and parties.is_address(lines) and not _is_introduced(near, segment):
            used.update(lines)
            yield lines


def _is_introduced(near: Surroundings, first: Segment) -> bool:
    line = near.sheet.lines[first.line]
    above = near.sheet.lines[first.line - 1] if first.line else []
    beside = [other for other in line if other.right <= first.left]
    labels_near = [other for other in above if other.is_over(first)] + beside[-1:]
    return any(near.is_label(other) or other.text.endswith(":") for other in labels_near)
