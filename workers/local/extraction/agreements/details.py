"""What an agreement says of one of its parties beside the name."""

from __future__ import annotations

import re

from workers.local.extraction.agreements.parties import Party
from workers.local.extraction.agreements.prose import Span

# How far behind a name it begins, and how long it is at most.
_REACH, _LONGEST = 600, 200
_AT = re.compile(
    r"\b(?:located|offices?|address(?:es)?|place\s+of\s+business|residing|residence|domiciled)\b"
    r"[^.;()]{0,60}?\b(?:at|is|of|in)\s+:?\s*(?=[A-Z\d])|,\s+of\s+(?=\d)|,\s+(?=\d{1,5}\s+[A-Z])"
)
_OVER = re.compile(
    r"\s*[(;]|,?\s+(?:hereinafter|herein|hereafter|and\s+(?=[A-Z][\w.&-]*[\s,])|represented|with\s)"
    r"|,?\s+agree|,?\s+and\s*$|(?<=\d)\.\s"
    # A full stop at a line's end, but for that of `Main St.`, or before another sentence.
    r"|(?<!\bSt)(?<!\bAve)(?<!\bRd)(?<!\bBlvd)(?<!\bDr)(?<!\b[A-Z])\.(?=\n|$)"
    r"|[,.]\s+(?=(?:WHEREAS|RECITALS|BACKGROUND|NOW|The|This|Each|In|It|Whereas|Recitals)\b)",
)
_NUMBER = re.compile(r"\d")


def address(text: str, party: Party, until: int) -> Span | None:
    """Where one that agrees has its seat, if the sentence that names it says so.

    Args:
        text: the agreement's.
        party: the one.
        until: where the next one is named.
    """
    start = party.name[1]
    until = min(until, start + _REACH)
    for begin in _AT.finditer(text, start, until):
        over = _OVER.search(text, begin.end(), begin.end() + _LONGEST)
        end = min(over.start() if over else len(text), until)
        address = text[begin.end() : end].rstrip(" ,\n").removesuffix(" and")
        if len(address) < _LONGEST and _NUMBER.search(address):
            return begin.end(), begin.end() + len(address)
    return None
