"""The fields of an AcroForm, called what their tooltips or the text beside them call them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from workers.documents.layout import Box
from workers.forms import labels, questions, rows, sections
from workers.forms.fields import CHECKBOX, Field, Place, snake_case
from workers.forms.sheet import Sheet
from workers.forms.widgets import Widget

# A share of a tooltip's words that is no name of its own.
PIECE = 2


def fields(widgets: Sequence[Widget], sheets: Mapping[int, Sheet]) -> list[Field]:
    """The fields that these widgets show, one each; a text field that is shown twice is one.

    Args:
        widgets: of the document, in reading order.
        sheets: the pages that they lie on, by number.
    """
    boxes = {widget.place: widget.view.box(widget.place) for widget in widgets}
    by_page: dict[int, list[tuple[Box, Field]]] = {}
    for field in _known(widgets, sheets):
        by_page.setdefault(field.place.page, []).append((boxes[field.place], field))
    for page, found in by_page.items():
        by_page[page] = rows.numbered(sections.told(found, sheets[page]), sheets[page])
    return [field for found in by_page.values() for _, field in found]


def _known(widgets: Sequence[Widget], sheets: Mapping[int, Sheet]) -> list[Field]:
    # The fields, whatever section they are in.
    asked = _asked(widgets, sheets)
    choices = _choices(widgets, asked)
    found: list[Field] = []
    seen: set[str] = set()
    for widget in widgets:
        written = _written(widget, widgets, sheets)
        if widget.kind == CHECKBOX and widget.name in choices:
            description = written or _spoken(_option(widget))
            group = choices[widget.name]
            found.append(Field(description, widget.kind, widget.place, widget.value, group))
        elif widget.kind == CHECKBOX and written and (group := _question(widget, written, asked)):
            found.append(Field(written, widget.kind, widget.place, widget.value, group))
        elif widget.kind == CHECKBOX or not widget.name or widget.name not in seen:
            seen.add(widget.name)
            found.append(_named(widget, written))
    return found


def _asked(widgets: Sequence[Widget], sheets: Mapping[int, Sheet]) -> dict[Place, str]:
    # What is printed as the question of each checkbox.
    asked: dict[Place, str] = {}
    for number, sheet in sheets.items():
        boxes = {one.place: one.view.box(one.place) for one in widgets if one.place.page == number}
        are_ticks = {one.place for one in widgets if one.kind == CHECKBOX}
        ticks = {place: box for place, box in boxes.items() if place in are_ticks}
        others = [box for place, box in boxes.items() if place not in are_ticks]
        found = questions.of_ticks(list(ticks.values()), others, sheet)
        asked.update((place, found[box]) for place, box in ticks.items())
    return asked


def _choices(widgets: Sequence[Widget], asked: Mapping[Place, str]) -> dict[str, str]:
    # Of several buttons that share a field each is one of its choices; what they answer, by name.
    shown = Counter(widget.name for widget in widgets if widget.kind == CHECKBOX)
    choices: dict[str, str] = {}
    for widget in widgets:
        if shown[widget.name] > 1:
            found = choices.get(widget.name) or asked.get(widget.place, "")
            choices[widget.name] = found
    named = {widget.name: widget.tooltip or _spoken(widget.name) for widget in widgets}
    return {name: question or named[name] for name, question in choices.items()}


def _named(widget: Widget, written: str) -> Field:
    description = widget.tooltip or written or _spoken(widget.name)
    shown = tuple(label for _, label in widget.options)
    options = () if widget.kind == CHECKBOX else shown
    found = Field(description, widget.kind, widget.place, widget.value, options=options)
    return _with_printed(found, written)


def _question(widget: Widget, written: str, asked: Mapping[Place, str]) -> str:
    # A tooltip may be the question and the answer: `What is your marital status? Divorced.`
    tooltip = labels.clean(widget.tooltip)
    question = tooltip.removesuffix(written).rstrip() if written != tooltip else ""
    if question != tooltip and question.endswith((".", ":", "?")):
        return labels.clean(question)
    return asked.get(widget.place, "")


def _with_printed(field: Field, written: str) -> Field:
    # What is printed and says all that the tooltip does, and more, describes a field better; its
    # key is made of the tooltip all the same, for both to name it. A word or two of a long tooltip
    # is a piece of a label.
    printed, known = (
        set(re.findall(r"\w+", text.casefold())) for text in (written, field.description)
    )
    if known < printed:
        return replace(field, description=written, key=snake_case(field.description))
    is_piece = printed < known and PIECE * len(printed) < len(known)
    if printed == known or is_piece or written.startswith("("):
        return field
    return replace(field, printed=written)


def _option(widget: Widget) -> str:
    state = widget.state.lstrip("/")
    if state.isdecimal() and int(state) < len(widget.options):
        return widget.options[int(state)][1]
    return state


def _written(widget: Widget, widgets: Sequence[Widget], sheets: Mapping[int, Sheet]) -> str:
    sheet = sheets.get(widget.place.page)
    if sheet is None:
        return ""
    others = [
        widget.view.box(other.place)
        for other in widgets
        if other is not widget and other.place.page == widget.place.page
    ]
    box = widget.view.box(widget.place)
    if widget.kind == CHECKBOX:
        return labels.of_checkbox(box, others, sheet)
    beside = labels.left_of(box, others, sheet) or labels.above_of(box, others, sheet)
    has_label = beside or labels.caption_of(box, others, sheet)
    in_table = "" if has_label else labels.of_table(box, others, sheet)
    return in_table or labels.of_blank(box, others, sheet)


def _spoken(name: str) -> str:
    # The last part of a program's name, as words: form[0].dateOfBirth[0] is a date of birth.
    last = re.sub(r"\[\d+\]|#\w+", "", name).rpartition(".")[2]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[_\-]+", " ", last)
    return " ".join(words.split())
