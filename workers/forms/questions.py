"""What boxes to tick are an answer to: a question before the first of them, or a heading above."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from workers.documents import layout
from workers.documents.layout import Box
from workers.forms import labels
from workers.forms.sheet import Sheet, is_level

# In line heights: how far above a box its heading may lie, how far right of where that begins, and
# how far apart rows of boxes are that have one heading.
ABOVE, INDENT, PITCH = 2.2, 4.0, 2.6
SAME_LINE, SAME_LEFT = 2.0, 3.0
# What is longer and no question is a paragraph; what is as short as this, the number of a box.
MAX_WORDS, MAX_NUMBER = 14, 2


def of_ticks(ticks: Sequence[Box], places: Sequence[Box], sheet: Sheet) -> dict[Box, str]:
    """What each of these boxes answers; what one box alone would answer is none's question.

    Args:
        ticks: the boxes to be ticked.
        places: the form's other places.
        sheet: the page.
    """
    asked: dict[Box, Box | None] = {}
    above: list[Box] = []
    for line in layout.lines(ticks):
        led = False
        for number, tick in enumerate(line):
            before = line[number - 1] if number else None
            lead = _lead(tick, before, [*ticks, *places], sheet)
            led = led or lead is not None
            if lead is None and not (led and before):
                lead = _from_above(tick, above, places, asked, sheet)
            if lead is None and before:
                lead = asked[before]
            asked[tick] = lead
        above = line
    answers = Counter(asked.values())
    return {
        tick: labels.clean(question.text) if question and answers[question] > 1 else ""
        for tick, question in asked.items()
    }


def _lead(tick: Box, before: Box | None, others: Sequence[Box], sheet: Sheet) -> Box | None:
    # The phrase left of a box that is no box's label, neither its own nor that of the one before.
    found = labels.left_of(tick, others, sheet)
    if found and labels.comes_last(tick, others, sheet):
        return labels.left_of(found, others, sheet)
    is_of_before = before is not None and found == labels.right_of(before, others, sheet)
    is_number = found is not None and len(labels.clean(found.text)) <= MAX_NUMBER
    return None if is_of_before or is_number else found


def _from_above(
    tick: Box,
    above: Sequence[Box],
    places: Sequence[Box],
    asked: Mapping[Box, Box | None],
    sheet: Sheet,
) -> Box | None:
    # The question of the box right above, or the heading there.
    for other in above:
        is_near = 0 < tick.top - other.top <= PITCH * sheet.line_height
        if is_near and abs(other.left - tick.left) <= SAME_LEFT:
            return asked[other]
    return _heading(tick, [*above, *places], sheet)


def _heading(tick: Box, others: Sequence[Box], sheet: Sheet) -> Box | None:
    height = sheet.line_height
    over = [
        phrase
        for phrase in sheet.phrases
        if phrase.middle < tick.top + SAME_LINE
        and tick.top - phrase.bottom <= ABOVE * height
        and phrase.left - height <= tick.left
        and labels.is_label(phrase.text)
    ]
    lowest = max((phrase.bottom for phrase in over), default=0.0)
    line = [phrase for phrase in over if lowest - phrase.bottom <= SAME_LINE]
    found = max(line, key=lambda phrase: phrase.left, default=None)
    if found is None or tick.left > max(found.right, found.left + INDENT * height):
        return None
    is_taken = any(_is_called(other, found, tick, sheet) for other in others)
    return found if _is_question(found.text) and not is_taken else None


def _is_called(other: Box, heading: Box, tick: Box, sheet: Sheet) -> bool:
    # Whether the heading is rather the label of something else: beside it, or before the box.
    if is_level(other, heading):
        return heading in (labels.left_of(other, (), sheet), labels.right_of(other, (), sheet))
    is_between = heading.bottom <= other.middle <= tick.top
    return is_between and other.left < max(heading.right, tick.right) and other.right > heading.left


def _is_question(text: str) -> bool:
    # Whatever is told in brackets behind it: `(tick all that apply)`.
    asked = re.sub(r"\s\([^()]*\)$", "", text.strip())
    is_short = len(asked.split()) <= MAX_WORDS and not asked.endswith((".", ","))
    return is_short or asked.endswith((":", "?"))
