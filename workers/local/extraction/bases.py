"""What adds nothing to a label: words that lead to its value, and how that comes about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.local.extraction import dates, labels
from workers.local.extraction.segments import has_digit

_BASIS = re.compile(
    r"\(\d+ ?[x\u00d7] ?[^()]{1,20}\)|\(?\d+(?:[.,]\d+)? ?%\)?"
    r"|\b(?:on|of|aus|von|auf|sur|over) [^\w\s]? ?\d[\d.,]*(?: ?[€$£]| [A-Z]{3}\b)?"
)
# `Beginning balance on May 1`
_MOMENT = re.compile(
    r" (?:on|as of|vom|am|per|zum|au|al) "
    r"(?:[^\W\d_]{3,9}\.? \d{1,2}(?:, \d{4})?|\d{1,2}\.? [^\W\d_]{3,9}\.?)$"
)
_LINKS = (
    "is of von vom lautet betragt beträgt est de du = - per by on am es è: den the at a \N{EN DASH}"
)
_CONNECTORS = frozenset(_LINKS.split())
_MAX_CONNECTORS = 3
# `Mileage (own car)`
_REMARK = re.compile(r" \((?P<remark>[^()\d]{2,40})\)$")
_LONGEST_LABEL = 150


def without(text: str) -> str:
    """A label without it: `VAT 19.0 % on 112.90` is `VAT`, `Due on 3 March 2024` is `Due`."""
    if len(text) > _LONGEST_LABEL:
        return text
    text = _MOMENT.sub("", text)
    remark = _REMARK.search(text)
    if remark and not labels.is_common(remark["remark"]):  # `Amount (net)` is not any amount
        text = text[: remark.start()]
    return _BASIS.sub(" ", dates.DATE.sub(" ", text)) if has_digit(text) else text


def has_moment(text: str) -> bool:
    """Whether a label ends with a day without a year, which is of no value."""
    return len(text) <= _LONGEST_LABEL and _MOMENT.search(text) is not None


def before_links(texts: Sequence[str], position: int) -> int:
    """Where a label ends that words such as `is` lead from to a value.

    Args:
        texts: a line's words.
        position: the value's first.
    """
    end = position
    while end > 1 and position - end < _MAX_CONNECTORS and texts[end - 1].casefold() in _CONNECTORS:
        end -= 1
    return end
