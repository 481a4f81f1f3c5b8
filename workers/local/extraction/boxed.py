"""Forms whose boxes are numbered: `3 Social security wages` beside `4 Social security tax`."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workers.local.extraction.segments import Segment

_NUMBER, _LABEL = re.compile(r"\d{1,2}[a-z]?"), re.compile(r"[A-Z]\w")
_NUMBERED = re.compile(rf"{_NUMBER.pattern} {_LABEL.pattern}")
# A number is so many characters before its label. In tables, too, rows begin with one; but only in
# forms have so many lines more than one of them.
_GAP, _LEAST_LINES = 3, 3


def joined(lines: list[list[Segment]], character: float) -> list[list[Segment]]:
    """Lines of which the numbers of boxes belong to the labels behind them, if this is a form.

    Args:
        lines: a page's.
        character: how wide a character is.
    """
    found = [[part for one in _joined(line, character) for part in _parted(one)] for line in lines]
    several = [line for line in found if sum(map(_is_numbered, line)) > 1]
    return found if len(several) >= _LEAST_LINES else lines


def _joined(line: list[Segment], character: float) -> list[Segment]:
    whole: list[Segment] = []
    for segment in line:
        before = whole[-1] if whole else None
        if (
            before is not None
            and _NUMBER.fullmatch(before.text)
            and _LABEL.match(segment.text)
            and segment.left - before.right <= _GAP * character
        ):
            words, seen = before.words + segment.words, before.seen + segment.seen
            whole[-1] = replace(before, words=words, seen=seen)
        else:
            whole.append(segment)
    return whole


def _parted(segment: Segment) -> list[Segment]:
    # Labels of boxes beside one another, between which there is hardly a gap.
    texts = [word.text for word in segment.words]
    if not _is_numbered(segment):
        return [segment]
    starts = [
        place
        for place, (one, after) in enumerate(itertools.pairwise(texts))
        if _NUMBER.fullmatch(one) and _LABEL.match(after)
    ]
    ends = [*starts[1:], len(texts)]
    return [segment.part(start, end) for start, end in zip(starts, ends, strict=True)]


def _is_numbered(segment: Segment) -> bool:
    return bool(_NUMBERED.match(segment.text))
