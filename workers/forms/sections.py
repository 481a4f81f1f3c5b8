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

MAX_WORDS, MIN_CAPITALS = 8, 4
# How much higher than other text a heading is that nothing else tells, and a title than headings.
LARGE, TITLE = 1.4, 1.3
SAME = 1.0

Found = tuple[Box, Field]


def told(found: Sequence[Found], sheet: Sheet) -> list[Found]:
    """The fields of a page, each with the heading that it stands under, if any.

    Args:
        found: the fields with their places.
        sheet: the page.
    """
    headings = _headings(found, sheet)
    return [(box, replace(field, section=_over(box, field, headings))) for box, field in found]


def _over(box: Box, field: Field, headings: Sequence[Sequence[Box]]) -> str:
    # Of headings beside one another the last that begins left of the field; a title is none.
    above = [line for line in headings if line[0].middle < box.middle]
    if not above or not above[-1][0].text:
        return ""
    first, *others = above[-1]
    heading = next((one for one in reversed(others) if one.left <= box.left + SAME), first)
    section = labels.clean(heading.text, from_start=True)
    return "" if section == field.group else section


def _headings(found: Sequence[Found], sheet: Sheet) -> list[list[Box]]:
    names = {name for _, field in found for name in (field.description, field.printed)}
    asked = {field.group for _, field in found if field.group}
    lines: list[list[Box]] = []
    for number, line in enumerate(layout.lines(sheet.phrases)):
        if any(labels.clean(phrase.text) in names for phrase in line):
            continue
        if any(is_level(box, phrase) for box, _ in found for phrase in line):
            continue
        headings = [phrase for phrase in line if _is_heading(phrase, asked, sheet)]
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


def _is_heading(phrase: Box, asked: Iterable[str], sheet: Sheet) -> bool:
    text = phrase.text.rstrip()
    if len(text.split()) > MAX_WORDS or text.endswith((".", "?", ",")) or not labels.is_label(text):
        return False
    is_bold = any(_is_same(phrase, bold) for bold in sheet.bold)
    is_in_capitals = text.isupper() and sum(map(str.isalpha, text)) >= MIN_CAPITALS
    if is_bold or is_in_capitals or _height(phrase) >= LARGE * sheet.line_height:
        return True
    return text.endswith(":") and labels.clean(text) not in asked


def _is_same(phrase: Box, bold: Box) -> bool:
    return (
        abs(phrase.left - bold.left) <= SAME and phrase.text == bold.text and is_level(phrase, bold)
    )


def _height(phrase: Box) -> float:
    return phrase.bottom - phrase.top
