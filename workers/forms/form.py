"""A document as a form: a PDF, and the fields that are on it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workers.documents.layout import Box
from workers.documents.page import Page
from workers.forms import acroform, book, detection, pages, raster, sheet, strokes, widgets
from workers.forms.fields import Field, keyed
from workers.forms.sheet import Sheet

if TYPE_CHECKING:
    from workers.endpoints.reading import Document


# So many lines and boxes are drawn where letters are drawn, too; a scan has few beside its picture.
MIN_DRAWN = 20


@dataclass(frozen=True)
class Form:
    """A form.

    Attributes:
        content: the PDF.
        fields: its fields, in reading order.
    """

    content: bytes
    fields: tuple[Field, ...]


def read(document: Document) -> Form:
    """Find a document's fields. What is no PDF becomes one first.

    Args:
        document: as it was read.

    Raises:
        JobFailure: it has too many fields.
    """
    content, wanted = document.source.content, None
    if document.source.kind != "pdf":
        made = pages.as_pdf(document.source)
        content, wanted = made.content, made.may_have_fields
    reader = book.opened(content)
    declared = widgets.of(reader)
    if declared:
        wanted = {widget.place.page for widget in declared}
        sheets = {sheet.number: sheet for sheet in _sheets(reader, document.pages, wanted)}
        return Form(content, tuple(keyed(acroform.fields(declared, sheets))))
    found: list[Field] = []
    for of_page in _sheets(reader, document.pages, wanted):
        seen = book.view(reader.pages[of_page.number - 1], of_page.number)
        found += detection.fields(of_page, seen)
    return Form(content, tuple(keyed(found)))


def _sheets(reader: Any, read_pages: Sequence[Page], wanted: set[int] | None) -> Iterator[Sheet]:
    import pdfplumber

    if wanted is not None and not wanted:
        return
    upright = book.as_seen(reader)
    scans = {page.number: page for page in read_pages if page.is_recognized}
    with pdfplumber.open(io.BytesIO(upright)) as document:
        for number, page in enumerate(document.pages, 1):
            if wanted is not None and number not in wanted:
                continue
            if number in scans:
                yield _scanned(upright, page, scans[number])
            else:
                yield sheet.of_page(page, number, strokes.of_page(page))
            page.close()


def _scanned(content: bytes, page: Any, scan: Page) -> Sheet:
    # Its words by OCR, in the scale of whatever was recognized; its lines as they are
    # drawn, or from its pixels.
    width, height = float(page.width), float(page.height)
    across, down = width / scan.width, height / scan.height
    words = [
        Box(word.text, word.left * across, word.top * down, word.right * across, word.bottom * down)
        for word in scan.words
    ]
    drawn = strokes.of_page(page)
    if len(drawn.cells) + len(drawn.rules) < MIN_DRAWN:
        drawn = raster.strokes_of(content, scan.number)
    return sheet.of_words(words, (scan.number, width, height), drawn)
