"""The headings on a page, and which of its fields stand under each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from workers.documents import layout
from workers.documents.layout import Box
from workers.forms import labels
from workers.forms.fields import Field
from workers.forms.sheet import Sheet, is_level

MAX_WORDS, MIN_LETTERS, MIN_CAPITALS = 8, 2, 4
# How much higher than other text a heading is that nothing else tells, and a title than headings.
LARGE, TITLE = 1.4, 1.3
SAME = 1.0
# How far right of a field's beginning its heading may begin, in line heights, and how far off the
# middle one is that stands there, as a share of the page's width.
INDENT, CENTRED = 2.0, 0.03

Found = tuple[Box, Field]


def told(found: Sequence[Found], sheet: Sheet) -> list[Found]:
    """The fields of a page, each with the heading that it stands under, if any.

    Args:
        found: the fields with their places.
        sheet: the page.
    """
    headings = _headings(found, sheet)
    return [
        (box, replace(field, section=_over(box, field, headings, sheet))) for box, field in found
    ]


def _over(box: Box, field: Field, headings: Sequence[Sequence[Box]], sheet: Sheet) -> str:
    # Of headings beside one another the last that begins left of the field; a title is none.
    for line in reversed(headings):
        over = [one for one in line if one.middle < box.middle and _spans(one, box, sheet)]
        if over:
            section = labels.clean(over[-1].text, from_start=True)
            return "" if section == field.group else section
    return ""


def _spans(heading: Box, box: Box, sheet: Sheet) -> bool:
    # What stands in the middle of a page is above all of it.
    middle = (heading.left + heading.right) / 2
    is_before = heading.left <= box.left + INDENT * sheet.line_height
    return is_before or abs(middle / sheet.width - 0.5) <= CENTRED


def _headings(found: Sequence[Found], sheet: Sheet) -> list[list[Box]]:
    names = {name for _, field in found for name in (field.description, field.printed)}
    asked = {field.group for _, field in found if field.group}
    lines: list[list[Box]] = []
    for number, line in enumerate(layout.lines(sheet.phrases)):
        if any(labels.clean(phrase.text) in names for phrase in line):
            continue
        if any(is_level(box, phrase) for box, _ in found for phrase in line):
            continue
        headings = [
            phrase
            for phrase in line
            if _is_heading(phrase, sheet) or (len(line) == 1 and _announces(phrase, asked))
        ]
        if number == 0 and sheet.number == 1:
            headings = _titles(headings)
        if headings:
            lines.append(headings)
    if lines and _height(lines[0][0]) >= TITLE * median(_height(line[0]) for line in lines):
        lines[0] = _titles(lines[0])
    return lines


def _titles(line: Sequence[Box]) -> list[Box]:
    # They end a section, and begin none.
    return [replace(phrase, text="") for phrase in line]


def _announces(phrase: Box, asked: Iterable[str]) -> bool:
    # `The seller:` alone on its line, before no boxes to tick.
    text = phrase.text.rstrip()
    return text.endswith(":") and len(text.split()) <= MAX_WORDS and labels.clean(text) not in asked


def _is_heading(phrase: Box, sheet: Sheet) -> bool:
    text = phrase.text.strip()
    if len(text.split()) > MAX_WORDS or text.endswith((".", "?", ",")) or text.startswith("("):
        return False
    letters = sum(map(str.isalpha, text))
    if letters < MIN_LETTERS:
        return False
    is_bold = any(_is_same(phrase, bold) for bold in sheet.bold)
    is_in_capitals = text.isupper() and letters >= MIN_CAPITALS
    return is_bold or is_in_capitals or _height(phrase) >= LARGE * sheet.line_height


def _is_same(phrase: Box, bold: Box) -> bool:
    return (
        abs(phrase.left - bold.left) <= SAME and phrase.text == bold.text and is_level(phrase, bold)
    )


def _height(phrase: Box) -> float:
    return phrase.bottom - phrase.top
