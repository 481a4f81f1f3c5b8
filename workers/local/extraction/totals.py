"""The properties for what a document comes to: its net, its tax and its total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workers.local.extraction import labels, names
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node

_NUMBERS = frozenset(("number", "integer", "null"))

Kinds = Sequence[frozenset[str]]


def only(leaves: Sequence[Node], kinds: Kinds) -> Node | None:
    """The one property of the first kind that there is one of; None if there are two of that.

    Where there are two, who knows which of them adds up.

    Args:
        leaves: all properties outside of arrays.
        kinds: what its name may mean, the likeliest first.
    """
    for kind in kinds:
        fitting = [leaf for leaf in leaves if _is(leaf, kind)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def amount(node: Node | None, known: dict[Node, Leaf]) -> Decimal | None:
    """What is known of a property, as an amount."""
    leaf = known.get(node) if node else None
    return Decimal(str(leaf.value)) if leaf else None


def _is(leaf: Node, kind: frozenset[str]) -> bool:
    is_number = set(leaf.types) <= _NUMBERS and names.role(leaf) != "rate"
    return is_number and frozenset(labels.tokens(leaf.name)) - {"amount"} == kind
