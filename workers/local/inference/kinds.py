"""Of what type a property is, by its label and everything that stands there for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from workers.local.extraction import dates, labels, numbers
from workers.local.extraction.values import Values

# Digits of these are no numbers to reckon with, nor dates.
_CODES = frozenset(("number", "reference", "code", "position", "id", "phone", "fax", "postal")) | {
    "account",
    "iban",
    "bic",
    "taxid",
}
# Of these the next document may well have cents.
_AMOUNTS = frozenset(("total", "subtotal", "payable", "tax", "price", "net", "gross", "amount"))
_TIMES = frozenset(("period", "year", "month", "week"))
BOOLEANS = frozenset(("yes", "no", "true", "false", "ja", "nein", "oui", "non"))
# `Number of guests`, which is none that somebody is known by.
_COUNT = re.compile(
    r"\b(?:number|no\.?|count|nombre|n[uú]mero|aantal) (?:of|de|di|van)\b|\banzahl\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"0\d+|\d{10,}")
# `< 1` is less than that.
_INEXACT = re.compile(r"[<>~\u2248\u2264\u2265]")
# A unit is short, as `kWh` is; of `30 days` and `May 2025` a number alone would say too little.
_WORD, _LONGEST_UNIT = re.compile(r"[^\W\d_]{2,}"), 3
_SHORT_MONTHS = "JAN FEB MAR APR MAY MAI JUN JUL AUG SEP OCT OKT NOV DEC DEZ"
_MONTHS = frozenset(_SHORT_MONTHS.split())
_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|\b(?:mo|di|mi|do|fr|sa|so)\.|\b(?:mon|diens|donners|frei|sams|sonn)tag\b|\bmittwoch\b"
    r"|\b(?:lun|mar|mercre|jeu|vendre|same)di\b|\bdimanche\b",
    re.IGNORECASE,
)
_LONGEST_DATE = 40


def of(label: str, texts: Sequence[str], values: Values) -> dict[str, Any]:
    """The schema of a scalar.

    Args:
        label: what it is called.
        texts: what stands there for it, here and in the other rows.
        values: reads them.
    """
    if all(text.casefold() in BOOLEANS for text in texts):
        return {"type": "boolean"}
    tokens = set(labels.tokens(label))
    is_count = _COUNT.search(label) is not None
    is_code = bool(_CODES & tokens) and not is_count
    if not is_code or "date" in tokens:
        if all(rest_of_date(text, values) == "" for text in texts):
            return {"type": "string", "format": "date"}
        # A time without its zone is none of JSON Schema's, so that a text is what it is; but by a
        # date's name the extraction reads no more than a date.
        if "date" in tokens and all(_is_dated(text, values) for text in texts):
            return {"type": "string", "format": "date-time"}
    if is_code or any(map(_is_code, texts)) or not all(_is_number(one, values) for one in texts):
        return {"type": "string"}
    is_whole = not any(set(text) & {".", ",", "%", *numbers.CURRENCIES} for text in texts)
    is_amount = bool(_AMOUNTS & tokens) and not _TIMES & tokens and not is_count
    return {"type": "integer" if is_whole and not is_amount else "number"}


def either(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The type of what is one thing in one document and another in the next."""
    if one == other:
        return one
    kinds = {one["type"], other["type"]}
    return {"type": "number"} if kinds == {"integer", "number"} else {"type": "string"}


def rest_of_date(text: str, values: Values) -> str | None:
    """What a text says besides a date and its weekday; None if there is no date in it."""
    if len(text) > _LONGEST_DATE or values.date(text) is None:
        return None
    return _WEEKDAY.sub(" ", dates.DATE.sub(" ", text, count=1)).strip(" ,.")


def _is_dated(text: str, values: Values) -> bool:
    # A date, or a date and a time.
    rest = rest_of_date(text, values)
    return rest is not None and (not rest or dates.time_after(rest, 0) is not None)


def _is_code(text: str) -> bool:
    return _CODE.fullmatch(re.sub(r"\s", "", text)) is not None


def _is_number(text: str, values: Values) -> bool:
    words = [word.upper() for word in _WORD.findall(text)]
    return (
        values.number(text) is not None
        and not _INEXACT.search(text)
        and all(len(word) <= _LONGEST_UNIT and word not in _MONTHS for word in words)
    )
