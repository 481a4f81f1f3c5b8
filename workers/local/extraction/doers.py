"""Who did something, where it is said in few words: `Packed by R. Esquivel  Checked by J. Roe`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.local.extraction import found, labels
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

_DOER = re.compile(r"(?:_by|By)$|(?:_von|Von|_par|Par|_por|Por)$")
_BY = frozenset(("by", "von", "durch", "par", "por", "da", "door"))
_TITLED = frozenset(("Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Herr", "Frau", "Ing", "Dipl.-Ing"))
# A name's word, or an initial.
_WORD = re.compile(r"(?:[^\W\d_a-z]\.)+|[^\W\d_a-z][^\W\d_]*(?:['\u2019-][^\W\d_]+)*")
_MOST_WORDS = 4


def find(
    leaves: Sequence[Node], known: dict[Node, Leaf], sheets: Sequence[Sheet], values: Values
) -> dict[Node, Leaf]:
    """The names behind a verb and `by`, as properties are called: `packed_by`.

    Args:
        leaves: all properties outside of arrays.
        known: what is found of them already.
        sheets: the document's pages.
        values: reads the names.
    """
    wanted = {
        labels.tokens(leaf.name): leaf
        for leaf in leaves
        if leaf not in known and "string" in leaf.types and _DOER.search(leaf.name)
    }
    told: dict[Node, Leaf] = {}
    for sheet in sheets if wanted else ():
        for segment in sheet.segments:
            for verb, name in _named(segment):
                node = wanted.get(labels.tokens(verb))
                value = values.read(node, name.text) if node else None
                if node and value:
                    told.setdefault(node, Leaf(value.value, value.text, found.place([name])))
    return told


def _named(segment: Segment) -> Iterator[tuple[str, Segment]]:
    # The verb, and the words behind `by` that are written as names are.
    texts = [word.text for word in segment.words]
    for place, text in enumerate(texts[:-1]):
        if place and text in _BY:
            end = place + 1
            while end < len(texts) and end - place <= _MOST_WORDS and _is_of_name(texts, end):
                end += 1
            if end > place + 1:
                yield texts[place - 1], segment.part(place + 1, end)


def _is_of_name(texts: Sequence[str], place: int) -> bool:
    text = texts[place].rstrip(",")
    is_next_verb = place + 1 < len(texts) and texts[place + 1] in _BY
    is_ended = texts[place - 1].endswith(",")
    is_word = _WORD.fullmatch(text) is not None or text.rstrip(".") in _TITLED
    return is_word and not is_next_verb and not is_ended
