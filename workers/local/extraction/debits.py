"""Amounts whose sign letters say: `89,90 S` beside `250,00 H`, `12.00 CR` among purchases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from workers.local.extraction import labels, measures
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node

_MARKED = re.compile(r"\d ?(?P<mark>S|H|D|C|DR|CR|OD)\.?$", re.IGNORECASE)
# What is taken off, and what is put to it; where every amount says one, and both are said.
_PAIRS = (("S", "H"), ("D", "C"), ("DR", "CR"))
# What tells an amount from those beside it that say nothing.
_ALONE = ("CR", "DR", "OD")
# A single letter may be a tax's, but for a balance's: `59.08 D` is overdrawn.
_OVERDRAWN = "D"
_LONGEST = 4


def mark(texts: Sequence[str], name: str = "") -> str | None:
    """The letters behind those amounts of a column that are less than nothing, or None.

    Args:
        texts: the column's cells.
        name: what the column's property is called.
    """
    marks = [_behind(text) for text in texts if text.strip()]
    said = set(marks)
    for less, more in _PAIRS:
        if said == {less, more}:
            return less
    only = said - {None}
    alone = {*_ALONE, _OVERDRAWN} if "balance" in labels.tokens(name) else set(_ALONE)
    return next(iter(only & alone), None) if len(only) == 1 and None in said else None


def signed(leaf: Leaf, node: Node, text: str, less: str | None) -> Leaf:
    """An amount, less than nothing if it says so.

    Args:
        leaf: the amount.
        node: its property.
        text: its cell.
        less: what `mark` says of the column.
    """
    is_number = isinstance(leaf.value, (int, float)) and not isinstance(leaf.value, bool)
    is_wanted = not measures.is_positive(str(node.schema.get("description")))
    is_less = less is not None and is_number and leaf.value > 0 and _behind(text) == less
    if not is_less or not is_wanted or not node.fits(-leaf.value):
        return leaf
    return replace(leaf, value=-leaf.value)


def _behind(text: str) -> str | None:
    line = text.split("\n")[0].rstrip()
    start = max(len(line) - _LONGEST, 0)
    found = _MARKED.search(line[start:])
    return found["mark"].upper() if found else None
