"""Blanks inside sentences, which what stands before and behind them names."""

from __future__ import annotations

from collections.abc import Sequence

from workers.documents.layout import Box
from workers.forms import labels
from workers.forms.sheet import Sheet, is_level

# In line heights: how close a sentence goes on behind a blank, and how far above it one begins.
CLOSE, ABOVE = 1.5, 3.0


def of_line(box: Box, others: Sequence[Box], sheet: Sheet) -> tuple[str, str]:
    """The label of a line to write on, and what more the sentence around it says, or nothing.

    Args:
        box: the line.
        others: the form's other places.
        sheet: the page.
    """
    label = labels.of_line(box, others, sheet)
    before, after = labels.left_of(box, others, sheet), _going_on(box, others, sheet)
    if before is None:
        return _joined(_end_above(box, others, sheet), after) or label, ""
    if not _is_weak(before.text):
        return label, ""
    blank = _blank_before(before, others)
    if blank is None:
        return _joined(before, after) or label, ""
    return label, _joined(labels.left_of(blank, _without(blank, others), sheet), before)


def _joined(before: Box | None, after: Box | None) -> str:
    if before is None or after is None:
        return ""
    return labels.clean(
        f"{labels.clean(before.text)} … {labels.clean(after.text)}", from_start=True
    )


def _without(box: Box, others: Sequence[Box]) -> list[Box]:
    return [other for other in others if other is not box]


def _is_weak(text: str) -> bool:
    # `and`, `to` or `I` names nothing that others would not be, too.
    word = labels.clean(text)
    return " " not in word and (word.islower() or len(word) == 1)


def _going_on(box: Box, others: Sequence[Box], sheet: Sheet) -> Box | None:
    after = labels.right_of(box, others, sheet)
    if after is None or after.left - box.right > CLOSE * sheet.line_height:
        return None
    return after if after.text[0] in ",;" or after.text[0].islower() else None


def _blank_before(word: Box, others: Sequence[Box]) -> Box | None:
    before = [one for one in others if is_level(one, word) and one.right <= word.left + 2]
    return max(before, key=lambda one: one.right, default=None)


def _end_above(box: Box, others: Sequence[Box], sheet: Sheet) -> Box | None:
    # What the line above ends with, if the sentence may go on from there.
    above = [
        one
        for one in (*sheet.phrases, *others)
        if 0 < box.middle - one.middle <= ABOVE * sheet.line_height and not is_level(one, box)
    ]
    lowest = max(above, key=lambda one: one.middle, default=None)
    line = [one for one in above if lowest and is_level(one, lowest)]
    last = max(line, key=lambda one: one.right, default=None)
    if last is None or last.right < box.right or last.text.rstrip().endswith((".", ":", "?", "!")):
        return None
    return last if labels.is_label(last.text) else None
