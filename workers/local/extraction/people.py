"""People whose first and last names are asked for apart, while a document gives them in one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.local.extraction import labels
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


def _split(text: str) -> Sequence[str] | None:
    plain = untitled(text)
    match = _IN_ORDER.fullmatch(plain) or _LAST_FIRST.fullmatch(plain)
    return (match["first"], match["last"]) if match else None
