"""Dates as people write them, in six languages."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

LANGUAGES = ["en", "de", "fr", "es", "it", "nl"]
_MONTH = (
    r"(?:jan|feb|mar|mär|maer|apr|avr|abr|mai|may|mag|mei|maj|maa|mrt|jun|jui|giu|jul|lug|aug|ago|"
    r"aoû|aou|sep|set|oct|okt|ott|nov|dec|dez|déc|dic|ene|gen|fév|fev|febb|fév)[^\W\d_]*\.?"
)
# OCR may lose the space before a time of day.
_NO_MORE = r"(?!\d(?!\d?:\d\d))"
_NUMERIC = (
    r"(?<!\d)(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}(?!\d)"
    rf"|\d{{1,2}}[-./]\d{{1,2}}[-./](?:\d{{4}}{_NO_MORE}|\d{{2}}(?!\d)))"
)
_DAY = r"(?<![\d.,])\d{1,2}(?:st|nd|rd|th|er|\.|º|°)?"
_SHORT = "jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|mär|mai|okt|dez"
_WRITTEN = (
    rf"{_DAY}(?:\s+de|(?:\s+day)?\s+of|,)?[\s-]*{_MONTH}(?:\s+de[l]?|\s?,)?(?:\s+of)?[\s-]*\d{{4}}(?!\d)"
    rf"|\b{_MONTH}\s*\d{{1,2}}(?:st|nd|rd|th)?\s?,?\s*\d{{4}}(?!\d)"
    rf"|{_DAY}-{_MONTH}-\d{{2}}(?!\d)"
    rf"|{_DAY}\s(?:{_SHORT})\.?\s'?\d{{2}}(?![\d:.,'])"
)
_EASTERN = r"(?<!\d)\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]"
_SPACED = r"(?<!\d)\d{1,2}\.\s\d{1,2}\.\s\d{4}(?!\d)"
_YEAR_FIRST = re.compile(r"(\d{4})\s?[-./年년]\s?(\d{1,2})\s?[-./月월]\s?(\d{1,2})\s?[日일]?")
DATE = re.compile(f"{_NUMERIC}|{_SPACED}|{_EASTERN}|{_WRITTEN}", re.IGNORECASE)
# As they stand in the rows of a statement.
DAY_AND_MONTH = re.compile(
    rf"\d{{1,2}}(?P<sign>[-./])\d{{1,2}}\.?|{_DAY}[\s-]{_MONTH}|{_MONTH}\s\d{{1,2}}", re.IGNORECASE
)
# A date before what it is of.
LEADING = re.compile(rf"(?:{DATE.pattern}|{DAY_AND_MONTH.pattern})(?![\d./-])", re.IGNORECASE)
_TIME = re.compile(
    r"[\sT,]*(?:um|at|à)?\s*([01]?\d|2[0-3])[:h.]([0-5]\d)(?::([0-5]\d))?(?:\.\d+)?"
    r"\s*(am|pm)?\s*(Z|UTC|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
DAY_FIRST, MONTH_FIRST = "DMY", "MDY"
# Countries with dollars of their own, or what is called so there, where days stand first.
_ABROAD = re.compile(
    r"\b(?:A\.?B\.?N|ACN|GSTIN|Australia|New Zealand|Singapore|Hong Kong|India)\b", re.I
)
_MOST_BEFORE = 5
_LONG_YEAR = re.compile(r"\d{4}")
# Earlier and later years are numbers that look like dates.
_YEARS = range(1850, 2151)


def order(texts: Iterable[str]) -> str:
    """Whether days or months stand first in a document's numeric dates."""
    votes: Counter[str] = Counter()
    signs: Counter[str] = Counter()
    for text in texts:
        for match in re.finditer(r"(?<!\d)(\d{1,2})([-./])(\d{1,2})\2\d{2,4}(?!\d)", text):
            first, sign, second = int(match.group(1)), match.group(2), int(match.group(3))
            signs[sign] += 1
            if (first > 12) != (second > 12):
                votes[DAY_FIRST if first > 12 else MONTH_FIRST] += 1
        # What Americans write, where no date says it by itself.
        signs["$"] += len(re.findall(r"\$\s?\d|\bUSD\b|\b[A-Z]{2} \d{5}\b", text))
        signs["abroad"] += len(_ABROAD.findall(text))
    if votes:
        return max(sorted(votes), key=lambda name: votes[name])
    if signs["abroad"]:
        return DAY_FIRST
    return MONTH_FIRST if signs["/"] and signs["$"] else DAY_FIRST


