"""Headings amid a table's rows, where a schema asks what group each row is in."""

from __future__ import annotations

from collections.abc import Collection

from workers.local.extraction import labels
from workers.local.extraction.found import Leaf
from workers.local.extraction.grid import Grid, Piece
from workers.local.extraction.schemas import Node
from workers.local.extraction.values import Values

_GROUPS = frozenset(("group", "section", "category", "chapter", "heading"))
_BESIDE = frozenset(("name", "title", "heading"))
_MOST_WORDS = 8


def of(array: Node, taken: Collection[Node]) -> Node | None:
    """The property that asks for a row's group and has no column; None if there is none.

    Args:
        array: the rows' array.
        taken: the properties that have a column.
    """
    leaves = list(array.items.leaves()) if array.items else []
    asked = [leaf for leaf in leaves if leaf not in taken and _is_group(leaf)]
    return asked[0] if len(asked) == 1 else None


def heading(grid: Grid, number: int) -> Piece | None:
    """The heading above a row, or that it is itself; None if there is none.

    Args:
        grid: the table.
        number: the row's.
    """
    above = grid.headings.get(number)
    filled = [cell for cell in grid.rows[number] if cell]
    is_alone = len(filled) == 1 and filled[0] is grid.rows[number][0]
    own = filled[0] if is_alone and len(grid.header) > 1 and _is_heading(filled[0]) else None
    return own or (above if above and _is_heading(above) else None)


def told(node: Node, piece: Piece, values: Values) -> dict[Node, Leaf]:
    """What a heading says of the group of the rows below it."""
    value = values.read(node, piece.text.strip(" :"))
    return {node: Leaf(value.value, value.text, piece.place)} if value else {}


def _is_group(leaf: Node) -> bool:
    tokens = set(labels.tokens(leaf.name))
    return leaf.types == ("string",) and bool(tokens & _GROUPS) and tokens <= _GROUPS | _BESIDE


def _is_heading(piece: Piece) -> bool:
    words = piece.text.split()
    is_sentence = piece.text.rstrip().endswith(".") or len(words) > _MOST_WORDS
    return not is_sentence and any(map(str.isalpha, piece.text))
