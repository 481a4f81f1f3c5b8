"""What a text looks like, and whether a property that wants a text may have such a one."""

from __future__ import annotations

import re
from functools import lru_cache

from workers.local.extraction import blocks, dates, names, shapes, signatures
from workers.local.extraction.schemas import Node
from workers.local.terms import spaced

DATE, TIME, CODE, NUMBER, MONEY, WORDS = "date", "time", "code", "number", "money", "words"
PERSON = "person"
_TIME = re.compile(
    r"(?:[01]?\d|2[0-4])[:.h][0-5]\d(?::[0-5]\d)?(?:\s?(?:[ap]\.?\s?m\.?|h|uhr|hrs))?"
    r"|\d{1,2}\s?(?:[ap]\.?m\.?|uhr|h)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[^\w]{0,3}\d[\d.,' \u00a0]*(?:\s?[^\w\s]{1,2}|\s?[A-Z]{3})?")
_CURRENCY = re.compile(r"[$€£¥]|[A-Z]{3}")
# What is a label itself, or a word that links others.
_LABEL = re.compile(r"\b(?:no|nr|n\.?º|number|nummer|signature)\.?\s*$", re.IGNORECASE)
_SHORT = re.compile(r"[a-zà-ÿ]{1,3}")
# So many words these have at most: a code also as a value, with what is written before it.
_MOST_OF_DATE, _MOST_OF_LOOK, _MOST_OF_CODE, _MOST_OF_NAME = 5, 3, 4, 7
# What a look says for a property, and against it.
_TOLD, _LIKELY, _ODD, _UNLIKELY = 0.15, 0.1, -0.1, -0.15
_LONG_WORD = re.compile(r"\b[^\W\d_A-Z]{4}")
_CODES = frozenset(
    re.findall(
        r"\w+",
        "number no nr num code codes reference ref id identifier locator serial sku mrn vin iban "
        "bic nummer numero numéro referenz matricule",
    )
)
_PEOPLE = frozenset(
    re.findall(
        r"\w+",
        "by approver inspector supervisor manager driver owner holder patient physician doctor "
        "teacher tutor agent traveler traveller employee guest contact signatory author officer "
        "attendee student pupil claimant applicant tenant participant witness",
    )
)
_TIMES = frozenset(("time", "times", "hour", "uhrzeit", "heure", "hora", "ora"))
# What holds a date or a number within words.
_ANYTHING = frozenset(
    re.findall(
        r"\w+",
        "period term duration schedule range terms note notes remark remarks description",
    )
)


@lru_cache(maxsize=20_000)
def look(text: str) -> str:
    """What a text looks like: a date, a time, a number, a code or words."""
    plain = text.strip(" .:;")
    if _TIME.fullmatch(plain):
        return TIME
    if dates.DATE.search(plain) and len(plain.split()) <= _MOST_OF_DATE:
        return DATE
    if _NUMBER.fullmatch(plain):
        return MONEY if _CURRENCY.search(plain) else NUMBER
    has_digit = any(map(str.isdigit, plain))
    is_code = has_digit and len(plain.split()) <= _MOST_OF_LOOK and plain == plain.upper()
    return CODE if is_code else WORDS


@lru_cache(maxsize=20_000)
def fit(node: Node, text: str) -> float | None:
    """What the look of a text says for its being a property's value; None where it cannot be.

    Args:
        node: the property.
        text: what may be its value.

    Returns:
        A number to add to how alike two names are, from -0.15 to 0.15.
    """
    if node.types != ("string",) or "enum" in node.schema:
        return 0.0
    asked, seen = _asked(node), look(text)
    if _LABEL.search(text) or _SHORT.fullmatch(text):
        return None
    if asked == PERSON:
        return _fit_of_person(text)
    if asked == DATE:
        return _TOLD if seen == DATE else 0.0
    if asked == TIME:
        return _TOLD if seen == TIME else None
    if asked == CODE:
        is_code = any(map(str.isdigit, text)) and len(text.split()) <= _MOST_OF_CODE
        is_code = is_code and not _LONG_WORD.search(text)
        return _LIKELY if is_code and seen not in (DATE, TIME, MONEY) else None
    if any(blocks.is_street(part) and shapes.WAY.search(part) for part in text.split(", ")):
        return None  # nothing but an address has a street in it
    if seen in (DATE, TIME):
        return 0.0 if _ANYTHING & _words(node) else None
    return {NUMBER: _UNLIKELY, MONEY: _UNLIKELY, CODE: _ODD}.get(seen, 0.0)


def _fit_of_person(text: str) -> float | None:
    # A firm may approve, too, but nobody is called `no` or `7 days`.
    if signatures.NAME.fullmatch(text.strip(" .,")):
        return _LIKELY
    is_called = text[:1].isupper() and not any(map(str.isdigit, text))
    return 0.0 if is_called and len(text.split()) <= _MOST_OF_NAME else None


def _asked(node: Node) -> str:
    words = _words(node)
    if node.schema.get("format") or names.role(node) == DATE:
        return DATE
    if words & _TIMES:
        return TIME
    if words & _CODES or names.role(node) == "number":
        return CODE
    return PERSON if words & _PEOPLE else WORDS


def _words(node: Node) -> frozenset[str]:
    return frozenset(spaced(node.name).casefold().split())
