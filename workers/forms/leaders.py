"""Dots that lead the eye from a text to what belongs to it, and are no gap to be filled."""

from __future__ import annotations

import re

from workers.documents.layout import Box
from workers.forms.sheet import Sheet, is_level

# In line heights: how far from its end lies what a row of dots leads to, and how far beyond a word.
REACH, BEYOND = 3.0, 3.0
MAX_HEIGHT = 5.0
# The number of a line, or a mark before its place, has no more characters.
MAX_CODE = 5
_AMOUNT = re.compile(r"[\divxlc.,\s€$£%-]*[\divxlc€$£%-][\divxlc.,\s€$£%-]*")


def is_leader(dots: Box, sheet: Sheet) -> bool:
    """Whether a row of dots ends before a number, a currency's sign, a box to tick or a cell."""
    height = sheet.line_height
    if _leads_to_place(dots, REACH * height, sheet) or _leads_past_code(dots, sheet):
        return True
    beside = [p for p in sheet.phrases if is_level(p, dots) and p.left >= dots.right - 2]
    after = min(beside, key=lambda phrase: phrase.left, default=None)
    if after is None or after.left - dots.right > BEYOND * height:
        return False
    is_amount = _AMOUNT.fullmatch(after.text.casefold()) is not None
    return (
        is_amount
        or _names_line(after, dots, sheet)
        or _leads_to_tick(after, BEYOND * height, sheet)
    )


def _names_line(word: Box, dots: Box, sheet: Sheet) -> bool:
    # `1a. Wages ........ 1a.`
    beside = [p for p in sheet.phrases if is_level(p, dots) and p.right <= dots.left + 2]
    name = word.text.split()[0].rstrip(".")
    return any(phrase.text.split()[0].rstrip(".") == name for phrase in beside)


def _leads_past_code(dots: Box, sheet: Sheet) -> bool:
    # `Other income ........ 12(a) [      ]`, or a bullet before the place.
    reach = BEYOND * sheet.line_height
    beside = [p for p in sheet.phrases if is_level(p, dots) and p.left >= dots.right - 2]
    code = min(beside, key=lambda phrase: phrase.left, default=None)
    if code is None or not _is_code(code.text) or code.left - dots.right > reach:
        return False
    return _leads_to_place(code, reach, sheet)


def _is_code(text: str) -> bool:
    return len(text) <= MAX_CODE and not (text.isalpha() and len(text) > 1)


def _leads_to_place(dots: Box, reach: float, sheet: Sheet) -> bool:
    places = (*sheet.ticks, *sheet.strokes.buttons, *sheet.strokes.cells)
    between = [p for p in sheet.phrases if is_level(p, dots) and p.left >= dots.right - 2]
    first = min((phrase.left for phrase in between), default=sheet.width)
    return any(
        is_level(place, dots)
        and -2 <= place.left - dots.right <= reach
        and place.left <= first + 2
        and place.bottom - place.top <= MAX_HEIGHT * sheet.line_height
        for place in places
    )


def _leads_to_tick(word: Box, reach: float, sheet: Sheet) -> bool:
    small = [c for c in sheet.strokes.cells if c.right - c.left <= 2.5 * sheet.line_height]
    return any(
        is_level(tick, word) and 0 <= tick.left - word.right <= reach
        for tick in (*sheet.ticks, *sheet.strokes.buttons, *small)
    )
