"""Names of those who agree, found among what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workers.local.extraction.agreements.prose import Span

_MAX_WORDS = 14
FORM = (
    r"(?:[Ii]nc(?:orporated)?|INC(?:ORPORATED)?|Corp(?:oration)?|CORP(?:ORATION)?|L\.?\s?L\.?\s?C|"
    r"[Ll]td|LTD|llc|Limited|LIMITED|L\.?\s?L\.?\s?P|L\.?P|PLC|plc|GmbH|AG|KG|S\.?\s?A\.?(?:\s?S)?|S\.p\.A|"
    r"S\.r\.l|A/S|AB|Oy|ApS|S/A|N\.?V|B\.?V|Pty|Co|CO|Company|COMPANY|Bank|BANK|N\.A|Trust|TRUST|"
    r"University|UNIVERSITY|Foundation|Association|ASSOCIATION|Partners(?:hip)?|Holdings|Group|"
    r"Authority|Institute)"
)
ENTITY = re.compile(rf"(?<![\w.]){FORM}\b\.?")
# `the Company`, which is what somebody is called.
_CALLED = re.compile(
    rf"(?:(?:the|The|THE)\s+)?(?:(?:{FORM}|Part(?:y|ies)|PART(?:Y|IES)|Employee|Executive)[.,\s]*)+"
)
# Where a name ends, and what is said of its bearer begins.
_SAID = (
    "having with whose located organi[sz]ed duly existing incorporated residing acting doing "
    "together registered established individually at dated DATED Dated THIS This maintaining which "
    r"who constituted formed by through is are as not on\s+behalf in\s+its for\s+itself "
    r"of\s+(?=\d) and\s+(?:its|his|her|their|any|each|all) [dfa]\.?/?[bk]\.?/?a"
)
_ENDS = re.compile(
    rf",?\s+(?:an?|the)\s+(?=[A-Za-z])|,?\s*\b(?:{'|'.join(_SAID.split())})\b"
    rf"|\s*[(\[;:]|,\s+(?!\s*{FORM}\b)"
    r"|\.\s+(?=(?:The|This|These|Each|In|For|It|Such)\s)"
    # A full stop, but for that of an initial or a title.
    r"|\.\s+(?=[A-Z][a-z]+\s)(?<!\b\w\.\s)(?<!\b\w\w\.\s)(?<!\b\w\w\w\.\s)"
)
_LEADS = re.compile(
    r"(?:[\s,;:.\"\u201c\u201d]|(?:and|AND|And|between|by|among)\b:?|&\s|\(?(?:[ivx]{1,3}|\d)[).]\s|"
    r"on\s+the\s+(?:one|other)\s+(?:hand|part)\b|of\s+the\s+(?:one|first|other|second)\s+part\b|"
    r"the\s+following\s+parties\b)+"
)
_JOINS = re.compile(r"[,;:]\s+|\b(?:and|AND|And|between|BETWEEN|by|with)\s*:?\s+(?:\(?\d[.)]\s+)?")
_ON_THE_NET = r"[a-z][\w-]*\.(?:com|net|org)\b"
_BEGINS = re.compile(rf"(?:the\s+)?[a-z]{{0,2}}[A-Z\d]|{_ON_THE_NET}")
_OF_NAME = re.compile(
    rf"[a-z]{{0,2}}[A-Z\d&(]|(?:and|of|the|for|de|du|la|von|van|der|in|y|e)$|{_ON_THE_NET}"
)
_LINKS = frozenset(("and", "of", "the", "for", "de", "in"))
_NO_NAME = re.compile(
    r"\d{4,}|^\d|\b(?:[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d\w? ?\d[A-Z]{2})\b|\b\d[.)]\s"
)


def find(text: str, start: int, end: int) -> Span | None:
    """The name in a piece of text that says who somebody is; None if nothing in it looks like one.

    Before it may stand what is said of somebody else, behind it what is said of its bearer:
    `, a Delaware corporation at 3 Oak Road, and Okapi, LLC, a company of Ohio`.
    """
    best: tuple[float, Span] | None = None
    for begin in _beginnings(text, start, end):
        ends = _ENDS.search(text, begin + 1, end)
        stop = ends.start() if ends else end
        name = text[begin:stop].rstrip(' \n,;"\u201c\u201d')
        is_last = not text[stop:end].strip(" ,\n")
        is_first = text[start:begin].split() in ([], ["and"], [","])
        score = _likeness(name, is_last=is_last, is_first=is_first)
        if score > 0 and (best is None or score > best[0]):
            best = score, (begin, begin + len(name))
    return best[1] if best else None


def _beginnings(text: str, start: int, end: int) -> Iterator[int]:
    for place in (start, *(match.end() for match in _JOINS.finditer(text, start, end))):
        leads = _LEADS.match(text, place, end)
        begin = leads.end() if leads else place
        if begin < end and _BEGINS.match(text, begin, end):
            yield begin


def _likeness(name: str, *, is_last: bool, is_first: bool) -> float:
    # A legal form says most; then that nothing else stands behind it, or before.
    words = name.split()
    if not words or len(words) > _MAX_WORDS or not all(map(_is_of_name, words)):
        return 0.0
    if (
        words[-1] in _LINKS
        or words[-1].endswith(("'s", "\u2019s"))
        or _NO_NAME.search(name)
        or _CALLED.fullmatch(name)
    ):
        return 0.0
    is_entity = bool(ENTITY.search(name))
    if not (is_entity or is_first or (is_last and len(words) > 1)):
        return 0.0
    return 1.0 + 2.0 * is_entity + 1.0 * is_last + 0.5 * is_first


def _is_of_name(word: str) -> bool:
    return bool(_OF_NAME.match(word) or ENTITY.match(word) or ENTITY.match(word.capitalize()))
