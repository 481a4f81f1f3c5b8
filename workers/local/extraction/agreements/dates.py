"""When an agreement was made, when it begins, and when it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workers.local.extraction import dates
from workers.local.extraction.agreements.prose import Span

# How far around a date its meaning is told, in characters; and before the parties are named.
_BEFORE, _BEHIND, _FAR, _LEAD = 120, 80, 300, 900
_QUOTE = "[\"\u201c\u201d'\u2019]"
_WHAT = r"(?P<what>[A-Z][\w\s-]{0,30}?)\s+Date"
# `May 1, 2020 (the "Effective Date")`, and `"Effective Date" means May 1, 2020`.
_IS_CALLED = re.compile(rf"[\s,]*\(?[^()]{{0,60}}{_QUOTE}+\s*(?:the\s+)?{_WHAT}\s*{_QUOTE}")
_CALLED_BEFORE = re.compile(
    rf"{_QUOTE}{_WHAT}{_QUOTE}\s*(?:\)|means|(?:shall\s+)?mean|is|shall\s+be)[^.;]{{0,60}}$"
)
_BEGINNINGS = frozenset(("effective", "commencement", "start"))
_MADE = re.compile(
    r"\b(?:dated|made|entered|executed|signed|effective|concluded)\b[^.;()]{0,80}$"
    r"|\b(?:as\s+of|as\s+at|day\s+and\s+year|(?:on\s+)?this)\s*(?:the\s+)?:?\s*$",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\beffective\s+(?:as\s+of|on|from|date)\b[^.;()]{0,40}$"
    r"|\b(?:agreement|contract|lease|term|employment)\b[^.;]{0,60}"
    r"\b(?:commenc|begin|start|in\s+effect)\w*[^.;()]{0,40}$",
    re.IGNORECASE,
)
_BEGINS_WHEN_MADE = re.compile(
    r"\b(?:effective|commenc|begin|start|in\s+effect)\w*\b[^.;()]{0,60}\bdate\s+(?:hereof|"
    r"of\s+this\s+agreement|first\s+(?:above\s+)?(?:written|set\s+forth|stated|mentioned))",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:until|through|ending|ends?|up\s+to\s+and\s+including|expir\w+|terminat\w+|"
    r"no\s+later\s+than)\b[^.;()]{0,50}$",
    re.IGNORECASE,
)
_OF_TERM = re.compile(
    r"\b(?:term|agreement|contract|continue\w*|period|lease|effect)\b", re.IGNORECASE
)
# The date of what is cited, and not of this agreement.
_CITED = re.compile(
    r"\b(?:amended|pursuant|filed|that\s+certain|registration|issued|original)\b[^.;]{0,80}$",
    re.IGNORECASE,
)


def made(text: str, preamble: Span) -> Span | None:
    """The date of the agreement, which stands where it says who agrees."""
    start, end = preamble
    for date, before in _dates(text, max(0, start - _LEAD), end):
        if _MADE.search(before) and not _CITED.search(before):
            return date
    # As on a letter.
    lines = (date for date, _ in _dates(text, max(0, start - _LEAD), start))
    return next((date for date in lines if _is_line(text, date)), None)


def begins(text: str, preamble: Span) -> Span | None:
    """The date from which it holds, where it says so by that name."""
    for date, before in _dates(text):
        called = _IS_CALLED.match(text, date[1], date[1] + _BEHIND)
        called = called or _CALLED_BEFORE.search(before)
        if called and called["what"].split()[0].casefold() in _BEGINNINGS:
            return date
    for date, before in _dates(text):
        if _BEGINS.search(before):
            return date
    return made(text, preamble) if _BEGINS_WHEN_MADE.search(text) else None


def ends(text: str) -> Span | None:
    """The date until which it holds."""
    for date, before in _dates(text):
        if _ENDS.search(before) and _OF_TERM.search(text[max(0, date[0] - _FAR) : date[0]]):
            return date
    return None


def _dates(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[Span, str]]:
    for match in dates.DATE.finditer(text, start, len(text) if end is None else end):
        yield match.span(), text[max(0, match.start() - _BEFORE) : match.start()]


def _is_line(text: str, date: Span) -> bool:
    return text[: date[0]].endswith("\n") and text[date[1] :].startswith("\n")
