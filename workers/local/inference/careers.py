"""The sections of a CV as arrays: of jobs and schools, or of whatever its lines list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workers.local.extraction import careers, sections
from workers.local.extraction.sections import Section
from workers.local.extraction.segments import Segment, Sheet
from workers.local.inference import naming

Schema = dict[str, Any]
_TEXT = {"type": "string"}
_JOB, _SCHOOL = ("title", "company", "period"), ("degree", "institution", "period")
_DETAIL = "description"
# A line of prose is no list, though commas be in it.
_MOST_WORDS = 12


def arrays(sheets: Sequence[Sheet]) -> tuple[dict[str, Schema], set[Segment]]:
    """The properties of a CV's sections, and the segments that they are made of.

    Args:
        sheets: a document's pages.

    Returns:
        Nothing for a document that is no CV.
    """
    found: dict[str, Schema] = {}
    used: set[Segment] = set()
    for section in sections.find(sheets):
        name = naming.snake_case(section.heading.text)
        found.setdefault(name, _schema(section))
        used.update(one for line in section.lines for one in line)
        used.add(section.heading)
    return found, used


def _schema(section: Section) -> Schema:
    listed = careers.entries(section)
    if not listed:
        return _TEXT if _is_prose(section) else {"type": "array", "items": _TEXT}
    names = _SCHOOL if section.is_of_schools else _JOB
    is_told = any("detail" in entry.texts for entry in listed)
    columns = dict.fromkeys((*names, _DETAIL) if is_told else names, _TEXT)
    return {"type": "array", "items": {"type": "object", "properties": columns}}


def _is_prose(section: Section) -> bool:
    texts = [one.text for line in section.lines for one in line]
    return any(text.endswith(".") or len(text.split()) > _MOST_WORDS for text in texts)
