"""Two labels in one, and their values likewise: `Order / Revision: 4711 / 2`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from workers.local.extraction import found
from workers.local.extraction.found import Leaf
from workers.local.extraction.pairs import Pair
from workers.local.extraction.segments import COLON, Segment, has_digit
from workers.local.extraction.surroundings import Surroundings
from workers.local.extraction.values import Values

_SIGN = "/"
_MOST_PARTS, _MOST_WORDS = 3, 3
# What a label is less sure for each word that is left out before it, and for being one of two.
_DROPPED_WORD, _JOINT = 0.03, 0.97


def pairs(near: Surroundings, values: Values, skipped: set[Segment]) -> Iterator[Pair]:
    """The pairs of a sheet's labels of several parts with the same part of their values.

    Args:
        near: the sheet.
        values: reads the values.
        skipped: segments that are no labels, such as those of tables.
    """
    for segment in near.sheet.segments:
        if _SIGN not in segment.text or segment in skipped:
            continue
        label, rest = _behind_colon(segment)
        names = _parts(label)
        is_plain = not any(has_digit(name.text) or len(name.words) > _MOST_WORDS for name in names)
        if not 1 < len(names) <= _MOST_PARTS or not is_plain:
            continue
        where = [([rest], 1.0)] if rest else near.around(label, has_colon=label is not segment)
        for lines, weight in where:
            told = _parts(_whole(near, lines[0]))
            if len(told) <= len(names):
                yield from _matched(near, values, names, told, weight)


def _matched(
    near: Surroundings,
    values: Values,
    names: Sequence[Segment],
    told: Sequence[Segment],
    weight: float,
) -> Iterator[Pair]:
    for name, part in zip(names, told, strict=False):
        for first in range(len(name.words)):
            label = name.part(first)
            text = label.text.strip(" :")
            # `Order / Revision` are both numbers.
            texts = [text, f"{text} number"] if has_digit(part.text) else [text]
            for node, score in chain(*(near.matches(each, label).items() for each in texts)):
                value = values.read(node, part.text, near.is_recognized)
                if value:
                    leaf = Leaf(value.value, value.text, found.place([part]))
                    sure = (score - _DROPPED_WORD * first) * weight * _JOINT
                    yield Pair(node, sure, label, leaf)


def _behind_colon(segment: Segment) -> tuple[Segment, Segment | None]:
    for position, word in enumerate(segment.words):
        if colon := COLON.search(word.text):
            return segment.part(0, position + 1), segment.after(position, colon.end())
    return segment, None


def _whole(near: Surroundings, first: Segment) -> Segment:
    # With what stands behind its signs, which may be some spaces away.
    words, seen = first.words, first.seen
    after = near.sheet.right_of(first)
    while after and _SIGN in (words[-1].text, after.words[0].text) and after.cell == first.cell:
        words, seen = words + after.words, seen + after.seen
        after = near.sheet.right_of(after)
    return replace(first, words=words, seen=seen)


def _parts(segment: Segment) -> list[Segment]:
    # Between signs that stand by themselves.
    signs = [place for place, word in enumerate(segment.words) if word.text == _SIGN]
    starts, ends = [0, *(place + 1 for place in signs)], [*signs, len(segment.words)]
    parts = [segment.part(start, end) for start, end in zip(starts, ends, strict=True)]
    return [part for part in parts if part.words]
