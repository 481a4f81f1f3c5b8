"""A second look for what no label is called as: `Isolation permit` for a `permit_number`.

Labels that nothing was found by are compared with properties that were not found: a label may leave
out of a name, or add to it, what tells nothing else apart, and a description may say what it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from workers.local.extraction import labels, measures, partly
from workers.local.extraction.labels import Tokens
from workers.local.extraction.names import OF_PARTIES, PARTIES, VAGUE, Names
from workers.local.extraction.schemas import Node
from workers.local.extraction.synonyms import FILLERS

_NEARLY, _DESCRIBED, _PARTLY = 0.74, 0.7, 0.66
# What makes something else of what it stands before.
OTHER = frozenset(
    re.findall(
        r"\w+",
        "previous last next prior old former max min maximum minimum other additional estimated "
        "average avg per employer employee ytd non not first second current opening closing sub "
        "early late alternate secondary",
    )
)
_MOST_MORE, _MOST_LEFT, _LEAST_LETTERS = 1, 1, 4
_OF_PARTIES = frozenset(token for (token,) in PARTIES)


class Loose(Names):
    """Which of some properties a label may mean that is called as none of them."""

    def __init__(self, missing: Sequence[Node], known: Names, kinds: frozenset[str]) -> None:
        """Learn the names.

        Args:
            missing: the properties that were not found.
            known: all names, by which labels are known as such.
            kinds: what the document says that it is, as `partly.titles` has it.
        """
        super().__init__(missing)
        self._known_names, self._kinds = known, kinds

    def best(self, text: str, is_recognized: bool) -> float:
        """How well a label fits the property that it fits best, whether that is found or not."""
        return self._known_names.best(text, is_recognized)

    def _matches(self, text: str, is_recognized: bool, section: Tokens | None) -> dict[Node, float]:
        is_known = self.best(text, is_recognized) >= labels.SIMILAR
        if "%" in text or (is_known and not any(partly.is_due(one, text) for one in self.leaves)):
            return {}
        said = [token for token in labels.tokens(text) if not token.isdigit()]
        if section in PARTIES and set(said) <= OF_PARTIES:
            return {}  # `Phone` under a customer's name is the customer's
        fits = {leaf: score for leaf in self.leaves if (score := self._fit(leaf, said, text))}
        # What may be several is none of them.
        return fits if len(fits) == 1 else {}

    def _fit(self, leaf: Node, said: Sequence[str], text: str) -> float:
        if score := _fit(leaf, said, text):
            return score
        return _PARTLY if partly.says(leaf, text, self._known_names.leaves, self._kinds) else 0.0


def _fit(leaf: Node, said: Sequence[str], text: str) -> float:
    own = _own(leaf)
    is_begun = len(text.split()) > 1 and own.description.startswith(labels.plain(text.strip(" :")))
    if is_begun:
        return _DESCRIBED
    new = {one for one in said if one not in VAGUE | FILLERS}
    if not own.telling or not new or is_anothers(own.telling, new):
        return 0.0
    if new <= own.telling | own.described and (len(new & own.described) > 1 or new & own.telling):
        left = own.telling - new
        is_told = len(left) <= _MOST_LEFT and all(_is_unknown(one) for one in left)
        return _DESCRIBED if is_told else 0.0
    more = new - own.telling
    is_more = len(more) <= _MOST_MORE and all(map(_is_unknown, more))
    is_whole = own.telling <= new and is_more and all(map(_is_telling, own.telling))
    return _NEARLY if is_whole else 0.0


@dataclass(frozen=True)
class _Own:
    # What a property says of itself, read once for all labels.
    description: str
    telling: frozenset[str]
    described: frozenset[str]


@lru_cache(maxsize=10_000)
def _own(leaf: Node) -> _Own:
    description = str(leaf.schema.get("description", ""))
    named = frozenset(labels.tokens(leaf.name)) - measures.UNITS - VAGUE - FILLERS
    return _Own(labels.plain(description), named, frozenset(labels.tokens(description)))


def is_anothers(telling: AbstractSet[str], new: AbstractSet[str]) -> bool:
    """Whether two names differ in what makes something else of a thing: `last`, or whose it is.

    Args:
        telling: the terms of one that tell something.
        new: those of the other.
    """
    different = telling ^ new
    return bool(different & (OTHER | _OF_PARTIES))


def _is_unknown(token: str) -> bool:
    return not labels.is_common(token)


def _is_telling(token: str) -> bool:
    return len(token) >= _LEAST_LETTERS and _is_unknown(token)
