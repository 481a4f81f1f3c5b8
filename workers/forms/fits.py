"""Whether a field can take a value: a date where a date is asked for, one of its options."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from workers.forms import asked
from workers.forms.answers import TICK, UNTICK, tick
from workers.forms.fields import Field, Values
from workers.forms.matching import ENOUGH, canonical, similarity
from workers.forms.mentions import stems
from workers.local.extraction import dates, shapes

_DIGIT = re.compile(r"\d")
_COUNT = re.compile(rf"\b(?:\d{{1,6}}|{'|'.join(asked.COUNTS)})\b", re.I)
_OF_KIND = {
    "date": re.compile(rf"{dates.DATE.pattern}|\b(?:19|20)\d\d\b", re.I),
    "count": _COUNT,
    "amount": _DIGIT,
    "postal": _DIGIT,
    "phone": re.compile(r"(?:\d[ ()/.-]{0,3}){5}"),
    "email": re.compile(r"\S@\S"),
    "website": re.compile(r"\w\.\w"),
    "iban": re.compile(r"\b[A-Z]{2}\d\d"),
    "bic": re.compile(r"\b[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}"),
}
# Of these no value is one by accident, so that they stand only where they are asked for.
_TELLING = {
    "email": shapes.SHAPES["email"],
    "date": dates.DATE,
    "phone": re.compile(r"(?:\+|0)[\d ()/.-]{7,}\d"),
}
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}\b")
# What asks for a day or an hour without the word.
_WHEN = re.compile(
    r"\b(?:since|from|until|till|by|when|starts?|ends?|day|time|hours?|begin\w*|valid|expir\w*|on|"
    r"ab|seit|bis|von|zum|wann|beginn|ende|uhrzeit|zeit|tag|desde|hasta|hora|cu\u00e1ndo|depuis|du|au|"
    r"heure|quand|dal|al|ora|quando)\b|\b(?:le|el|il|den)$|birth|geburt|nacimiento|naissance|nascita|date|datum",
    re.I,
)
_MONEY = re.compile(r"[$\u20ac\u00a3]\s?\d|\d\s?(?:[$\u20ac\u00a3]|euros?\b)")
_HOUR = re.compile(r"\b(?:since|until|time|hours?|seit|uhrzeit|desde|hora|heure|ora)\b|from$", re.I)
# Beside how alike two names are.
_TYPICAL, _ODD = 0.06, 0.1
_LETTER = re.compile(r"[^\W\d_]")
_OF_SOMEBODY = re.compile(r"name\b|\bnom\b|\bnombre\b|\bnome\b|\bcognome\b|\bapellidos?\b", re.I)
_NUMBERED = re.compile(r"\b(?:no|nr|number|nummer|code|id)\b", re.I)


def text_of(field: Field) -> str:
    """What a field is called, without its notes."""
    return field.printed or field.description


def written(field: Field, value: str) -> str | None:
    """What of a value is written in a field, or None where it asks for something else.

    Args:
        field: no checkbox.
        value: what was said.
    """
    label = text_of(field)
    if field.options:
        return option(field.options, value)
    # `1` is a count before it is a yes.
    is_answer = tick(value) and not (value.isdecimal() and asked.kind(label) == "count")
    if is_answer or not _is_of_kind(label, value):
        return None
    return asked.part(label, value)


def may_be_told(field: Field, value: str) -> bool:
    """Whether what stands in a sentence may be what a field asks for; what is named need not.

    Args:
        field: the field.
        value: what stands there.
    """
    label = text_of(field)
    said = stems(value)
    if said <= stems(label) and not field.is_checkbox and said:
        return False
    if _OF_SOMEBODY.search(label) and not value[:1].isupper():
        return False
    if _MONEY.search(value) and (_WHEN.search(label) or _OF_SOMEBODY.search(label)):
        return False
    if _HOUR.search(label) and not _DIGIT.search(value):
        return False
    if dates.DATE.fullmatch(value) or _CLOCK.match(value):
        return asked.kind(label) == "date" or _WHEN.search(label) is not None
    kinds = [kind for kind in ("email", "phone") if _TELLING[kind].fullmatch(value)]
    return not kinds or asked.kind(label) in kinds


def surplus(field: Field, value: str) -> float:
    """How much likelier, or less likely, a field is to be meant because of what a value is.

    Args:
        field: the field.
        value: what was named.
    """
    if field.is_checkbox or field.options:
        return 0.0
    if not may_be_told(field, value):
        return -_ODD
    kind = asked.kind(text_of(field))
    is_count = kind == "count" and value.strip().isdigit()
    is_typical = kind in _TELLING and _TELLING[kind].search(value) is not None
    return _TYPICAL if is_count or is_typical else 0.0


def option(options: Iterable[str], text: str) -> str | None:
    """Which of some options a text names, or None."""
    said = canonical(text)
    best = max(options, key=lambda one: similarity(said, canonical(one)), default="")
    return best if similarity(said, canonical(best)) >= ENOUGH else None


def answered(boxes: Sequence[Field], value: str) -> Values | None:
    """Which boxes under one question a value ticks: yes or no, or those that it names.

    Args:
        boxes: the question's.
        value: what was said.
    """
    is_yes = tick(value)
    by_answer = {tick(box.choice): box for box in boxes}
    if {TICK, UNTICK} <= by_answer.keys():
        return {by_answer[is_yes].key: TICK} if is_yes else None
    if len(boxes) == 1 and is_yes:
        return {boxes[0].key: is_yes}
    named: Values = {}
    for part in [value, *re.split(r"[,;&]| and ", value)]:
        scored = [(similarity(canonical(part), canonical(box.choice)), box) for box in boxes]
        score, best = max(scored, key=lambda each: each[0])
        if score >= ENOUGH:
            named[best.key] = TICK
    return named or None


def _is_of_kind(label: str, value: str) -> bool:
    kind = asked.kind(label)
    if kind in _OF_KIND:
        return _OF_KIND[kind].search(value) is not None
    if _OF_SOMEBODY.search(label) and not _LETTER.search(value):
        return False
    if _NUMBERED.search(label) and not _DIGIT.search(value):
        return False
    wrong = kind is not None or _OF_SOMEBODY.search(label) is not None
    return not (wrong and any(shape.fullmatch(value) for shape in _TELLING.values()))
