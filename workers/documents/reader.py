"""One way in for every kind of document."""

from __future__ import annotations

from collections.abc import Iterator

from workers.documents import images, office, pdf, text
from workers.documents.source import IMAGE_KINDS, Source


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
