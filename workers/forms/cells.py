"""Fields among the cells of a page: empty ones, labelled ones, combs, and small ones to tick."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workers.documents.layout import Box
from workers.forms import labels
from workers.forms.grid import TOUCHING, Grid, is_inside
from workers.forms.sheet import Sheet

MIN_TICK, MAX_TICK, SQUARE = 5.0, 21.0, 1.4
MIN_WIDTH, MIN_HEIGHT = 18.0, 8.5
# A cell for one letter is no wider or higher than this.
MAX_LETTER_WIDTH, MAX_LETTER_HEIGHT = 28.0, 36.0
# A cell that covers more of the page is its frame.
FRAME = 0.6
# How much of a cell its label may take where the rest is to be filled in.
LABEL_HEIGHT, LABEL_WIDTH = 0.62, 0.65
MAX_LABEL_WORDS, MIN_SENTENCE = 14, 5

# A place for text, and its label where the cells around it tell.
Gap = tuple[Box, str]


def ticks(sheet: Sheet, grid: Grid) -> list[Box]:
    """The small empty squares and circles."""
    combs = {id(cell) for comb in _combs(grid) for cell in comb}
    squares = [
        cell
        for cell in grid.cells
        if _is_small_square(cell) and grid.is_empty(cell) and id(cell) not in combs
    ]
    # Letters are round, too, and in pictures they enclose cells; and what is ticked is not empty.
    return [
        box
        for box in (*squares, *sheet.strokes.buttons)
        if not any(is_inside(box, phrase) or is_inside(phrase, box) for phrase in sheet.phrases)
    ]


def gaps(sheet: Sheet, grid: Grid) -> Iterator[Gap]:
    """The cells, or the parts of cells, to write in."""
    combs = _combs(grid)
    for comb in combs:
        yield _around(comb), grid.row_label(comb[0])
    of_combs = {id(cell) for comb in combs for cell in comb}
    for cell in grid.cells:
        if id(cell) in of_combs or _is_small_square(cell) or not _is_writable(cell, sheet):
            continue
        if grid.is_empty(cell):
            if not _is_hole(cell, grid):
                yield cell, _label(cell, grid)
        elif not grid.has_marks(cell):
            yield from _rest(cell, grid, sheet.line_height)


def label_of_tick(tick: Box, grid: Grid) -> str:
    """The label of a box in a table: its row's, and its column's."""
    cell = next((cell for cell in grid.cells if cell is tick), None)
    cell = cell or next((cell for cell in grid.cells if is_inside(tick, cell)), None)
    return _label(cell, grid) if cell else ""


def _is_hole(cell: Box, grid: Grid) -> bool:
    # The corner between two headers, or a value that a filled table lacks.
    right, below = grid.right(cell), grid.below(cell)
    around = [grid.left(cell), grid.above(cell), right, below]
    written = [other for other in around if other is not None and grid.text(other)]
    is_corner = right in written and below in written and len(written) == 2
    is_corner = is_corner and around[:2] == [None, None]
    is_lacking = around[1] in written and below in written
    return is_corner or (is_lacking and written == [each for each in around if each is not None])


def _label(cell: Box, grid: Grid) -> str:
    row, column = grid.row_label(cell), grid.header(cell)
    beside, after = grid.left(cell), grid.right(cell)
    is_alone = (
        beside is not None
        and bool(grid.text(beside))
        and (after is None or not grid.is_empty(after))
    )
    if not row or not column:
        return labels.clean(row or column)
    if row.strip("#. ").isdecimal():
        return f"{labels.clean(column)} {row.strip('#. ')}"
    if is_alone:
        return labels.clean(row)
    return f"{labels.clean(row)} {labels.clean(column)}"


def _rest(cell: Box, grid: Grid, line_height: float) -> Iterator[Gap]:
    # A cell that holds its own label, small at its top or, with a colon, at its left.
    phrases = grid.phrases(cell)
    if _is_label_of_neighbour(cell, grid) or _is_sentence(grid.text(cell)):
        return
    bottom, right = max(p.bottom for p in phrases), max(p.right for p in phrases)
    height, width = cell.bottom - cell.top, cell.right - cell.left
    ends_open = grid.text(cell).rstrip().endswith(":")
    room = max(MIN_HEIGHT, 0.8 * line_height)
    starts_high = min(p.top for p in phrases) - cell.top <= line_height
    if starts_high and bottom - cell.top <= LABEL_HEIGHT * height and cell.bottom - bottom >= room:
        if ends_open or not _has_low_text_beside(cell, grid):
            yield replace(cell, top=bottom), labels.clean(grid.text(cell))
    elif ends_open and right - cell.left <= LABEL_WIDTH * width and cell.right - right >= 40:
        yield replace(cell, left=right + 2), labels.clean(grid.text(cell))


def _is_sentence(text: str) -> bool:
    words = len(text.split())
    return words > MAX_LABEL_WORDS or (words > MIN_SENTENCE and text.rstrip().endswith("."))


def _is_label_of_neighbour(cell: Box, grid: Grid) -> bool:
    return any(
        other is not None and grid.is_empty(other) for other in (grid.right(cell), grid.below(cell))
    )


def _has_low_text_beside(cell: Box, grid: Grid) -> bool:
    # Beside it text runs down to the bottom: a row of a table whose cells are filled unevenly.
    return any(
        other is not None and any(phrase.middle > cell.middle + 2 for phrase in grid.phrases(other))
        for other in (grid.left(cell), grid.right(cell))
    )


def _combs(grid: Grid) -> list[list[Box]]:
    # Rows of equal small cells that touch, a letter each; and such rows with a small gap between.
    letters = [
        cell
        for cell in grid.cells
        if cell.right - cell.left <= MAX_LETTER_WIDTH
        and MIN_HEIGHT <= cell.bottom - cell.top <= MAX_LETTER_HEIGHT
        and cell.right - cell.left >= 0.5 * MIN_HEIGHT
        and grid.is_empty(cell)
        and not _has_own_header(cell, grid)
    ]
    rows: list[list[Box]] = []
    for cell in sorted(letters, key=lambda cell: (round(cell.top), cell.left)):
        if rows and _goes_on(rows[-1][-1], cell, TOUCHING):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    combs: list[list[Box]] = []
    for row in rows:
        if len(row) < 2:
            continue
        if combs and _goes_on(combs[-1][-1], row[0], row[0].right - row[0].left + TOUCHING):
            combs[-1] += row
        else:
            combs.append(row)
    return combs


def _has_own_header(cell: Box, grid: Grid) -> bool:
    over = grid.above(cell)
    for _ in range(MAX_LABEL_WORDS):
        if over is None or grid.text(over):
            break
        over = grid.above(over)
    return over is not None and over.right - over.left < 1.5 * (cell.right - cell.left)


def _goes_on(cell: Box, following: Box, gap: float) -> bool:
    width = cell.right - cell.left
    return (
        abs(cell.top - following.top) <= TOUCHING
        and abs(cell.bottom - following.bottom) <= TOUCHING
        and abs((following.right - following.left) - width) <= 0.25 * width
        and -TOUCHING <= following.left - cell.right <= gap
    )


def _is_small_square(cell: Box) -> bool:
    width, height = cell.right - cell.left, cell.bottom - cell.top
    return (
        min(width, height) >= MIN_TICK
        and max(width, height) <= MAX_TICK
        and max(width, height) <= SQUARE * min(width, height)
    )


def _is_writable(cell: Box, sheet: Sheet) -> bool:
    width, height = cell.right - cell.left, cell.bottom - cell.top
    is_frame = width * height > FRAME * sheet.width * sheet.height
    return width >= MIN_WIDTH and height >= MIN_HEIGHT and not is_frame


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        "",
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
