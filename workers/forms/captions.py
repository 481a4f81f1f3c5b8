"""Captions under a line that say what to write in each part: `(First) (Middle) (Last)`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from workers.documents.layout import Box
from workers.forms import labels
from workers.forms.grid import MIN_WIDTH
from workers.forms.sheet import Sheet, is_level

# In line heights: how far below its line a caption stands, and how level captions are.
BELOW, LEVEL = 1.0, 0.5
MAX_WORDS, MAX_PREFIX = 5, 4
# Captions begin where their parts do if the first begins this near to the line's beginning.
SAME_LEFT = 8.0


def parts(box: Box, others: Sequence[Box], sheet: Sheet) -> list[tuple[Box, str]]:
    """A place in the parts that captions make of it, with their labels; itself where none do.

    Args:
        box: the place, on a line.
        others: all such places; what stands before one of them is its label.
        sheet: the page.
    """
    found = _captions(box, others, sheet)
    if len(found) < 2:
        return [(box, "")]
    sides = [box.left, *_sides(box, found), box.right]
    if any(right - left < MIN_WIDTH for left, right in pairwise(sides)):
        return [(box, "")]
    before = labels.left_of(box, [other for other in others if other is not box], sheet)
    prefix = labels.clean(before.text) if before else ""
    if len(prefix.split()) > MAX_PREFIX:
        prefix = ""
    return [
        (replace(box, left=left, right=right - 2), f"{prefix} {_clean(caption.text)}".strip())
        for (left, right), caption in zip(pairwise(sides), found, strict=True)
    ]


def _captions(box: Box, others: Sequence[Box], sheet: Sheet) -> list[Box]:
    height = sheet.line_height
    below = [
        phrase
        for phrase in sheet.phrases
        if box.left - 2 <= (phrase.left + phrase.right) / 2 <= box.right + 2
        and box.bottom - 2 <= phrase.top <= box.bottom + BELOW * height
        and labels.is_label(phrase.text)
    ]
    first = min((phrase.top for phrase in below), default=0.0)
    row = sorted((p for p in below if p.top - first <= LEVEL * height), key=lambda p: p.left)
    is_caption = all(
        len(phrase.text.split()) <= MAX_WORDS
        and not phrase.text.rstrip().endswith((":", "?"))
        and not any(is_level(other, phrase) for other in others)
        and not any(is_level(tick, phrase) for tick in sheet.ticks)
        for phrase in row
    )
    return row if is_caption else []


def _sides(box: Box, found: Sequence[Box]) -> list[float]:
    # Where one part ends and the next begins.
    if abs(found[0].left - box.left) <= SAME_LEFT:
        return [caption.left - 2 for caption in found[1:]]
    middles = [(caption.left + caption.right) / 2 for caption in found]
    return [(one + other) / 2 for one, other in pairwise(middles)]


def _clean(text: str) -> str:
    return labels.clean(text.strip().removeprefix("(").removesuffix(")"))
