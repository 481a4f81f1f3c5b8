"""What the built-in handlers share: reading a request's documents, and saying so."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from jobs_backend import data_url
from jobs_backend.errors import JobFailure
from workers.documents import memory, reader, source
from workers.documents.page import Page
from workers.documents.source import Source

if TYPE_CHECKING:
    from workers.context import Context


# Dots an inch of scanned pages, where a request does not say.
DPI = 192


@dataclass(frozen=True)
class Document:
    """A request's document, read.

    Attributes:
        source: its bytes and what they are.
        pages: its pages, in order.
    """

    source: Source
    pages: tuple[Page, ...]


class Work:
    """What every response says of the work that it took, counted from when this is made."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def usage(self, pages: int, **more: int) -> dict[str, Any]:
        """The response's `usage`."""
        seconds = round(time.monotonic() - self._started, 3)
        return {"credits": 0.0, "page_count": pages, "duration_seconds": seconds, **more}


def received(document: dict[str, str], context: Context) -> Source:
    """A request's document as it came; one that stands elsewhere is fetched.

    Raises:
        JobFailure: it cannot be had, or is of no kind that can be read; the code says why.
    """
    if not data_url.is_data_url(document["url"]):
        context.progress(0, 1, f"fetching {document['filename']}")
    found = source.read(document, context.organization_id)
    context.log.info("document_received", kind=found.kind, bytes=len(found.content))
    return found


def read(
    document: dict[str, str], context: Context, *, dpi: int = DPI, most_pages: int | None = None
) -> Document:
    """Read a request's document.

    Args:
        document: the request's `MIMEData`.
        context: the job's; it is told of each page.
        dpi: at how many dots an inch scanned pages are read.
        most_pages: how many pages are read; None reads all.

    Raises:
        JobFailure: it cannot be read; the code says why.
    """
    found = received(document, context)
    pages: list[Page] = []
    with told_of_trouble(found, context):
        for page, total in reader.laid_out(found, dpi=dpi):
            pages.append(page)
            context.progress(len(pages), total, f"page {len(pages)} of {total}")
            if len(pages) == most_pages:
                break
    return Document(found, tuple(pages))


@contextmanager
def told_of_trouble(found: Source, context: Context) -> Iterator[None]:
    """Turn whatever a library makes of a bad document into a failure that its sender understands.

    Raises:
        JobFailure: the block failed; the code says why.
    """
    try:
        with memory.bounded():
            yield
    except JobFailure:
        raise
    except ImportError as problem:
        context.log.exception("document_library_missing")
        raise JobFailure(
            "worker_incomplete",
            "The worker lacks the libraries that read this kind of document; "
            "its operator installs them with the extra [documents].",
        ) from problem
    except Exception as problem:
        if memory.is_lacking(problem):
            raise JobFailure(
                "document_too_large",
                f"{found.filename} takes more memory to read than there is for it.",
            ) from None
        # Readers fail in many ways on what is damaged; the log has the one that it was.
        context.log.warning("document_unreadable", exc_info=True)
        raise JobFailure(
            "document_unreadable", f"{found.filename} is damaged and cannot be read."
        ) from problem


def file_reference(found: Source) -> dict[str, str]:
    """The response's `file`."""
    return {"id": found.id, "filename": found.filename, "mime_type": found.mime_type}


def new_id(prefix: str) -> str:
    """An id for a response."""
    return f"{prefix}_{secrets.token_urlsafe(16)}"


def now() -> str:
    """The time, for a response's `created_at`."""
    return datetime.now(timezone.utc).isoformat()
