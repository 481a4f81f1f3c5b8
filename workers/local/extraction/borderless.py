"""Tables without lines: a header, and what stands in its columns underneath."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from workers.local.extraction import dates, halves, headers, labels, numbers, sums
from workers.local.extraction.grid import WRAP_GAP, Grid, HeaderScore, Piece, Row, longer, piece
from workers.local.extraction.segments import ALIGNED, GAP, Segment, Sheet, has_digit

# How many line heights may be between two rows, or lines of them.
ROW_GAP, FIRST_ROW_GAP = 3.5, 4.0
# How far from every column a text may stand, in characters, and still be in one.
FAR = 12.0
# So many characters are between a table and what stands beside it.
_APART = 4.0
# So many lines between two rows may say something else.
MOST_REMARKS = 8
_MAX_TOP_LINES = 12
# With so many names beside one another a line is a table's header.
_LEAST_NAMES = 3
# Words of two columns are short.
_MOST_LETTERS = 3

Cells = list[list[Segment]]


def find(sheet: Sheet, score: HeaderScore) -> Iterator[Grid]:
    """The tables of a page.

    Args:
        sheet: the page.
        score: how well texts are the header that is looked for.
    """
    line = 0
    while line < len(sheet.lines):
        header = headers.at(sheet, line, score)
        line += 1
        if header is None:
            continue
        used = {part for column in header.columns for part in column}
        grid = Grid(header.texts, [], sheet, used, header.extents)
        line = _read_rows(grid, sheet, header.end, header.bottom)
        if grid.rows:
            yield grid


def go_on(grid: Grid, sheet: Sheet, score: HeaderScore) -> bool:
    """Take in the rows at the top of the next page, where no header is; whether there are any."""
    usual = max(sum(1 for cell in row if cell) for row in grid.rows)
    for number, line in enumerate(sheet.lines[:_MAX_TOP_LINES]):
        if headers.at(sheet, number, score):
            return False
        cells = _in_columns(grid, sheet, line)
        if cells and len(line) >= usual - 1 and sum(1 for cell in cells if cell) >= usual - 1:
            texts = [segment.text for segment in line]
            if len(line) > 1 and any(any(map(str.isdigit, text)) for text in texts):
                before = len(grid.rows)
                _read_rows(grid, sheet, number, line[0].top)
                return len(grid.rows) > before
    return False


def _read_rows(grid: Grid, sheet: Sheet, first: int, bottom: float) -> int:
    # Reads rows from this line on; returns the line after them. What is no row is a remark, and
    # in the table if a row follows.
    end = first
    remarks: list[Sequence[Segment]] = []
    allowed = ROW_GAP if grid.rows else FIRST_ROW_GAP
    tables = {s.cell[0] for s in grid.used if s.cell and s.page is sheet.page}
    for number in range(first, len(sheet.lines)):
        line = _inside(grid, sheet, sheet.lines[number])
        gap = (line[0].top - bottom) / sheet.height
        is_other = line[0].cell is not None and line[0].cell[0] not in tables
        is_other = is_other or (bool(grid.rows) and _is_header(grid, line))
        is_other = is_other or (bool(remarks) and _names_columns(line))
        cells = None if is_other else _in_columns(grid, sheet, line)
        if cells is None and not grid.rows and not is_other:
            cells = []  # what it is for may stand between a header and its rows
        if cells is None or gap > allowed or len(remarks) > MOST_REMARKS:
            break
        bottom, allowed = max(segment.bottom for segment in line), ROW_GAP
        is_close = gap <= WRAP_GAP and not remarks
        kind = _kind(grid, line, cells, is_close=is_close) if cells else "remark"
        if kind == "sum" or (kind == "row" and cells and _is_below_sum(grid, remarks, cells)):
            break
        if kind == "remark":
            remarks.append(line)
            _add_heading(grid, sheet, line)
            continue
        if kind == "row":
            grid.rows.append([piece(cell) for cell in cells])
        elif kind == "more":
            grid.rows[-1] = _extended(grid.rows[-1], cells)
        if kind != "opening":
            grid.used.update(one for one in line if not _is_beside(grid, sheet, one))
            grid.used.update(*remarks)
        remarks, end = [], number + 1
    else:
        grid.is_open = True
        return end
    grid.is_open = False
    return end


def _is_header(grid: Grid, line: Sequence[Segment]) -> bool:
    # Another table's, with the same columns.
    names = [labels.tokens(name) for name in grid.header if name]
    return [labels.tokens(segment.text) for segment in line] == names


def _is_below_sum(grid: Grid, remarks: Sequence[Sequence[Segment]], cells: Cells) -> bool:
    # Under a subtotal only that is a row again which begins as all rows do.
    is_summed = any(sums.is_partial([one.text for one in line]) for line in remarks)
    return is_summed and not cells[0] and all(row[0] for row in grid.rows)


def _add_heading(grid: Grid, sheet: Sheet, line: Sequence[Segment]) -> None:
    above = piece(line)
    is_first = line[0].left - grid.columns[0][0] <= ALIGNED * sheet.character
    if len(line) == 1 and above and is_first:
        grid.headings[len(grid.rows)] = above


def _names_columns(line: Sequence[Segment]) -> bool:
    # Another table's header, below what stands between the two.
    return len(line) >= _LEAST_NAMES and all(
        labels.is_common(segment.text) and not has_digit(segment.text) for segment in line
    )


def _kind(grid: Grid, line: Sequence[Segment], cells: Cells, *, is_close: bool) -> str:
    # Of a line: a row, more of the row above it, a sum under the table, or something else.
    texts, width = [segment.text for segment in line], len(grid.columns)
    if sums.is_carried(texts) or (not grid.rows and sums.is_opening(texts)):
        return "opening"
    if sums.is_closing(texts, width):
        if not grid.rows:
            return "remark"  # it sums up what is no row of this table
        # After the subtotal of some rows there may be more of them.
        return "remark" if sums.is_minor(texts) or sums.is_partial(texts) else "sum"
    if grid.rows and is_close and _is_more(grid, cells):
        return "more"
    filled = sum(1 for cell in cells if cell)
    if sum(1 for text in texts if _explains_itself(text)) > 1:
        return "remark"
    # Of two tables side by side one may be longer than the other.
    return "row" if filled >= max(2, (halves.width(grid.header, cells) + 1) // 2) else "remark"


def _explains_itself(text: str) -> bool:
    # `Discount: 5.00`, which no cell of a column does.
    before, _, after = text.partition(":")
    return ":" in text and not before[-1:].isdigit() and after[:1] in ("", " ")


def _is_more(grid: Grid, cells: Cells) -> bool:
    # It says what the row has not said yet, or goes on with words, and leaves most columns empty.
    row = grid.rows[-1]
    filled = [column for column, segments in enumerate(cells) if segments]
    if 2 * len(filled) > len(row) or any(len(segments) > 1 for segments in cells):
        return False
    return all(_may_go_on(row[column], grid.header[column]) for column in filled)


def _may_go_on(above: Piece | None, name: str) -> bool:
    if above is None or any(map(str.isalpha, above.text)):
        return True
    return above.text.count("\n") < name.count("\n")


def _extended(row: Row, cells: Cells) -> Row:
    return [longer(above, segments) for above, segments in zip(row, cells, strict=True)]


def _in_columns(grid: Grid, sheet: Sheet, line: Sequence[Segment]) -> Cells | None:
    cells: Cells = [[] for _ in grid.columns]
    line = [part for segment in line for part in _parted(grid, segment)]
    for segment in line:
        if glued := _behind_date(grid, segment) or _behind_position(grid, segment):
            column, start, rest = glued
            cells[column].append(start)
            cells[column + 1].append(rest)
            continue
        distances = [
            0.0 if _is_under_cell(grid, sheet, segment, column) else _distance(segment, extent)
            for column, extent in enumerate(grid.columns)
        ]
        nearest = min(range(len(distances)), key=distances.__getitem__)
        # Nothing bounds the first column on its left, as a header may be centred over it.
        is_first = nearest == 0 and segment.left < grid.columns[0][0]
        if distances[nearest] > FAR * sheet.character and not is_first:
            if (between := _between(grid, segment)) is not None and sum(map(bool, cells)):
                cells[between].append(segment)
                continue
            if _is_beside(grid, sheet, segment) and sum(map(bool, cells)) > 1:
                continue
            return None
        cells[nearest].append(segment)
    if len(line) == len(cells) and any(len(cell) > 1 for cell in cells):
        return [[segment] for segment in line]  # as many as there are columns: each has its own
    return cells


def _between(grid: Grid, segment: Segment) -> int | None:
    # Between one name and the next there is nothing else: a code and a text may be under the one.
    ends = [left for left, _ in grid.columns[1:]]
    for column, ((left, _), end) in enumerate(zip(grid.columns, ends, strict=False)):
        if left <= segment.left and segment.right <= end:
            return column
    return None


def _is_under_cell(grid: Grid, sheet: Sheet, segment: Segment, column: int) -> bool:
    # It begins where the column's last cell does, or a part of it, wherever its name is.
    above = grid.rows[-1][column] if grid.rows else None
    if above is None or above.place.page is not sheet.page:
        return False
    words = above.place.words
    starts = [
        other.left
        for word, other in pairwise(words)
        if other.left - word.right > GAP * sheet.character
    ]
    lefts = (min(word.left for word in words), *starts)
    return any(abs(segment.left - left) <= sheet.character / 2 for left in lefts)


def _inside(grid: Grid, sheet: Sheet, line: Sequence[Segment]) -> Sequence[Segment]:
    # A line without what stands right of the last column's own cell, such as sums beside a table.
    left, right = grid.columns[-1]
    for place in range(1, len(line)):
        before, segment = line[place - 1 : place + 1]
        is_cell = before.left < right and left < before.right and before is not line[0]
        if is_cell and segment.left > right + _APART * sheet.character:
            return line[:place]
    return line


def _is_beside(grid: Grid, sheet: Sheet, segment: Segment) -> bool:
    # Right of a table, where something else stands on the lines of its rows.
    last = grid.columns[-1]
    return segment.left > last[1] and _distance(segment, last) > FAR * sheet.character


def _behind_date(grid: Grid, segment: Segment) -> tuple[int, Segment, Segment] | None:
    # `02/02 Transfer` that begins under `Date` goes on in the next column, however far that is.
    date = dates.LEADING.match(segment.text)
    if date is None:
        return None
    column = next(
        (
            number
            for number, (left, right) in enumerate(grid.columns[:-1])
            if segment.left < right and segment.right > left
        ),
        None,
    )
    if column is None or "date" not in labels.tokens(grid.header[column]):
        return None
    *words, last = date.group().split()
    rest = segment.after(len(words), len(last))
    if rest is None or not rest.text[:1].isalpha() or dates.LEADING.search(rest.text):
        return None
    return column, segment.before(len(words), len(last)), rest


def _behind_position(grid: Grid, segment: Segment) -> tuple[int, Segment, Segment] | None:
    # `3 Modular switch` in the third row, under `Sl No.` and `Description` that are close together.
    (_, right), *others = grid.columns
    is_first = segment.left < right and "position" in labels.tokens(grid.header[0])
    is_over = bool(others) and segment.right > others[0][0]
    is_next = segment.words[0].text.rstrip(".") == str(len(grid.rows) + 1)
    if not (is_first and is_over and is_next) or len(segment.words) < 2:
        return None
    return 0, segment.part(0, 1), segment.part(1)


def _parted(grid: Grid, segment: Segment) -> list[Segment]:
    # `620.51 21%` with little between them, each under a column's name of its own.
    is_short = all(sum(map(str.isalpha, word.text)) <= _MOST_LETTERS for word in segment.words)
    if len(segment.words) != 2 or not is_short or numbers.SPACED.fullmatch(segment.text):
        return [segment]
    parts = [segment.part(0, 1), segment.part(1)]
    under = [
        [
            number
            for number, (left, right) in enumerate(grid.columns)
            if _is_under(part, left, right)
        ]
        for part in parts
    ]
    is_parted = all(len(numbers) == 1 for numbers in under) and under[0] < under[1]
    return parts if is_parted else [segment]


def _is_under(part: Segment, left: float, right: float) -> bool:
    return part.left < right and left < part.right


def _distance(segment: Segment, column: tuple[float, float]) -> float:
    left, right = column
    middle = abs((segment.left + segment.right - left - right) / 2)
    return min(abs(segment.left - left), abs(segment.right - right), middle)
