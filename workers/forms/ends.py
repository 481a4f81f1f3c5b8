"""Where a way begins and where it ends: `from Leeds to York`, or lines `From` and `To`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from workers.forms import asked, fits
from workers.forms.fields import Field, Values
from workers.forms.meanings import Offer

_LONGEST = 20_000
_FROM_WORDS, _TO_WORDS = "from|von|de|desde|da|depuis", "to|nach|bis|\u00e0|a|hasta|al"
_FROM = re.compile(rf"(?:{_FROM_WORDS})\b", re.I)
_TO = re.compile(rf"(?:{_TO_WORDS})\b", re.I)
_BARE = re.compile(rf"{_FROM_WORDS}|{_TO_WORDS}", re.I)
_PLACE = r"[A-Z\u00c0-\u00de][\w'\u2019-]{1,40}(?: [A-Z\u00c0-\u00de][\w'\u2019-]{1,40}){0,3}"
_WAY = re.compile(
    rf"\b(?i:{_FROM_WORDS}) (?P<start>{_PLACE}) (?i:{_TO_WORDS}) (?P<end>{_PLACE})(?![\w'\u2019-])"
)


def of_way(text: str, fields: Sequence[Field], values: Values) -> Values:
    """Both ends of the only way that a text tells, in the only two places for such.

    Args:
        text: the instructions.
        fields: the form's, in reading order.
        values: what is filled in already.
    """
    told = {found.group("start", "end") for found in _WAY.finditer(text[:_LONGEST])}
    places = [
        (first, second)
        for first, second in pairwise(fields)
        if _FROM.match(fits.text_of(first)) and _TO.match(fits.text_of(second))
        if _is_open(first, values) and _is_open(second, values)
    ]
    if len(told) != 1 or len(places) != 1:
        return {}
    return dict(zip((field.key for field in places[0]), told.pop(), strict=True))


def named(offers: Sequence[Offer], fields: Sequence[Field], values: Values) -> Values:
    """Lines named by nothing but `From` or `To`, where one label alone begins so.

    Args:
        offers: lines of a name and a value.
        fields: the form's.
        values: what is filled in already.
    """
    found: Values = {}
    for offer in offers:
        name = offer.names[0].casefold()
        places = [
            field
            for field in fields
            if _BARE.fullmatch(name) and re.match(rf"{name}\b", fits.text_of(field), re.I)
            if values[field.key] is None and not field.is_checkbox
        ]
        written = fits.written(places[0], offer.value) if len(places) == 1 else None
        if written:
            found.setdefault(places[0].key, written)
    return found


def _is_open(field: Field, values: Values) -> bool:
    is_free = values[field.key] is None and not (field.is_checkbox or field.options)
    return is_free and asked.kind(fits.text_of(field)) is None
