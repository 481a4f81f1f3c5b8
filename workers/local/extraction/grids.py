"""Tables, ruled or not, as a header and rows of cells; those that go on over pages as one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from workers.documents.layout import Box
from workers.local.extraction import labels, sums
from workers.local.extraction.found import Place, place
from workers.local.extraction.segments import Cell, Segment, Sheet

# How many line heights may be between two rows.
ROW_GAP, FIRST_ROW_GAP = 2.2, 4.0
# How many line heights may be between a row and its own second line.
WRAP_GAP = 0.8
# How far from every column a text may stand, in characters, and still be in one.
FAR = 12.0
_MAX_TOP_LINES = 12


@dataclass(frozen=True)
class Piece:
    """A cell's text, and where it stands."""

    text: str
    place: Place


Row = list["Piece | None"]


@dataclass(eq=False)
class Grid:
    """A table.

    Attributes:
        header: its columns' names.
        rows: its rows, a piece or nothing for each column.
        sheet: the page that it begins on.
        used: the segments that it is made of.
        columns: where each column's header is, from left to right.
        is_open: whether it reaches the end of its page.
    """

    header: list[str]
    rows: list[Row]
    sheet: Sheet
    used: set[Segment]
    columns: list[tuple[float, float]] = field(default_factory=list)
    is_open: bool = False
    is_ruled: bool = False

    def is_like(self, other: Grid) -> bool:
        """Whether two have the same columns."""
        return [labels.tokens(name) for name in self.header] == [
            labels.tokens(name) for name in other.header
        ]


IsHeader = Callable[[Sequence[str]], bool]


def find(sheets: Sequence[Sheet], is_header: IsHeader) -> list[Grid]:
    """The tables of a document.

    Args:
        sheets: its pages.
        is_header: whether some texts beside one another are the header that is looked for.

    Returns:
        The tables in their order; what is one over several pages is one.
    """
    found: list[Grid] = []
    for sheet in sheets:
        last = found[-1] if found else None
        here = _ruled(sheet, is_header, last)
        here = _best(here, list(_borderless(sheet, is_header)))
        if not here and last and last.is_open and last.columns and not last.is_ruled:
            _go_on(last, sheet)
            continue
        for grid in here:
            last = found[-1] if found else None
            if last is not None and last.is_like(grid):
                last.rows += grid.rows
                last.used |= grid.used
                last.is_open = grid.is_open
                last.columns = grid.columns
            else:
                found.append(grid)
    return found


def _best(ruled: list[Grid], borderless: list[Grid]) -> list[Grid]:
    # Lines may have been drawn around a part of a table alone.
    if sum(len(grid.rows) for grid in borderless) > sum(len(grid.rows) for grid in ruled):
        return borderless
    return ruled


def _ruled(sheet: Sheet, is_header: IsHeader, last: Grid | None) -> list[Grid]:
    inside: dict[Cell, list[Segment]] = {}
    for segment in sheet.segments:
        if segment.cell is not None:
            inside.setdefault(segment.cell, []).append(segment)
    grids: list[Grid] = []
    for number, table in enumerate(sheet.page.tables):
        texts = [[text.strip() for text in row] for row in table.texts]
        start = next((n for n, row in enumerate(texts) if is_header(row)), None)
        if start is not None:
            header = texts[start]
        elif not grids and last and _goes_on(last, texts):
            start, header = -1, last.header
        else:
            continue
        grid = Grid(header, [], sheet, set(), is_open=True, is_ruled=True)
        for row in range(max(start, 0), len(texts)):
            filled = [text for text in texts[row] if text]
            if row > start and sums.is_closing(filled, len(header)):
                if not grid.rows and sums.is_opening(filled):
                    continue
                grid.is_open = False
                break
            cells = table.rows[row][: len(header)]
            segments = [inside.get((number, row, column), []) for column in range(len(cells))]
            grid.used.update(segment for cell in segments for segment in cell)
            if row > start and filled and texts[row] != header:
                grid.rows.append(_pieces(sheet, cells, segments, len(header)))
        grids.append(grid)
    return grids


def _goes_on(last: Grid, texts: Sequence[Sequence[str]]) -> bool:
    return last.is_ruled and last.is_open and bool(texts) and len(texts[0]) == len(last.header)


def _pieces(
    sheet: Sheet, cells: Sequence[Box], segments: Sequence[Sequence[Segment]], width: int
) -> Row:
    row: Row = [
        Piece(cell.text.strip(), place(inside) if inside else Place(sheet.page, (cell,)))
        if cell.text.strip()
        else None
        for cell, inside in zip(cells, segments, strict=True)
    ]
    return [*row, *[None] * (width - len(row))]


