"""The two ends of a period, whatever a form calls them: first and last day, check-in and out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workers.forms import asked, fits
from workers.forms.fields import Field, Values
from workers.forms.matching import is_of_another
from workers.local.extraction import dates

_LONGEST = 20_000
# How far before a date the word stands that says which end it is, and how far its clause goes.
_NEAR, _APART = 40, 120
_BEGINNING = (
    r"from|between|since|start\w*|begin\w*|commenc\w*|arriv\w*|check(?:s|ing)?[ -]in|open\w*|"
    r"von|vom|ab|beginn\w*|anreise|du|depuis|d\u00e9but|dal?|desde|del"
)
_ENDING = (
    r"to|till?|until|through|up to|end\w*|finish\w*|leav\w*|depart\w*|return\w*|back|clos\w*|"
    r"check(?:s|ing)?[ -]out|bis|end\w*|abreise|au|jusqu\w*|al?|hasta|fino"
)
_BEGINS = re.compile(rf"\b(?:{_BEGINNING})\b", re.I)
_ENDS = re.compile(rf"\b(?:{_ENDING})\b|[-\u2013\u2014]\s*$", re.I)
_BETWEEN, _AND = re.compile(r"\b(?:between|zwischen|entre)\b", re.I), re.compile(r"\band\s*$", re.I)
# `from 3 to 9 May 2026`, `from 3 May to 9 June 2026`
_SHORT = re.compile(
    r"\b(?:from|between|vom|du|dal|del)\s+(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
    r"(?:\s(?P<month>[^\W\d_]{3,10}))?\s?(?:to|until|till|through|and|-|\u2013|bis(?:\s+zum)?|au|al)"
    rf"\s?(?:the\s+)?(?P<until>{dates.DATE.pattern})",
    re.I,
)
_DAY = re.compile(r"\bday\b|\barriv|\bdepart|\breturn|\bcheck|\bvalid|\bleave\b", re.I)
_NO_DAY = re.compile(r"\btime\b|\bcity\b|\bplace\b|\bairport\b|\bstation\b", re.I)
_TODAY = re.compile(
    r"\b(?:today|heute)\b(?:['\u2019]s date)?(?:,| is| on)?(?: the)? "
    rf"(?P<date>{dates.DATE.pattern})",
    re.I,
)
_WRITTEN = r"request|application|order|form|report|claim|signing|signature|registration"
_OF_TODAY = re.compile(
    rf"(?:today['\u2019]s )?date(?: of (?:the |this |your )?(?:{_WRITTEN}))?"
    rf"|(?:{_WRITTEN}) date|date signed|datum",
    re.I,
)
_MONTH_AND_YEAR = re.compile(r"[^\W\d_]{3,10}\.?,?\s+\d{4}$")
_FIRST_END = re.compile(
    r"\b(?:from|between|von|vom|ab|du|dal|desde|begin\w*|start\w*|first day)\b"
    r"|\bd\u00e9but|\binizio|\binicio|\barriv(?:al|\u00e9e)|\bcheck.?in\b|\banreise|\bllegada"
    r"|\bdepart\w* date",
    re.I,
)
_LAST_END = re.compile(
    r"\b(?:to|until|till|bis|zum|au|al|hasta|end|ends|ending|ende|last day|fin|fine)\b"
    r"|\bdepart(?:ure)?\b|\bcheck.?out\b|\bd\u00e9part|\babreise|\bsalida|\breturn",
    re.I,
)


def filled(text: str, fields: Sequence[Field], values: Values) -> Values:
    """The two ends of the only period that a text tells, in the only two places for such.

    Args:
        text: the instructions.
        fields: the form's, in reading order.
        values: what is filled in already; an end of the period in the other's place was a mistake.

    Returns:
        Both fields' values, or nothing.
    """
    told = set(_told(text[:_LONGEST]))
    places = [pair for pair in pairwise(fields) if _are_ends(*pair)]
    places = [pair for pair in places if all(map(_is_day, pair))] or places
    if len(told) != 1 or len(places) != 1:
        return {}
    ends, pair = told.pop(), places[0]
    written = [asked.as_asked(fits.text_of(one), end) for one, end in zip(pair, ends, strict=True)]
    known = [values[field.key] for field in pair]
    if any(value is not None and value not in (*ends, *written) for value in known):
        return {}
    return dict(zip((field.key for field in pair), written, strict=True))


def _told(text: str) -> Iterator[tuple[str, str]]:
    found = [match for match in dates.DATE.finditer(text) if match.group().strip()]
    for short in _SHORT.finditer(text):
        until = short["until"]
        rest = _MONTH_AND_YEAR.search(until)
        if rest and short["month"]:
            yield f"{short['day']} {short['month']} {until[-4:]}", until
        elif rest:
            yield f"{short['day']} {rest.group()}", until
    for number, (first, second) in enumerate(pairwise(found)):
        start = found[number - 1].end() if number else 0
        ahead = _end_of_clause(text[max(start, first.start() - _NEAR) : first.start()])
        between = text[first.end() : second.start()]
        if len(between) > _APART or "\n" in between.strip(" ") or not _BEGINS.search(ahead):
            continue
        is_both = _BETWEEN.search(ahead) and _AND.search(between)
        if is_both or _ENDS.search(between[-_NEAR:]):
            yield first.group(), second.group()


def _end_of_clause(text: str) -> str:
    return re.split(r"[,;:.\n]\s", text)[-1]


def _are_ends(first: Field, second: Field) -> bool:
    labels = [fits.text_of(field) for field in (first, second)]
    is_text = not any(
        one.is_checkbox or one.options or is_of_another(one) for one in (first, second)
    )
    if not is_text or first.row != second.row:
        return False
    is_pair = _FIRST_END.search(labels[0]) and _LAST_END.search(labels[1])
    return is_pair is not None and all(
        asked.kind(label) in (None, "date") and not _NO_DAY.search(label) for label in labels
    )


def _is_day(field: Field) -> bool:
    # `From` and `To` may be places.
    label = fits.text_of(field)
    return asked.kind(label) == "date" or _DAY.search(label) is not None


def today(text: str, fields: Sequence[Field], values: Values) -> Values:
    """The day on which somebody says that they write, in the only place for that.

    Args:
        text: the instructions.
        fields: the form's.
        values: what is filled in already.
    """
    told = {found["date"] for found in _TODAY.finditer(text[:_LONGEST])}
    places = [
        field
        for field in fields
        if _OF_TODAY.fullmatch(fits.text_of(field).strip(" :"))
        if not (field.is_checkbox or field.row or is_of_another(field))
    ]
    if len(told) != 1 or len(places) != 1 or values[places[0].key] is not None:
        return {}
    return {places[0].key: asked.as_asked(fits.text_of(places[0]), told.pop())}
