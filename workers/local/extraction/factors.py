"""Which columns hold quantities, prices and sums, whatever they are called: two make the third."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

from workers.local.extraction import labels, numbers
from workers.local.extraction.schemas import Node

Column = Sequence[Decimal | None]

FACTORS = ("quantity", "price", "sum")
_CENT = Decimal("0.01")
# In so many of the rows that say all three the one has to be the product of the others.
_MOST_ROWS = Decimal("0.8")


def of(leaf: Node, leaves: Sequence[Node]) -> str | None:
    """Which of the three a property of rows is; None for any other.

    Args:
        leaf: the property.
        leaves: all properties of the rows.
    """
    tokens = set(labels.tokens(leaf.name))
    if set(leaf.types) - {"number", "integer"} or tokens & {"rate", "tax", "discount"}:
        return None
    if "quantity" in tokens:
        return "quantity"
    if {"amount", "total", "subtotal"} & tokens:
        return "sum"
    if "price" not in tokens:
        return None
    # Beside a `unit_price` a mere `price` is the row's.
    others = (set(labels.tokens(other.name)) for other in leaves if other is not leaf)
    return (
        "sum"
        if tokens == {"price"} and any({"unit", "price"} <= one for one in others)
        else "price"
    )


def find(columns: Mapping[int, Column], known: Mapping[str, int]) -> dict[str, int]:
    """The columns of what is not known yet; nothing unless the rows prove it.

    Args:
        columns: the numbers of each column that may be one of the three.
        known: the columns that are known to be.
    """
    choices = [[known[one]] if one in known else list(columns) for one in FACTORS]
    proven = [
        chosen for chosen in _apart(choices) if _is_product(*(columns[number] for number in chosen))
    ]
    likely = [chosen for chosen in proven if _is_likely(chosen, columns, known)]
    if not likely:
        return {}
    # Of one piece the price is the sum: then the sum is the last.
    best = min(likely, key=lambda chosen: (chosen[2] < chosen[1], chosen))
    return {one: number for one, number in zip(FACTORS, best, strict=True) if one not in known}


def _is_likely(
    chosen: tuple[int, int, int], columns: Mapping[int, Column], known: Mapping[str, int]
) -> bool:
    # Times is the same both ways: the price is what has cents where the quantity has none.
    if {"quantity", "price"} & known.keys():
        return True
    quantity, price, _ = (columns[number] for number in chosen)
    return _has_cents(price) and not _has_cents(quantity)


def _has_cents(column: Column) -> bool:
    return any(number is not None and numbers.has_cents(number) for number in column)


def _apart(choices: Sequence[Sequence[int]]) -> Iterator[tuple[int, int, int]]:
    for chosen in product(*choices):
        if len(set(chosen)) == len(FACTORS):
            yield chosen[0], chosen[1], chosen[2]


def _is_product(counts: Column, prices: Column, sums: Column) -> bool:
    rows = [
        (count, price, total)
        for count, price, total in zip(counts, prices, sums, strict=True)
        if count is not None and price is not None and total
    ]
    proven = sum(1 for count, price, total in rows if abs(count * price - total) <= _CENT)
    return bool(rows) and proven >= _MOST_ROWS * len(rows)
