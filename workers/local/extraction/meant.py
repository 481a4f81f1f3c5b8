"""A last look for what is called by other words: `Examined by` for an `inspector`.

Labels that nothing was found by are compared in meaning with the properties that were not found. A
label has to mean one of them more than it means any other property, and more than other labels do.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from workers.local import encoder
from workers.local.extraction import abbreviations, captions, choosing, labels, looks, names
from workers.local.extraction.found import Leaf
from workers.local.extraction.labels import Tokens
from workers.local.extraction.loose import OTHER, is_anothers
from workers.local.extraction.names import OF_PARTIES, PARTIES, VAGUE, Names
from workers.local.extraction.pairs import Pairs
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import COLON, Segment, Sheet, has_digit
from workers.local.extraction.surroundings import SURE, Surroundings
from workers.local.extraction.synonyms import FILLERS
from workers.local.extraction.values import Values
from workers.local.terms import spaced

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

# Less alike than this are no candidates; a description is that much less than a name.
_FLOOR, _DESCRIBED = 0.15, 0.1
# How much less alike two names are that are known to say different things.
_ANOTHER = 0.35
# So alike a text is to a property that it is a label, and no value.
_A_LABEL = 0.5
# So many labels of a document are looked at; what is no longer than that many words may be one.
MOST_LABELS, MOST_WORDS = 600, 7
# So many properties are looked for, and a label may mean so many of them.
MOST_PROPERTIES, _MOST_MEANT = 300, 8
_LEAST_LETTERS = 2
# What names say of the kind of a value, and not of what.
_OF_KIND = re.compile(
    r"\b(?:date|number|no|nr|code|name|amount|datum|nummer|numero|numéro|fecha|data)\b", re.I
)
# `Examined by` names somebody, and is no `examination_date`.
_BY, _NOBODY = re.compile(r"\bby\b\W*$", re.I), frozenset(("date", "number", "amount"))
# Nor do these; and what is proven by other sums is found so.
_WEAK = frozenset(("type", "kind", "category", "status", "details", "info"))
_SUMS = frozenset(("net", "gross", "tax", "subtotal", "payable", "rate"))


def find(
    known: Names,
    found: Mapping[Node, Leaf],
    sheets: Sequence[Sheet],
    values: Values,
    in_tables: set[Segment],
) -> dict[Node, Leaf]:
    """What labels in other words say of the properties that were not found.

    Args:
        known: the names of all properties outside of arrays.
        found: those that were found.
        sheets: the document's pages.
        values: reads texts.
        in_tables: the segments of tables, which are neither labels nor values.
    """
    missing = [leaf for leaf in known.leaves if leaf not in found and _is_open(leaf)]
    missing = missing[:MOST_PROPERTIES]
    if not missing:
        return {}
    meant = Meant(missing, known, sheets)
    near = [Surroundings(sheet, meant) for sheet in sheets]
    taken = {id(word) for leaf in found.values() for word in leaf.place.words}
    taken |= {id(word) for segment in in_tables for word in segment.seen}
    pairs = [
        pair
        for one in near
        for pair in (
            *Pairs(one, values).all(in_tables),
            *captions.pairs(one, values, in_tables),
        )
        if not taken & {id(word) for word in pair.leaf.place.words}
    ]
    return {pair.node: pair.leaf for pair in choosing.chosen(pairs)}


class Meant(Names):
    """What labels mean in other words."""

    def __init__(self, missing: Sequence[Node], known: Names, sheets: Sequence[Sheet]) -> None:
        """Learn the names.

        Args:
            missing: the properties that were not found.
            known: all names, by which labels are known as such.
            sheets: where labels may stand.
        """
        super().__init__(missing)
        self._known_names = known
        self._meant = _meant(missing, known, sheets)

    def best(self, text: str, is_recognized: bool) -> float:
        """How well a label fits the property that it fits best, whether that is found or not."""
        meant = max(self._meant.get(_plain(text), {}).values(), default=0.0)
        return SURE if meant >= _A_LABEL else self._known_names.best(text, is_recognized)

    def _matches(self, text: str, is_recognized: bool, section: Tokens | None) -> dict[Node, float]:
        is_theirs = section in PARTIES and set(labels.tokens(_plain(text))) <= OF_PARTIES
        return {} if is_theirs else self._meant.get(_plain(text), {})


def _is_open(leaf: Node) -> bool:
    own = _tokens(leaf.name)
    return not own or not own <= _SUMS


def _meant(
    missing: Sequence[Node], known: Names, sheets: Sequence[Sheet]
) -> dict[str, dict[Node, float]]:
    # For each text that may be a label the properties that it may mean, and how alike they are.
    rest = [leaf for leaf in known.leaves if leaf not in missing][:MOST_PROPERTIES]
    texts = [text for text in dict.fromkeys(_labels(sheets)) if not _is_known(text, known, rest)]
    if not texts:
        return {}
    found: dict[str, dict[Node, float]] = {}
    for text, own in zip(texts, _alike(texts, [*missing, *rest]), strict=True):
        others = zip(own[len(missing) :], rest, strict=True)
        most = max((float(score) for score, leaf in others if _is_rival(text, leaf)), default=0.0)
        likely = sorted(zip(map(float, own), missing, strict=False), key=lambda each: -each[0])
        found[text] = {
            leaf: score - lacking
            for score, leaf in likely[:_MOST_MEANT]
            if score >= max(_FLOOR, most) and (lacking := _lacking(text, leaf)) is not None
        }
        if sum(1 for leaf in found[text] if _tokens(leaf.name) > _tokens(text)) > 1:
            found[text] = {}  # `Permit` where there are several
    named = [leaf for leaf in known.leaves if names.role(leaf) == "name"]
    if len(named) == 1 and named[0] in missing:
        found |= {text: {named[0]: SURE} for text in texts if labels.tokens(text) == ("name",)}
    return found


def _labels(sheets: Iterable[Sheet]) -> Iterator[str]:
    segments = [segment for sheet in sheets for segment in sheet.segments]
    for segment in segments[:MOST_LABELS]:
        # `Permit no. 14AC30772` has its label before the value.
        before = itertools.takewhile(lambda word: not has_digit(word), segment.text.split())
        for start in {_plain(segment.text): 0, _plain(" ".join(before)): 0}:
            is_short = len(start.split()) <= MOST_WORDS and looks.look(start) == looks.WORDS
            if is_short and sum(map(str.isalpha, start)) >= _LEAST_LETTERS:
                yield start


def _is_known(text: str, known: Names, rest: Sequence[Node]) -> bool:
    # What says nothing by itself, or names something that was found.
    if not _tokens(text):
        return labels.tokens(text) != ("name",)
    return any(leaf in known.matches(text, False) for leaf in rest if _is_rival(text, leaf))


def _is_rival(text: str, leaf: Node) -> bool:
    return not (_BY.search(text) and names.role(leaf) in _NOBODY)


def _alike(texts: Sequence[str], leaves: Sequence[Node]) -> NDArray[float32]:
    # Of `Closing date` and `start date` the half that says of what kind they are tells nothing.
    import numpy

    said = [abbreviations.in_full(text) for text in texts]
    called = [_called(leaf) for leaf in leaves]
    without = encoder.likenesses([*map(_telling, said)], [*map(_telling, called)])
    found: NDArray[float32] = (encoder.likenesses(said, called) + without) / numpy.float32(2)
    described = {
        number: str(leaf.schema["description"])
        for number, leaf in enumerate(leaves)
        if leaf.schema.get("description")
    }
    if described:
        more = encoder.likenesses(said, [*described.values()]) - _DESCRIBED
        found[:, [*described]] = numpy.maximum(found[:, [*described]], more)
    return found


def _lacking(text: str, leaf: Node) -> float | None:
    # `Last examined` is no `next_due_date`. What is known of two names that say different things,
    # such as `Invoice` and `invoice_total`, speaks against their being the same; but of the things
    # that a name is of, `vehicle_make`, one may be left out.
    own, told = _tokens(leaf.name), _tokens(text)
    if (told - own) & OTHER:
        return None
    if text.endswith("?"):
        return 0.0
    left, shared = own - told, own & told
    if not shared:
        is_another = bool(own and told) and all(map(labels.is_common, own | told))
    elif is_anothers(own, told):
        is_another = True
    else:
        head = [one for one in labels.tokens(leaf.name) if one in own][-1]
        is_of_sum = names.role(leaf) == "amount" and any(map(labels.is_common, left))
        is_another = len(left) > 1 or is_of_sum or (head in left and labels.is_common(head))
    return _ANOTHER if is_another else 0.0


def _tokens(text: str) -> set[str]:
    return {one for one in labels.tokens(text) if one not in VAGUE | FILLERS | _WEAK}


def _plain(text: str) -> str:
    return COLON.split(text)[0].strip()


def _telling(text: str) -> str:
    return _OF_KIND.sub(" ", text).strip(" .:") or text


def _called(leaf: Node) -> str:
    around = " ".join(spaced(parent) for parent in leaf.parents[-1:])
    return abbreviations.in_full(f"{around} {spaced(leaf.name)}".strip().casefold())
