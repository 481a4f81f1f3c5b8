"""`/v1/parses`: a document's text, page by page, with its tables."""

from __future__ import annotations

import secrets
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from jobs_backend.errors import JobFailure
from workers.documents import reader, source

if TYPE_CHECKING:
    from workers.context import Context


def run(request: dict[str, Any], context: Context) -> dict[str, Any]:
    """Parse the request's document.

    Raises:
        JobFailure: the document cannot be read; the code says why.
    """
    document = source.read(request["document"])
    context.log.info("document_received", kind=document.kind, bytes=len(document.content))
    pages = _pages(document, request, context)
    return {
        "id": f"parse_{secrets.token_urlsafe(16)}",
        "file": {
            "id": document.id,
            "filename": document.filename,
            "mime_type": document.mime_type,
        },
        "model": request["model"],
        "table_parsing_format": request["table_parsing_format"],
        "image_resolution_dpi": request["image_resolution_dpi"],
        "instructions": request["instructions"],
        "output": {"pages": pages, "text": "\n\n".join(pages)},
        "usage": {"credits": 0.0, "page_count": len(pages)},
        "created_at": datetime.now(timezone.utc).isoformat(),
    }


def _pages(document: source.Source, request: dict[str, Any], context: Context) -> list[str]:
    pages: list[str] = []
    try:
        for page, total in reader.pages(
            document,
            table_format=request["table_parsing_format"],
            dpi=request["image_resolution_dpi"],
        ):
            pages.append(page)
            context.progress(len(pages), total, f"page {len(pages)} of {total}")
    except (JobFailure, MemoryError):
        raise
    except ImportError as problem:
        context.log.exception("document_library_missing")
        raise JobFailure(
            "worker_incomplete",
            "The worker lacks the libraries that read this kind of document; "
            "its operator installs them with the extra [documents].",
        ) from problem
    except Exception as problem:
        # Readers fail in many ways on what is damaged; the log has the one that it was.
        context.log.warning("document_unreadable", exc_info=True)
        raise JobFailure(
            "document_unreadable", f"{document.filename} is damaged and cannot be read."
        ) from problem
    return pages
