"""Tables, ruled or not, as a header and rows of cells; those that go on over pages as one."""

from __future__ import annotations

from collections.abc import Sequence

from workers.documents.layout import Box
from workers.local.extraction import borderless, sums
from workers.local.extraction.found import Place, place
from workers.local.extraction.grid import WRAP_GAP, Grid, HeaderScore, Piece, Row
from workers.local.extraction.segments import Cell, Segment, Sheet

# So many rows with lines around them are a whole table.
_DRAWN = 3


def find(sheets: Sequence[Sheet], score: HeaderScore) -> list[Grid]:
    """The tables of a document.

    Args:
        sheets: its pages.
        score: how well texts beside one another are the header that is looked for.

    Returns:
        The tables in their order; what is one over several pages is one.
    """
    found: list[Grid] = []
    for sheet in sheets:
        last = found[-1] if found else None
        if last and last.is_open and last.columns and not last.is_ruled:
            last.is_open = borderless.go_on(last, sheet, score) and last.is_open
        here = _ruled(sheet, score, last)
        here = _best(*_by_lines(here, list(borderless.find(sheet, score))))
        for grid in here:
            if last and last.used & grid.used:
                continue
            last = found[-1] if found else None
            if last is not None and last.sheet is not grid.sheet and last.is_like(grid):
                last.rows += grid.rows
                last.used |= grid.used
                last.is_open = grid.is_open
                last.columns = grid.columns
            else:
                found.append(grid)
    return found


def _by_lines(ruled: list[Grid], free: list[Grid]) -> tuple[list[Grid], list[Grid]]:
    # Lines may part a table's columns and not its rows, so that all of them are in one cell each.
    within = {
        number: next((other for other in free if _are_rows_of(grid, other)), None)
        for number, grid in enumerate(ruled)
    }
    found = [within[number] or grid for number, grid in enumerate(ruled)]
    return found, [grid for grid in free if grid not in found]


def _are_rows_of(grid: Grid, free: Grid) -> bool:
    if len(grid.rows) != 1 or len(free.rows) < 2 or grid.header != free.header:
        return False
    [row] = grid.rows
    lines = [cell.text.count("\n") + 1 for cell in row if cell]
    is_stacked = any("\n" in name for name in grid.header)
    return not is_stacked and 2 * lines.count(len(free.rows)) > len(row)


def _best(ruled: list[Grid], free: list[Grid]) -> list[Grid]:
    # Lines may have been drawn around a part of a table alone, such as its header.
    is_drawn = any(len(grid.rows) >= _DRAWN for grid in ruled)
    if not is_drawn and sum(grid.filled for grid in free) > sum(grid.filled for grid in ruled):
        return free
    return ruled


def _ruled(sheet: Sheet, score: HeaderScore, last: Grid | None) -> list[Grid]:
    inside: dict[Cell, list[Segment]] = {}
    for segment in sheet.segments:
        if segment.cell is not None:
            inside.setdefault(segment.cell, []).append(segment)
    grids: list[Grid] = []
    for number, table in enumerate(sheet.page.tables):
        texts = [[text.strip() for text in row] for row in table.texts]
        start = next((n for n, row in enumerate(texts) if score(row)), None)
        if start is not None:
            header = texts[start]
        elif not grids and last and _goes_on(last, texts):
            start, header = -1, last.header
        else:
            continue
        grid = Grid(header, [], sheet, set(), is_open=True, is_ruled=True)
        for row in range(max(start, 0), len(texts)):
            filled = [text for text in texts[row] if text]
            if row > start and sums.is_carried(filled):
                continue
            if row > start and sums.is_closing(filled, len(header)):
                if not grid.rows and sums.is_opening(filled):
                    continue
                grid.is_open = False
                break
            cells = table.rows[row][: len(header)]
            segments = [inside.get((number, row, column), []) for column in range(len(cells))]
            grid.used.update(segment for cell in segments for segment in cell)
            if row > start and filled and texts[row] != header:
                _add_row(grid, _pieces(sheet, cells, segments, len(header)))
        grids.append(grid)
    return grids


def _add_row(grid: Grid, row: Row) -> None:
    # Lines may be drawn under each line of a text, so that it goes on in rows with nothing else.
    filled = [column for column, cell in enumerate(row) if cell]
    above = grid.rows[-1] if grid.rows else None
    column = filled[0]
    over, cell = above[column] if above else None, row[column]
    if len(filled) > 1 or column == 0 or above is None or over is None or cell is None:
        grid.rows.append(row)
        return
    if over.text.split()[-len(cell.text.split()) :] == cell.text.split():
        return  # a cell that was merged has said it
    gap = min(one.top for one in cell.place.words) - max(one.bottom for one in over.place.words)
    is_text = any(map(str.isalpha, over.text)) and sum(map(bool, above)) > 1
    if is_text and gap <= WRAP_GAP * grid.sheet.height:
        words = over.place.words + cell.place.words
        above[column] = Piece(f"{over.text}\n{cell.text}", Place(over.place.page, words))
    else:
        grid.rows.append(row)


def _goes_on(last: Grid, texts: Sequence[Sequence[str]]) -> bool:
    return last.is_ruled and last.is_open and bool(texts) and len(texts[0]) == len(last.header)


def _pieces(
    sheet: Sheet, cells: Sequence[Box], segments: Sequence[Sequence[Segment]], width: int
) -> Row:
    row: Row = [
        Piece(_text(cell, inside), place(inside) if inside else Place(sheet.page, (cell,)))
        if cell.text.strip()
        else None
        for cell, inside in zip(cells, segments, strict=True)
    ]
    return [*row, *[None] * (width - len(row))]


def _text(cell: Box, inside: Sequence[Segment]) -> str:
    # The page's words know their spaces better than a table's cells.
    lines: dict[int, list[str]] = {}
    for segment in inside:
        lines.setdefault(segment.line, []).append(segment.text)
    text = "\n".join(" ".join(texts) for texts in lines.values())
    return text if "".join(text.split()) == "".join(cell.text.split()) else cell.text.strip()
