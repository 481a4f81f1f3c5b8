"""Columns that no name tells, where as many properties stand between the same neighbours.

Whoever writes a schema for a kind of table mostly follows its columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from workers.local.extraction import codes, labels, names
from workers.local.extraction.schemas import Node

# Names of columns that say of what kind their values are, by that kind.
_KINDS = {
    "rate": "rate",
    "quantity": "quantity",
    "date": "date",
    "unit": "unit",
    "discount": "discount",
    **dict.fromkeys(("amount", "total", "subtotal", "payable", "price", "net", "gross"), "amount"),
}


def between(
    header: Sequence[str], leaves: Sequence[Node], known: dict[int, Node]
) -> dict[int, Node]:
    """The properties of the columns that are not known yet, as far as their order tells.

    Args:
        header: what the columns are called, from the left; empty for one that is to be left out.
        leaves: the properties, in their order.
        known: the columns that are known, with their properties.
    """
    anchors = [(column, leaves.index(leaf)) for column, leaf in sorted(known.items())]
    if not anchors or any(one[1] > other[1] for one, other in pairwise(anchors)):
        return {}
    found: dict[int, Node] = {}
    for before, after in pairwise([(-1, -1), *anchors, (len(header), len(leaves))]):
        columns = [column for column in range(before[0] + 1, after[0]) if header[column].strip()]
        wanted = leaves[before[1] + 1 : after[1]]
        if len(columns) == len(wanted):
            pairs = list(zip(columns, wanted, strict=True))
            if all(may_be(header[column], leaf) for column, leaf in pairs):
                found |= dict(pairs)
    return found


def may_be(name: str, leaf: Node) -> bool:
    """Whether a column's name does not say that it is of another kind than a property.

    Args:
        name: the column's.
        leaf: the property.
    """
    one, other = _kinds(name), _kinds(leaf.name)
    if names.role(leaf) == "date":
        other = {"date"}
    if codes.is_code(leaf) and one:
        return False
    return not one or not other or bool(one & other)


def _kinds(text: str) -> set[str]:
    return {_KINDS[token] for token in labels.tokens(text) if token in _KINDS}
