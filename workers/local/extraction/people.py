"""People whose first and last names are asked for apart, while a document gives them in one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.local.extraction import labels, shapes
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node

# Who it is, without what he or she is called by.
_TITLES = re.compile(
    r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|herrn?|frau|m|mme|mlle|sr|sra|sig|dhr|mevr)\.? )+",
    re.IGNORECASE,
)
_WORD = r"[^\W\d_][^\W\d_]*(?:['\u2019-][^\W\d_]+)*"
# More words than two are no safe guess, but for an initial between them.
_IN_ORDER = re.compile(rf"(?P<first>{_WORD}) (?:[^\W\d_]\.? )?(?P<last>{_WORD})")
_LAST_FIRST = re.compile(rf"(?P<last>{_WORD}), (?P<first>{_WORD})(?: [^\W\d_]\.?)?")
# How a description says that a name is wanted alone.
_UNTITLED = re.compile(
    r"\b(?:without|no|excluding|ohne|sans|sin|senza|zonder) (?:\w+ )?"
    r"(?:title|titles|salutation|honorific|anrede|titel|civilité|titre|tratamiento|titolo|aanhef)",
    re.IGNORECASE,
)
_PERSONS = re.compile(
    r"(?:_by|By)$|person|contact|signator|author|supervisor|manager|approver", re.I
)
_FIRST, _LAST = ("first name", "given name", "forename"), ("last name", "surname", "family name")
_FIRST_TOKENS, _LAST_TOKENS = ({labels.tokens(each) for each in names} for names in (_FIRST, _LAST))


def whole(root: Node) -> dict[Node, tuple[Node, Node]]:
    """For each object with a first and a last name, a name to be looked for as well, and these two.

    Args:
        root: the schema's tree.
    """
    found: dict[Node, tuple[Node, Node]] = {}
    for each in root.objects():
        own = {labels.tokens(name): node for name, node in each.properties.items()}
        first = next((own[tokens] for tokens in own if tokens in _FIRST_TOKENS), None)
        last = next((own[tokens] for tokens in own if tokens in _LAST_TOKENS), None)
        if first and last and labels.tokens("name") not in own:
            found[Node("name", first.parents, {"type": "string"}, ("string",), True)] = first, last
    return found


def find(asked: dict[Node, tuple[Node, Node]], leaves: dict[Node, Leaf]) -> dict[Node, Leaf]:
    """The first and the last names in the whole ones that were found.

    Args:
        asked: as `whole` gives them.
        leaves: what was found.
    """
    parts: dict[Node, Leaf] = {}
    for name, (first, last) in asked.items():
        leaf = leaves.get(name)
        told = _split(str(leaf.value)) if leaf else None
        if leaf and told:
            for node, text in zip((first, last), told, strict=True):
                parts[node] = Leaf(text, text, leaf.place)
    return parts


def untitled(text: str) -> str:
    """A name without what stands before it: `Herr`."""
    return _TITLES.sub("", text.strip(), count=1)


def is_person(text: str) -> bool:
    """Whether a line reads as a first and a last name, or begins with a title."""
    plain = untitled(text)
    is_named = _IN_ORDER.fullmatch(plain) is not None and plain.istitle()
    return is_named or (plain != text.strip() and not any(map(str.isdigit, plain)))


def is_titled(text: str) -> bool:
    """Whether a line begins with what somebody is called by: `Mr`."""
    return untitled(text) != text.strip()


def called(node: Node, text: str) -> str:
    """A text without somebody's title, as a description may want it, and what he or she is.

    Args:
        node: the property: `approved_by` is a person.
        text: such as `Dr Ada Roe, Head of Sales`.
    """
    if _UNTITLED.search(str(node.schema.get("description", ""))):
        text = untitled(text)
    name, comma, rest = text.partition(", ")
    is_other = not any(map(str.isdigit, rest)) or shapes.find("phone", rest) is not None
    is_told = bool(comma) and is_person(name) and is_other
    return name if is_told and _PERSONS.search(node.name) else text


def _split(text: str) -> Sequence[str] | None:
    plain = untitled(text)
    match = _IN_ORDER.fullmatch(plain) or _LAST_FIRST.fullmatch(plain)
    return (match["first"], match["last"]) if match else None
