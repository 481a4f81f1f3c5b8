"""Dates, sums, shares and counts in a sentence, each with the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workers.local.extraction import dates, numbers

DATE, MONEY, SHARE, COUNT, CODE = "date", "money", "share", "count", "code"
_SIGNS = "".join(numbers.CURRENCIES)
_CODES = "|".join(sorted(numbers.CURRENCY_CODES))
_NUMBER = r"\d{1,3}(?:[., '\u2019\u202f]\d{2,3})*(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_SCALES = {"million": 6, "millions": 6, "mio": 6, "billion": 9, "billions": 9, "mrd": 9}
_FIGURE = re.compile(
    rf"(?<![\w.,/#-])(?P<before>[{_SIGNS}] ?|(?:{_CODES}) ?|Rs\.? ?)?(?P<number>{_NUMBER})(?:/-)?"
    rf"(?: ?(?P<share>%|percent\b|per cent\b|prozent\b)|\s?(?P<scale>{'|'.join(_SCALES)})\b)?"
    rf"(?P<after> ?[{_SIGNS}](?! ?\d)| (?:{_CODES}|euros?|dollars|pounds|francs)\b)?"
    r"(?![\w/-]|[.,:]\d)",
    re.IGNORECASE,
)
# By what something is known: `ST-558210`, `30044718`.
_CODE = re.compile(r"(?<![\w.,/#$-])[A-Z\d][A-Z\d./-]{3,24}[A-Z\d](?![\w%@])")
_YEARS = re.compile(r"(?:19|20)\d\d[/-]\d\d(?:\d\d)?")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Figure:
    """What a sentence says in digits.

    Attributes:
        kind: a date, a sum of money, a share of a hundred or a count.
        start: where it begins.
        end: where it ends.
        text: the date, or the number alone.
        scale: by how many zeros the number is more.
    """

    kind: str
    start: int
    end: int
    text: str
    scale: int = 0


def of(text: str, start: int, end: int) -> Iterator[Figure]:
    """The figures of a sentence.

    Args:
        text: a passage's.
        start: where the sentence begins.
        end: where it ends.
    """
    dated = [match.span() for match in dates.DATE.finditer(text, start, end)]
    for first, last in dated:
        yield Figure(DATE, first, last, text[first:last])
    for match in _CODE.finditer(text, start, end):
        is_date = any(first < match.end() and match.start() < last for first, last in dated)
        is_number = sum(map(str.isdigit, match.group())) > 1 and not _YEARS.fullmatch(match.group())
        if is_number and not is_date:
            yield Figure(CODE, match.start(), match.end(), match.group())
    for match in _FIGURE.finditer(text, start, end):
        if any(first < match.end() and match.start() < last for first, last in dated):
            continue
        is_money = bool(match["before"] or match["after"])
        kind = SHARE if match["share"] else MONEY if is_money else COUNT
        if kind == COUNT and _YEAR.fullmatch(match["number"]):
            continue
        scale = _SCALES[match["scale"].casefold()] if match["scale"] else 0
        yield Figure(kind, match.start(), match.end(), match["number"], scale)
