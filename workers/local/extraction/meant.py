"""A last look for what is called by other words: `Examined by` for an `inspector`.

Labels that nothing was found by are compared in meaning with the properties that were not found. A
label has to mean one of them more than it means any other property, and more than other labels do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from workers.local import encoder
from workers.local.extraction import labels, looks, names
from workers.local.extraction.labels import Tokens
from workers.local.extraction.loose import OTHER, is_anothers
from workers.local.extraction.names import VAGUE, Names
from workers.local.extraction.pairs import Pair
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import COLON, Sheet
from workers.local.extraction.surroundings import SURE
from workers.local.extraction.synonyms import FILLERS
from workers.local.terms import spaced

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

# How alike a label and a property have to be, and how much less alike all others.
ALIKE, APART = 0.42, 0.05
# Papers are full of sums.
ALIKE_OF_SUM = 0.5
# Whatever a value looks like, its label has to be so alike.
LEAST = 0.25
_FLOOR, DESCRIBED = 0.15, 0.1
# What is known by its shape is found by that, or by its own name.
_SHAPED = frozenset(("email", "website", "iban", "bic", "taxid", "address", "postal", "currency"))
# So many labels of a document are looked at; what is no longer than that many words may be one.
MOST_LABELS, MOST_WORDS = 600, 7
_LEAST_LETTERS = 2
# How much less alike two names are that are known to say different things.
_ANOTHER = 0.35
# What names say of the kind of a value, and not of what.
_OF_KIND = re.compile(
    r"\b(?:date|number|no|nr|code|name|amount|datum|nummer|numero|numéro|fecha|data)\b", re.I
)
# So alike a text is to a property that it is a label, and no value.
_A_LABEL = 0.5


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
        self._likeness = _likenesses(missing, known, sheets)

    def best(self, text: str, is_recognized: bool) -> float:
        """How well a label fits the property that it fits best, whether that is found or not."""
        meant = max(self._likeness.get(_plain(text), {}).values(), default=0.0)
        return SURE if meant >= _A_LABEL else self._known_names.best(text, is_recognized)

    def _matches(self, text: str, is_recognized: bool, section: Tokens | None) -> dict[Node, float]:
        return self._likeness.get(_plain(text), {})


def chosen(pairs: Sequence[Pair]) -> list[Pair]:
    """Of pairs of labels and values those that are clearly meant, the surest first.

    Args:
        pairs: what `Meant` names, scored by how alike label and property are.
    """
    ranked = sorted(_ranked(pairs), key=lambda each: -each[0])
    found: list[Pair] = []
    used: set[int] = set()
    taken: set[Node] = set()
    for place, (score, pair) in enumerate(ranked):
        if pair.node in taken or used & _words(pair):
            continue
        near = [
            other
            for rival, other in ranked[place + 1 :]
            if rival > score - APART and other.node not in taken and not used & _words(other)
        ]
        least = ALIKE_OF_SUM if names.role(pair.node) == "amount" else ALIKE
        if score >= least and not any(_is_rival(pair, other) for other in near):
            found.append(pair)
            taken.add(pair.node)
            used |= _words(pair)
    return found


def _ranked(pairs: Sequence[Pair]) -> Iterator[tuple[float, Pair]]:
    for pair in pairs:
        fit = looks.fit(pair.node, pair.leaf.text)
        if fit is None or pair.score < LEAST or names.role(pair.node) in _SHAPED:
            continue
        # What stands under a text is its value where that looks like what is asked for.
        is_form = pair.label.cell is not None or pair.label.text.endswith(":")
        is_beside = pair.leaf.place.words[0].top < pair.label.bottom
        if is_form or is_beside or fit > 0 or pair.node.types != ("string",):
            yield pair.score + fit, pair


def _words(pair: Pair) -> set[int]:
    return {id(word) for word in (*pair.label.seen, *pair.leaf.place.words)}


def _is_rival(pair: Pair, other: Pair) -> bool:
    # Another label of the same property, or another property of the same label or value.
    label, theirs = ({id(word) for word in each.label.seen} for each in (pair, other))
    if pair.node is other.node:
        return not label & theirs
    value = {id(word) for word in pair.leaf.place.words}
    return bool(label & theirs or value & {id(word) for word in other.leaf.place.words})


def _likenesses(
    missing: Sequence[Node], known: Names, sheets: Sequence[Sheet]
) -> dict[str, dict[Node, float]]:
    rest = [leaf for leaf in known.leaves if leaf not in missing]
    texts = [text for text in dict.fromkeys(_labels(sheets)) if not _is_known(text, known, rest)]
    if not texts or not missing:
        return {}
    likeness = _alike(texts, [*missing, *rest])
    found: dict[str, dict[Node, float]] = {}
    for text, own in zip(texts, likeness, strict=True):
        most = max((float(score) for score in own[len(missing) :]), default=0.0)
        found[text] = {
            leaf: float(score) - lacking
            for leaf, score in zip(missing, own, strict=False)
            if score >= max(_FLOOR, most) and (lacking := _lacking(text, leaf)) is not None
        }
        shared = [leaf for leaf in found[text] if _tokens(leaf.name) > _tokens(text)]
        if len(shared) > 1:
            found[text] = {}  # `Permit` where there are several
    return found


def _alike(texts: Sequence[str], leaves: Sequence[Node]) -> NDArray[float32]:
    import numpy

    # Of `Closing date` and `start date` the half that says of what kind they are tells nothing.
    said = [_readable(text) for text in texts]
    called = [_called(leaf) for leaf in leaves]
    without = encoder.likenesses([*map(_telling, said)], [*map(_telling, called)])
    by_name: NDArray[float32] = (encoder.likenesses(said, called) + without) / numpy.float32(2)
    described = [number for number, leaf in enumerate(leaves) if leaf.schema.get("description")]
    if described:
        texts_of = [str(leaves[number].schema["description"]) for number in described]
        by_name[:, described] = numpy.maximum(
            by_name[:, described], encoder.likenesses(said, texts_of) - DESCRIBED
        )
    return by_name


def _telling(text: str) -> str:
    return _OF_KIND.sub(" ", text).strip(" .:") or text


def _is_known(text: str, known: Names, rest: Sequence[Node]) -> bool:
    # What says nothing by itself, or names something that was found.
    if not _tokens(text):
        return True
    return any(leaf in known.matches(text, False) for leaf in rest)


def _lacking(text: str, leaf: Node) -> float | None:
    # `Last examined` is no `next_due_date`. What is known of two names that say different things,
    # such as `Invoice` and `invoice_total`, speaks against their being the same.
    own, told = _tokens(leaf.name), _tokens(text)
    if (told - own) & OTHER:
        return None
    left, shared = own - told, own & told
    if shared:
        is_another = is_anothers(own, told) or any(map(labels.is_common, left)) or len(left) > 1
    else:
        is_another = bool(own and told) and all(map(labels.is_common, own | told))
    return _ANOTHER if is_another else 0.0


def _tokens(text: str) -> set[str]:
    return {one for one in labels.tokens(text) if one not in VAGUE | FILLERS}


def _labels(sheets: Iterable[Sheet]) -> Iterator[str]:
    count = 0
    for sheet in sheets:
        for segment in sheet.segments:
            start = _plain(segment.text)
            is_short = len(start.split()) <= MOST_WORDS
            if is_short and sum(map(str.isalpha, start)) >= _LEAST_LETTERS and count < MOST_LABELS:
                count += 1
                yield start


def _plain(text: str) -> str:
    return COLON.split(text)[0].strip()


def _readable(text: str) -> str:
    return text.casefold() if text.isupper() else text


def _called(leaf: Node) -> str:
    around = " ".join(spaced(parent) for parent in leaf.parents[-1:])
    return f"{around} {spaced(leaf.name)}".strip().casefold()
