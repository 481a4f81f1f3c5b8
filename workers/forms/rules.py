"""Fields on lines: gaps of underscores or dots in the text, and lines drawn to write on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workers.documents.layout import Box
from workers.forms import labels
from workers.forms.sheet import Sheet

MIN_LENGTH = 24.0
# In line heights: how much room a line needs above it, how much it takes, and how far lines of
# one block lie apart.
MIN_ROOM, ROOM, PITCH = 0.75, 1.35, 2.8
# Captions and labels of a line that has none on its left are short.
MAX_WORDS = 9
# A longer line parts the page, unless a label says otherwise.
FULL_WIDTH = 0.7
SAME_END = 5.0


def gaps(sheet: Sheet) -> list[Box]:
    """The places to write on lines; lines that follow each other are one place."""
    found = [*_of_blanks(sheet), *_of_rules(sheet)]
    return _blocks(found, sheet)


def _of_blanks(sheet: Sheet) -> Iterator[Box]:
    for blank in sheet.blanks:
        height = blank.bottom - blank.top
        after = labels.right_of(blank, sheet.blanks, sheet)
        leads_to_number = (
            blank.text != "_"
            and after is not None
            and after.left - blank.right <= 3 * sheet.line_height
            and re.fullmatch(r"[\divxlc.,\s€$£%-]+", after.text.casefold()) is not None
        )
        if not leads_to_number:
            yield replace(blank, text="", top=blank.top - 0.15 * height)


def _of_rules(sheet: Sheet) -> Iterator[Box]:
    lines = [rule for rule in sheet.strokes.rules if rule.right - rule.left >= MIN_LENGTH]
    for rule in lines:
        box = _room_above(rule, sheet)
        if box is not None and _is_to_write_on(box, lines, sheet):
            yield box


def _room_above(rule: Box, sheet: Sheet) -> Box | None:
    # What is free above it; a line right under text is an underline, or is filled already.
    height = sheet.line_height
    on_line = [
        phrase
        for phrase in sheet.phrases
        if phrase.left < rule.right - 2
        and phrase.right > rule.left + 2
        and rule.top - ROOM * height <= phrase.bottom <= rule.top + 0.5 * height
    ]
    nearest = max((phrase.bottom for phrase in on_line), default=rule.top - ROOM * height)
    if rule.top - nearest < MIN_ROOM * height:
        return None
    return replace(rule, top=max(nearest, rule.top - ROOM * height), bottom=rule.top)


def _is_to_write_on(box: Box, lines: Sequence[Box], sheet: Sheet) -> bool:
    left = labels.left_of(box, (), sheet)
    if left is not None and abs(left.bottom - box.bottom) <= 0.7 * sheet.line_height:
        return True
    below = labels.below_of(box, sheet)
    is_long = box.right - box.left > FULL_WIDTH * sheet.width
    if below is not None and _is_short(below) and not is_long:
        return True
    if _is_followed(box, lines, sheet):
        return True
    above = labels.above_of(box, (), sheet)
    if above is None or not _is_short(above):
        return False
    is_aligned = abs(above.left - box.left) <= 1.5 * sheet.line_height
    return is_aligned and (not is_long or above.text.rstrip().endswith((":", "?")))


def _is_short(phrase: Box) -> bool:
    return len(phrase.text.split()) <= MAX_WORDS


def _is_followed(box: Box, lines: Sequence[Box], sheet: Sheet) -> bool:
    # Equal lines above or below it with nothing between them are lines of one block.
    return any(
        abs(other.left - box.left) <= SAME_END
        and abs(other.right - box.right) <= SAME_END
        and MIN_ROOM * sheet.line_height < abs(other.top - box.bottom) <= PITCH * sheet.line_height
        and not _text_between(min(box.bottom, other.top), max(box.bottom, other.top), box, sheet)
        for other in lines
    )


def _blocks(found: Sequence[Box], sheet: Sheet) -> list[Box]:
    blocks: list[Box] = []
    for box in sorted(found, key=lambda box: (box.bottom, box.left)):
        block = next((b for b in reversed(blocks) if _continues(b, box, sheet)), None)
        if block is None:
            blocks.append(box)
        else:
            blocks[blocks.index(block)] = replace(block, bottom=box.bottom)
    return blocks


def _continues(block: Box, box: Box, sheet: Sheet) -> bool:
    return (
        abs(block.left - box.left) <= SAME_END
        and abs(block.right - box.right) <= SAME_END
        and 0 < box.bottom - block.bottom <= PITCH * sheet.line_height
        and not _text_between(block.bottom, box.bottom, box, sheet)
        and labels.left_of(box, (), sheet) is None
    )


def _text_between(top: float, bottom: float, box: Box, sheet: Sheet) -> bool:
    return any(
        top < phrase.middle < bottom and phrase.left < box.right and phrase.right > box.left
        for phrase in sheet.phrases
    )
