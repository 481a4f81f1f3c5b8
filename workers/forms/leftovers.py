"""What instructions hold once and a form asks for once: an e-mail address, an account."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.forms import asked
from workers.forms.fields import Field, Values
from workers.forms.matching import is_of_another
from workers.forms.paraphrases import PHONE
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
