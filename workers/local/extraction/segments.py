"""A page in pieces: words that belong together, and what stands beside and under each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

from workers.documents import layout
from workers.documents.layout import Box
from workers.documents.page import Page
from workers.local.extraction import boxed
from workers.local.extraction.cells import Cell, Cells

# No times of day, and no addresses in the web.
COLON = re.compile(r":(?!//|\d\d\b)|\N{FULLWIDTH COLON}")
# A wider gap than this many characters is more than a space.
GAP = 1.5
# How far two left edges in one column may differ, in characters.
ALIGNED = 2.0
# A wider gap than this many line heights ends a block.
BLOCK_GAP = 0.9
# So many lines of one are looked at, since each line of a page may begin one.
_MOST_BELOW = 100
# How wide a character is at most, in its heights.
_WIDEST = 0.6
# What a template has left of its markup in a text.
_MARKUP = r"</?(?:b|i|u|em|strong|span|font|br)\b[^<>]{0,40}>"
_LEADER = re.compile(
    # What hides all but the last digits of a number leads to nothing: `to savings ...8810`.
    rf"{_MARKUP}|(?!\.\.\.\d{{4}}\b)(?:\. ?){{3,}}"
    r"|\N{HORIZONTAL ELLIPSIS}+|_{3,}|\N{MIDDLE DOT}{3,}"
)
# A line drawn in letters.
_RULE = re.compile(r"[-=*~\N{EM DASH}\N{BOX DRAWINGS LIGHT HORIZONTAL}]{4,}")
# So many bars on a line part the columns of a table that is drawn in letters: `1 | Oak | 3`.
_LEAST_BARS = 4
_MAX_SKEW, _SKEW_STEP = 0.035, 0.0025


@dataclass(frozen=True, eq=False)
class Segment:
    """Words of one line that belong together.

    Attributes:
        page: where it stands.
        line: the number of its line, from the top.
        words: its words, where they would lie if the page were straight.
        seen: its words, where they do lie.
        cell: the table, row and column that it lies in, or None.
    """

    page: Page
    line: int
    words: tuple[Box, ...]
    seen: tuple[Box, ...]
    cell: Cell | None = None

    @cached_property
    def text(self) -> str:
        """Its words."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """Where it ends."""
        return max(word.right for word in self.words)

    @cached_property
    def top(self) -> float:
        """Its upper edge."""
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(word.bottom for word in self.words)

    def part(self, start: int, end: int | None = None) -> Segment:
        """Some of its words as a segment."""
        return replace(self, words=self.words[start:end], seen=self.seen[start:end])

    def before(self, position: int, offset: int) -> Segment:
        """What comes before some characters of one of its words, and with them.

        Args:
            position: the word.
            offset: how many of its characters.
        """
        part = self.part(0, position + 1)
        words, seen = ((*b[:-1], _start_of(b[-1], offset)) for b in (part.words, part.seen))
        return replace(part, words=words, seen=seen)

    def after(self, position: int, offset: int) -> Segment | None:
        """What comes after some characters of one of its words; None if nothing does.

        Args:
            position: the word.
            offset: how many of its characters.
        """
        if offset >= len(self.words[position].text):
            return self.part(position + 1) if position + 1 < len(self.words) else None
        part = self.part(position)
        words, seen = ((_end_of(boxes[0], offset), *boxes[1:]) for boxes in (part.words, part.seen))
        return replace(part, words=words, seen=seen)

    def is_over(self, other: Segment) -> bool:
        """Whether the two share some of the page's width."""
        return self.left < other.right and other.left < self.right


