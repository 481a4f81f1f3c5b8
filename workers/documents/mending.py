"""PDFs that one library cannot read as they are, but another can write anew."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workers.documents.miner import Document


def opened(content: bytes, count: int, filename: str) -> Document:
    """A PDF by pdfplumber; what that does not see, or not all of, PDFium writes anew first.

    Args:
        content: the PDF.
        count: how many pages PDFium says that it has.
        filename: as its sender calls it, for messages.

    Raises:
        PdfminerException: it cannot be opened, or lacks its password.
        JobFailure: it unpacks to too much.
        ValueError: pages are missing all the same, which nobody would notice in what is read.
    """
    from pdfplumber.utils.exceptions import PdfminerException

    from workers.documents.miner import Document

    with suppress(PdfminerException):
        document = Document(content, filename)
        if len(document.pages) >= count:
            return document
        document.close()
    document = Document(mended(content), filename)
    if len(document.pages) >= max(min(count, _shown(content)), 1):
        return document
    document.close()
    raise ValueError(f"not all of the {count} pages can be read")


def mended(content: bytes) -> bytes:
    """A PDF as PDFium writes it, which opens what people's viewers open."""
    document = _by_pdfium(content)
    try:
        target = io.BytesIO()
        document.save(target)
        return target.getvalue()
    finally:
        document.close()


def _shown(content: bytes) -> int:
    # A file may say that it has more pages than there are.
    import pypdfium2

    document = _by_pdfium(content)
    count = 0
    try:
        for number in range(len(document)):
            try:
                document.get_page_size(number)  # which does not look at what is on the page
            except pypdfium2.PdfiumError:
                continue
            count += 1
    finally:
        document.close()
    return count


def _by_pdfium(content: bytes) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(content)
