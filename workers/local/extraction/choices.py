"""Choices and answers of yes and no that sentences give: `This offer is conditional.`"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.local.extraction import found, labels
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet

# Options that are shorter are words that stand anywhere.
_LEAST_LETTERS, _LEAST_STEM = 5, 5
# So many words may be between an option and what it is one of.
_NEAR = 5
_WORD = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"(?<=[.;!?])\s+(?=\S)")
# What is only so under a condition, or at some time.
_IF = re.compile(
    r"\b(?:if|once|when|whether|unless|until|wenn|sobald|falls|ob|si|quand|lorsque|cuando|se)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|no|never|nicht|kein\w*|pas|non|niet|geen)\b", re.IGNORECASE)
# What a name says that no sentence does.
_UNSAID = frozenset(("type", "status", "is", "has", "terms", "mode", "kind", "option"))


def find(
    leaves: Sequence[Node], known: dict[Node, Leaf], sheets: Sequence[Sheet]
) -> dict[Node, Leaf]:
    """The options that stand beside a word of their property's name, if there is but one.

    Args:
        leaves: all properties outside of arrays.
        known: what is found of them already.
        sheets: the document's pages.
    """
    told: dict[Node, Leaf] = {}
    for node in leaves:
        if node in known:
            continue
        every = list(
            _answers(node, sheets) if node.types == ("boolean",) else _options(node, sheets)
        )
        if len({leaf.value for leaf in every}) == 1 and node.fits(every[0].value):
            told[node] = every[0]
    return told


def _options(node: Node, sheets: Sequence[Sheet]) -> Iterator[Leaf]:
    options = [one for one in node.schema.get("enum", ()) if isinstance(one, str)]
    plain = {labels.plain(one): one for one in options if len(one) >= _LEAST_LETTERS}
    wanted = _wanted(node)
    for segment, text in _sentences(sheets) if wanted and len(plain) == len(options) > 1 else ():
        words = [labels.plain(match.group()) for match in _WORD.finditer(text)]
        places = [at for at, word in enumerate(words) if any(_is_said(one, word) for one in wanted)]
        for at, word in enumerate(words):
            is_near = any(0 < abs(at - other) <= _NEAR for other in places)
            if word in plain and is_near and not _IF.search(text):
                yield Leaf(plain[word], text, found.place([segment]))


def _answers(node: Node, sheets: Sequence[Sheet]) -> Iterator[Leaf]:
    # All words of a name in one short sentence: `Der Betrieb ist zulässig.`, `Non-refundable.`
    wanted = _wanted(node)
    for segment, text in _sentences(sheets) if wanted else ():
        words = [labels.plain(match.group()) for match in _WORD.finditer(text)]
        is_whole = all(any(_is_said(one, word) for word in words) for one in wanted)
        is_short = len(words) <= _NEAR * len(wanted) and "?" not in text and ":" not in text
        is_denied = _NOT.search(text) is not None
        is_told = len(wanted) > 1 or is_denied  # one word may stand in any sentence
        if is_whole and is_short and is_told and not _IF.search(text):
            yield Leaf(not is_denied, text, found.place([segment]))


def _wanted(node: Node) -> list[str]:
    words = [labels.plain(word) for word in labels.parts(node.name)]
    return [word for word in words if word not in _UNSAID]


def _is_said(wanted: str, word: str) -> bool:
    stem = max(_LEAST_STEM, len(wanted) - 3)
    return word == wanted or (len(wanted) >= _LEAST_STEM and word[:stem] == wanted[:stem])


def _sentences(sheets: Sequence[Sheet]) -> Iterator[tuple[Segment, str]]:
    for sheet in sheets:
        for segment in sheet.segments:
            for part in _PARTS.split(segment.text):
                yield segment, part
