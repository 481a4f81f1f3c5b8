"""What kind of value a field asks for, by its label, and the part of a text that is one."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from workers.local.extraction import dates, shapes

COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNT = re.compile(rf"(?:\d+|{'|'.join(COUNTS)})\b", re.I)
_AMOUNT = re.compile(
    r"(?:(?:[A-Z]{3}\s?|[$€£]\s?))?\d[\d.,'\u00a0]*(?: ?(?:[A-Z]{3}\b|[$€£]|euros?\b|dollars?\b))?"
)
# A currency that is printed beside an amount is not written once more.
_CURRENCY = re.compile(r"\s*(?:[$€£]|\b(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds?)\b)\s*", re.I)
# `2207, Quality Assurance` is more than a number.
_NUMBERED = re.compile(r"\bn(?:o|r|umber|ummer)\b\.?|\bnumero\b|n°|\bid\b", re.I)
_NUMBER = re.compile(r"(?=[^,;()]{0,40}\d)\w[^,;()]{0,40}(?=[,;)])")
_SHAPED = {
    "email": shapes.SHAPES["email"],
    "website": shapes.SHAPES["website"],
    "phone": re.compile(
        r"(?<![\w/.-])(?:\+|00)?\(?\d[\d ()/.\u2011-]{4,}\d(?:\s?(?:ext\.?|x)\s?\d{1,5})?"
    ),
    "bic": re.compile(r"\b[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b(?!\s*:)"),
}
_LABELS = {
    "email": r"e-?mail|courriel|correo",
    "website": r"\bweb ?site|\bhomepage|\binternet",
    "phone": r"phone|\btel\b|telefon|tel[eé]fono|\bfax|\bmobile?\b|\bcell\b|\bhandy|portable",
    "iban": r"\biban\b",
    "bic": r"\b(?:bic|swift)\b",
    "date": r"\bdate\b|\bdob\b|datum\b|\bdata (?:di|de)\b|\bfecha\b|\bborn\b|\bgeboren\b",
    "postal": r"\bzip\b|\bpost ?code\b|\bpostal code\b|\bplz\b|\bpostleitzahl\b|\bcode postal\b",
    "amount": r"\bamount|\brent\b|\bincome\b|\bsalary\b|\bprice\b|\bfees?\b|\bcosts?\b|\bbetrag|"
    r"\bmontant\b|\bimporto\b|\bimporte\b|[$€£]",
    "count": r"\bnumber of\b|\bhow many\b|\bage\b|\banzahl\b|\bnombre (?:de|d')|"
    r"\bin (?:days|weeks|months|years)\b|\(?(?:days|weeks|months|years)\)?$",
    "address": r"street|stra(?:ß|ss)e|\brue\b|address|adresse|anschrift|direcci[oó]n|indirizzo",
}
_KINDS = {kind: re.compile(pattern, re.I) for kind, pattern in _LABELS.items()}
_LEAD = re.compile(
    r"(?:on|at|by|in|about|around|of|from|until|the|no\.?|number|am|le|il|el)\s+", re.I
)
# `DD/MM/YYYY`, `TT.MM.JJJJ`, `day-month-year`, `YYYY-MM-DD`.
_UNITS = {"d": r"DD|TT|GG|day|dd", "m": r"MM|month", "y": r"YYYY|AAAA|JJJJ|YY|year"}
_FORMAT = re.compile(
    rf"\b(?P<first>{'|'.join(_UNITS.values())}|JJ)\s?(?P<sign>[./-])\s?"
    rf"(?P<second>{_UNITS['d']}|{_UNITS['m']})\s?(?P=sign)\s?(?P<third>{'|'.join(_UNITS.values())})\b",
    re.I,
)
_NUMERIC = re.compile(r"\d{1,2}\s?[./ -]\s?\d{1,2}\s?[./ -]\s?\d{2,4}")


@lru_cache(maxsize=10_000)
def kind(label: str) -> str | None:
    """What a label asks for: `phone`, `date`, `count` and so on; None for any text, or several."""
    found = [name for name, pattern in _KINDS.items() if pattern.search(label)]
    if found[-1:] == ["address"] and len(found) > 1:
        found.pop()  # `E-mail address`
    if found[-1:] == ["count"] and "date" not in found:
        return "count"  # `Number of phones`
    return found[0] if len(found) == 1 else None


def part(label: str, text: str) -> str:
    """The part of what was said that a label asks for: a phone's number of a whole sentence.

    Args:
        label: the field's.
        text: what was said; all of it where nothing in it is of that kind.
    """
    asked = kind(label)
    if asked in _SHAPED:
        found = _SHAPED[asked].search(text)
        return found.group().strip(" .-/") if found else text
    if asked == "iban":
        account = shapes.find("iban", text)
        return account.group() if account else text
    if asked == "date":
        return as_asked(label, _leading(dates.DATE, text))
    if asked == "count":
        count = _leading(_COUNT, text)
        return _digits(count) if count != text or len(text.split()) == 1 else text
    if asked == "amount":
        amount = _leading(_AMOUNT, text).rstrip(" .,")
        return _CURRENCY.sub("", amount) if _CURRENCY.search(label) else amount
    is_number = asked is None and _NUMBERED.search(label)
    return _leading(_NUMBER, text) if is_number else text


def as_asked(label: str, text: str) -> str:
    """A date in the order and with the signs that a label shows: `(DD/MM/YYYY)`.

    Args:
        label: the field's.
        text: a date; it is left as it is where it is numeric already, or none.
    """
    wanted, plain = _FORMAT.search(label), text.strip()
    is_date = wanted and not _NUMERIC.fullmatch(plain) and dates.DATE.fullmatch(plain)
    date = dates.read(plain, dates.DAY_FIRST) if is_date else None
    if not wanted or not date:
        return text
    return wanted["sign"].join(_unit(wanted[part], date) for part in ("first", "second", "third"))


def _unit(word: str, date: datetime.date) -> str:
    if re.fullmatch(_UNITS["m"], word, re.I):
        return f"{date.month:02}"
    is_year = re.fullmatch(_UNITS["y"], word, re.I)
    return f"{date.year:04}"[-len(word) :] if is_year else f"{date.day:02}"


def _leading(pattern: re.Pattern[str], text: str) -> str:
    # What a text begins with, if that is followed by more of a sentence.
    plain = _LEAD.sub("", text, count=1) if _LEAD.match(text) else text
    found = pattern.match(plain)
    return found.group() if found and not plain[found.end() :][:1].isalnum() else text


def _digits(count: str) -> str:
    word = count.casefold()
    return str(COUNTS.index(word) + 1) if word in COUNTS else count
