"""Columns of tables that are called by other words than properties: `Part examined` for an `item`.

Whoever writes a schema for a kind of table mostly follows its columns, so that of readings that are
about as good the one in the columns' order is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from workers.local import encoder
from workers.local.extraction import abbreviations
from workers.local.extraction.schemas import Node
from workers.local.terms import spaced

# A column's name and a property that are less alike than this are not the same.
LEAST = 0.2
# How much better columns in another order than the properties' have to fit, for each of them.
_OUT_OF_ORDER = 0.06
# On average so alike are a header and the properties that it names, and so many of these it names.
HEADER_ALIKE, HEADER_SHARE = 0.33, 0.5
# Less is enough where each column is a property's, and each property has one.
WHOLE_ALIKE = 0.22
_MOST_WORDS, _MOST_COLUMNS, _MOST_PROPERTIES = 5, 30, 60
# So many different texts of a document are tried as headers of one array's table.
MOST_HEADERS = 300
_IN_BRACKETS = re.compile(r"\([^()]*\)")


def aligned(
    texts: Sequence[str],
    leaves: Sequence[Node],
    array: str,
    fit: Callable[[int, Node], float | None] = lambda column, leaf: 0.0,
) -> dict[int, tuple[Node, float]]:
    """The properties that columns mean, each with how alike they are.

    Args:
        texts: what the columns are called, from the left; empty for one that has no name.
        leaves: the properties, in their order.
        array: what their array is called.
        fit: what is in a column says for its being a property's; None where it cannot be that.
    """
    count, leaves = min(len(texts), _MOST_COLUMNS), leaves[:_MOST_PROPERTIES]
    if not any(texts) or not leaves:
        return {}
    alike = _likenesses(tuple(texts[:count]), tuple(spaced(leaf.name) for leaf in leaves), array)
    fits = [
        [
            _fit(score, fit(column, leaf)) if text else 0.0
            for score, leaf in zip(alike[column], leaves, strict=True)
        ]
        for column, text in enumerate(texts[:count])
    ]
    free, ordered = _best_first(fits), _in_order(fits)
    gain = _total(fits, free) - _total(fits, ordered)
    pairs = free if gain > _OUT_OF_ORDER * len(ordered) else ordered
    return {column: (leaves[place], fits[column][place]) for column, place in pairs.items()}


class Headers:
    """Judges headers of an array's table in other words; of a document the first ones.

    Args:
        leaves: the properties of a row.
        array: what their array is called.
    """

    def __init__(self, leaves: Sequence[Node], array: str) -> None:
        self._leaves = leaves
        self._array = array
        self._known: dict[tuple[str, ...], float] = {}

    def score(self, texts: Sequence[str]) -> float:
        """How well texts beside one another are a header; 0 for none.

        Args:
            texts: what stands beside one another.
        """
        named = tuple(" ".join(text.split()) for text in texts)
        if named not in self._known:
            if len(self._known) >= MOST_HEADERS or not _may_be_header(named):
                return 0.0
            self._known[named] = self._score(named)
        return self._known[named]

    def _score(self, named: Sequence[str]) -> float:
        header = [named[0] or self._array, *named[1:]]
        filled = sum(1 for text in named if text)
        scores = [score for _, score in aligned(header, self._leaves, self._array).values()]
        is_enough = len(scores) >= max(2, HEADER_SHARE * min(len(self._leaves), filled))
        is_whole = len(scores) == len(self._leaves) == filled > 2
        least = WHOLE_ALIKE if is_whole else HEADER_ALIKE
        return sum(scores) if is_enough and sum(scores) >= least * len(scores) else 0.0


def _may_be_header(named: Sequence[str]) -> bool:
    # Short names without digits, most of which begin with a capital letter where that exists.
    filled = [text for text in named if text]
    if len(filled) < 2 or not all(map(_may_be_name, filled)):
        return False
    return 2 * sum(1 for text in filled if not text[0].islower()) >= len(filled)


def _fit(alike: float, more: float | None) -> float:
    score = alike + more if more is not None else 0.0
    return score if score >= LEAST else 0.0


def _may_be_name(text: str) -> bool:
    plain = _IN_BRACKETS.sub("", text)
    return len(plain.split()) <= _MOST_WORDS and not any(map(str.isdigit, plain))


@lru_cache(maxsize=2_000)
def _likenesses(
    texts: tuple[str, ...], names: tuple[str, ...], array: str
) -> tuple[tuple[float, ...], ...]:
    # With what the array is called and without, as some names say little by themselves.
    alone = [name.casefold() for name in names]
    whole = [f"{spaced(array)} {name}".casefold() for name in alone]
    plain = [abbreviations.in_full(" ".join(text.split())) for text in texts]
    found = encoder.likenesses(plain, [*map(abbreviations.in_full, (*alone, *whole))])
    both = (found[:, : len(names)] + found[:, len(names) :]) / 2
    return tuple(tuple(float(score) for score in row) for row in both)


def _total(fits: Sequence[Sequence[float]], pairs: dict[int, int]) -> float:
    return sum(fits[column][place] for column, place in pairs.items())


def _best_first(fits: Sequence[Sequence[float]]) -> dict[int, int]:
    ranked = sorted(
        (-score, column, place)
        for column, row in enumerate(fits)
        for place, score in enumerate(row)
        if score
    )
    found: dict[int, int] = {}
    for _, column, place in ranked:
        if column not in found and place not in found.values():
            found[column] = place
    return found


def _in_order(fits: Sequence[Sequence[float]]) -> dict[int, int]:
    # The best pairs of columns and properties that both come in their order.
    width = len(fits[0])
    best: list[list[tuple[float, tuple[tuple[int, int], ...]]]] = [[(0.0, ())] * (width + 1)]
    for column, row in enumerate(fits):
        line: list[tuple[float, tuple[tuple[int, int], ...]]] = [(0.0, ())]
        for place, score in enumerate(row):
            total, pairs = best[-1][place]
            taken = (total + score, (*pairs, (column, place))) if score else (0.0, ())
            line.append(max(best[-1][place + 1], line[-1], taken, key=lambda each: each[0]))
        best.append(line)
    return dict(best[-1][width][1])
