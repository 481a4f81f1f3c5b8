"""The running text of a page: lines of sentences under one another, without tables and labels."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from workers.local.extraction import found
from workers.local.extraction.found import Place
from workers.local.extraction.segments import Segment, Sheet

# Fewer words than these are a label or a name.
_LEAST_WORDS = 5
_LONGEST = 2_000
_END = re.compile(
    r"(?<!\b\w)(?<!\bNo)(?<!\bNr)(?<!\bDr)(?<!\bMr)(?<!\bSt)(?<!\bca)(?<!\bCo)(?<!\bMrs)(?<!\bInc)"
    r"(?<!\bLtd)(?<!\bbzw)[.!?;]\s+(?=[^\W\d_a-z]|[\"\u201c(\u2022])"
)


class Passage:
    """Sentences, and where each of their characters stands.

    Attributes:
        text: the lines as one.
    """

    def __init__(self, lines: Sequence[Segment]) -> None:
        self._lines = [(line, place) for line in lines for place in range(len(line.words))]
        self._starts: list[int] = []
        length = 0
        for line, place in self._lines:
            self._starts.append(length)
            length += len(line.words[place].text) + 1
        self.text = " ".join(line.words[place].text for line, place in self._lines)

    def place(self, start: int, end: int) -> Place:
        """Where some of its characters stand."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = max(bisect_right(self._starts, max(end - 1, start)) - 1, first)
        return found.place([line.part(at, at + 1) for line, at in self._lines[first : last + 1]])

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Where each of its sentences begins and ends, but for what is too long for one."""
        start = 0
        for end in (*(match.end() for match in _END.finditer(self.text)), len(self.text)):
            if end - start <= _LONGEST:
                yield start, end
            start = end


def of(sheet: Sheet, skipped: set[Segment]) -> Iterator[Passage]:
    """The passages of a page, from the top.

    Args:
        sheet: the page.
        skipped: the segments of tables.
    """
    seen: set[Segment] = set()
    for segment in sheet.segments:
        if segment in seen or segment in skipped or len(segment.words) < _LEAST_WORDS:
            continue
        lines = [one for one in sheet.block(segment) if one not in seen and one not in skipped]
        seen.update(lines)
        yield Passage(lines)
