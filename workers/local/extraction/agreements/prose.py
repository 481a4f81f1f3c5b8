"""The pages of a document as running text, in which sentences go on over lines and pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from workers.documents.layout import Box
from workers.documents.page import Page
from workers.local.extraction.found import Place
from workers.local.extraction.segments import Sheet

# So many lines at the top and at the end of a page may be its header and footer.
_EDGE = 2
_DIGITS = re.compile(r"\d+")
# What is longer is no agreement that anybody signs.
_MOST_CHARACTERS = 2_000_000
_SENTENCE = re.compile(
    r"(?<![A-Z])(?<!\bNo)(?<!\bInc)(?<!\bCo)(?<!\bLtd)(?<!\bCorp)(?<!\bSt)[.;](?=\s)"
)
# Where something begins in a text, and where it ends.
Span = tuple[int, int]


class Prose:
    """Running text, and where each of its characters stands.

    Attributes:
        text: the pages', line by line, without what is repeated from page to page.
    """

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._starts: list[int] = []
        self._words: list[tuple[Page, Box]] = []
        pieces: list[str] = []
        length = 0
        for page, line in _lines(sheets):
            for word in line:
                self._starts.append(length)
                self._words.append((page, word))
                pieces.append(word.text + " ")
                length += len(word.text) + 1
            pieces[-1] = pieces[-1][:-1] + "\n"
        self.text = "".join(pieces)[:_MOST_CHARACTERS]

    def place(self, start: int, end: int) -> Place:
        """Where some of its characters stand; of what goes on over a page's end, the beginning."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = max(bisect_right(self._starts, max(end - 1, start)) - 1, first)
        page = self._words[first][0]
        words = (word for owner, word in self._words[first : last + 1] if owner is page)
        return Place(page, tuple(words))


def sentences(text: str, start: int = 0) -> Iterator[Span]:
    """Where the sentences of running text stand, from a place on."""
    for match in _SENTENCE.finditer(text, start):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def plain(text: str) -> str:
    """A piece of running text as one line."""
    return " ".join(text.split())


def _lines(sheets: Sequence[Sheet]) -> Iterator[tuple[Page, list[Box]]]:
    # Without headers, footers and page numbers: a sentence goes on behind them.
    edges_of = [_edges(sheet) for sheet in sheets]
    shapes = Counter(shape for edges in edges_of for shape in set(edges.values()))
    for sheet, edges in zip(sheets, edges_of, strict=True):
        if sheet is sheets[0]:  # its first lines may be the title that others repeat
            edges = {number: edges[number] for number in edges if number > _EDGE}
        for number, line in enumerate(sheet.lines):
            words = [word for segment in line for word in segment.seen]
            shape = edges.get(number)
            is_furniture = shape is not None and (shapes[shape] > 1 or not shape.strip("0-() "))
            if not is_furniture:
                yield sheet.page, words


def _edges(sheet: Sheet) -> dict[int, str]:
    # By the number of the line, and with digits aside.
    numbers = range(len(sheet.lines))
    return {
        number: _DIGITS.sub("0", " ".join(segment.text for segment in sheet.lines[number]))
        for number in (*numbers[:_EDGE], *numbers[-_EDGE:])
    }
