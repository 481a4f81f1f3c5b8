"""Fields on lines: gaps of underscores or dots in the text, and lines drawn to write on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workers.documents.layout import Box
from workers.forms import amounts, captions, labels, leaders
from workers.forms.sheet import Sheet

MIN_LENGTH = 14.0
# In line heights: how much room a line needs above it, how much it takes, and how far lines of
# one block lie apart.
MIN_ROOM, ROOM, PITCH = 0.75, 1.35, 2.8
# How far behind a line a word belongs to it.
UNIT = 1.5
# How far up from the foot of their characters what is seen of dots and underscores reaches.
DOT, UNDERSCORE = 0.31, 0.13
# Captions and labels of a line that has none on its left are short.
MAX_WORDS = 9
# A longer line parts the page, unless a label says otherwise.
FULL_WIDTH = 0.7
SAME_END = 5.0
# A line beside another, as level as this, is a cell of a table.
LEVEL = 2.0


def gaps(sheet: Sheet) -> list[tuple[Box, str]]:
    """The places to write on lines, and the labels of those that captions tell apart.

    Lines that follow each other are one place.
    """
    found = _blocks([*_of_blanks(sheet), *_of_rules(sheet)], sheet)
    return [part for box in found for part in captions.parts(box, found, sheet)]


def lines(place: Box, sheet: Sheet) -> list[Box]:
    """The lines that one writes on in a place, each with the room above it; none in a cell."""
    heights = {
        round(height, 1)
        for line, height in (*_drawn_lines(sheet), *_dotted_lines(sheet))
        if line.left - 2 <= (place.left + place.right) / 2 <= line.right + 2
        and place.top + MIN_ROOM * sheet.line_height / 2 < height <= place.bottom + 1
    }
    rooms = (_room_above(replace(place, top=at, bottom=at), sheet) for at in sorted(heights))
    return [room for room in rooms if room is not None]


def _drawn_lines(sheet: Sheet) -> Iterator[tuple[Box, float]]:
    return ((rule, rule.top) for rule in sheet.strokes.rules)


def _dotted_lines(sheet: Sheet) -> Iterator[tuple[Box, float]]:
    # The dots are the lowest part of their characters, and underscores lie lower still.
    for blank in sheet.blanks:
        depth = UNDERSCORE if blank.text == "_" else DOT
        yield blank, blank.bottom - depth * (blank.bottom - blank.top)


def _of_blanks(sheet: Sheet) -> Iterator[Box]:
    for blank in sheet.blanks:
        height = blank.bottom - blank.top
        if blank.text == "_" or not leaders.is_leader(blank, sheet):
            yield replace(blank, text="", top=blank.top - 0.15 * height)


def _of_rules(sheet: Sheet) -> Iterator[Box]:
    ticks = sheet.strokes.buttons
    lines = [
        rule
        for rule in sheet.strokes.rules
        if rule.right - rule.left >= MIN_LENGTH and not any(_is_under(rule, tick) for tick in ticks)
    ]
    for rule in lines:
        box = _room_above(rule, sheet)
        if box is None:
            yield from _behind_labels(rule, sheet)
        elif _is_to_write_on(box, lines, sheet):
            yield box


def _is_under(rule: Box, tick: Box) -> bool:
    # The side of a box to tick whose corners are round.
    is_at_end = min(abs(rule.top - tick.top), abs(rule.top - tick.bottom)) <= LEVEL
    return is_at_end and tick.left - LEVEL <= rule.left and rule.right <= tick.right + LEVEL


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


def _behind_labels(rule: Box, sheet: Sheet) -> Iterator[Box]:
    # Labels stand on the line itself, each before its own part of it.
    on_line = sorted((p for p in sheet.phrases if _stands_on(p, rule, sheet)), key=lambda p: p.left)
    ends = [*(phrase.left - 2 for phrase in on_line[1:]), rule.right]
    if on_line and all(amounts.is_affix(phrase.text) for phrase in on_line):
        yield from _beside_affix(rule, on_line, sheet)
        return
    for phrase, end in zip(on_line, ends, strict=False):
        if phrase.text.rstrip().endswith(":") and end - phrase.right >= MIN_LENGTH:
            box = _room_above(replace(rule, left=phrase.right + 2, right=end), sheet)
            if box is not None:
                yield box


def _beside_affix(rule: Box, on_line: Sequence[Box], sheet: Sheet) -> Iterator[Box]:
    # `______.00`
    before, behind = on_line[0].left - rule.left, rule.right - on_line[-1].right
    part = (
        replace(rule, right=on_line[0].left - 1)
        if before >= behind
        else replace(rule, left=on_line[-1].right + 1)
    )
    box = _room_above(part, sheet) if part.right - part.left >= MIN_LENGTH else None
    if box is not None:
        yield box


def _stands_on(phrase: Box, rule: Box, sheet: Sheet) -> bool:
    is_across = phrase.left < rule.right and phrase.right > rule.left
    return is_across and -0.9 <= (phrase.bottom - rule.top) / sheet.line_height <= 0.5


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
        is_cell = _is_in_row(box, found) or _has_unit(box, sheet)
        block = next((b for b in reversed(blocks) if _continues(b, box, sheet)), None)
        block = None if is_cell else block
        if block is None:
            blocks.append(box)
        else:
            blocks[blocks.index(block)] = replace(block, bottom=box.bottom)
    return blocks


def _is_in_row(box: Box, found: Sequence[Box]) -> bool:
    # Lines at the same height beside one another are a table's, a row each.
    return any(
        abs(other.bottom - box.bottom) <= LEVEL
        and (other.left >= box.right or other.right <= box.left)
        for other in found
    )


def _has_unit(box: Box, sheet: Sheet) -> bool:
    # Each line with a word right behind it, `EUR net` and `EUR gross`, is a value of its own; so is
    # a blank in a sentence.
    after = labels.right_of(box, (), sheet)
    return after is not None and after.left - box.right <= UNIT * sheet.line_height


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
