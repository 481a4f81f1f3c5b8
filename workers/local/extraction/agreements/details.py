"""What an agreement says of one of its parties beside the name."""

from __future__ import annotations

import re

from workers.local.extraction.agreements.parties import Party
from workers.local.extraction.agreements.prose import Span

_REACH = 600
_AT = re.compile(
    r"\b(?:located|offices?|address(?:es)?|place\s+of\s+business|residing|residence|domiciled)\b"
    r"[^.;()]{0,60}?\b(?:at|is|of|in)\s+:?\s*(?=[A-Z\d])|,\s+of\s+(?=\d)|,\s+(?=\d{1,5}\s+[A-Z])"
)
_OVER = re.compile(
    r"\s*[(;]|,?\s+(?:hereinafter|herein|hereafter|and\s+(?=[A-Z][\w.&-]*[\s,])|\(|represented|with\s)"
    r"|[,.]\s*(?:$|\n\s*\n|\s(?=WHEREAS|The\s|This\s))"
)
_NUMBER = re.compile(r"\d")


def address(text: str, party: Party) -> Span | None:
    """Where one that agrees has its seat, if the sentence that names it says so."""
    start = party.name[1]
    for begin in _AT.finditer(text, start, start + _REACH):
        over = _OVER.search(text, begin.end(), begin.end() + _REACH)
        span = begin.end(), over.start() if over else begin.end() + _REACH
        if over and _NUMBER.search(text, *span):
            return span
    return None