def _borderless(sheet: Sheet, is_header: IsHeader) -> Iterator[Grid]:
    line = 0
    while line < len(sheet.lines):
        segments = sheet.lines[line]
        if len(segments) > 1 and is_header([segment.text for segment in segments]):
            header, first = _whole_header(sheet, line, is_header)
            grid = Grid(
                [" ".join(part.text for part in column) for column in header],
                [],
                sheet,
                {part for column in header for part in column},
                [(min(p.left for p in c), max(p.right for p in c)) for c in header],
            )
            line = _read_rows(grid, sheet, first, sheet.lines[first - 1][0].bottom)
            if grid.rows:
                yield grid
        else:
            line += 1


def _whole_header(sheet: Sheet, line: int, is_header: IsHeader) -> tuple[list[list[Segment]], int]:
    # A header may have a second line, of words that go on under some of its columns.
    columns = [[segment] for segment in sheet.lines[line]]
    below = sheet.lines[line + 1] if line + 1 < len(sheet.lines) else []
    bottom = max(segment.bottom for segment in sheet.lines[line])
    is_near = bool(below) and below[0].top - bottom < WRAP_GAP * sheet.height
    owners = [[column for column in columns if column[0].is_over(part)] for part in below]
    is_wrap = (
        is_near
        and len(below) < len(columns)
        and not any(any(map(str.isdigit, part.text)) for part in below)
        and all(len(owner) == 1 for owner in owners)
    )
    if not is_wrap:
        return columns, line + 1
    for part, owner in zip(below, owners, strict=True):
        owner[0].append(part)
    return columns, line + 2


def _read_rows(grid: Grid, sheet: Sheet, first: int, bottom: float) -> int:
    # Reads rows from this line on; returns the line after them.
    width = len(grid.columns)
    needed = max(2, (width + 1) // 2)
    table = next((s.cell[0] for s in grid.used if s.cell and s.page is sheet.page), None)
    allowed = FIRST_ROW_GAP if not grid.rows else ROW_GAP
    for number in range(first, len(sheet.lines)):
        line = sheet.lines[number]
        gap = (line[0].top - bottom) / sheet.height
        cells = _in_columns(grid, sheet, line)
        texts = [segment.text for segment in line]
        if line[0].cell is not None and line[0].cell[0] != table:
            cells = None  # another table begins
        if cells and gap <= allowed and not grid.rows and sums.is_opening(texts):
            bottom = max(segment.bottom for segment in line)
            continue
        if cells is None or gap > allowed or sums.is_closing(texts, width):
            grid.is_open = False
            return number
        filled = sum(1 for cell in cells if cell)
        if filled >= needed:
            grid.rows.append([_piece(cell) for cell in cells])
        elif grid.rows and filled == 1 and gap <= WRAP_GAP and len(line) == 1:
            if not _wrap(grid.rows[-1], cells):
                return number
        else:
            grid.is_open = False
            return number
        grid.used.update(line)
        bottom = max(segment.bottom for segment in line)
        allowed = ROW_GAP
    grid.is_open = True
    return len(sheet.lines)


def _in_columns(grid: Grid, sheet: Sheet, line: Sequence[Segment]) -> list[list[Segment]] | None:
    cells: list[list[Segment]] = [[] for _ in grid.columns]
    for segment in line:
        distances = [_distance(segment, column) for column in grid.columns]
        nearest = min(range(len(distances)), key=distances.__getitem__)
        if distances[nearest] > FAR * sheet.character:
            return None
        cells[nearest].append(segment)
    return cells


def _distance(segment: Segment, column: tuple[float, float]) -> float:
    left, right = column
    middle = abs((segment.left + segment.right - left - right) / 2)
    return min(abs(segment.left - left), abs(segment.right - right), middle)


def _piece(segments: Sequence[Segment]) -> Piece | None:
    if not segments:
        return None
    return Piece(" ".join(segment.text for segment in segments), place(segments))


def _wrap(row: Row, cells: Sequence[Sequence[Segment]]) -> bool:
    for column, segments in enumerate(cells):
        above = row[column]
        if not segments:
            continue
        if above is None or _has_no_letters(above.text):
            return False
        words = tuple(word for segment in segments for word in segment.seen)
        text = " ".join([above.text, *(segment.text for segment in segments)])
        row[column] = Piece(text, Place(above.place.page, above.place.words + words))
    return True


def _has_no_letters(text: str) -> bool:
    return not any(map(str.isalpha, text))


def _go_on(grid: Grid, sheet: Sheet) -> None:
    # No header on this page: rows go on as soon as a line fills the columns as those before did.
    usual = max(sum(1 for cell in row if cell) for row in grid.rows)
    for number, line in enumerate(sheet.lines[:_MAX_TOP_LINES]):
        cells = _in_columns(grid, sheet, line)
        if cells and len(line) >= usual - 1 and sum(1 for cell in cells if cell) >= usual - 1:
            texts = [segment.text for segment in line]
            if len(line) > 1 and any(any(map(str.isdigit, text)) for text in texts):
                _read_rows(grid, sheet, number, line[0].top)
                return
