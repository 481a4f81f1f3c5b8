"""Who a document is from and to where no label says so: by its letterhead and its address block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.local.extraction import (
    blocks,
    footers,
    head_lines,
    labels,
    one_line,
    parties,
    signs,
    titles,
    towns,
    whose,
)
from workers.local.extraction.blocks import Block
from workers.local.extraction.found import Leaf
from workers.local.extraction.labels import Tokens
from workers.local.extraction.parties import Party
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, has_digit
from workers.local.extraction.surroundings import Surroundings
from workers.local.extraction.values import Values

_SENDERS = frozenset([("vendor",), ("sender",), ("company",), ("bank",), ("employer",)])
_RECIPIENTS = frozenset([("customer",)])
# Who writes an order is who buys, and to whom it is written is who sells.
_ADDRESSED = _RECIPIENTS | {("vendor",)}
_ORDERS = frozenset(("order", "purchase"))
_BETWEEN = re.compile(r"\s+[\u00b7\u2022\u25cf|*\u2013-]\s+")
_BANK = re.compile(r"bank|banque|banc[oa]|sparkasse|caisse|credit union", re.IGNORECASE)
# In which lines, and in which share of a page, a letterhead and an address may stand;
# lower down, a name and an address are what shows in an envelope's window.
_TOP_LINES, _HEAD, _UPPER_LINES, _UPPER = 3, 0.13, 14, 0.45
# So many pieces beside one another are a row, such as of boxes to tick, and no letterhead.
_ROW = 3
# How many of its heights a name may be above an address that begins with the street.
_STREET_GAP = 2.5
# Within so many line heights under the sender's line the recipient's name is.
_WINDOW = 9.0


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
    if who in (_RECIPIENTS if _is_order(near) else _SENDERS):
        lines = _sender(near)
        leaves = parties.told_apart(lines, party, values) if lines else {}
        leaves = head_lines.reached(near, lines, party, values) | leaves
        return leaves if _may_be(who, leaves, pages) else {}
    if who in _ADDRESSED or (who == ("employee",) and _is_payroll(pages)):
        return parties.told_apart(recipient(near), party, values)
    return {}


def has_legal_form(text: str) -> bool:
    """Whether a text ends as the names of firms do."""
    return blocks.LEGAL_FORM.search(text) is not None


def _may_be(who: Tokens, leaves: dict[Node, Leaf], pages: Sequence[Surroundings]) -> bool:
    # An invoice is from no bank and no employer, a payslip from no vendor.
    if who == ("bank",):
        return any(_BANK.search(leaf.text) for leaf in leaves.values())
    if who not in (("employer",), ("vendor",)):
        return True
    return _is_payroll(pages) == (who == ("employer",))


def _is_payroll(pages: Sequence[Surroundings]) -> bool:
    # It names an employee, or both what was earned and what was paid.
    short = (one.text for near in pages for one in near.sheet.segments if len(one.words) < 5)
    found = [set(labels.tokens(text)) for text in short]
    is_paid = all(any({kind, "salary"} <= one for one in found) for kind in ("gross", "net"))
    return is_paid or any("employee" in one for one in found)


def _is_order(near: Surroundings) -> bool:
    segments = [one for line in near.sheet.lines[:_UPPER_LINES] for one in line]
    return any(
        "order" in labels.tokens(title)
        and set(labels.tokens(title)) <= _ORDERS
        and not title.endswith(":")
        and not whose.YOURS.search(title)  # those are on invoices
        for one in segments
        for title in _BETWEEN.split(one.text)
    )


def _sender(near: Surroundings) -> list[Segment]:
    line = _return_address(near)
    if line is not None:
        pieces = _pieces(line)
        return pieces if has_legal_form(pieces[0].text) else [*_firm_above(near, line), *pieces]
    ways = (
        _head,
        footers.in_one_line,
        _known_block,
        footers.in_lines,
        _only_block,
        signs.sender,
        head_lines.behind_by,
    )
    for find_sender in ways:
        lines = find_sender(near)
        if lines:
            return lines
    return []


def _firm_above(near: Surroundings, line: Segment) -> list[Segment]:
    # `Okapi Ltd` above `Kings Rd - Deejany complex - Shop No. 7, Kuwait City`
    above = near.sheet.lines[line.line - 1] if line.line else []
    return [one for one in above if _is_in_column(near, one, line) and has_legal_form(one.text)][:1]


def _known_block(near: Surroundings) -> list[Segment]:
    # Of addresses without a label, that of whom the rest of the page speaks too.
    known = [block for block in _free(near) if footers.speaks_of(near, block)]
    return list(known[0].lines) if len(known) == 1 else []


def _only_block(near: Surroundings) -> list[Segment]:
    # The only one without a label, where a label tells who the recipient is.
    upper = [block for block in _free(near) if _is_upper(near, block)]
    is_recipient_known = any(is_recipient(block) for block in blocks.find(near))
    return list(upper[0].lines) if is_recipient_known and len(upper) == 1 else []


def recipient(near: Surroundings) -> list[Segment]:
    """The lines of the address that no label introduces, and that is not the sender's."""
    line = _return_address(near)
    sender = _sender(near)
    own = {footers.plain(sender[0].text)} if sender else set()
    free = [
        block
        for block in _free(near)
        if _is_upper(near, block)
        and footers.plain(block.name) not in own
        and not set(block.lines) & set(sender)
    ]
    if line is not None:
        free = [block for block in free if _is_in_window(near, block.lines[0], line)] or free
    addressed = [block for block in free if block.is_addressed]
    free = addressed if len(addressed) == 1 else free
    if len(free) == 1:
        return list(free[0].lines)
    return _in_window(near, line) if line is not None and not free else []


