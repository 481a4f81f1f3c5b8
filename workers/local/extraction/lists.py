"""Arrays of scalars: what stands behind a label, one by one or under one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from workers.local.extraction import found
from workers.local.extraction.found import Leaf
from workers.local.extraction.names import Names
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment
from workers.local.extraction.surroundings import Surroundings
from workers.local.extraction.values import Values

MAX_ITEMS = 500
# One bullet may be a dash before a single value.
_LEAST_BULLETS = 2
_BETWEEN = re.compile(r"\s*[;|\u2022\u00b7]\s*|,\s+|\s+/\s+")
_BULLET = re.compile(r"^(?:[-*\u2022\u00b7\u2013\u25cf\u25aa]|\d{1,2}[.)])\s+")


def find(array: Node, pages: Sequence[Surroundings], values: Values) -> list[Leaf]:
    """The values of an array of scalars; empty if its label is nowhere.

    Args:
        array: the array.
        pages: the document's.
        values: reads the texts.
    """
    item = array.items
    if item is None or item.is_object or item.is_array:
        return []
    known = Names([replace(array, items=None, types=("string",))])
    best: tuple[float, list[Leaf]] = (0.0, [])
    for near in pages:
        for segment in near.sheet.segments:
            name, _, rest = segment.text.partition(":")
            score = known.best(name, near.is_recognized) if len(name.split()) < 6 else 0.0
            if score <= best[0]:
                continue
            leaves = _values(item, _lines(segment, rest, near), values)
            if leaves:
                best = score, leaves
    return best[1][:MAX_ITEMS]


def _lines(segment: Segment, rest: str, near: Surroundings) -> list[Segment]:
    if rest.strip():
        colon = next(n for n, word in enumerate(segment.words) if ":" in word.text)
        return [segment.part(colon + 1)] if colon + 1 < len(segment.words) else []
    for lines, _ in near.around(segment, has_colon=segment.text.endswith(":")):
        return lines
    return []


def _values(item: Node, lines: Sequence[Segment], values: Values) -> list[Leaf]:
    leaves: list[Leaf] = []
    bulleted = _bulleted(lines)
    if bulleted:
        for text, parts in bulleted:
            value = values.read(item, text, parts[0].page.is_recognized)
            if value:
                leaves.append(Leaf(value.value, value.text, found.place(parts)))
        return leaves
    for line in lines:
        text = _BULLET.sub("", line.text)
        for piece in (
            [text] if len(lines) > 1 and not _BETWEEN.search(text) else _BETWEEN.split(text)
        ):
            value = values.read(item, piece, line.page.is_recognized)
            if value:
                leaves.append(Leaf(value.value, value.text, found.place([line])))
    return leaves


def _bulleted(lines: Sequence[Segment]) -> list[tuple[str, list[Segment]]]:
    # Each bullet is one value, commas and all; what follows the last without one is a heading.
    if len(lines) < _LEAST_BULLETS or not all(_BULLET.match(line.text) for line in lines[:2]):
        return []
    told: list[tuple[str, list[Segment]]] = []
    for line in lines:
        if _BULLET.match(line.text):
            told.append((_BULLET.sub("", line.text), [line]))
        elif line.text[:1].islower():  # it goes on with the text above
            text, parts = told[-1]
            told[-1] = f"{text} {line.text}", [*parts, line]
        else:
            break
    return told
