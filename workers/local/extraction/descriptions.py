"""What a property is called by its description, if that is short enough to be a name."""

from __future__ import annotations

import re
from collections.abc import Collection

from workers.local.extraction import labels
from workers.local.extraction.labels import Tokens
from workers.local.extraction.schemas import Node

# A longer description explains, and names nothing.
MOST_WORDS, _MOST_TOKENS = 10, 4
# `null if none` says when there is nothing, and no name.
_NULL = re.compile(r"\bnull\b", re.IGNORECASE)
_OR = re.compile(r",(?: or\b)?|\bor\b|\boder\b|\bou\b|/")


def aliases(leaf: Node, vague: Collection[str]) -> list[Tokens]:
    """What a property's description calls it.

    Args:
        leaf: the property.
        vague: what says of what kind a value is, and not of what.
    """
    description = str(leaf.schema.get("description", ""))
    if len(description.split()) > MOST_WORDS or _NULL.search(description):
        return []
    found = [labels.tokens(text) for text in (*_alternatives(description, vague), description)]
    # `in percent` says how it is written, and not what it is called.
    telling = (alias for alias in found if not set(alias) <= {*vague, "rate"})
    return [alias for alias in dict.fromkeys(telling) if len(alias) <= _MOST_TOKENS]


def _alternatives(description: str, vague: Collection[str]) -> list[str]:
    # `Invoice, contract or order number` is each of the three's number.
    parts = [part.strip(" .") for part in _OR.split(description)]
    if len(parts) < 2 or not all(parts):
        return []
    last = parts[-1].split()[-1]
    is_shared = bool(labels.tokens(last)) and set(labels.tokens(last)) <= set(vague)
    return [part if part.endswith(last) or not is_shared else f"{part} {last}" for part in parts]
