"""Cells that hold what they are called, or a part of their value, beside the room to write in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from workers.documents.layout import Box
from workers.forms import amounts, labels
from workers.forms.grid import MIN_HEIGHT, MIN_WIDTH, Grid, is_as_wide
from workers.forms.sheet import is_level

# What stands between the parts of a number or a date.
_DASHES = frozenset("-\u2013\u2014/ ")
# A caption is no higher than this share of the text beside it.
SMALLER = 0.9
# In line heights: how far apart labels stand that share a cell.
APART = 2.5
# A question that takes no more of its cell's width is answered beside it.
NARROW = 0.5
# How much of a cell its label may take where the rest is to be filled in.
LABEL_HEIGHT, LABEL_WIDTH = 0.62, 0.65
MAX_LABEL_WORDS, MIN_SENTENCE = 14, 5
# How much of a row's cell its number takes at the most, and how much is left at the least.
NUMBER_WIDTH, MIN_BEHIND = 0.25, 60.0
# A sentence at the top of a cell of which it takes no more than this says what to write there.
ROOMY = 0.45


def gaps(cell: Box, grid: Grid, around: str, line_height: float) -> Iterator[tuple[Box, str]]:
    """What is free of a cell that holds text, with what it is called.

    Args:
        cell: the cell.
        grid: all of them.
        around: what the cells around it call it, where its text is none.
        line_height: of the page.
    """
    phrases, text = grid.phrases(cell), grid.text(cell)
    if amounts.is_affix(text):
        yield _beside_affix(cell, phrases[0]), around
        return
    if all(_DASHES.issuperset(phrase.text) for phrase in phrases):
        yield from _between_dashes(cell, phrases, around)
        return
    if _is_row_number(cell, grid):
        row = labels.clean(f"{grid.header(cell)} {text.strip('. )')}")
        yield replace(cell, left=phrases[0].right + 2), row
        return
    if _are_labels_of_parts(cell, grid):
        yield from _behind_labels(cell, phrases)
        return
    bottom, right = max(p.bottom for p in phrases), max(p.right for p in phrases)
    height, width = cell.bottom - cell.top, cell.right - cell.left
    is_roomy = bottom - cell.top <= ROOMY * height and cell.bottom - bottom >= 1.5 * line_height
    ends_open = text.rstrip().endswith((":", "?"))
    is_amount = len(phrases) == 1 and text.rstrip().endswith(amounts.CURRENCIES)
    asks = ends_open or is_amount
    is_beside = asks and len(phrases) == 1 and right - cell.left <= NARROW * width
    if _is_label_of_neighbour(cell, grid) and not is_beside:
        return
    if _is_sentence(text) and not is_roomy:
        return
    room = max(MIN_HEIGHT, 0.8 * line_height)
    starts_high = min(p.top for p in phrases) - cell.top <= line_height
    if starts_high and bottom - cell.top <= LABEL_HEIGHT * height and cell.bottom - bottom >= room:
        if ends_open or not _has_low_text_beside(cell, grid):
            yield from _under_labels(replace(cell, top=bottom), phrases, line_height)
    elif _is_caption(cell, phrases, grid, room):
        yield replace(cell, bottom=phrases[0].top), labels.clean(text)
    elif asks and right - cell.left <= LABEL_WIDTH * width and cell.right - right >= 40:
        yield replace(cell, left=right + 2), labels.clean(text)


def _is_caption(cell: Box, phrases: Sequence[Box], grid: Grid, room: float) -> bool:
    # The only text, low in a cell; the ones above or below it are alike, and none stands beside it.
    if len(phrases) > 1 or phrases[0].top - cell.top < max(
        room, phrases[0].bottom - phrases[0].top
    ):
        return False
    stacked = [other for other in (grid.above(cell), grid.below(cell)) if other is not None]
    beside = [other for other in (grid.left(cell), grid.right(cell)) if other is not None]
    written = [other for other in beside if grid.phrases(other)]
    if written:
        return all(_is_low(other, grid) for other in written)
    return any(is_as_wide(other, cell) and _is_low(other, grid) for other in stacked)


def _is_low(cell: Box, grid: Grid) -> bool:
    phrases = grid.phrases(cell)
    return len(phrases) == 1 and phrases[0].middle > cell.middle + 2


def _beside_affix(cell: Box, affix: Box) -> Box:
    if affix.left + affix.right > cell.left + cell.right:
        return replace(cell, right=affix.left - 1)
    return replace(cell, left=affix.right + 1)


def _is_row_number(cell: Box, grid: Grid) -> bool:
    # `1.` in a cell that is much wider, above or below one with the number before or after it, in
    # a column that has a heading.
    number = _number(cell, grid)
    if number is None or not labels.is_label(grid.header(cell).strip("0123456789. )")):
        return False
    [phrase] = grid.phrases(cell)
    taken, left = phrase.right - cell.left, cell.right - phrase.right
    if taken > NUMBER_WIDTH * (taken + left) or left < MIN_BEHIND:
        return False
    stacked = [(grid.above(cell), number - 1), (grid.below(cell), number + 1)]
    return any(other and _number(other, grid) == beside for other, beside in stacked)


def _number(cell: Box, grid: Grid) -> int | None:
    text = grid.text(cell).strip().rstrip(".)")
    return int(text) if len(text) <= 2 and text.isascii() and text.isdecimal() else None


def _are_labels_of_parts(cell: Box, grid: Grid) -> bool:
    # Beside one another, or under one another where none of the cells around is for their values.
    first, *others = phrases = grid.phrases(cell)
    if not others or not all(phrase.text.rstrip().endswith(":") for phrase in phrases):
        return False
    return all(is_level(first, one) for one in others) or not _is_label_of_neighbour(cell, grid)


def _behind_labels(cell: Box, phrases: Sequence[Box]) -> Iterator[tuple[Box, str]]:
    # `Town:        Postcode:        ` has a place behind each.
    for phrase in phrases:
        after = [p.left - 2 for p in phrases if is_level(p, phrase) and p.left > phrase.right]
        right = min((*after, cell.right))
        if right - phrase.right >= MIN_WIDTH:
            yield replace(phrase, left=phrase.right + 2, right=right), labels.clean(phrase.text)


def _between_dashes(cell: Box, dashes: Sequence[Box], label: str) -> Iterator[tuple[Box, str]]:
    row = sorted(dashes, key=lambda dash: dash.left)
    lefts, rights = (
        [cell.left, *(dash.right for dash in row)],
        [*(dash.left for dash in row), cell.right],
    )
    wide = [(a, b) for a, b in zip(lefts, rights, strict=True) if b - a >= MIN_WIDTH]
    if not wide and len("".join(dash.text for dash in dashes).replace(" ", "")) > 1:
        wide = [(cell.left, cell.right)]  # `  /  /  ` is a date
    for left, right in wide:
        yield replace(cell, left=left, right=right), label


def _under_labels(
    rest: Box, phrases: Sequence[Box], line_height: float
) -> Iterator[tuple[Box, str]]:
    # Labels that stand beside one another at the top of a cell have a part of it each.
    row = sorted(phrases, key=lambda phrase: phrase.left)
    are_apart = all(
        other.left - one.right >= APART * line_height
        and abs(one.top - other.top) <= line_height / 2
        for one, other in pairwise(row)
    )
    if len(row) < 2 or not are_apart:
        yield rest, labels.clean(" ".join(phrase.text for phrase in phrases))
        return
    sides = [rest.left, *(phrase.left - 3 for phrase in row[1:]), rest.right]
    for phrase, (left, right) in zip(row, pairwise(sides), strict=True):
        yield replace(rest, left=left, right=right), labels.clean(phrase.text)


def _is_sentence(text: str) -> bool:
    words = len(text.split())
    return words > MAX_LABEL_WORDS or (words > MIN_SENTENCE and text.rstrip().endswith("."))


def _is_label_of_neighbour(cell: Box, grid: Grid) -> bool:
    return any(
        other is not None and grid.is_empty(other) for other in (grid.right(cell), grid.below(cell))
    )


def _has_low_text_beside(cell: Box, grid: Grid) -> bool:
    # Beside it text runs down to the bottom: a row of a table whose cells are filled unevenly.
    # What is small beside it is a caption.
    high = max(phrase.bottom - phrase.top for phrase in grid.phrases(cell))
    return any(
        phrase.middle > cell.middle + 2 and high > SMALLER * (phrase.bottom - phrase.top)
        for other in (grid.left(cell), grid.right(cell))
        if other is not None
        for phrase in grid.phrases(other)
    )