def find(text: str) -> re.Match[str] | None:
    """The first text that looks like a date."""
    return DATE.search(text)


def is_written(text: str) -> bool:
    """Whether a text begins with a date that has a month's name, and so is no number."""
    match = find(text)
    return match is not None and match.start() == 0 and any(map(str.isalpha, match.group()))


def is_far(text: str) -> bool:
    """Whether the first date of a text stands behind so many words that the text is about more."""
    match = find(text)
    return match is not None and len(text[: match.start()].split()) > _MOST_BEFORE


@lru_cache(maxsize=10_000)
def read(text: str, order: str) -> datetime.date | None:
    """The date that a text is, or None.

    Args:
        text: as `find` finds it.
        order: what `order` says of the document.
    """
    import dateparser

    year_first = _YEAR_FIRST.fullmatch(text.strip())
    if year_first:
        return _of(*map(int, year_first.groups()))
    tidy = re.sub(r"(?<=\d)(?:st|nd|rd|th|er|º|°)\b", "", text, flags=re.IGNORECASE)
    tidy = re.sub(r"\b(?:day of|of)\b", " ", " ".join(tidy.split()), flags=re.IGNORECASE)
    tidy = re.sub(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_.])(?=\d)", " ", tidy)
    found = dateparser.parse(
        re.sub(r"(?<=\.)\s(?=\d{1,2}\.)", "", tidy),
        languages=LANGUAGES,
        settings={
            "DATE_ORDER": order,
            "PREFER_LOCALE_DATE_ORDER": False,
            "REQUIRE_PARTS": ["day", "month", "year"],
            "PARSERS": ["absolute-time"],
        },
    )
    return found.date() if found and found.year in _YEARS else None


def latest(texts: Iterable[str], order: str) -> datetime.date | None:
    """The last of all the dates of a document, or None.

    Args:
        texts: the document's.
        order: what `order` says of it.
    """
    written = [match.group() for text in texts for match in DATE.finditer(text)]
    # A bank's sort code, `20-11-43`, looks like a date with a short year.
    sure = [date for date in written if _LONG_YEAR.search(date)]
    return max(filter(None, (read(date, order) for date in sure or written)), default=None)


def without_year(text: str, order: str, last: datetime.date) -> datetime.date | None:
    """The date that a day and a month are, or None: the last one before the document's end.

    Args:
        text: such as `31/12` or `Jul 5`.
        order: what `order` says of the document.
        last: its last date.
    """
    match = DAY_AND_MONTH.fullmatch(text.strip())
    if match is None:
        return None
    sign = match["sign"] or " "
    years = (last.year, last.year - 1)
    found = [read(f"{text.strip(' .')}{sign}{year}", order) for year in years]
    return next((date for date in found if date and date <= last), None)


def time_after(text: str, end: int) -> str | None:
    """The time of day that follows a date, in ISO 8601; None if there is none.

    Args:
        text: a text.
        end: where the date in it ends.
    """
    match = _TIME.match(text, end)
    if not match:
        return None
    hour, half = int(match.group(1)), (match.group(4) or "").lower()
    if half:
        hour = hour % 12 + 12 * (half == "pm")
    zone = (match.group(5) or "").upper().replace("UTC", "Z")
    return f"{hour:02}:{match.group(2)}:{match.group(3) or '00'}{zone}"


def _of(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
