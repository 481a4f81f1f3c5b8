"""What stands below the name of a row's item, where a schema asks for both apart."""

from __future__ import annotations

from collections.abc import Sequence

from workers.local.extraction import labels
from workers.local.extraction.found import Leaf, Place
from workers.local.extraction.grid import Piece
from workers.local.extraction.schemas import Node
from workers.local.extraction.values import Values

_NAMES = frozenset(("name", "item", "title", "product", "service"))
# A first line that is shorter than this share of a later one ends by itself.
_UNBROKEN = 0.8
_DETAILS = frozenset(
    ("description", "note", "detail", "details", "info", "comment", "specification")
)

# Statements say of what kind a movement is, and under that what for.
_KINDS, _BOOKED = frozenset(("type",)), frozenset(("booking",))
# An item's number is no name of it.
_CODES = frozenset(("number", "code"))


def without(cell: Piece | None, leaf: Node) -> Piece | None:
    """A cell without what stands below a name that its first line has to itself.

    Args:
        cell: as it is.
        leaf: what is read of it; only a name has no details.
    """
    is_name = _is(leaf, _NAMES) and not _is(leaf, _DETAILS)
    if cell is None or not is_name or "\n" not in cell.text:
        return cell
    first, *rest = cell.text.split("\n")
    # A line that had to be broken is about as long as the others.
    return cell.line(0) if len(first) < _UNBROKEN * max(map(len, rest)) else cell


def wanted(leaves: Sequence[Node], taken: Sequence[Node]) -> tuple[Node, Node, Node] | None:
    """The property that has a column, and of it and the one that has none the name and the details.

    Args:
        leaves: all properties of the rows.
        taken: those that have a column.
    """
    first = (
        _NAMES | _KINDS
        if any(_BOOKED & set(labels.tokens(leaf.name)) for leaf in leaves)
        else _NAMES
    )
    for has, lacks in ((first, _DETAILS), (_DETAILS, first)):
        column = [leaf for leaf in taken if _is(leaf, has) and not _is(leaf, lacks)]
        others = [leaf for leaf in leaves if leaf not in taken and _is(leaf, lacks)]
        if len(column) == len(others) == 1:
            name, details = (column + others) if has is first else (others + column)
            return column[0], name, details
    return None


def parted(cell: Piece | None, name: Node, details: Node, values: Values) -> dict[Node, Leaf]:
    """The first line of a cell as the name, and what is below it; nothing for a single line."""
    first, *rest = cell.text.split("\n") if cell else ("",)
    if cell is None or not rest:
        return {}
    found = {name: values.read(name, first), details: values.read(details, " ".join(rest))}
    if not all(found.values()):
        return {}
    at: Place = cell.place
    return {node: Leaf(value.value, value.text, at) for node, value in found.items() if value}


def _is(leaf: Node, words: frozenset[str]) -> bool:
    tokens = set(labels.tokens(leaf.name))
    return leaf.types[:1] == ("string",) and bool(words & tokens) and not tokens & _CODES
