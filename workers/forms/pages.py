"""A PDF of what is none: pictures on pages of their size, everything else as plain text."""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from jobs_backend.errors import JobFailure
from workers.documents import images, reader
from workers.documents.limits import MAX_PAGES
from workers.documents.source import IMAGE_KINDS, Source
from workers.documents.tables import CELL_SEPARATOR, LINE_SEPARATOR
from workers.forms import ink, sheet

# A4, in points.
WIDTH, HEIGHT = 595.0, 842.0
MARGIN, SIZE, LEADING = 48.0, 10.0, 15.0
CELL_MARGIN, CELL_HEIGHT = 4.0, 20.0
# The longer side of a picture's page.
PICTURE_SIDE = 842.0
MAX_COLUMNS = 40
# A cell with more lines would not fit on a page.
MAX_CELL_LINES = 50
# No document that comes here has scanned pages, but the reader asks.
DPI = 192
# Boxes to be ticked are drawn with what every font has.
_BOXES = str.maketrans(dict.fromkeys("☐□◻◽▢❏❐❑❒⬜", "[ ]"))


@dataclass
class Made:
    """A PDF that was made of a document.

    Attributes:
        content: the PDF.
        may_have_fields: the numbers of the pages that may have fields, from 1: only a long text has
            others, and looking for fields on them would take most of the time.
    """

    content: bytes = b""
    may_have_fields: set[int] = field(default_factory=set)


def as_pdf(source: Source) -> Made:
    """Make a PDF of a document, so that it can be filled in.

    Args:
        source: the document, of any kind but a PDF.

    Raises:
        JobFailure: it cannot be read, or becomes more than `limits.MAX_PAGES` pages.
    """
    from reportlab.pdfgen.canvas import Canvas

    made, target = Made(), io.BytesIO()
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT), invariant=True)
    if source.kind in IMAGE_KINDS:
        for frame, _ in images.frames(source):
            made.may_have_fields.add(canvas.getPageNumber())
            _draw_picture(canvas, frame)
    else:
        writer = _Writer(canvas, source.filename, made.may_have_fields)
        for text, _ in reader.pages(source, table_format="cells", dpi=DPI):
            writer.write(text)
    canvas.save()
    made.content = target.getvalue()
    return made


def _draw_picture(canvas: Any, frame: Any) -> None:
    from reportlab.lib.utils import ImageReader

    scale = PICTURE_SIDE / max(frame.size)
    size = (frame.width * scale, frame.height * scale)
    canvas.setPageSize(size)
    canvas.drawImage(ImageReader(frame.convert("RGB")), 0, 0, *size)
    canvas.showPage()


class _Writer:
    """Writes each text from the top of a page on, and on as many as it takes."""

    def __init__(self, canvas: Any, filename: str, may_have_fields: set[int]) -> None:
        self._canvas = canvas
        self._filename = filename
        self._may_have_fields = may_have_fields
        self._y = 0.0

    def write(self, text: str) -> None:
        """Write a page's text; rows of cells become tables with lines."""
        self._y = HEIGHT - MARGIN
        text = text.replace(LINE_SEPARATOR, " ")
        lines = text.translate(_BOXES).expandtabs(4).split("\n")
        for is_table, group in itertools.groupby(lines, key=lambda line: CELL_SEPARATOR in line):
            if is_table:
                self._write_table([line.split(CELL_SEPARATOR) for line in group])
            else:
                for line in group:
                    self._write_line(line)
        self._end_page()

    def _write_line(self, text: str) -> None:
        for line in ink.wrapped(ink.readable(text), SIZE, WIDTH - 2 * MARGIN, ink.FIXED):
            self._take(LEADING)
            if sheet.may_have_marks(line):
                self._note()
            ink.draw_line(self._canvas, line, MARGIN, self._y + 4, SIZE, ink.FIXED)

    def _write_table(self, rows: Sequence[Sequence[str]]) -> None:
        columns = min(max(map(len, rows)), MAX_COLUMNS)
        width = (WIDTH - 2 * MARGIN) / columns
        size = min(SIZE, max(4.0, width / 7))
        for row in rows:
            cells = [
                ink.wrapped(ink.readable(cell), size, max(width - 2 * CELL_MARGIN, size))
                for cell in row[:columns]
            ]
            lines = min(max(map(len, cells)), MAX_CELL_LINES)
            height = max(CELL_HEIGHT, lines * 1.3 * size + 2 * CELL_MARGIN)
            self._take(height)
            self._note()
            for number in range(columns):
                self._canvas.rect(MARGIN + number * width, self._y, width, height)
            for number, cell in enumerate(cells):
                self._write_cell(cell[:lines], MARGIN + number * width, self._y + height, size)

    def _write_cell(self, lines: Sequence[str], left: float, top: float, size: float) -> None:
        for number, line in enumerate(lines):
            y = top - CELL_MARGIN - size - number * 1.3 * size
            ink.draw_line(self._canvas, line, left + CELL_MARGIN, y, size)

    def _take(self, height: float) -> None:
        if self._y - height < MARGIN:
            self._end_page()
            self._y = HEIGHT - MARGIN
        self._y -= height

    def _note(self) -> None:
        self._may_have_fields.add(self._canvas.getPageNumber())

    def _end_page(self) -> None:
        if self._canvas.getPageNumber() > MAX_PAGES:
            raise JobFailure(
                "document_too_large",
                f"{self._filename} becomes more than {MAX_PAGES:,} pages as a form.",
            )
        self._canvas.showPage()
