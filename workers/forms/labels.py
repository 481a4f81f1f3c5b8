"""What a gap of a form is called: the text nearest to it, where people write labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from workers.documents.layout import Box
from workers.forms.sheet import Sheet

# In line heights: how far above and below a gap its label may lie, and how close is close.
ABOVE, BELOW, FAR_BELOW, CLOSE = 2.2, 0.75, 1.6, 3.0
# The same of places in a table: its header above the first row, and from row to row.
FAR_ABOVE, ROWS, FAR_LEFT = 4.0, 14.0, 0.9
# With more places than this a page is no table to be read so, nor with more rows.
MAX_TABLE, MAX_ROWS = 600, 60
# How far apart the lines of one label are, and how exactly they begin at one place.
LINE_GAP, SAME_LEFT = 0.45, 2.5
# How much closer to a line than the text above it its caption lies.
CAPTION = 0.5
# Shares of the page's width: how far left of a gap its label may lie.
LEFT = 0.45
TICK_GAP = 2.5
MAX_LENGTH, MAX_LINES, MAX_CAPTION = 80, 4, 6


def of_blank(box: Box, others: Sequence[Box], sheet: Sheet) -> str:
    """The label of a place for text: left of it, or above, or where neither is, below.

    Args:
        box: the place.
        others: the form's other places; a label beyond one of them is its own.
        sheet: the page.
    """
    left, above = left_of(box, others, sheet), above_of(box, others, sheet)
    if left and above and not left.text.rstrip().endswith(":"):
        is_far = box.left - left.right > 2 * CLOSE * sheet.line_height
        if is_far and abs(above.left - box.left) < sheet.line_height:
            left = None
    if left:
        return clean(_whole(left, box, others, sheet).text)
    caption = caption_of(box, others, sheet)
    found = caption or above or below_of(box, sheet, FAR_BELOW) or right_of(box, others, sheet)
    return clean(found.text, from_start=True) if found else ""


def caption_of(box: Box, others: Sequence[Box], sheet: Sheet) -> Box | None:
    """What begins with a place below it, much nearer than the text above, which is another's.

    Args:
        box: the place.
        others: the form's other places.
        sheet: the page.
    """
    above, below = above_of(box, others, sheet), below_of(box, sheet)
    if below is None or abs(below.left - box.left) > SAME_LEFT:
        return None
    over = above.bottom if above else box.top - ABOVE * sheet.line_height
    is_short = len(below.text.split()) <= MAX_CAPTION
    is_near = is_short and below.top - box.bottom <= CAPTION * (box.top - over)
    is_of_another = any(_is_beside(other, below) for other in others)
    return below if is_near and not is_of_another else None


def of_line(box: Box, others: Sequence[Box], sheet: Sheet) -> str:
    """The label of a line to write on, which may be its caption. Args: as `of_blank`."""
    left = left_of(box, others, sheet)
    if left and abs(left.bottom - box.bottom) <= sheet.line_height:
        return clean(_whole(left, box, others, sheet).text)
    above, below = above_of(box, others, sheet), below_of(box, sheet)
    if above and below:
        is_caption = below.top - box.bottom <= CAPTION * (box.bottom - above.bottom)
        return clean((below if is_caption else above).text, from_start=True)
    found = left or above or below_of(box, sheet, FAR_BELOW) or right_of(box, others, sheet)
    return clean(found.text, from_start=True) if found else ""


def of_checkbox(box: Box, others: Sequence[Box], sheet: Sheet) -> str:
    """The label of a box to be ticked: right of it, or where none is, left. Args: as `of_blank`."""
    right, left = right_of(box, others, sheet), left_of(box, others, sheet)
    reach = TICK_GAP * max(sheet.line_height, box.bottom - box.top)
    if left and box.left - left.right > reach:
        left = None
    if right and right.left - box.right > reach:
        right = None
    if left and (right is None or comes_last(box, others, sheet)):
        return clean(left.text)
    return clean(right.text) if right else ""


def of_table(box: Box, others: Sequence[Box], sheet: Sheet) -> str:
    """The label of a place beside or under others of its kind: its row's, and its column's.

    Args:
        box: the place.
        others: the form's other places.
        sheet: the page.
    """
    if len(others) > MAX_TABLE:
        return ""
    before, over = left_of(box, (), sheet, FAR_LEFT), _header(box, others, sheet)
    texts = [clean(phrase.text, from_start=True) for phrase in (before, over) if phrase]
    return clean(" ".join(dict.fromkeys(texts)))


def hinted(box: Box, sheet: Sheet) -> str:
    """What is printed faintly in a place, to be written over."""
    inside = [
        hint
        for hint in sheet.hints
        if box.left <= hint.left
        and hint.right <= box.right
        and box.top <= hint.middle <= box.bottom
    ]
    return clean(" ".join(hint.text for hint in inside), from_start=True)


def _header(box: Box, others: Sequence[Box], sheet: Sheet) -> Box | None:
    # Above the first of the places that stand one over the other.
    first, reach = box, ROWS * sheet.line_height
    for _ in range(MAX_ROWS):
        over = [other for other in others if _is_over(other, first, reach)]
        if not over:
            break
        first = max(over, key=lambda other: other.bottom)
    return above_of(first, (), sheet, FAR_ABOVE)


def _is_over(other: Box, box: Box, reach: float) -> bool:
    return (
        abs(other.left - box.left) <= SAME_LEFT * 2
        and _is_alike(other, box)
        and 0 < box.bottom - other.bottom <= reach
        and other.bottom <= box.top + 2
    )


def left_of(box: Box, others: Iterable[Box], sheet: Sheet, reach: float = LEFT) -> Box | None:
    """The phrase left of a box, if nothing lies between; `reach` is a share of the page's width."""
    edge = max(
        (o.right for o in others if _is_beside(o, box) and o.right <= box.left + 2), default=0
    )
    phrases = [
        phrase
        for phrase in sheet.phrases
        if _is_beside(phrase, box)
        and edge - 2 <= phrase.left
        and phrase.right <= box.left + 3
        and box.left - phrase.right <= reach * sheet.width
        and is_label(phrase.text)
    ]
    return max(phrases, key=lambda phrase: (phrase.right, _nearness(phrase, box)), default=None)


