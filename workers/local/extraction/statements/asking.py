"""Which words of a sentence a property is about, and what kind of figure it wants."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workers.local.extraction import labels, measures, names
from workers.local.extraction.schemas import Node
from workers.local.extraction.statements.figures import CODE, COUNT, DATE, MONEY, SHARE

_NUMBERS = frozenset(("number", "integer"))
# What a name says of its value's kind, and not of what it is.
_KINDS = frozenset(
    ("date", "amount", "number", "price", "fee", "value", "rate", "percent", "pct", "sum", "day")
)
# Of sums that every invoice has, labels tell.
_ANY = frozenset(
    re.findall(
        r"\w+",
        "total subtotal tax net gross payable balance amount discount shipping quantity paid line "
        "item unit credit debit invoice order",
    )
)
_SHARES = frozenset(("rate", "percent", "pct", "margin", "percentage"))
_UNTIL = frozenset(("due", "deadline", "expiry", "end", "until", "bis", "by"))
_FROM = frozenset(("start", "effective", "ab", "begin", "commencement"))
_BEFORE = frozenset(("prior", "previous", "last", "py", "vorjahr", "year", "period"))
_PRIOR = frozenset(("prior", "previous", "py", "vorjahr"))
_INSTEAD = {"eps": ("share",)}
_IN_MILLIONS = re.compile(r"\bmillion|\bmio\b|\bmln\b", re.IGNORECASE)
_IN_PERCENT = re.compile(r"%|percent|prozent|pourcent|por ciento|percentuale", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    """What is asked of sentences for a property.

    Attributes:
        kinds: those of figures that may answer it, the best first.
        words: what has to be said beside the figure.
        edge: whether a date is one from which, or until which, something is; else "".
        is_prior: whether it is of the year before.
        is_in_millions: whether numbers are wanted in millions.
        unit: what a count is in, as the name's end says; "" if it does not.
    """

    kinds: tuple[str, ...]
    words: tuple[str, ...]
    edge: str
    is_prior: bool
    is_in_millions: bool
    unit: str = ""


def of(node: Node, whole: Node) -> Question | None:
    """What is asked for a property; None where sentences tell nothing of it.

    Args:
        node: the property.
        whole: the schema's root, whose description may say what numbers are in.
    """
    tokens = [token.removesuffix("s") for token in labels.tokens(node.name)]
    tokens = [word for token in tokens for word in _INSTEAD.get(token, (token,))]
    described = str(node.schema.get("description", ""))
    kinds = _kinds(node, set(tokens), described)
    if not kinds:
        return None
    edge, is_prior = "", bool(_PRIOR & set(tokens))
    if kinds == (DATE,):
        edge = "until" if _UNTIL & set(tokens) else "from" if _FROM & set(tokens) else ""
        tokens = [token for token in tokens if token not in _UNTIL | _FROM]
    if is_prior:
        tokens = [token for token in tokens if token not in _BEFORE]
    words = [token for token in tokens if token not in _KINDS | measures.UNITS | {"net", "gross"}]
    if kinds not in ((DATE,), (CODE,)) and set(words) <= _ANY:
        words = [token for token in words if token in measures.UNITS]
    if kinds == (COUNT,) and not words:
        words = [token for token in tokens if token in measures.UNITS]
    if not words and not edge:
        return None
    in_millions = any(_IN_MILLIONS.search(text) for text in (described, _description(whole)))
    unit = labels.parts(node.name)[-1]
    unit = unit if unit in measures.UNITS else ""
    return Question(kinds, tuple(words), edge, is_prior, in_millions, unit)


def _description(whole: Node) -> str:
    return str(whole.schema.get("description", ""))


def _kinds(node: Node, tokens: set[str], described: str) -> tuple[str, ...]:
    if "enum" in node.schema:
        return ()
    if names.role(node) == "date":
        return (DATE,)
    if names.role(node) == "number" and node.types == ("string",):
        return (CODE,)
    if not set(node.types) <= _NUMBERS:
        return ()
    if tokens & _SHARES or _IN_PERCENT.search(described):
        return (SHARE,)
    if node.types == ("integer",):
        return (COUNT, MONEY)
    return (MONEY,) if names.role(node) == "amount" else (MONEY, COUNT)
