"""Fields among the cells of a page: empty ones, labelled ones, combs, and small ones to tick."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from workers.documents.layout import Box
from workers.forms import amounts, labels
from workers.forms.grid import TOUCHING, Grid, is_inside
from workers.forms.sheet import Sheet
from workers.forms.strokes import is_small_square

MIN_WIDTH, MIN_HEIGHT = 18.0, 8.5
# A cell for one letter is no wider or higher than this.
MAX_LETTER_WIDTH, MAX_LETTER_HEIGHT = 28.0, 36.0
# Wide enough for a tick, and no column of values.
MAX_BEFORE_TEXT = 45.0
# What stands between the parts of a number or a date.
_DASHES = frozenset(("-", "\u2013", "\u2014", "/"))
# A caption is no higher than this share of the text beside it.
SMALLER = 0.85
# In line heights: how far apart labels stand that share a cell.
APART = 2.5
# A cell that covers more of the page is its frame.
FRAME = 0.6
# A narrow cell that is so much higher than wide is a margin.
STRIP, TALL = 40.0, 2.5
# A question that takes no more of its cell's width is answered beside it.
NARROW = 0.5
# How much of a cell its label may take where the rest is to be filled in.
LABEL_HEIGHT, LABEL_WIDTH = 0.62, 0.65
MAX_LABEL_WORDS, MIN_SENTENCE = 14, 5
# A sentence at the top of a cell of which it takes no more than this says what to write there.
ROOMY = 0.45

# A place for text, and its label where the cells around it tell.
Gap = tuple[Box, str]


def ticks(sheet: Sheet, grid: Grid) -> list[Box]:
    """The small empty squares and circles."""
    combs = {id(cell) for comb in _combs(grid) for cell in comb}
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
    return [cell for cell in narrow if grid.above(cell) in narrow or grid.below(cell) in narrow]


def gaps(sheet: Sheet, grid: Grid) -> Iterator[Gap]:
    """The cells, or the parts of cells, to write in."""
    combs = _combs(grid)
    for comb in combs:
        yield _around(comb), grid.row_label(comb[0]) or _title(comb[0], grid)
    taken = {id(cell) for group in (*combs, _before_texts(grid)) for cell in group}
    for cell in grid.cells:
        if id(cell) in taken or is_small_square(cell) or not _is_writable(cell, sheet):
            continue
        if grid.is_empty(cell):
            if not _is_hole(cell, grid):
                yield cell, _label(cell, grid)
        elif not grid.has_marks(cell):
            yield from _rest(cell, grid, sheet.line_height)


def _title(cell: Box, grid: Grid) -> str:
    # The few words in the cell right above.
    over = grid.above(cell)
    text = grid.text(over) if over is not None else ""
    return labels.clean(text) if len(text.split()) <= MIN_SENTENCE else ""


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
    column = [other for other in (grid.above(cell), below) if other in written]
    is_lacking = len(column) == 2 and len(written) > 2 and all(_is_as_wide(o, cell) for o in column)
    return is_corner or (is_lacking and written == [each for each in around if each is not None])


def _is_as_wide(cell: Box, other: Box) -> bool:
    return abs((cell.right - cell.left) - (other.right - other.left)) <= 2 * TOUCHING


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
    phrases, text = grid.phrases(cell), grid.text(cell)
    if amounts.is_affix(text):
        yield _beside_affix(cell, phrases[0]), _label(cell, grid)
        return
    if all(phrase.text in _DASHES for phrase in phrases):
        yield from _between_dashes(cell, phrases, _label(cell, grid))
        return
    bottom, right = max(p.bottom for p in phrases), max(p.right for p in phrases)
    height, width = cell.bottom - cell.top, cell.right - cell.left
    is_roomy = bottom - cell.top <= ROOMY * height and cell.bottom - bottom >= 1.5 * line_height
    ends_open = text.rstrip().endswith((":", "?"))
    is_beside = ends_open and len(phrases) == 1 and right - cell.left <= NARROW * width
    if _is_label_of_neighbour(cell, grid) and not is_beside:
        return
    if _is_sentence(text) and not is_roomy:
        return
    room = max(MIN_HEIGHT, 0.8 * line_height)
    starts_high = min(p.top for p in phrases) - cell.top <= line_height
    if starts_high and bottom - cell.top <= LABEL_HEIGHT * height and cell.bottom - bottom >= room:
        if ends_open or not _has_low_text_beside(cell, grid):
            yield from _under_labels(replace(cell, top=bottom), phrases, line_height)
    elif _is_caption(cell, phrases, grid, room):
        yield replace(cell, bottom=phrases[0].top), labels.clean(text)
    elif ends_open and right - cell.left <= LABEL_WIDTH * width and cell.right - right >= 40:
        yield replace(cell, left=right + 2), labels.clean(text)


def _is_caption(cell: Box, phrases: Sequence[Box], grid: Grid, room: float) -> bool:
    # The only text, low in a cell; the ones above or below it are alike, and none stands beside it.
    if len(phrases) > 1 or phrases[0].top - cell.top < max(
        room, phrases[0].bottom - phrases[0].top
    ):
        return False
    stacked = [other for other in (grid.above(cell), grid.below(cell)) if other is not None]
    beside = [other for other in (grid.left(cell), grid.right(cell)) if other is not None]
    written = [other for other in beside if grid.phrases(other)]
    if written:
        return all(_is_low(other, grid) for other in written)
    return any(_is_as_wide(other, cell) and _is_low(other, grid) for other in stacked)


def _is_low(cell: Box, grid: Grid) -> bool:
    phrases = grid.phrases(cell)
    return len(phrases) == 1 and phrases[0].middle > cell.middle + 2


def _beside_affix(cell: Box, affix: Box) -> Box:
    if affix.left + affix.right > cell.left + cell.right:
        return replace(cell, right=affix.left - 1)
    return replace(cell, left=affix.right + 1)


def _between_dashes(cell: Box, dashes: Sequence[Box], label: str) -> Iterator[Gap]:
    row = sorted(dashes, key=lambda dash: dash.left)
    lefts, rights = (
        [cell.left, *(dash.right for dash in row)],
        [*(dash.left for dash in row), cell.right],
    )
    for left, right in zip(lefts, rights, strict=True):
        if right - left >= MIN_WIDTH:
            yield replace(cell, left=left, right=right), label


def _under_labels(rest: Box, phrases: Sequence[Box], line_height: float) -> Iterator[Gap]:
    # Labels that stand beside one another at the top of a cell have a part of it each.
    row = sorted(phrases, key=lambda phrase: phrase.left)
    are_apart = all(
        other.left - one.right >= APART * line_height
        and abs(one.top - other.top) <= line_height / 2
        for one, other in pairwise(row)
    )
    if len(row) < 2 or not are_apart:
        yield rest, labels.clean(" ".join(phrase.text for phrase in phrases))
        return
    sides = [rest.left, *(phrase.left - 3 for phrase in row[1:]), rest.right]
    for phrase, (left, right) in zip(row, pairwise(sides), strict=True):
        yield replace(rest, left=left, right=right), labels.clean(phrase.text)


def _is_sentence(text: str) -> bool:
    words = len(text.split())
    return words > MAX_LABEL_WORDS or (words > MIN_SENTENCE and text.rstrip().endswith("."))


def _is_label_of_neighbour(cell: Box, grid: Grid) -> bool:
    return any(
        other is not None and grid.is_empty(other) for other in (grid.right(cell), grid.below(cell))
    )


def _has_low_text_beside(cell: Box, grid: Grid) -> bool:
    # Beside it text runs down to the bottom: a row of a table whose cells are filled unevenly.
    # What is small beside it is a caption.
    high = max(phrase.bottom - phrase.top for phrase in grid.phrases(cell))
    return any(
        phrase.middle > cell.middle + 2 and high > SMALLER * (phrase.bottom - phrase.top)
        for other in (grid.left(cell), grid.right(cell))
        if other is not None
        for phrase in grid.phrases(other)
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


def _is_writable(cell: Box, sheet: Sheet) -> bool:
    width, height = cell.right - cell.left, cell.bottom - cell.top
    is_frame = width * height > FRAME * sheet.width * sheet.height
    is_strip = width < STRIP and height > TALL * width
    return width >= MIN_WIDTH and height >= MIN_HEIGHT and not is_frame and not is_strip


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        "",
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
