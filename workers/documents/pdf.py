"""PDF: the text layer in reading order with its tables; pages without one by OCR."""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from jobs_backend.errors import JobFailure
from workers.documents import characters, layout, mending, ocr, scans
from workers.documents.layout import Box
from workers.documents.limits import Tally, check_pages
from workers.documents.page import Page, Table, words_of
from workers.documents.source import Source
from workers.documents.tables import render

# A table needs rows and columns: one cell, or one column of cells, is a frame around text.
MIN_TABLE_ROWS, MIN_TABLE_COLUMNS = 2, 2
MIN_FILLED_CELLS = 0.3
# Two lines in every cell may be a heading; three are rows.
MIN_STACKED_LINES = 3
# Ruling lines beyond this are a drawing; looking for tables in one takes minutes.
MAX_LINES = 5_000
# About A0 at 600 dpi; PDFium unpacks them all, whatever size is asked for.
MAX_PICTURE_PIXELS = 600_000_000


def pages(source: Source, *, table_format: str, dpi: int) -> Iterator[tuple[str, int]]:
    """Read a PDF.

    Args:
        source: the document.
        table_format: how tables are written.
        dpi: the resolution at which scanned pages are rendered for OCR.

    Yields:
        Each page's text, and how many pages there are.

    Raises:
        JobFailure: it is encrypted, broken, empty, or larger than the limits.
    """
    for page, count in _opened(source):
        yield _page_text(source, page, table_format, dpi), count


def laid_out(source: Source, *, dpi: int) -> Iterator[tuple[Page, int]]:
    """Read a PDF, and keep where everything lies. Takes and raises what `pages` does."""
    for page, count in _opened(source):
        yield (_scanned(source, page, dpi) if scans.is_scan(page) else _printed(page)), count


def _opened(source: Source) -> Iterator[tuple[Any, int]]:
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    count = _page_count(source)
    try:
        document = mending.opened(source.content, count, source.filename)
        with document:
            for page in document.pages:
                document.lay_out(page)
                yield page, count
                page.close()
    except PdfminerException as problem:
        if isinstance(problem.args[0] if problem.args else None, PDFPasswordIncorrect):
            raise _encrypted(source) from None
        raise _unreadable(source) from problem


def _page_count(source: Source) -> int:
    # PDFium opens what people's viewers open, and says clearly why it does not.
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.content)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower():
            raise _encrypted(source) from None
        raise _unreadable(source) from None
    try:
        count = len(document)
    finally:
        document.close()
    if count == 0:
        raise JobFailure("document_empty", f"{source.filename} has no pages.")
    check_pages(source.filename, count)
    return count


def _page_text(source: Source, page: Any, table_format: str, dpi: int) -> str:
    if scans.is_scan(page):
        return ocr.text(_rendered(source, page, dpi))
    texts = [_upright_text(page, table_format)]
    texts += [_turned_text(page, turn) for turn in (90, 270, 180)]
    if not any(char for char in page.chars if _turn(char) == 0):
        texts.reverse()
    return "\n\n".join(filter(None, texts))


def _upright_text(page: Any, table_format: str) -> str:
    tables = _tables(page)
    boxes = [
        Box(render(_cells(table), table_format), left, top, right, bottom, is_block=True)
        for table in tables
        for left, top, right, bottom in [table.bbox]
    ]
    areas = [table.bbox for table in tables]
    upright = [char for char in page.chars if _turn(char) == 0]
    boxes += [word for word in _words(upright) if not any(_is_inside(word, at) for at in areas)]
    return layout.as_text(boxes)


def _turned_text(page: Any, turn: int) -> str:
    # Text that runs up, down or backwards is read on its own: a stamp in the margin, or the page.
    width, height = float(page.width), float(page.height)
    return layout.as_text(
        _words([_turned(char, turn, width, height) for char in page.chars if _turn(char) == turn])
    )


def _printed(page: Any) -> Page:
    # Which way most of the text runs is which way the page is held.
    width, height = float(page.width), float(page.height)
    turns = Counter(_turn(char) for char in page.chars)
    turn = max(turns, key=lambda turn: (turns[turn], -turn), default=0)
    if turn == 0:
        tables = tuple(_placed(table) for table in _tables(page))
        upright = [char for char in page.chars if _turn(char) == 0]
        return Page(page.page_number, width, height, tuple(_words(upright)), tables)
    chars = [_turned(char, turn, width, height) for char in page.chars if _turn(char) == turn]
    if turn in (90, 270):
        width, height = height, width
    return Page(page.page_number, width, height, tuple(_words(chars)))


def _placed(table: Any) -> Table:
    rows = []
    for row, texts in zip(table.rows, _texts(table), strict=True):
        boxes = [cell or (row.bbox[0], row.bbox[1], row.bbox[0], row.bbox[1]) for cell in row.cells]
        cells = [Box((text or "").strip(), *box) for box, text in zip(boxes, texts, strict=True)]
        rows += _unstacked_cells(cells)
    return Table(tuple(rows))


