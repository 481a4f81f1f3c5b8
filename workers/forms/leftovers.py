"""What instructions hold once and a form asks for once: an e-mail address, an account."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from workers.forms import asked
from workers.forms.fields import Field, Values
from workers.forms.matching import is_of_another
from workers.forms.paraphrases import PERIOD, PHONE
from workers.local.extraction import shapes

_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|(?<=\b[A-Z]{2} )\d{5}(?:-\d{4})?\b")
_WAY = (
    r"Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Way|Court|Terrace|Place|Square|Grove|Hill|Walk|Close|"
    r"Crescent|Gardens|Mews|Row|Park|Quay|Rise|View|Boulevard|Blvd|Parkway|Circle"
)
_FLAT = r"(?:[Ff]lat|[Uu]nit|[Aa]pt\.?|[Ss]uite) \w{1,5}"
_ADDRESS = re.compile(
    rf"\b(?:{_FLAT},? )?\d{{1,5}}[A-Z]?,? (?:[A-Z][\w'\u2019-]+ ){{1,4}}(?:{_WAY})\b\.?"
    rf"(?:,? {_FLAT})?"
    rf"(?:,? (?!{_WAY})[A-Z][a-z\u00e0-\u00ff-]+(?: [A-Z][a-z]+)?)?(?:,? (?:{_POSTCODE.pattern}))?"
)
_SHAPES = {
    "email": shapes.SHAPES["email"],
    "website": shapes.SHAPES["website"],
    "iban": shapes.SHAPES["iban"],
    "postal": _POSTCODE,
    "phone": re.compile(rf"(?<![\w/.-]){PHONE}(?![\w/-])"),
    "address": _ADDRESS,
}
_LONGEST = 20_000
_FROM = re.compile(
    r"\b(?:from|between|von|vom|du|begin\w*|start\w*|dal)\W*$|\barrival|\bcheck.in\b|\barriv[ée]|\banreise|\bllegada",
    re.I,
)
_UNTIL = re.compile(
    r"\W*(?:to|until|and|bis|au|end\w*|al)\b|.*\b(?:departure|check.out|d[ée]part|abreise|salida)\b",
    re.I,
)


def shaped(text: str, fields: Sequence[Field], values: Values) -> Values:
    """Values known by their shape, where there is one in the text and one empty place for it.

    Args:
        text: the instructions.
        fields: the form's.
        values: what is filled in already.
    """
    found: Values = {}
    taken = [value for value in values.values() if value]
    for kind, shape in _SHAPES.items():
        places = [
            field
            for field in fields
            if not (field.is_checkbox or field.options or is_of_another(field))
            and asked.kind(field.printed or field.description) == kind
        ]
        # The digits of an account are no telephone.
        plain = text if kind == "iban" else _SHAPES["iban"].sub(" ", text)
        told = {asked.part(kind, match.group()) for match in shape.finditer(plain[:_LONGEST])}
        is_only = len(places) == len(told) == 1 and values[places[0].key] is None
        value = told.pop() if is_only else ""
        if value and not any(value in one for one in taken):
            found[places[0].key] = value
    return found


def periods(text: str, fields: Sequence[Field], values: Values) -> Values:
    """The two ends of the only period that a text tells, in the only two places for such.

    Args:
        text: the instructions.
        fields: the form's, in reading order.
        values: what is filled in already.
    """
    told = {found.group("from_date", "until_date") for found in PERIOD.finditer(text[:_LONGEST])}
    places = [
        (first, second)
        for first, second in pairwise(fields)
        if _FROM.search(first.description) and _UNTIL.match(second.description)
        if not (first.is_checkbox or second.is_checkbox)
        if values[first.key] is None and values[second.key] is None
    ]
    if len(told) != 1 or len(places) != 1:
        return {}
    labels = [field.printed or field.description for field in places[0]]
    ends = map(asked.as_asked, labels, told.pop())
    return dict(zip((field.key for field in places[0]), ends, strict=True))
