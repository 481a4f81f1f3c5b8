"""Codes of items that stand before what they are of: `[FURN_7777] Office chair`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.local.extraction import labels
from workers.local.extraction.found import Leaf
from workers.local.extraction.grid import Piece
from workers.local.extraction.schemas import Node
from workers.local.extraction.values import Values

_CODED = re.compile(
    r"(?:[\[(*](?P<marked>[\w./ -]{2,30})[\])*]|(?P<bare>(?=\S*\d)[A-Z\d][A-Z\d./_-]{3,19}))"
    r"\s+(?P<rest>[^\W\d_].*)",
    re.DOTALL,
)
# In so many of the rows there has to be one, since some names begin with what looks like one.
_MOST = 2 / 3
_TEXTS = frozenset(("description", "name", "item", "service"))


def is_code(leaf: Node) -> bool:
    """Whether a property is the code that an item is known by."""
    tokens = set(labels.tokens(leaf.name))
    return leaf.types[:1] == ("string",) and "item" in tokens and bool(tokens & {"code", "number"})


def is_text(leaf: Node) -> bool:
    """Whether a property is the text that says what an item is."""
    tokens = set(labels.tokens(leaf.name))
    return (
        leaf.types[:1] == ("string",) and bool(tokens & _TEXTS) and not tokens & {"code", "number"}
    )


def wanted(leaves: Sequence[Node], taken: Sequence[Node]) -> tuple[Node, Node, Node] | None:
    """The property whose column may hold both, and of it and the one that has none code and text.

    Args:
        leaves: all properties of the rows.
        taken: those that have a column.
    """
    codes = [leaf for leaf in leaves if is_code(leaf)]
    texts = [leaf for leaf in leaves if is_text(leaf)]
    for code in codes:
        for text in texts:
            if (code in taken) != (text in taken):
                return (code if code in taken else text), code, text
    return None


def are_in(cells: Sequence[Piece | None]) -> bool:
    """Whether codes begin the cells of a column."""
    filled = [cell for cell in cells if cell]
    coded = [cell for cell in filled if _CODED.fullmatch(cell.text.strip())]
    return bool(coded) and len(coded) >= _MOST * len(filled)


def parted(cell: Piece | None, code: Node, text: Node, values: Values) -> dict[Node, Leaf]:
    """The code and the text of a cell; nothing where it has no code."""
    match = _CODED.fullmatch(cell.text.strip()) if cell else None
    if cell is None or match is None:
        return {}
    told = {code: match["marked"] or match["bare"], text: " ".join(match["rest"].split())}
    read = {node: values.read(node, said) for node, said in told.items()}
    return {node: Leaf(one.value, one.text, cell.place) for node, one in read.items() if one}
