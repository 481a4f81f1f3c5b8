"""How long an agreement lasts, is renewed for, and is given notice of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workers.local.extraction.agreements.prose import Span, sentences

_NUMBERS = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|"
    r"twenty(?:-?\s?four)?|thirty(?:-?\s?six)?|forty(?:-?\s?five)?|fifty|sixty|ninety|"
    r"one\s+hundred(?:\s+and)?(?:\s+(?:twenty|eighty))?"
)
_UNIT = r"(?:(?:calendar|business|working|consecutive|contract)\s+)?(?:day|week|month|year)s?"
# `thirty (30) days`, `30 days`, `one-year`.
_PERIOD = re.compile(
    rf"\b(?:(?:{_NUMBERS})[\s\u2013-]*(?:\(\s*\d{{1,3}}\s*\))?|\d{{1,3}}(?:\s*\([a-z-]+\))?)"
    rf"[\s-]*{_UNIT}\b",
    re.IGNORECASE,
)
_YEAR_TO_YEAR = re.compile(r"\b(?:year|month)[-\s]+to[-\s]+(?:year|month)\b", re.IGNORECASE)
_RENEWS = re.compile(r"\b(?:renew\w*|extend\w*|extension|successive)\b", re.IGNORECASE)
_FURTHER = re.compile(rf"{_RENEWS.pattern}|\b(?:additional|further|subsequent)\b", re.IGNORECASE)
_ENDS = re.compile(r"\bterminat\w*|\bcancel\w*", re.IGNORECASE)
_FROM = re.compile(r"\s*from\b", re.IGNORECASE)
_GIVES_NOTICE = re.compile(r"\bnoti\w+|\bterminated\s+by\b|\bprior\s+to\b", re.IGNORECASE)
_AHEAD = re.compile(r"['\u2019s]*\s*(?:advance|prior|written|before|notice)\b", re.IGNORECASE)
_AT_LEAST = re.compile(
    r"\b(?:at\s+least|not?\s+(?:less|fewer|later)\s+than|upon|giving|with)\s+"
    r"(?:the\s+other\s+party\s+)?$",
    re.IGNORECASE,
)
_LASTS = re.compile(
    r"\b(?:initial\s+)?(?:term|period)\b[^.;]{0,200}?\b(?:of|be|for|is)\s+$"
    r"|\bcontinue\b[^.;]{0,120}?\bfor\s+(?:a\s+(?:\w+\s+)?(?:term|period)\s+of\s+)?$"
    r"|\bfor\s+an?\s+(?:initial\s+)?(?:term|period)\s+of\s+$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_SPELLED = "one two three four five six seven eight nine ten eleven twelve"
_SMALL = {word: str(count) for count, word in enumerate(_SPELLED.split(), 1)}
_EXPIRES = re.compile(
    r"\b(?:agreement|contract|obligations?|provisions|term)\b[^.;]{0,140}?"
    r"\b(?:terminate|expire|end|remain\s+in|continue)s?\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\s+(?:from|after|following)\s+(?:the\s+)?(?:effective\s+)?(?:date|execution|signing)",
    re.IGNORECASE,
)
# How far around a period its meaning is told, in characters, and how long a sentence is at most.
_NEAR, _BEHIND, _FAR, _LONGEST = 90, 40, 260, 1_500


def number(text: str, unit: str | None) -> str:
    """How many of a unit a period is, as digits; empty where it is in another.

    Args:
        text: such as `thirty (30) days`.
        unit: such as `day`; None for whatever it is in.
    """
    if unit is not None and not text.casefold().rstrip("s").endswith(unit):
        return ""
    digits = _DIGITS.search(text)
    return digits.group() if digits else _SMALL.get(text.split()[0].split("-")[0].casefold(), "")


def term(text: str) -> Span | None:
    """How long it lasts at first."""
    # Surest where it says when it ends: others are periods of single obligations.
    for match in _PERIOD.finditer(text):
        if _SINCE.match(text, match.end()) and _EXPIRES.search(_before(text, match, _FAR)):
            return match.span()
    for match in _PERIOD.finditer(text):
        before = _before(text, match, _FAR)
        if _LASTS.search(before) and not _FURTHER.search(before[-_NEAR:]):
            return match.span()
    return None


def renewal(text: str) -> Span | None:
    """For how long it is renewed at a time."""
    for sentence in _about(text, _RENEWS):
        year_to_year = _YEAR_TO_YEAR.search(text, *sentence)
        if year_to_year:
            return year_to_year.span()
        for match in _PERIOD.finditer(text, *sentence):
            before = _before(text, match, _NEAR)
            behind = text[match.end() : match.end() + _BEHIND]
            if _AHEAD.match(behind) or _GIVES_NOTICE.search(behind):
                continue
            is_further = _FURTHER.search(behind) and not _FROM.match(behind)
            if _FURTHER.search(before) or is_further:
                return match.span()
    return None


def notice(text: str, *, of_renewal: bool) -> Span | None:
    """How long before the end notice has to be given.

    Args:
        text: the agreement's.
        of_renewal: whether only what prevents a renewal counts.
    """
    for about in (_RENEWS,) if of_renewal else (_RENEWS, _ENDS):
        for sentence in _about(text, about):
            if _GIVES_NOTICE.search(text, *sentence):
                for match in _PERIOD.finditer(text, *sentence):
                    if _is_notice(text, match):
                        return match.span()
    return None


def _is_notice(text: str, match: re.Match[str]) -> bool:
    before = _before(text, match, _BEHIND)
    is_ahead = _AHEAD.match(text, match.end()) or _AT_LEAST.search(before)
    return bool(is_ahead) and not _FURTHER.search(before) and not _LASTS.search(before)


def _about(text: str, what: re.Pattern[str]) -> Iterator[Span]:
    for start, end in sentences(text):
        if end - start <= _LONGEST and what.search(text, start, end):
            yield start, end


def _before(text: str, match: re.Match[str], length: int) -> str:
    return text[max(0, match.start() - length) : match.start()]
