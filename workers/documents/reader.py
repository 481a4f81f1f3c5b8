"""One way in for every kind of document."""

from __future__ import annotations

from collections.abc import Iterator

from workers.documents import images, office, page, pdf, text
from workers.documents.limits import check_pages
from workers.documents.page import Page
from workers.documents.source import IMAGE_KINDS, Source
from workers.documents.tables import CELL_SEPARATOR


def pages(source: Source, *, table_format: str, dpi: int) -> Iterator[tuple[str, int]]:
    """Read a document page by page.

    Args:
        source: the document.
        table_format: `html`, `markdown`, `yaml` or `json`.
        dpi: the resolution at which scanned PDF pages are rendered.

    Yields:
        Each page's text in reading order, and how many pages there are.

    Raises:
        JobFailure: it cannot be read; the code says why.
    """
    for found, count in _pages(source, table_format, dpi):
        check_pages(source.filename, count)
        yield found, count


def laid_out(source: Source, *, dpi: int) -> Iterator[tuple[Page, int]]:
    """Read a document page by page, and keep where everything lies.

    Args:
        source: the document.
        dpi: the resolution at which scanned PDF pages are rendered.

    Yields:
        Each page, and how many pages there are.

    Raises:
        JobFailure: it cannot be read; the code says why.
    """
    if source.kind == "pdf":
        yield from pdf.laid_out(source, dpi=dpi)
    elif source.kind in IMAGE_KINDS:
        yield from images.laid_out(source)
    else:
        for number, (found, count) in enumerate(pages(source, table_format="cells", dpi=dpi), 1):
            yield page.of_text(found, number, CELL_SEPARATOR), count


def _pages(source: Source, table_format: str, dpi: int) -> Iterator[tuple[str, int]]:
    if source.kind == "pdf":
        return pdf.pages(source, table_format=table_format, dpi=dpi)
    if source.kind == "docx":
        return office.docx_pages(source, table_format=table_format)
    if source.kind == "xlsx":
        return office.xlsx_pages(source, table_format=table_format)
    if source.kind in ("csv", "tsv"):
        return text.csv_pages(source, table_format=table_format)
    if source.kind == "html":
        return text.html_pages(source, table_format=table_format)
    if source.kind in IMAGE_KINDS:
        return images.pages(source)
    return text.text_pages(source)
