"""What instructions hold once and a form asks for once: an e-mail address, an account."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from workers.forms import asked
from workers.forms.fields import Field
from workers.forms.paraphrases import PERIOD
from workers.local.extraction import shapes

Values = dict[str, str | None]

_KINDS = ("email", "website", "iban")
_LONGEST = 20_000
_FROM = re.compile(r"\b(?:from|between|von|vom|du|begin\w*|start\w*)\W*$", re.I)
_UNTIL = re.compile(r"\W*(?:to|until|and|bis|au|end\w*)\b", re.I)


def shaped(text: str, fields: Sequence[Field], values: Values) -> Values:
    """Values known by their shape, where there is one in the text and one empty place for it.

    Args:
        text: the instructions.
        fields: the form's.
        values: what is filled in already.
    """
    found: Values = {}
    for kind in _KINDS:
        places = [
            field
            for field in fields
            if not (field.is_checkbox or field.options)
            and asked.kind(field.printed or field.description) == kind
        ]
        told = {match.group() for match in shapes.SHAPES[kind].finditer(text[:_LONGEST])}
        told = {asked.part(kind, one) for one in told}
        if len(places) == len(told) == 1 and values[places[0].key] is None:
            found[places[0].key] = told.pop()
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