class Sheet:
    """A page's segments, line by line."""

    def __init__(self, page: Page) -> None:
        self.page = page
        seen = [piece for word in page.words for piece in _without_leaders(word)]
        self.character = _character_width(seen)
        self.height = median([word.bottom - word.top for word in seen] or [1.0])
        self.lines = boxed.joined(self._lines(seen), self.character)
        self.at = {segment: place for line in self.lines for place, segment in enumerate(line)}

    @cached_property
    def segments(self) -> list[Segment]:
        """All of them, from the top, each line from the left."""
        return [segment for line in self.lines for segment in line]

    def right_of(self, segment: Segment) -> Segment | None:
        """What comes next on its line."""
        line, place = self.lines[segment.line], self.at.get(segment)
        if place is None:  # a part of a segment
            return next((other for other in line if other.left >= segment.right), None)
        return line[place + 1] if place + 1 < len(line) else None

    def below(self, segment: Segment, most_lines: int = 3) -> Segment | None:
        """The nearest under it, no further than so many lines."""
        for line in self.lines[segment.line + 1 : segment.line + 1 + most_lines]:
            over = [other for other in line if other.is_over(segment)]
            if over:
                return min(over, key=lambda other: abs(other.left - segment.left))
            if line and line[0].top - segment.bottom > 2.5 * self.height:
                break
        return None

    def block(self, first: Segment) -> list[Segment]:
        """A segment, and the lines close under it that begin where it does."""
        found = [first]
        for line in self.lines[first.line + 1 : first.line + _MOST_BELOW]:
            under = next((other for other in line if self.is_aligned(other, first)), None)
            if under is None:
                if line and line[0].top - found[-1].bottom > BLOCK_GAP * self.height:
                    break
                if any(other.is_over(first) for other in line):
                    break
                continue
            gap = under.top - found[-1].bottom
            if gap > BLOCK_GAP * self.height or not self._is_same_cell(under, first):
                break
            found.append(under)
        return found

    def _is_same_cell(self, under: Segment, first: Segment) -> bool:
        # Or in the same column, where every cell before it is empty.
        if under.cell is None or first.cell is None or under.cell == first.cell:
            return under.cell == first.cell
        if first not in self.at and under.cell[1] == first.cell[1] + 1:
            return under.cell[::2] == first.cell[::2]  # below what is behind a label in its cell
        is_alone = self.lines[under.line][0] is under and self.lines[first.line][0] is not first
        return is_alone and under.cell[::2] == first.cell[::2]

    def is_aligned(self, one: Segment, other: Segment) -> bool:
        """Whether two begin at the same place from the left."""
        return abs(one.left - other.left) <= ALIGNED * self.character

    def _lines(self, seen: Sequence[Box]) -> list[list[Segment]]:
        straight = _straightened(seen) if self.page.is_recognized else list(seen)
        original = {id(box): word for box, word in zip(straight, seen, strict=True)}
        cell_of = Cells(self.page)
        lines: list[list[Segment]] = []
        for line in layout.lines(straight):
            segments: list[Segment] = []
            for run, cell in self._runs(line, cell_of):
                words = tuple(original.get(id(word), word) for word in run)
                segments.append(Segment(self.page, len(lines), tuple(run), words, cell))
            if segments:  # of bars alone nothing is left
                lines.append(segments)
        return lines

    def _wide(self, one: Box, other: Box) -> float:
        # How wide a character is between two words: in large print it is wider than elsewhere.
        return max(self.character, min(_wide(one), _wide(other)))

    def _runs(self, line: Sequence[Box], cell_of: Cells) -> Iterator[tuple[list[Box], Cell | None]]:
        run: list[Box] = []
        cell: Cell | None = None
        is_ruled = sum(1 for word in line if word.text.strip("|") != word.text) >= _LEAST_BARS
        for word in line:
            new_cell = cell_of(word)
            is_bar = is_ruled and not word.text.strip("|")
            if run and (
                is_bar
                or new_cell != cell
                or word.left - run[-1].right > GAP * self._wide(run[-1], word)
            ):
                yield run, cell
                run = []
            if not is_bar:
                run.append(word)
            cell = new_cell
            if is_ruled and not is_bar and word.text.endswith("|"):
                yield [*run[:-1], replace(word, text=word.text.rstrip("|"))], cell
                run = []
        if run:
            yield run, cell


def has_digit(text: str) -> bool:
    """Whether a text has any digit."""
    return any(map(str.isdigit, text))


def _end_of(word: Box, offset: int) -> Box:
    step = (word.right - word.left) / len(word.text)
    return replace(word, text=word.text[offset:], left=word.left + step * offset)


def _start_of(word: Box, offset: int) -> Box:
    step = (word.right - word.left) / len(word.text)
    return replace(word, text=word.text[:offset], right=word.left + step * offset)


def _wide(word: Box) -> float:
    return min(
        (word.right - word.left) / max(len(word.text), 1), (word.bottom - word.top) * _WIDEST
    )


def _without_leaders(word: Box) -> list[Box]:
    if not _LEADER.search(word.text):
        is_nothing = word.text == "." or not _is_seen(word.text) or _RULE.fullmatch(word.text)
        return [] if is_nothing else [word]
    step = (word.right - word.left) / len(word.text)
    pieces: list[Box] = []
    start = 0
    for match in [*_LEADER.finditer(word.text), None]:
        end = match.start() if match else len(word.text)
        if word.text[start:end].strip():
            left, right = word.left + step * start, word.left + step * end
            pieces.append(replace(word, text=word.text[start:end], left=left, right=right))
        start = match.end() if match else end
    return pieces


def _is_seen(text: str) -> bool:
    # Word processors write marks of no width into empty lines, which are no text's end.
    return any(char.isprintable() and not char.isspace() for char in text)


def _character_width(words: Sequence[Box]) -> float:
    widths = [(word.right - word.left) / len(word.text) for word in words if word.text]
    return max(median(widths or [1.0]), 1e-6)


def _straightened(words: Sequence[Box]) -> list[Box]:
    # A scan lies a little askew, so that the ends of a line are at different heights.
    centres = _phrase_centres(words)
    slope = _slope([(x, word.middle) for x, word in zip(centres, words, strict=True)], words)
    return [
        replace(word, top=word.top - slope * x, bottom=word.bottom - slope * x)
        for x, word in zip(centres, words, strict=True)
    ]


def _phrase_centres(words: Sequence[Box]) -> list[float]:
    # OCR gives a box for a phrase: of its words nothing but the phrase's height is known.
    extents: dict[tuple[float, float], tuple[float, float]] = {}
    for word in words:
        left, right = extents.get((word.top, word.bottom), (word.left, word.right))
        extents[word.top, word.bottom] = min(left, word.left), max(right, word.right)
    return [sum(extents[word.top, word.bottom]) / 2 for word in words]


def _slope(points: Sequence[tuple[float, float]], words: Sequence[Box]) -> float:
    # At the right slope the words' middles lie on few, sharp lines.
    import numpy

    if len(points) < 3:
        return 0.0
    across, down = numpy.array(sorted(set(points))).T
    step = 0.25 * median(word.bottom - word.top for word in words) or 1.0
    slopes = numpy.arange(-_MAX_SKEW, _MAX_SKEW + _SKEW_STEP / 2, _SKEW_STEP)

    def sharpness(slope: float) -> float:
        heights = down - slope * across
        bins = numpy.floor((heights - heights.min()) / step).astype(int)
        counts = numpy.bincount(bins, minlength=2)
        return float((counts**2).sum() + (counts[1:] * counts[:-1]).sum())

    return float(max(slopes, key=lambda slope: (round(sharpness(slope), 3), -abs(slope))))
