"""Whose law governs an agreement."""

from __future__ import annotations

import re

from workers.local.extraction.agreements.prose import Span

_GOVERNED = (
    r"(?:govern(?:ed|s)?|construed|interpreted|controlled|decided|determined|enforced|subject)"
)
_LAW = re.compile(
    rf"\b{_GOVERNED}\b[^.;]{{0,200}}?\blaws?\s+(?:and\s+regulations?\s+)?"
    r"(?:of|in\s+force\s+in)\s+"
    r"|\blaws?\s+of\s+(?=[^;]{3,120}?\b(?:shall|will|to)\s+(?:exclusively\s+)?govern)",
    re.IGNORECASE,
)
# `English law`.
_BEFORE = re.compile(
    rf"\b(?i:{_GOVERNED})\b[^.;]{{0,160}}?\b(?P<where>[A-Z][a-z]+(?:\s[A-Z][a-z]+){{0,2}})\s+law\b"
)
_STATE_OF = re.compile(
    r"(?:the\s+)?(?:United\s+States\s+and\s+(?:the\s+)?(?=State))?"
    r"(?:(?:state|commonwealth|province|republic|kingdom|territory|country)\s+of\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Z][\w.'\u2019-]*")
_WITHIN = frozenset(("of", "and", "the"))
# What may stand behind a place and is no part of it, also where all is in capitals.
_BEHIND = (
    "without excluding applicable as in to or for by other regardless which with giving except not "
    "irrespective section law laws any each all exclusive federal notwithstanding exclusively this "
    "such court courts shall will its conflict principles"
)
_NO_PLACE = frozenset(_BEHIND.split())
_MOST_WORDS, _REACH = 5, 120


def find(text: str) -> Span | None:
    """The state or country whose law governs, without `State of`."""
    for match in _LAW.finditer(text):
        state_of = _STATE_OF.match(text, match.end())
        start = state_of.end() if state_of else match.end()
        end = _end(text, start)
        if end > start:
            return start, end
    before = _BEFORE.search(text)
    return before.span("where") if before else None


def _end(text: str, start: int) -> int:
    end = start
    for count, match in enumerate(re.finditer(r"\S+", text[start : start + _REACH])):
        word = match.group()
        bare = word.rstrip(",.;:)")
        is_link = bare.casefold() in _WITHIN
        is_place = bool(_WORD.fullmatch(bare)) and bare.casefold() not in _NO_PLACE
        if count == _MOST_WORDS or not (is_link or is_place) or (is_link and not count):
            break
        if not is_link:
            end = start + match.start() + len(bare)
        if word != bare:
            break
    return end
