"""Finds in a résumé what a schema wants to know of a person, of work and of schools."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.local.extraction import found, labels
from workers.local.extraction.found import Finds, Leaf
from workers.local.extraction.resumes import pieces, sections, top
from workers.local.extraction.resumes.sections import SCHOOL, WORK, Line
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Sheet
from workers.local.extraction.values import Values

_ARRAYS = {
    WORK: frozenset(
        ("employment", "employments", "experience", "experiences", "jobs", "positions")
    ),
    SCHOOL: frozenset(("education", "degrees", "schools", "studies")),
}
_NAMED = {WORK: ("title", "employer"), SCHOOL: ("degree", "school")}
_ASKED = {
    "title": frozenset(("title", "position", "role", "job", "occupation", "function")),
    "employer": frozenset(("employer", "company", "organization", "organisation", "firm")),
    "degree": frozenset(("degree", "qualification", "program", "programme", "course", "diploma")),
    "school": frozenset(("school", "institution", "university", "college", "institute")),
    "start": frozenset(("start", "sender", "begin")),
    "end": frozenset(("end", "to", "until", "expiry")),
    "year": frozenset(("year", "graduation", "graduated", "date")),
}
_OF = {
    WORK: ("start", "end", "employer", "title"),
    SCHOOL: ("start", "end", "year", "school", "degree"),
}


def find(root: Node, finds: Finds, sheets: Sequence[Sheet], values: Values) -> None:
    """Add what a résumé says; nothing of another document.

    Args:
        root: the schema's tree.
        finds: what is found by now.
        sheets: the document's pages.
        values: reads the texts.
    """
    parts = sections.parts(sheets)
    if not parts:
        return
    for node, leaf in top.find(root, parts[0][1], values).items():
        finds.leaves.setdefault(node, leaf)
    for array in root.arrays():
        kind = _kind(array)
        if kind and not finds.rows.get(array):
            lines = [line for what, listed in parts if what == kind for line in listed]
            finds.rows[array] = _rows(array, kind, lines, values)


def _kind(array: Node) -> str:
    tokens = set(labels.tokens(array.name))
    is_of_objects = array.items is not None and array.items.is_object
    return next((kind for kind, told in _ARRAYS.items() if is_of_objects and tokens & told), "")


def _rows(array: Node, kind: str, lines: Sequence[Line], values: Values) -> list[Finds]:
    when = sections.PERIOD if kind == WORK else sections.YEAR
    if kind == SCHOOL and any(sections.PERIOD.search(line.text) for line in lines):
        when = re.compile(f"{sections.PERIOD.pattern}|{sections.YEAR.pattern}", re.IGNORECASE)
    rows: list[Finds] = []
    for entry in sections.entries(lines, when):
        told = _told(entry, kind, when)
        row = Finds()
        place = found.place([piece for line in entry for piece in line.pieces])
        for node in array.items.leaves() if array.items else ():
            text = told.get(_asked(node, kind), "")
            value = values.read(node, text) if text else None
            if value:
                row.leaves[node] = Leaf(value.value, value.text, place)
        if row.leaves:
            rows.append(row)
    return rows


def _told(entry: Sequence[Line], kind: str, when: re.Pattern[str]) -> dict[str, str]:
    parts = pieces.of(entry, when, kind)
    named = pieces.work(parts) if kind == WORK else pieces.school(parts)
    told = dict(zip(_NAMED[kind], named, strict=True))
    text = " ".join(line.text for line in entry)
    if period := sections.PERIOD.search(text):
        told["start"] = period["start"]
        told["end"] = "" if period["now"] else period["end"]
    years = sections.YEAR.findall(text)
    return {**told, "year": years[-1] if years else ""}


def _asked(node: Node, kind: str) -> str:
    tokens = set(labels.tokens(node.name))
    return next((what for what in _OF[kind] if tokens & _ASKED[what]), "")
