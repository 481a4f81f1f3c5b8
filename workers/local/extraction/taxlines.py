"""Sums that one line proves, as tables of taxes have it: a net, its tax, and what the two come to.

`19 %  100.00  19.00  119.00` says what is what whatever stands above it, and a line without its
last amount does as well where the document prints that elsewhere. Such a line is believed rather
than labels whose sums do not add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, zip_longest

from workers.local.extraction import found, labels, numbers, totals
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

_KINDS = {
    "net": (frozenset(("subtotal",)), frozenset(("net",)), frozenset(("subtotal", "net"))),
    "tax": (frozenset(("tax",)), frozenset(("tax", "total"))),
    "total": (
        frozenset(("total",)),
        frozenset(("gross",)),
        frozenset(("total", "gross")),
        frozenset(("payable",)),
    ),
}
# What a tax may be of its net.
_LEAST, _MOST = Decimal("0.01"), Decimal("0.30")
_CENT = Decimal("0.01")
_MOST_AMOUNTS = 8


@dataclass(frozen=True)
class _Amount:
    value: Decimal
    word: Segment


@dataclass(frozen=True)
class _Line:
    # A net and its tax, with their sum if it stands beside them, and the rate if that does.
    net: _Amount
    tax: _Amount
    total: _Amount | None
    rate: _Amount | None

    @property
    def sum(self) -> Decimal:
        return self.net.value + self.tax.value


def find(
    leaves: Sequence[Node], known: dict[Node, Leaf], sheets: Sequence[Sheet], values: Values
) -> dict[Node, Leaf]:
    """The net, the tax, its rate and the total, if a line proves what labels leave open.

    Args:
        leaves: all properties outside of arrays.
        known: what is found of them already.
        sheets: the document's pages.
        values: reads the amounts.

    Returns:
        What is to be put in the place of what is known.
    """
    nodes = {what: totals.only(leaves, kinds) for what, kinds in _KINDS.items()}
    lines = list(_lines(sheets, values)) if nodes["tax"] else []
    line = _best(lines, sheets, values)
    told: list[tuple[Node | None, _Amount | None]] = []
    if line and _is_meant(line, lines, totals.amount(nodes["total"], known)):
        is_right = _add_up(nodes, known) and not _is_all(line, lines)
        parts = {} if is_right else {"net": line.net, "tax": line.tax, "total": line.total}
        told = [(nodes[what], amount) for what, amount in parts.items()]
    elif line := _only_taxed(lines):
        # Its base and its rate are what a tax is mistaken for.
        others = (None, line.net.value, line.rate and line.rate.value)
        told = [(nodes["tax"], line.tax)] if totals.amount(nodes["tax"], known) in others else []
    rates = [leaf for leaf in leaves if set(labels.tokens(leaf.name)) == {"tax", "rate"}]
    if line and len(rates) == 1 and rates[0] not in known:
        told.append((rates[0], line.rate))
    return {
        node: Leaf(value.value, value.text, found.place([amount.word]))
        for node, amount in told
        if node and amount and (value := values.read(node, amount.word.text))
    }


def _is_meant(line: _Line, lines: Sequence[_Line], total: Decimal | None) -> bool:
    # What a label says may be the sum of one tax alone, but not another one altogether.
    return total is None or total in {one.sum for one in lines}


def _only_taxed(lines: Sequence[_Line]) -> _Line | None:
    taxed = {(line.net.value, line.tax.value): line for line in lines if line.rate}
    return next(iter(taxed.values())) if len(taxed) == 1 else None


def _add_up(nodes: dict[str, Node | None], known: dict[Node, Leaf]) -> bool:
    net, tax, total = (totals.amount(nodes[what], known) for what in ("net", "tax", "total"))
    return net is not None and tax is not None and total == net + tax


def _best(lines: Sequence[_Line], sheets: Sequence[Sheet], values: Values) -> _Line | None:
    # That of all taxes together has the largest sum; of several without one, none has it.
    printed = {amount.value for sheet in sheets for amount in _amounts(sheet.segments, values)}
    proven = [line for line in lines if line.total or line.sum in printed]
    most = max((abs(line.sum) for line in proven), default=None)
    best = [line for line in proven if abs(line.sum) == most]
    is_one = len({(line.net.value, line.tax.value) for line in best}) == 1
    return next((line for line in best if line.rate), best[0]) if is_one else None


def _is_all(line: _Line, lines: Sequence[_Line]) -> bool:
    # Of taxes of several rates, each with a line of its own.
    others = {(one.net.value, one.tax.value) for one in lines if one.sum != line.sum}
    nets, taxes = (sum(one[at] for one in others) for at in (0, 1))
    return len(others) > 1 and (nets, taxes) == (line.net.value, line.tax.value)


def _lines(sheets: Sequence[Sheet], values: Values) -> Iterator[_Line]:
    for sheet in sheets:
        for segments in sheet.lines:
            amounts = [one for one in _amounts(segments, values) if numbers.has_cents(one.value)]
            if 2 <= len(amounts) <= _MOST_AMOUNTS:
                yield from _told(amounts, list(_rates(segments, values)), _is_taxed(segments))


def _told(amounts: Sequence[_Amount], rates: Sequence[_Amount], is_taxed: bool) -> Iterator[_Line]:
    for net, tax in combinations(amounts, 2):
        share = tax.value / net.value if net.value else Decimal(0)
        if not _LEAST <= share <= _MOST:
            continue
        total = next((one for one in amounts if one.value == net.value + tax.value), None)
        rate = next((one for one in rates if _is_of(one.value, net.value, tax.value)), None)
        # A rate proves them where something says that it is a tax's, and so does their sum.
        if (rate and (total or is_taxed)) or (total and not rates):
            yield _Line(net, tax, total, rate)


def _is_of(rate: Decimal, net: Decimal, tax: Decimal) -> bool:
    return abs(net * rate / 100 - tax) <= _CENT


def _is_taxed(segments: Sequence[Segment]) -> bool:
    return any("tax" in labels.tokens(one.text) for one in segments)


def _rates(segments: Sequence[Segment], values: Values) -> Iterator[_Amount]:
    for word, is_percent in _words(segments):
        value = values.number(word.text) if is_percent else None
        if value is not None and value > 0:
            yield _Amount(value, word)


def _amounts(segments: Sequence[Segment], values: Values) -> Iterator[_Amount]:
    for word, is_percent in _words(segments):
        value = None if is_percent else values.number(word.text)
        if value is not None:
            yield _Amount(value, word)


def _words(segments: Sequence[Segment]) -> Iterator[tuple[Segment, bool]]:
    # Each word, and whether a percent sign is in it or follows.
    words = [one.part(at, at + 1) for one in segments for at in range(len(one.words))]
    for word, following in zip_longest(words, words[1:]):
        is_before = following is not None and following.text.startswith("%")
        yield word, "%" in word.text or is_before
