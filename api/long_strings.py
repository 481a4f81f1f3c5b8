"""Long strings of a JSON text are read by themselves, so that others get their turn meanwhile.

The parser of the standard library reads a string in one go: a document of 31 MB would keep a
process from its other requests for 20 ms. So the parser is given a text in which a mark stands for
each of them, and they are read piece by piece.
"""

from __future__ import annotations

import json
import re
import secrets
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from jobs_backend.pauses import Pauses

# Characters of a string that is read by itself, and of one piece.
LONG = 1 << 16
PIECE = 1 << 18
# A text of short strings gains nothing, and looking at each would take longer than parsing does: so
# what comes after so many is left as it is.
MOST_STRINGS = 1 << 13
_LETTERS = re.compile(r'[^"\\]*(?:\\.[^"\\]*)*', re.DOTALL)
_BEFORE_COLON = re.compile(r'"[ \t\n\r]*:')
_SECOND_HALF = re.compile(r"\\u[dD][c-fC-F]")
_LONGEST_ESCAPE = 6
_MOST_STEPS = 64


class Hollow:
    """A JSON text with a mark for each of its long strings.

    Args:
        whole: the text; whether it is JSON need not be known.

    Attributes:
        text: what is to be parsed in its place. It is wrong where the whole is wrong, but for what
            stands in the long strings.
    """

    def __init__(self, whole: str) -> None:
        self._whole = whole
        # Nobody can know it, so that no string of a client's is taken for a mark.
        self._mark = secrets.token_hex(16)
        self._spans = list(_long(whole)) if len(whole) >= LONG else []
        marks = [f"{self._mark}{number}" for number in range(len(self._spans))]
        left_out = [
            end - start - len(mark) for (start, end), mark in zip(self._spans, marks, strict=True)
        ]
        self._shifts = [0, *accumulate(left_out)]
        self._ends = [
            end - shift for (_, end), shift in zip(self._spans, self._shifts[1:], strict=True)
        ]
        self.text = "".join(self._hollowed(marks)) if marks else whole

    def place(self, at: int) -> int:
        """Where a place in the text is in the whole one, if it is not in a mark."""
        return at + self._shifts[bisect(self._ends, at)]

    def filled(self, value: Any) -> Any:
        """The value of the text, with the long strings instead of their marks; changed in place.

        Raises:
            json.JSONDecodeError: one of them is no JSON.
        """
        if not self._spans:
            return value
        outermost, pauses = [value], Pauses()
        left: list[Any] = [outermost]
        while left:
            holder = left.pop()
            for key, item in holder.items() if isinstance(holder, dict) else enumerate(holder):
                if isinstance(item, str) and item.startswith(self._mark):
                    holder[key] = self._read(*self._spans[int(item[len(self._mark) :])])
                elif isinstance(item, (dict, list)):
                    left.append(item)
                pauses.after_value()
        return outermost[0]

    def _hollowed(self, marks: list[str]) -> Iterator[str]:
        at = 0
        for (start, end), mark in zip(self._spans, marks, strict=True):
            yield self._whole[at:start]
            yield mark
            at = end
        yield self._whole[at:]

    def _read(self, start: int, end: int) -> str:
        pieces, pauses = [], Pauses()
        while start < end:
            cut = _cut(self._whole, start, end)
            try:
                pieces.append(json.loads(f'"{self._whole[start:cut]}"'))
            except json.JSONDecodeError as problem:
                place = start + problem.pos - 1
                raise json.JSONDecodeError(problem.msg, self._whole, place) from None
            pauses.after(cut - start)
            start = cut
        return "".join(pieces)


def end_of(text: str, start: int) -> int:
    """Where the quote is that ends a string; -1 where there is none.

    Args:
        text: has the string in it.
        start: of the string, behind its first quote.
    """
    at = text.find('"', start)
    if at < 0 or text[at - 1] != "\\":
        return at
    at, before, pauses = start, -1, Pauses()
    while text[at : at + 1] != '"' and at > before:
        before, found = at, _LETTERS.match(text, at, at + LONG)
        at = found.end() if found else at
        pauses.after(at - before)
    return at if at > before else -1


def _long(text: str) -> Iterator[tuple[int, int]]:
    # From behind the quote before each to the one that ends it. Names of members stay as they are.
    at = 0
    for _ in range(MOST_STRINGS):
        start = text.find('"', at) + 1
        end = end_of(text, start) if start else -1
        if end < 0:
            return
        if end - start >= LONG and not _BEFORE_COLON.match(text, end):
            yield start, end
        at = end + 1


def _cut(text: str, start: int, end: int) -> int:
    # Where a piece ends: neither within an escape nor between two that are one character. The whole
    # string where it is hard to tell.
    cut = start + PIECE
    for _ in range(_MOST_STEPS):
        if cut >= end:
            break
        back = text.rfind("\\", max(start, cut - _LONGEST_ESCAPE), cut)
        if back < 0:
            return cut
        if back == start:
            break
        if text[back - 1] != "\\" and not _SECOND_HALF.match(text, back):
            return back
        cut = back
    return end
