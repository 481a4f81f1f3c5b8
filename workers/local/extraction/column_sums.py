"""What a table's last row says of its columns: under `Gross amount`, beside `Totals`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workers.local.extraction import found, labels, names
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, has_digit
from workers.local.extraction.surroundings import SURE, Surroundings
from workers.local.extraction.values import Values

_MOST_LINES = 60
_LEAST_COLUMNS = 2
# Every sum's column is called so; which of a document's sums it is, only the row's label tells.
_ANY = frozenset(("total", "amount", "price", "line"))
_MOST_LETTERS = 3


def find(near: Sequence[Surroundings], values: Values) -> dict[Node, tuple[Leaf, Segment]]:
    """The sums of columns that properties are named after, each with the label of its row.

    Args:
        near: the document's pages.
        values: reads the sums.
    """
    sums: dict[Node, tuple[Leaf, Segment]] = {}
    for one in near:
        for label, name, amount in _columns(one):
            for node in _meant(one, name):
                value = values.read(node, amount.text, one.is_recognized)
                if value:
                    leaf = Leaf(value.value, value.text, found.place([amount]))
                    sums[node] = leaf, label
    return sums


def _columns(near: Surroundings) -> Iterator[tuple[Segment, Segment, Segment]]:
    # The row's label, a column's name, and its sum.
    for line in near.sheet.lines:
        amounts = [one for one in line[1:] if _is_number(one.text)]
        is_sum = labels.tokens(line[0].text) == ("total",) and len(amounts) == len(line) - 1
        if is_sum and len(amounts) >= _LEAST_COLUMNS:
            for name, amount in _headed(near, line[0].line, amounts):
                yield line[0], name, amount


def _headed(
    near: Surroundings, end: int, amounts: Sequence[Segment]
) -> list[tuple[Segment, Segment]]:
    for line in reversed(near.sheet.lines[max(end - _MOST_LINES, 0) : end]):
        over = [(one, amount) for amount in amounts for one in line if _is_above(one, amount)]
        named = [(one, amount) for one, amount in over if not has_digit(one.text)]
        if named and len(named) == len(over) == len(amounts):
            return named
    return []


def _is_above(one: Segment, amount: Segment) -> bool:
    # Of a ruled table the cells tell; elsewhere texts share some of the page's width.
    if one.cell and amount.cell and one.cell[0] == amount.cell[0]:
        return one.cell[2] == amount.cell[2]
    return one.is_over(amount)


def _meant(near: Surroundings, name: Segment) -> Iterator[Node]:
    tokens = labels.tokens(name.text)
    texts = [name.text] if set(tokens) <= _ANY else [name.text, f"total {name.text}"]
    for text in texts if not set(tokens) <= {"amount"} else ():
        for node, score in near.matches(text, name).items():
            is_number = bool({"number", "integer"} & set(node.types))
            # A `quantity` of something else is no sum.
            is_sum = not node.parents or "total" in labels.tokens(f"{node.parents[-1]} {node.name}")
            if is_number and is_sum and score >= SURE and names.role(node) != "rate":
                yield node


def _is_number(text: str) -> bool:
    return has_digit(text) and sum(map(str.isalpha, text)) <= _MOST_LETTERS
