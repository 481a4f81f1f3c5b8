"""What can be a value of a key, and where in a row of words it ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from workers.local.concepts import Key
from workers.local.terms import folded

MOST_WORDS, MOST_CHARACTERS, MOST_CAPITALS = 8, 80, 4
# The colon of Chinese and Japanese, and dashes of all kinds.
_MARK = re.compile(r"^[\s:\uff1a=#№.\-\u2013\u2014]+|[\s:\uff1a=]+$")
_COLON = re.compile(r"[:\uff1a=]$")
# A vehicle's number is in groups of capitals and digits.
_PLATE, MOST_OF_PLATE = re.compile(r"[A-Z0-9ÄÖÜ]{1,4}(?:-[A-Z0-9]{1,4}){0,2}"), 3
# A court's number has its register before the number of a year: `12 C 345/24`.
_OF_YEAR = re.compile(r"\d{1,5}/\d{2,4}\W?")
_BETWEEN = ("|", "\u2022", "\u00b7", ";")
_COPULAS = ("is", "ist", "lautet", "est", "es")
_AMOUNT = re.compile(r"\W?[\d.,']*\d[.,]\d\d\W?|[\d.,]+%")
_PLAIN_DATE = re.compile(
    r"\(?(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2}))\)?[.,;]?"
)
_MONTH = r"(?:(?:de|of|di)\s+)?[^\W\d_]{3,12}\.?"
_DATE = re.compile(
    r"\d{1,4}\s?[./-]\s?(?:\d{1,2}|[^\W\d_]{3,9})\s?[./-]\s?\d{1,4}"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th|er|º)?\s{_MONTH},?\s(?:(?:de|del)\s)?\d{{2,4}}"
    rf"|[^\W\d_]{{3,12}}\.?\s\d{{1,2}}(?:st|nd|rd|th)?\s?,?\s\d{{4}}|{_MONTH}\s\d{{4}}"
)


def fits(text: str, key: Key) -> bool:
    """Whether a text can be a value of a key."""
    if key.needs_digit:
        return any(map(str.isdigit, text))
    found = bare(text)
    if key.is_name:
        return found[:1].isalpha() and not found[:1].islower()
    return any(map(str.isalnum, found))


def first_in(texts: Sequence[str], key: Key, is_of_label: Callable[[str], bool]) -> str:
    """The value that some words begin with; empty if they begin with none.

    Args:
        texts: the words that follow a label.
        key: whose value it is.
        is_of_label: whether a word may be of the next label.
    """
    while texts and not bare(texts[0]):
        texts = texts[1:]
    if "plate" in key.parts:
        kept = _plate(texts)
    elif key.is_number:
        kept = _number(texts)
    elif key.is_dated:
        kept = _date(texts)
    else:
        kept = _phrase(texts, is_of_label)
    value = bare(" ".join(kept))[:MOST_CHARACTERS].strip(" ,;.")
    return value if fits(value, key) else ""


def bare(text: str) -> str:
    """A text without the marks that part labels and values."""
    return _MARK.sub("", text)


def ends_label(text: str) -> bool:
    """Whether a word ends with the mark that stands between a label and its value."""
    return bool(_COLON.search(text))


def _number(texts: Sequence[str]) -> Sequence[str]:
    # It may be written in groups, and behind a few capitals: `DE 4711 0815`.
    if texts and texts[0] in _COPULAS:
        texts = texts[1:]
    if not texts or _AMOUNT.fullmatch(texts[0]) or _PLAIN_DATE.fullmatch(texts[0]):
        return []
    is_prefix = texts[0].isupper() and texts[0].isalpha() and len(texts[0]) <= MOST_CAPITALS
    kept = list(texts[:1]) if is_prefix else []
    for text, after in zip(texts[len(kept) :], [*texts[len(kept) + 1 :], ""], strict=False):
        is_register = bool(kept) and text.isalpha() and _OF_YEAR.fullmatch(after) is not None
        is_part = is_register or any(map(str.isdigit, text))
        if not is_part or (kept and _is_apart(kept[-1], text)):
            break
        kept.append(text)
    return [] if is_prefix and len(kept) == 1 else kept


def _plate(texts: Sequence[str]) -> Sequence[str]:
    # `WF20 KRD`, `M-AB 1234`, `1234 BCD`
    kept = 0
    while kept < min(len(texts), MOST_OF_PLATE) and _PLATE.fullmatch(texts[kept].strip(",;.")):
        kept += 1
    return texts[:kept]


def _is_apart(before: str, text: str) -> bool:
    is_other = _PLAIN_DATE.fullmatch(text) or _AMOUNT.fullmatch(text)
    return before[-1] in ",;)" or is_other is not None


def _date(texts: Sequence[str]) -> Sequence[str]:
    text = " ".join(texts[: MOST_WORDS * 2])
    found = _DATE.search(text)
    return [found.group()] if found else texts[:MOST_WORDS]


def _phrase(texts: Sequence[str], is_of_label: Callable[[str], bool]) -> Sequence[str]:
    # The next label ends it.
    for place, text in enumerate(texts):
        if place and text in _BETWEEN:
            return texts[:place]
        if place and ends_label(text):
            start = place if bare(text) else place - 1
            while start > 1 and is_of_label(texts[start - 1]):
                start -= 1
            return texts[: max(start, 1)]
    return texts[:MOST_WORDS]


def same(value: str) -> str:
    """A value as it is compared: without case, accents, spaces and marks."""
    return re.sub(r"[\W_]", "", folded(value))
