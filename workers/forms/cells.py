"""Fields among the cells of a page: empty ones, labelled ones, combs, and small ones to tick."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workers.documents.layout import Box
from workers.forms import labels, own_labels
from workers.forms.grid import (
    MIN_HEIGHT,
    MIN_WIDTH,
    TOUCHING,
    Grid,
    is_as_wide,
    is_frame,
    is_inside,
)
from workers.forms.sheet import Sheet, is_level
from workers.forms.strokes import is_small_square

# A cell for one letter is no wider or higher than this.
MAX_LETTER_WIDTH, MAX_LETTER_HEIGHT = 28.0, 36.0
# Wide enough for a tick, and no column of values.
MAX_BEFORE_TEXT = 45.0
# A title has no more words, and so many cells may be between a cell and its heading.
MAX_TITLE_WORDS, MAX_STEPS = 5, 14
# What letters of a date are printed in their cells.
DATE_LETTERS = "DMYTJA"
# How far above its first cell the label of a row of cells stands, in line heights, and how exactly
# both begin at one place.
LABEL_ABOVE, SAME_LEFT = 1.0, 4.0
# A narrow cell that is so much higher than wide is a margin.
STRIP, TALL = 40.0, 2.5
# What is darker than this is not to be written in.
SHADE = 0.8

# A place for text, and its label where the cells around it tell.
Gap = tuple[Box, str]


def ticks(sheet: Sheet, grid: Grid) -> list[Box]:
    """The small empty squares and circles."""
    combs = {id(cell) for comb in _combs(sheet, grid) for cell in comb}
    squares = [
        cell
        for cell in grid.cells
        if is_small_square(cell) and grid.is_empty(cell) and id(cell) not in combs
    ]
    squares += _before_texts(grid)
    # Letters are round, too, and in pictures they enclose cells; and what is ticked is not empty.
    return [
        box
        for box in (*squares, *sheet.strokes.buttons)
        if not any(is_inside(box, phrase) or is_inside(phrase, box) for phrase in sheet.phrases)
    ]


def _before_texts(grid: Grid) -> list[Box]:
    # Narrow empty cells one under the other, each before a text and under no heading.
    narrow = [
        cell
        for cell in grid.cells
        if cell.right - cell.left <= MAX_BEFORE_TEXT
        and MIN_HEIGHT <= cell.bottom - cell.top <= MAX_LETTER_HEIGHT
        and grid.is_empty(cell)
        and grid.left(cell) is None
        and (beside := grid.right(cell)) is not None
        and grid.text(beside)
        and grid.right(beside) is None
        and not grid.header(cell)
    ]
    known = {id(cell) for cell in narrow}
    return [cell for cell in narrow if {id(grid.above(cell)), id(grid.below(cell))} & known]


def letters(sheet: Sheet, grid: Grid) -> dict[Box, list[Box]]:
    """The cells for a letter each, by the place that those of a row make together."""
    return {_around(comb): comb for comb in _combs(sheet, grid)}


def gaps(sheet: Sheet, grid: Grid) -> Iterator[Gap]:
    """The cells, or the parts of cells, to write in."""
    combs = _combs(sheet, grid)
    for comb in combs:
        yield _around(comb), grid.row_label(comb[0]) or _title(comb[0], grid)
    taken = {id(cell) for group in (*combs, _before_texts(grid)) for cell in group}
    free = [
        cell
        for cell in grid.cells
        if id(cell) not in taken and not is_small_square(cell) and _is_writable(cell, sheet)
    ]
    shaded = _shaded(free, sheet)
    for cell in free:
        if id(cell) in shaded:
            continue
        if grid.is_empty(cell):
            if not _is_hole(cell, grid):
                yield cell, _label(cell, grid)
        elif not grid.has_marks(cell):
            yield from own_labels.gaps(cell, grid, _label(cell, grid), sheet.line_height)


def _shaded(cells: Sequence[Box], sheet: Sheet) -> set[int]:
    # Cells on a gray ground, by their ids. Where most have one, it says nothing, or is not seen.
    found = {id(cell) for cell in cells if _ground(cell, sheet) < SHADE}
    return found if 2 * len(found) <= len(cells) else set()


def _ground(cell: Box, sheet: Sheet) -> float:
    # How light it is; what is drawn last is seen, and what is as large as the page is no ground.
    around = (
        light
        for box, light in reversed(sheet.strokes.grays)
        if is_inside(cell, box) and not is_frame(box, sheet)
    )
    return next(around, 1.0)


def _title(cell: Box, grid: Grid) -> str:
    # The few words in the cell right above.
    over = grid.above(cell)
    text = grid.text(over) if over is not None else ""
    return labels.clean(text) if len(text.split()) <= MAX_TITLE_WORDS else ""


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
    column = [other for other in (around[1], below) if other in written]
    is_lacking = len(column) == 2 and len(written) > 2 and all(is_as_wide(o, cell) for o in column)
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


def _combs(sheet: Sheet, grid: Grid) -> list[list[Box]]:
    # Rows of equal small cells that touch, a letter each; and such rows with a small gap between.
    letters = [
        cell
        for cell in grid.cells
        if cell.right - cell.left <= MAX_LETTER_WIDTH
        and MIN_HEIGHT <= cell.bottom - cell.top <= MAX_LETTER_HEIGHT
        and cell.right - cell.left >= 0.5 * MIN_HEIGHT
        and (grid.is_empty(cell) or _is_hint(grid.text(cell)))
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
        gap = row[0].right - row[0].left + TOUCHING
        if combs and _goes_on(combs[-1][-1], row[0], gap) and not _begins(row[0], combs[-1], sheet):
            combs[-1] += row
        else:
            combs.append(row)
    return combs


def _is_hint(text: str) -> bool:
    # What letter of a date is written there: `DD MM YYYY`.
    return len(text) == 1 and text in DATE_LETTERS


def _begins(cell: Box, comb: Sequence[Box], sheet: Sheet) -> bool:
    # A slash parts it from the row before, or a label of its own begins above it.
    reach = LABEL_ABOVE * sheet.line_height
    return any(
        comb[-1].right - 2 <= phrase.left < phrase.right <= cell.left + 2
        if is_level(phrase, cell) and phrase.text == "/"
        else abs(phrase.left - cell.left) <= SAME_LEFT and 0 <= cell.top - phrase.bottom <= reach
        for phrase in sheet.phrases
    )


def _has_own_header(cell: Box, grid: Grid) -> bool:
    over = grid.above(cell)
    for _ in range(MAX_STEPS):
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


def _is_writable(cell: Box, sheet: Sheet) -> bool:
    width, height = cell.right - cell.left, cell.bottom - cell.top
    if width < MIN_WIDTH or height < MIN_HEIGHT or is_frame(cell, sheet):
        return False
    return width >= STRIP or height <= TALL * width


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        "",
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
