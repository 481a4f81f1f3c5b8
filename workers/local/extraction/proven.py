"""Sums that no known label tells, but that the others prove: the total less its tax is the net."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workers.local.extraction import found, labels, totals
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

_NET, _TAX, _TOTAL = ([frozenset((what,))] for what in ("subtotal", "tax", "total"))
_TOTALS = frozenset(("total", "payable", "gross"))


def find(
    leaves: Sequence[Node], known: dict[Node, Leaf], sheets: Sequence[Sheet], values: Values
) -> dict[Node, Leaf]:
    """The net, or the total, if it is missing and the amount that it has to be is printed.

    The total is told anew where what is known of it turns out to be the net.

    Args:
        leaves: all properties outside of arrays.
        known: what is found of them already.
        sheets: the document's pages.
        values: reads the amounts.
    """
    net, tax, total = (totals.only(leaves, kinds) for kinds in (_NET, _TAX, _TOTAL))
    if not net or not tax or not total or not (share := totals.amount(tax, known)):
        return {}
    node, other = (net, total) if net not in known else (total, net)
    base = totals.amount(other, known)
    if node in known or not base:
        return {}
    found_leaf = _printed(node, base - share if node is net else base + share, sheets, values)
    if found_leaf:
        return {node: found_leaf}
    # `Sum 100.00`, `Tax 7.70`, `Invoice total 107.70`: what was taken for the total is the net.
    whole = _printed(total, base + share, sheets, values, is_total=True) if node is net else None
    value = values.read(net, known[total].text) if whole else None
    if not whole or not value:
        return {}
    return {total: whole, net: Leaf(value.value, value.text, known[total].place)}


def _printed(
    node: Node,
    wanted: Decimal,
    sheets: Sequence[Sheet],
    values: Values,
    *,
    is_total: bool = False,
) -> Leaf | None:
    for sheet in sheets if wanted > 0 else ():
        for segment in sheet.segments:
            amount = _last_word(segment)
            if values.number(amount.text) != wanted:
                continue
            if is_total and not _TOTALS & set(labels.tokens(sheet.lines[segment.line][0].text)):
                continue
            if value := values.read(node, amount.text):
                return Leaf(value.value, value.text, found.place([amount]))
    return None


def _last_word(segment: Segment) -> Segment:
    # `Amount: $12.50` ends with it.
    return segment.part(len(segment.words) - 1)
