"""What an agreement is called."""

from __future__ import annotations

import re

from workers.local.extraction.agreements.prose import Span

# How far from the beginning a title stands, and how long a line of it is.
_WITHIN, _LENGTH, _FEW_WORDS = 4_000, 120, 6
_NAMED = (
    r"(?:AGREEMENT|CONTRACT|LEASE|DEED|AMENDMENT|ADDENDUM|MEMORANDUM|LICEN[SC]E|WARRANTY|TERMS|"
    r"UNDERTAKING|GUARANTEE|GUARANTY|NDA|STATEMENT OF WORK|PLAN|PROTOCOL)S?"
)
_BEHIND = r"\W*(?:\([^()]*\)|(?:NO\.?|#|\N{NUMERO SIGN})? ?\d+)?\W*"
# A heading that ends in such a word, or begins with one: `AMENDMENT NO. 1 TO`.
_TITLE = re.compile(
    rf"(?:.*\b)?{_NAMED}\b{_BEHIND}|(?:\w+ ){{0,2}}(?:AMENDMENT|ADDENDUM)\b.*", re.IGNORECASE
)
# `CONSULTING AGREEMENT - OKAPI INC.`
_WITH_MORE = re.compile(rf"(?P<title>[^\n]{{0,80}}?\b{_NAMED}) [-\u2013\u2014] ", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"\b(?:confidential treatment|exhibit|omitted|pursuant|source:|execution (?:copy|version)|"
    r"draft|schedule [a-z\d]|page \d|dated?\b|between|by and)|[.;,]$|\.{3}"
    r"|^(?:section|article)?\s*[\divx]+[.)]",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:\b(?:AND|TO|THE|OF|FOR)|[,&])$|^(?:AND|TO|THE|OF|FOR)\b", re.IGNORECASE)
_ALONE = frozenset(("agreement", "contract", "lease", "amendment", "terms"))
_ITSELF = "AGREEMENT CONTRACT LEASE DEED ADDENDUM AMENDMENT"
_CALLED = re.compile(
    r"\b(?:THIS|This|this)\s+(?P<title>(?:[A-Z][\w&'\u2019/-]*\s+|and\s+|of\s+|for\s+){0,9}"
    rf"(?:{'|'.join((*_ITSELF.split(), *_ITSELF.title().split()))}))\b"
)


def find(text: str) -> Span | None:
    """The title of an agreement: a heading at its beginning, or what it calls itself."""
    headings = _headings(text)
    for number, (start, end) in enumerate(headings):
        line = text[start:end]
        if _TITLE.fullmatch(line) and line.casefold().strip(" .:") not in _ALONE:
            return _whole(text, headings, number)
    called = _CALLED.search(text, 0, 2 * _WITHIN)
    if called and called["title"].casefold() not in _ALONE:
        return called.span("title")
    return None


def _headings(text: str) -> list[Span]:
    found: list[Span] = []
    start = 0
    for line in text[:_WITHIN].split("\n"):
        told = _WITH_MORE.match(line)
        named = told["title"] if told else line
        if 0 < len(named) <= _LENGTH and _is_heading(named) and not _NO_TITLE.search(named):
            found.append((start, start + len(named)))
        start += len(line) + 1
    return found


def _is_heading(line: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    is_named = len(words) <= _FEW_WORDS and line[:1].isupper() and bool(_TITLE.fullmatch(line))
    return bool(words) and (is_named or all(word[:1].isupper() for word in words))


def _whole(text: str, headings: list[Span], number: int) -> Span:
    # It may go on over lines, where one of two ends or begins with such a word as `AND`.
    first = last = number
    while first and _is_one(text, headings[first - 1], headings[first]):
        first -= 1
    while last + 1 < len(headings) and _is_one(text, headings[last], headings[last + 1]):
        last += 1
    return headings[first][0], headings[last][1]


def _is_one(text: str, above: Span, below: Span) -> bool:
    is_next = above[1] + 1 == below[0]
    return is_next and any(_GOES_ON.search(text[slice(*line)]) for line in (above, below))
