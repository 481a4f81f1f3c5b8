"""`/v1/parses`: a document's text, page by page, with its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workers import engines
from workers.documents import reader, source
from workers.endpoints import reading

if TYPE_CHECKING:
    from workers.context import Context


@engines.built_in
def run(request: dict[str, Any], context: Context) -> dict[str, Any]:
    """Parse the request's document. That is done on this machine, whatever the engine.

    Raises:
        JobFailure: the document cannot be read; the code says why.
    """
    work = reading.Work()
    document = reading.received(request["document"], context)
    pages = _pages(document, request, context)
    return {
        "id": reading.new_id("parse"),
        "file": reading.file_reference(document),
        "model": engines.LOCAL,
        "table_parsing_format": request["table_parsing_format"],
        "image_resolution_dpi": request["image_resolution_dpi"],
        "instructions": request["instructions"],
        "output": {"pages": pages, "text": "\n\n".join(pages)},
        "usage": work.usage(len(pages)),
        "created_at": reading.now(),
    }


def _pages(document: source.Source, request: dict[str, Any], context: Context) -> list[str]:
    pages: list[str] = []
    with reading.told_of_trouble(document, context):
        for page, total in reader.pages(
            document,
            table_format=request["table_parsing_format"],
            dpi=request["image_resolution_dpi"],
        ):
            pages.append(page)
            context.progress(len(pages), total, f"page {len(pages)} of {total}")
    return pages
