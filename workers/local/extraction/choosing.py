"""Of labels and values that may belong to properties by their meaning, those that clearly do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.local.extraction import looks, names
from workers.local.extraction.pairs import Pair

# How alike a label and a property have to be, and how much less alike all others. Papers are full
# of sums, which are alike.
ALIKE, ALIKE_OF_SUM, APART = 0.38, 0.45, 0.05
# Whatever a value looks like, its label has to be so alike.
LEAST = 0.25
# What is known by its shape is found by that, or by its own name.
_SHAPED = frozenset(("email", "website", "iban", "bic", "taxid", "address", "postal", "currency"))
# A word that begins with a capital letter, and no unit.
_NAMED = re.compile(r"\b[^\W\d_a-z][^\W\d_A-Z]{3}")
# Each is compared with all others.
_MOST = 500


def chosen(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs that are clearly meant, the surest first.

    Args:
        pairs: properties with labels and values, scored by how alike label and property are.
    """
    left = sorted(_likely(pairs), key=lambda each: -each[0])[:_MOST]
    found: list[Pair] = []
    while best := next((each for each in left if _is_clear(each, left)), None):
        found.append(best[1])
        used = _words(best[1])
        left = [
            (score, pair)
            for score, pair in left
            if pair.node is not best[1].node and not used & _words(pair)
        ]
    return found


def _likely(pairs: Sequence[Pair]) -> Iterator[tuple[float, Pair]]:
    for pair in pairs:
        fit = looks.fit(pair.node, pair.leaf.text)
        is_known = names.role(pair.node) in _SHAPED
        if fit is None or is_known or _is_of_more(pair) or pair.score < LEAST:
            continue
        # What stands under a text is its value where that looks like what is asked for.
        is_form = pair.label.cell is not None or pair.label.text.endswith(":")
        is_beside = pair.leaf.place.words[0].top < pair.label.bottom  # or over it
        if is_form or is_beside or fit > 0 or pair.node.types != ("string",):
            yield pair.score + fit, pair


def _is_of_more(pair: Pair) -> bool:
    # `4420 - Midwest Sales` is no number.
    if not {"number", "integer"} & set(pair.node.types):
        return False
    text = " ".join(word.text for word in pair.leaf.place.words)
    return _NAMED.search(text.replace(pair.leaf.text, " ", 1)) is not None


def _is_clear(each: tuple[float, Pair], others: Sequence[tuple[float, Pair]]) -> bool:
    score, pair = each
    if score < (ALIKE_OF_SUM if names.role(pair.node) == "amount" else ALIKE):
        return False
    return not any(
        other_score > score - APART and _is_rival(pair, other) for other_score, other in others
    )


def _is_rival(pair: Pair, other: Pair) -> bool:
    # Another label of the same property, or another property of the same label or value.
    is_same_label = bool(_seen(pair) & _seen(other))
    if pair.node is other.node:
        return not is_same_label
    return is_same_label or bool(_value(pair) & _value(other))


def _words(pair: Pair) -> set[int]:
    return _seen(pair) | _value(pair)


def _seen(pair: Pair) -> set[int]:
    return {id(word) for word in pair.label.seen}


def _value(pair: Pair) -> set[int]:
    return {id(word) for word in pair.leaf.place.words}