def _free(near: Surroundings) -> list[Block]:
    return [block for block in blocks.find(near) if not _is_labelled(block)]


def _is_labelled(block: Block) -> bool:
    # Whose it is, or what for: `Deliver to`. A title such as `Invoice` says nothing of that.
    if block.heading is None:
        return False
    tokens = labels.tokens(block.heading.text)
    return block.heading.text.endswith(":") or bool(
        set(tokens) & (parties.PARTIES | {"payee", "address"})
    )


def is_recipient(block: Block) -> bool:
    """Whether a label says that an address is the recipient's."""
    return block.heading is not None and "customer" in labels.tokens(block.heading.text)


def _is_upper(near: Surroundings, block: Block) -> bool:
    is_high = block.lines[0].top <= _UPPER * near.sheet.page.height
    return is_high or head_lines.is_saluted(block.lines[0], near)


def _is_in_window(near: Surroundings, first: Segment, line: Segment) -> bool:
    under = (first.top - line.bottom) / near.sheet.height
    return 0 <= under <= _WINDOW and near.sheet.is_aligned(first, line)


def _in_window(near: Surroundings, line: Segment) -> list[Segment]:
    # What stands under the sender's line, though no town that is known as one ends it.
    for below in near.sheet.lines[line.line + 1 :]:
        for segment in below:
            if _is_in_window(near, segment, line) and not has_digit(segment.text):
                lines = near.lines_from(segment)
                return lines if 2 < len(lines) <= parties.MAX_LINES else []
    return []


def _head(near: Surroundings) -> list[Segment]:
    # The page's first lines: a firm's name, or any name with an address under it.
    for line in near.sheet.lines[:_TOP_LINES]:
        whole_line = head_lines.with_address(line[0]) or head_lines.beside_title(line[0], near)
        if whole_line and len(line) < _ROW:
            return whole_line
        first = next((one for one in line if not titles.is_title(one, near)), None)
        if first is None:
            continue
        if first.top > _HEAD * near.sheet.page.height:
            return []
        if any(_is_labelled(block) and first in block.lines for block in blocks.find(near)):
            return []
        whole = next((one.lines for one in blocks.find(near) if one.lines[0] is first), ())
        lines = _without_labels(near, whole or [first, *_close_under(near, first)])
        if len(lines) > 1 and blocks.is_street(first.text) and towns.of(lines[1].text):
            return []  # nobody's name is above it
        if len(lines) > 1 and parties.has_address(lines):
            return lines
        if lines and has_legal_form(first.text):
            return lines[:1]
        if len(line) < _ROW:
            return []
    return []


def _close_under(near: Surroundings, first: Segment) -> list[Segment]:
    # A name is often larger than what is under it, so that the gap may be, too.
    under = near.sheet.below(first, 2)
    is_near = under is not None and under.top - first.bottom <= first.bottom - first.top
    if under is None or not is_near or not near.sheet.is_aligned(under, first):
        under = _street_under(near, first)
    if under is None:
        return []
    return near.lines_from(under)[: parties.MAX_LINES]


def _street_under(near: Surroundings, first: Segment) -> Segment | None:
    # An address without a name is that of the name above it, which may stand elsewhere in its line;
    # between the two may be whose firm it is.
    below = near.sheet.lines[first.line + 1 : first.line + 3]
    if len(below) > 1 and not _is_alone_in_column(near, first, below):
        below = below[:1]
    inside = [one for line in below for one in line if _is_in_column(near, one, first)]
    alone = below[0][:1] if below and len(below[0] + near.sheet.lines[first.line]) == 2 else []
    for under in (*inside, *alone):
        high = max(first.bottom - first.top, near.sheet.height)
        if under.top - first.bottom <= _STREET_GAP * high and blocks.is_street(under.text):
            lines = near.lines_from(under)
            if one_line.split(under.text) or parties.has_address([first, *lines]):
                return under
    return None


def _is_alone_in_column(
    near: Surroundings, first: Segment, below: Sequence[Sequence[Segment]]
) -> bool:
    # All have one middle, with nothing beside them.
    return all(
        len(line) == 1
        and abs(line[0].left + line[0].right - first.left - first.right) <= 2 * near.sheet.character
        for line in below
    )


def _is_in_column(near: Surroundings, one: Segment, other: Segment) -> bool:
    # Both may end at the same place, or have the same middle.
    differences = (one.left - other.left, one.right - other.right)
    apart = min(*map(abs, differences), abs(sum(differences)) / 2)
    return apart <= near.sheet.character


def _without_labels(near: Surroundings, lines: Sequence[Segment]) -> list[Segment]:
    found: list[Segment] = []
    for segment in lines:
        if found and (near.is_label(segment) or ":" in segment.text):
            break
        if blocks.is_title(segment.text):
            break
        is_address = towns.of(segment.text) or one_line.split(segment.text)
        if len(_BETWEEN.split(segment.text)) < 2 or is_address:
            found.append(segment)
    return found


def _return_address(near: Surroundings) -> Segment | None:
    # `Holzwerk Brandt KG - Mill Lane 3 - 88212 Ravensburg`, as it shows in an envelope's window.
    for line in near.sheet.lines[:_UPPER_LINES]:
        for segment in line:
            pieces = _pieces(segment)
            if len(pieces) > 2 and parties.has_address(pieces) and not has_digit(pieces[0].text):
                return segment
    return None


def _pieces(segment: Segment) -> list[Segment]:
    return [piece for piece in _parted(segment) if piece.words]


def _parted(segment: Segment) -> Iterator[Segment]:
    start = 0
    for position, word in enumerate(segment.words):
        if _BETWEEN.fullmatch(f" {word.text} "):
            yield segment.part(start, position)
            start = position + 1
    yield segment.part(start)