def right_of(box: Box, others: Iterable[Box], sheet: Sheet) -> Box | None:
    """The phrase right of a box, if nothing lies between."""
    edge = min(
        (o.left for o in others if _is_beside(o, box) and o.left >= box.right - 2),
        default=sheet.width,
    )
    phrases = [
        phrase
        for phrase in sheet.phrases
        if _is_beside(phrase, box)
        and phrase.left >= box.right - 3
        and phrase.left <= edge
        and is_label(phrase.text)
    ]
    return min(phrases, key=lambda phrase: (phrase.left, -_nearness(phrase, box)), default=None)


def above_of(box: Box, others: Iterable[Box], sheet: Sheet, lines: float = ABOVE) -> Box | None:
    """The phrase above a box, no more than so many line heights, if nothing lies between."""
    reach = lines * sheet.line_height
    edge = max(
        (o.bottom for o in others if _spans(o, box) and o.bottom <= box.top + 2), default=0.0
    )
    phrases = [
        phrase
        for phrase in sheet.phrases
        if _spans(phrase, box)
        and phrase.middle < box.top + 2
        and box.top - phrase.bottom <= reach
        and phrase.middle >= edge
        and is_label(phrase.text)
    ]
    return max(phrases, key=lambda phrase: (round(phrase.bottom), -phrase.left), default=None)


def below_of(box: Box, sheet: Sheet, reach: float = BELOW) -> Box | None:
    """The phrase below a box: the caption of a line for a signature, say.

    Args:
        box: the box.
        sheet: the page.
        reach: how many line heights below it.
    """
    phrases = [
        phrase
        for phrase in sheet.phrases
        if _spans(phrase, box)
        and phrase.middle > box.bottom
        and phrase.top - box.bottom <= reach * sheet.line_height
        and is_label(phrase.text)
    ]
    return min(phrases, key=lambda phrase: phrase.top, default=None)


def clean(text: str, *, from_start: bool = False) -> str:
    """A label without the marks that lead from it to its gap.

    Args:
        text: as it is written.
        from_start: which end of a text is kept that is too long for a label.
    """
    label = re.sub(r"[\s:,;.…_*=>$€£(-]+$", "", " ".join(text.split()))
    label = re.sub(r"^[\s:,;.…_*•·)-]+", "", label)
    if len(label) > MAX_LENGTH:
        label = re.sub(r"\s*\([^)]*\)", "", label)
    if len(label) <= MAX_LENGTH:
        return label
    if from_start:
        return label[:MAX_LENGTH].rpartition(" ")[0] or label[:MAX_LENGTH]
    return label[-MAX_LENGTH:].partition(" ")[2] or label[-MAX_LENGTH:]


def is_label(text: str) -> bool:
    """Whether it says something; a currency's sign or a slash alone does not."""
    return any(char.isalnum() for char in text)


def _whole(label: Box, box: Box, others: Sequence[Box], sheet: Sheet) -> Box:
    # A label of several lines, none of which stands beside another place.
    for _ in range(MAX_LINES):
        more = next(
            (
                phrase
                for phrase in sheet.phrases
                if abs(phrase.left - label.left) <= SAME_LEFT
                and _gap(phrase, label) <= LINE_GAP * sheet.line_height
                and not (label.top <= phrase.middle <= label.bottom)
                and phrase.right <= box.left + 3
                and not any(_is_beside(other, phrase) for other in others)
                and not phrase.text.rstrip().endswith(":")
            ),
            None,
        )
        if more is None:
            break
        texts = (more.text, label.text) if more.top < label.top else (label.text, more.text)
        top, bottom = min(more.top, label.top), max(more.bottom, label.bottom)
        label = replace(label, text=" ".join(texts), top=top, bottom=bottom)
    return label


def _gap(box: Box, other: Box) -> float:
    return max(box.top - other.bottom, other.top - box.bottom)


def comes_last(box: Box, others: Sequence[Box], sheet: Sheet) -> bool:
    """Whether its row ends with a box and starts with text: each then has its label on its left."""
    row = _row(box, others)
    last, first = row[-1], row[0]
    after = right_of(last, (), sheet)
    reach = TICK_GAP * max(sheet.line_height, box.bottom - box.top)
    if after and after.left - last.right <= reach:
        return False
    before = left_of(first, (), sheet)
    return before is not None and first.left - before.right <= reach


def _row(box: Box, others: Sequence[Box]) -> list[Box]:
    beside = [other for other in others if _is_beside(other, box) and _is_alike(other, box)]
    return sorted([box, *beside], key=lambda other: other.left)


def _is_alike(box: Box, other: Box) -> bool:
    width, other_width = box.right - box.left, other.right - other.left
    return 0.5 * other_width <= width <= 2 * other_width


def _is_beside(box: Box, other: Box) -> bool:
    shared = min(box.bottom, other.bottom) - max(box.top, other.top)
    return shared > 0.4 * min(box.bottom - box.top, other.bottom - other.top)


def _spans(box: Box, other: Box) -> bool:
    return min(box.right, other.right) - max(box.left, other.left) > 0


def _nearness(phrase: Box, box: Box) -> float:
    return -abs(phrase.middle - box.middle)
