"""What somebody did where and when, by the sections of a CV: `Analyst, Okapi Ltd   2016 - 2019`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workers.local.extraction import found, labels, sections
from workers.local.extraction.found import Finds, Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.sections import Section
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

_MONTHS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec januar februar märz mai juni juli oktober "
    "dezember mär okt dez janvier février mars avril juin juillet août septembre octobre novembre "
    "décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre januari "
    "februari maart mei augustus"
)
_MONTH = rf"(?:{'|'.join(_MONTHS.split())})\.?"
_YEAR = rf"(?:{_MONTH} |\d{{1,2}}[./])?(?:19|20)\d\d"
_NOW = r"present|now|today|current|date|heute|jetzt|aujourd'hui|presente|actualidad|oggi|heden"
_TO = r" ?(?:-|\N{EN DASH}|\N{EM DASH}|to|bis|until|a|à|al|tot) ?"
PERIOD = re.compile(
    rf"(?<!\w)(?:since |seit |depuis )?(?P<start>{_YEAR})(?:{_TO}(?P<end>{_YEAR}|{_NOW}))?(?!\w)",
    re.IGNORECASE,
)
# Between what somebody was and where.
_BETWEEN = re.compile(r", | at | bei | chez | [|\u00b7\u2022\N{EN DASH}\N{EM DASH}-] ")
_EDGES = " ,;|()\u00b7\u2022\N{EN DASH}\N{EM DASH}-"
_LONGEST = 200
_ROLES = {
    "title": "title position role job degree qualification course subject study",
    "place": "company employer organisation organization institution school university institute",
    "start": "start from begin since",
    "end": "end to until",
    "period": "period dates years year duration date",
    "detail": "description details summary responsibilities tasks",
}


@dataclass
class _Entry:
    texts: dict[str, str]
    lines: list[Segment]


def rows(array: Node, sheets: Sequence[Sheet], values: Values) -> list[Finds]:
    """What a section of a CV says of an array's objects; nothing where there is none.

    Args:
        array: the array, whose name is the section's and whose objects say what and where.
        sheets: the document's pages.
        values: reads the texts.
    """
    leaves = list(array.items.leaves()) if array.items else []
    roles = {role: leaf for leaf in leaves if (role := _role(leaf.name))}
    section = _called(array, sheets) if {"title", "place"} <= roles.keys() else None
    objects = []
    for entry in entries(section) if section else ():
        finds = Finds()
        for role, leaf in roles.items():
            value = values.read(leaf, entry.texts[role]) if role in entry.texts else None
            if value:
                finds.leaves[leaf] = Leaf(value.value, value.text, found.place(entry.lines[:1]))
        objects.append(finds)
    return objects


def entries(section: Section) -> list[_Entry]:
    """What a section lists, each with its time; nothing where it says none.

    Args:
        section: of a CV.
    """
    listed: list[_Entry] = []
    for line in section.lines:
        text = "  ".join(one.text for one in line)[:_LONGEST]
        period = PERIOD.search(text)
        # A sentence may have a year in it, too.
        around = (text[: period.start()], text[period.end() :]) if period else ()
        if period and any(not one.strip(_EDGES) for one in around):
            listed.append(_Entry(dict(_parts(text, period)), list(line)))
        elif listed:
            _add(listed[-1], text, line)
    return listed


def _parts(text: str, period: re.Match[str]) -> Iterator[tuple[str, str]]:
    yield "period", period.group()
    yield "start", period["start"]
    if period["end"]:
        yield "end", period["end"]
    rest = f"{text[: period.start()].strip(_EDGES)}  {text[period.end() :].strip(_EDGES)}".strip()
    title, _, place = (part.strip(_EDGES) for part in _parted(rest))
    yield from ((role, part) for role, part in (("title", title), ("place", place)) if part)


def _parted(text: str) -> tuple[str, str, str]:
    between = _BETWEEN.search(text)
    if between is None:
        return text.partition("  ")
    return text[: between.start()], between.group(), text[between.end() :]


def _add(entry: _Entry, text: str, line: Sequence[Segment]) -> None:
    # Where somebody was may stand under what that was; whatever follows describes it.
    is_place = not {"place", "detail"} & entry.texts.keys()
    role = "place" if is_place and not text.endswith(".") else "detail"
    before = entry.texts.get(role)
    entry.texts[role] = f"{before}\n{text}" if before else text
    entry.lines += line


def _called(array: Node, sheets: Sequence[Sheet]) -> Section | None:
    wanted = labels.tokens(array.name)
    for section in sections.find(sheets):
        said = labels.tokens(section.heading.text)
        if set(wanted) <= set(said) or labels.similarity(wanted, said) >= labels.SIMILAR:
            return section
    return None


def _role(name_of: str) -> str | None:
    words = set(re.findall(r"[a-z]+", name_of.casefold()))
    return next((role for role, listed in _ROLES.items() if words & set(listed.split())), None)
