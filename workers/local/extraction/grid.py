"""A table as a header and rows of cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from workers.local.extraction import labels
from workers.local.extraction.found import Place, place
from workers.local.extraction.segments import Segment, Sheet

# How many line heights may be between a row and its own second line.
WRAP_GAP = 0.8
# How well some texts beside one another are the header that is looked for; 0 if they are none.
HeaderScore = Callable[[Sequence[str]], float]


@dataclass(frozen=True)
class Piece:
    """A cell's text, its lines parted by line feeds, and where it stands.

    Attributes:
        text: all that it says.
        place: where that is.
        lines: its lines, where it is known where each stands.
    """

    text: str
    place: Place
    lines: tuple[Piece, ...] = ()

    def line(self, number: int) -> Piece | None:
        """One of its lines, from 0; None if it has not so many."""
        if self.lines:
            return self.lines[number] if number < len(self.lines) else None
        texts = self.text.split("\n")
        return Piece(texts[number], self.place) if number < len(texts) else None


Row = list["Piece | None"]


@dataclass(eq=False)
class Grid:
    """A table.

    Attributes:
        header: its columns' names, the lines of each parted by line feeds.
        rows: its rows, a piece or nothing for each column.
        sheet: the page that it begins on.
        used: the segments that it is made of.
        columns: where each column's header is, from left to right.
        is_open: whether it reaches the end of its page.
        is_ruled: whether lines are drawn around its cells.
        headings: the last line above a row that is no row and begins where rows do, by its number.
    """

    header: list[str]
    rows: list[Row]
    sheet: Sheet
    used: set[Segment]
    columns: list[tuple[float, float]] = field(default_factory=list)
    is_open: bool = False
    is_ruled: bool = False
    headings: dict[int, Piece] = field(default_factory=dict)

    def is_like(self, other: Grid) -> bool:
        """Whether two have the same columns."""
        return [labels.tokens(name) for name in self.header] == [
            labels.tokens(name) for name in other.header
        ]

    @property
    def filled(self) -> int:
        """How many of its cells hold something."""
        return sum(1 for row in self.rows for cell in row if cell)


def piece(segments: Sequence[Segment]) -> Piece | None:
    """What some segments of one line say in a cell; None if there are none."""
    if not segments:
        return None
    return Piece(" ".join(segment.text for segment in segments), place(segments))


def longer(above: Piece | None, segments: Sequence[Segment]) -> Piece | None:
    """A cell with one line more."""
    below = piece(segments)
    if above is None or below is None:
        return above or below
    words = above.place.words + below.place.words
    lines = (*(above.lines or (above,)), below)
    return Piece(f"{above.text}\n{below.text}", Place(above.place.page, words), lines)
