"""Units of measure that stand in the cells of the quantities: `30 m`, `5 pcs.`"""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.local.extraction import labels, names, numbers
from workers.local.extraction.found import Leaf
from workers.local.extraction.grid import Piece
from workers.local.extraction.schemas import Node
from workers.local.extraction.values import Values

_MEASURED = re.compile(
    r"[\d.,'\s]*?(?P<unit>[^\W\d_]{1,12}[\w.()/\u00b2\u00b3-]{0,12}(?: [^\W\d_.]{1,12})?)"
)
_PRICED = frozenset(("price", "amount", "total", "tax", "number", "quantity", "rate"))


def is_unit(leaf: Node) -> bool:
    """Whether a property of rows says in what their quantities are counted."""
    tokens = set(labels.tokens(leaf.name))
    return leaf.types[:1] == ("string",) and "unit" in tokens and not tokens & _PRICED


def may_be(text: str) -> bool:
    """Whether a text may be a unit: `100 g`, but not `4.55`."""
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    return letters > 0 and 2 * letters >= digits


def wanted(leaves: Sequence[Node], taken: Sequence[Node]) -> tuple[Node, Node] | None:
    """The quantity whose cells may say the unit as well, and the property that is the unit.

    Args:
        leaves: all properties of the rows.
        taken: those that have a column.
    """
    quantity = next((leaf for leaf in taken if names.is_quantity(leaf)), None)
    unit = next((leaf for leaf in leaves if is_unit(leaf) and leaf not in taken), None)
    return (quantity, unit) if quantity and unit else None


def read(cell: Piece | None, unit: Node, values: Values) -> dict[Node, Leaf]:
    """What a cell of a quantity says of its unit; nothing if it is a mere number."""
    match = _MEASURED.fullmatch(cell.text.strip()) if cell else None
    if cell is None or match is None or match["unit"].upper() in (*numbers.CURRENCY_CODES, "X"):
        return {}
    value = values.read(unit, match["unit"])
    return {unit: Leaf(value.value, value.text, cell.place)} if value else {}
