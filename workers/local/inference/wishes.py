"""What instructions ask a schema to be: `Only the invoice number and the total, please`."""

from __future__ import annotations

import re
from typing import Any

from workers.local.extraction import labels

_ONLY = re.compile(
    r"\b(?:only|just|nur|lediglich|seulement|uniquement|solo|solamente|soltanto|alleen)\b(.{1,500})",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN = re.compile(r"[,;.\n]|\b(?:and|und|et|y|e|en|sowie|plus)\b", re.IGNORECASE)
_POLITE = re.compile(
    r"\b(?:please|bitte|s'il (?:vous|te) pla[iî]t|por favor|per favore|alstublieft|"
    r"give me|i want|i need|extract|include|fields?)\b",
    re.IGNORECASE,
)


def granted(schema: dict[str, Any], instructions: str) -> dict[str, Any] | None:
    """A schema with nothing but what instructions name; None if they say something else.

    Args:
        schema: of an object.
        instructions: a user's. They are understood as a list behind `only`, of which each part has
            to be a property.
    """
    only = _ONLY.search(instructions)
    texts = [_POLITE.sub(" ", text).strip() for text in _BETWEEN.split(only[1])] if only else []
    named = [_named(text, schema["properties"]) for text in texts if text]
    if not named or not all(named):
        return None
    wanted = {name for names in named for name in names}
    properties = {name: part for name, part in schema["properties"].items() if name in wanted}
    required = [name for name in schema["required"] if name in wanted]
    return {**schema, "properties": properties, "required": required}


def _named(text: str, properties: dict[str, Any]) -> list[str]:
    # The property that is called so, or is most like it, and all that say more of the same: a
    # customer is both a name and an address.
    tokens = labels.tokens(text)
    scores = {name: labels.similarity(labels.tokens(name), tokens) for name in properties}
    best = max(scores.values(), default=0.0)
    like = [name for name, score in scores.items() if score == best >= labels.SIMILAR]
    more = [name for name in properties if set(tokens) < set(labels.tokens(name))]
    return like if best == 1 else like + more