def _unstacked_cells(cells: list[Box]) -> list[tuple[Box, ...]]:
    rows = _unstacked([cell.text for cell in cells])
    step = [(cell.bottom - cell.top) / len(rows) for cell in cells]
    return [
        tuple(
            Box(text, cell.left, cell.top + n * high, cell.right, cell.top + (n + 1) * high)
            for text, cell, high in zip(texts, cells, step, strict=True)
        )
        for n, texts in enumerate(rows)
    ]


def _scanned(source: Source, page: Any, dpi: int) -> Page:
    boxes, (wide, high) = ocr.boxes(_rendered(source, page, dpi))
    width, height = float(page.width), float(page.height)
    if (wide > high) != (width > height):  # it was turned to be read
        width, height = height, width
    across, down = width / wide, height / high
    points = [
        Box(box.text, box.left * across, box.top * down, box.right * across, box.bottom * down)
        for box in boxes
    ]
    words = tuple(word for box in points for word in words_of(box))
    return Page(page.page_number, width, height, words, is_recognized=True)


def _rendered(source: Source, page: Any, dpi: int) -> Any:
    import pypdfium2

    Tally(source.filename, MAX_PICTURE_PIXELS, "pixels in the pictures of a page").add(
        scans.pixels(page)
    )
    document = pypdfium2.PdfDocument(source.content)
    try:
        shown = document[page.page_number - 1]
        width, height = shown.get_size()
        scale = min(dpi / 72, math.sqrt(ocr.MAX_PIXELS / max(width * height, 1)))
        return shown.render(scale=scale).to_pil()
    finally:
        document.close()


def _tables(page: Any) -> list[Any]:
    if len(page.lines) + len(page.rects) + len(page.curves) > MAX_LINES:
        return []
    if len(characters.once(page.chars)) < len(page.chars):
        page = page.dedupe_chars()
    found: list[Any] = []
    for table in page.find_tables():
        cells = _cells(table)
        filled = sum(1 for row in cells for cell in row if cell)
        width = max(map(len, cells), default=0)
        if (
            len(cells) >= MIN_TABLE_ROWS
            and width >= MIN_TABLE_COLUMNS
            and filled >= MIN_FILLED_CELLS * len(cells) * width
            and sum(1 for column in zip(*cells, strict=True) if any(column)) >= MIN_TABLE_COLUMNS
        ):
            found.append(table)
    return found


def _cells(table: Any) -> list[list[str]]:
    # What a merged cell covers is None: its text stands once, in its first place.
    rows = ([(cell or "").strip() for cell in row] for row in _texts(table))
    return [single for row in rows for single in _unstacked(row)]


def _texts(table: Any) -> list[list[str | None]]:
    found: list[list[str | None]] = table.extract(**characters.spacing(table.page.chars))
    return found


def _unstacked(row: list[str]) -> list[list[str]]:
    # Where rules stand between groups of rows alone, every cell holds a line for each row.
    counts = {len(cell.splitlines()) for cell in row if cell}
    if len(counts) != 1 or max(counts) < MIN_STACKED_LINES:
        return [row]
    [count] = counts
    lines = [cell.splitlines() if cell else [""] * count for cell in row]
    return [list(single) for single in zip(*lines, strict=True)]


def _words(chars: list[dict[str, Any]]) -> list[Box]:
    from pdfplumber.utils import extract_words

    words = extract_words(characters.once(chars), **characters.spacing(chars))
    return [
        Box(word["text"], word["x0"], word["top"], word["x1"], word["bottom"]) for word in words
    ]


def _turn(char: dict[str, Any]) -> int:
    # By how many degrees, counter-clockwise, a character is turned.
    a, b, *_ = char["matrix"]
    return round(math.degrees(math.atan2(b, a)) / 90) * 90 % 360


def _turned(char: dict[str, Any], turn: int, width: float, height: float) -> dict[str, Any]:
    left, top, right, bottom = char["x0"], char["top"], char["x1"], char["bottom"]
    if turn == 90:
        left, top, right, bottom = height - bottom, left, height - top, right
    elif turn == 180:
        left, top, right, bottom = width - right, height - bottom, width - left, height - top
    else:
        left, top, right, bottom = top, width - right, bottom, width - left
    changed = {"x0": left, "x1": right, "top": top, "bottom": bottom, "doctop": top}
    return {**char, **changed, "upright": True, "width": right - left, "height": bottom - top}


def _is_inside(word: Box, area: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = area
    return left <= (word.left + word.right) / 2 <= right and top <= word.middle <= bottom


def _encrypted(source: Source) -> JobFailure:
    return JobFailure("document_encrypted", f"{source.filename} is protected by a password.")


def _unreadable(source: Source) -> JobFailure:
    return JobFailure("document_unreadable", f"{source.filename} is damaged and cannot be read.")
