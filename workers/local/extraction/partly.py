"""Labels that say but a part of a name: `Vehicle: FX22 KLD` for a `vehicle_registration`.

What a label leaves out has to be told by something else: by what its value looks like, by the
document's title, of which `Date` is the date, or by there being nobody else whom it could be about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from workers.local.extraction import labels, names
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Sheet

# What a document is called beside its kind: `Delivery note`, `Estimate no.`
_DOCUMENT = frozenset(("note", "report", "sheet", "form", "letter", "number", "statement", "of"))
_TITLE_LINES, _MOST_TITLE_WORDS = 12, 4
# A label of these alone says of what kind its value is, and nothing of what.
_OF_KIND = frozenset(
    re.findall(
        r"\w+",
        "date number name address email phone fax website code reference amount total type status "
        "description id contact person terms method details info note notes time quantity price "
        "state city country postal unit party company title tax currency",
    )
)
# What the last word of a name says of the value's look, where the label leaves it out.
_HAS_DIGIT = frozenset(
    ("registration", "reg", "plate", "number", "no", "nr", "id", "code", "serial")
)
_IS_WHERE = frozenset(("address",))
_IS_SOMEBODY = frozenset(("person", "name", "contact"))
_IS_SAID = frozenset(("description", "details", "point"))
_IS_RULE = frozenset(("terms", "conditions", "period"))
_RULE = re.compile(
    r"\d|\b(?:days?|net|receipt|advance|delivery|tage|jours|giorni)\b", re.IGNORECASE
)
_DUE = frozenset(("due", "payable", "chargeable", "charged"))
# Whom a recipient's letters are for.
_ATTENTION = re.compile(r"(?:attn|attention|z\. ?hd)\.?", re.IGNORECASE)
# Who writes a paper: what it says of nobody is theirs. And whom a paper may speak of besides.
_ISSUER = frozenset(("vendor", "supplier", "seller"))
_ANOTHERS = frozenset(
    re.findall(
        r"\w+",
        "previous last next prior old former max min other additional estimated average employer "
        "employee ytd first second current opening closing sub alternate secondary spouse mother "
        "father parent child partner guardian emergency guarantor witness customer patient buyer "
        "landlord tenant home away",
    )
)
_SMALL = frozenset(("of", "the", "in", "for", "by", "and"))


def titles(sheets: Sequence[Sheet]) -> frozenset[str]:
    """What a document says that it is, near its beginning: `delivery` of a `DELIVERY NOTE`.

    Args:
        sheets: the document's pages.
    """
    found: set[str] = set()
    for segment in sheets[0].segments[:_TITLE_LINES] if sheets else ():
        if len(segment.words) <= _MOST_TITLE_WORDS:
            own = [one for one in labels.tokens(segment.text) if one not in _DOCUMENT]
            found |= set(own) if len(own) == 1 else set()
    return frozenset(found)


def says(leaf: Node, text: str, leaves: Sequence[Node], kinds: frozenset[str]) -> bool:
    """Whether a label may mean a property although it says a part of its name alone.

    Args:
        leaf: the property.
        text: the label.
        leaves: all properties that are asked for.
        kinds: what the document says that it is, as `titles` has it.
    """
    return (
        _is_addressed(leaf, text)
        or is_due(leaf, text)
        or any(
            _is_of_document(leaf, part, kinds)
            or (_is_told(leaf, part) and not _is_anybodys(leaf, part, leaves))
            for part in _parts(leaf, labels.plain(text))
        )
    )


def is_due(leaf: Node, text: str) -> bool:
    """Whether a label says of a sum that it is due, as `Minimum payment due` does; it is no date.

    Args:
        leaf: the sum.
        text: the label.
    """
    own, said = frozenset(labels.parts(leaf.name)), frozenset(labels.parts(text))
    is_sum = bool({"number", "integer"} & set(leaf.types))
    return is_sum and len(own) > 1 and own < said and said - own <= _DUE


def has_look(leaf: Node, text: str, label: str) -> bool:
    """Whether a text looks like what a label leaves out of a property's name.

    Args:
        leaf: the property.
        text: what may be its value.
        label: the label.
    """
    left = set(labels.parts(leaf.name)) - set(labels.parts(label))
    has_digit = any(map(str.isdigit, text))
    if left & _HAS_DIGIT:
        return has_digit
    if left & _IS_WHERE:
        return has_digit and "@" not in text
    if left & _IS_SOMEBODY:
        return not has_digit and text[:1].isupper()
    return not left & _IS_RULE or _RULE.search(text) is not None


@dataclass(frozen=True)
class _Part:
    # Of a name, by its words or their meanings: the last one, those that a label says, and the one
    # that it leaves out.
    last: str
    said: frozenset[str]
    left: str
    is_spelled: bool


@lru_cache(maxsize=20_000)
def _parts(leaf: Node, text: str) -> list[_Part]:
    spelled = [one for one in labels.parts(leaf.name) if one not in _SMALL]
    found = []
    for own, said in (
        (spelled, frozenset(labels.parts(text)) - _SMALL),
        (labels.tokens(leaf.name), frozenset(labels.tokens(text))),
    ):
        left = [one for one in own if one not in said]
        if said and said < set(own) and len(left) == 1:
            found.append(_Part(own[-1], said, left[0], own is spelled))
    return found


def _is_addressed(leaf: Node, text: str) -> bool:
    own = set(labels.tokens(leaf.name))
    return bool(_ATTENTION.fullmatch(text.strip())) and "contact" in own and "vendor" not in own


def _is_of_document(leaf: Node, part: _Part, kinds: frozenset[str]) -> bool:
    return part.said == {"date"} and part.left in kinds and names.role(leaf) == "date"


def _is_told(leaf: Node, part: _Part) -> bool:
    if part.said <= _OF_KIND:
        return False
    if part.left == part.last:
        return part.left in _HAS_DIGIT | _IS_WHERE | _IS_SOMEBODY | _IS_RULE | _IS_SAID
    if part.left in _ISSUER:
        return names.role(leaf) == "taxid"
    # Of an `insurance policy` the `Policy`, where that is said in just this word.
    is_text = leaf.types == ("string",) and names.role(leaf) is None
    return part.is_spelled and is_text and part.left not in _ANOTHERS


def _is_anybodys(leaf: Node, part: _Part, leaves: Sequence[Node]) -> bool:
    # As much may be said of another property that is asked for.
    return any(
        other is not leaf
        and (
            part.said <= set(labels.tokens(other.name))
            or part.said <= set(labels.parts(other.name))
        )
        and names.role(other) == names.role(leaf)
        for other in leaves
    )
