"""The currency of amounts, where a schema has it beside one: `{"amount": 5, "currency": "EUR"}`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workers.local.extraction import names, unlabelled
from workers.local.extraction.found import Finds, Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Sheet
from workers.local.extraction.values import Values

_NUMBERS = frozenset(("number", "integer"))


def add(root: Node, finds: Finds, sheets: Sequence[Sheet], values: Values) -> None:
    """Tell each amount's currency: that which stands beside it, or else the document's only one.

    Args:
        root: the schema's tree.
        finds: what was found, to be added to.
        sheets: the document's pages.
        values: reads texts.
    """
    only: dict[Node, Leaf | None] = {}

    def of_document(node: Node) -> Leaf | None:
        if node not in only:
            only[node] = unlabelled.only_currency(node, sheets, values)
        return only[node]

    def tell(objects: Iterable[Node], leaves: dict[Node, Leaf]) -> None:
        for node, amounts in _pairs(objects, leaves):
            beside = {leaf.value: leaf for leaf in _beside(node, amounts, values)}
            leaf = next(iter(beside.values())) if len(beside) == 1 else None
            leaf = leaf if beside else of_document(node)
            if leaf:
                leaves[node] = leaf

    tell(root.objects(), finds.leaves)
    for array, rows in finds.rows.items():
        for row in rows:
            tell(array.items.objects() if array.items else (), row.leaves)


def _pairs(
    objects: Iterable[Node], leaves: dict[Node, Leaf]
) -> Iterable[tuple[Node, Sequence[Leaf]]]:
    # The currencies that are not found, and the amounts beside them that are.
    for each in objects:
        beside = each.properties.values()
        currencies = [one for one in beside if names.role(one) == "currency"]
        amounts = [leaves[one] for one in beside if _NUMBERS & set(one.types) and one in leaves]
        if len(currencies) == 1 and amounts and currencies[0] not in leaves:
            yield currencies[0], amounts


def _beside(node: Node, amounts: Sequence[Leaf], values: Values) -> Iterable[Leaf]:
    for amount in amounts:
        text = " ".join(word.text for word in amount.place.words)
        found = values.read(node, unlabelled.currency_in(text))
        if found:
            yield Leaf(found.value, found.text, amount.place)
