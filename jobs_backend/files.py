"""Files that are sent once and used by their id: a row each, and a content in the file store.

A content is written whole before its row, and removed after it: a row always has its content, and
what a crash leaves behind is a content that nobody refers to.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from jobs_backend import resources, store
from jobs_backend.resources import Kind, Resource


@dataclass(frozen=True)
class File:
    """A file. `size` is in bytes; `filename` is a label, never a path."""

    id: str
    organization_id: str
    filename: str
    mime_type: str
    size: int
    created_at: datetime


def save(organization_id: str, filename: str, content: bytes, mime_type: str) -> File:
    """Keep a file.

    Raises:
        FileStoreUnavailable: its content could not be written.
    """
    file_id = resources.new_id(Kind.FILE)
    store.write(_path(organization_id, file_id), content)
    body = {"mime_type": mime_type, "size": len(content)}
    return _file(resources.create(organization_id, Kind.FILE, filename, body, id=file_id))


def find(organization_id: str, file_id: str) -> File | None:
    """The organization's file of this id."""
    found = resources.find(organization_id, Kind.FILE, file_id)
    return None if found is None else _file(found)


def list_page(organization_id: str, *, limit: int, after: str | None = None) -> list[File]:
    """The organization's files, newest first; see `resources.list_page`."""
    return [
        _file(each)
        for each in resources.list_page(organization_id, Kind.FILE, limit=limit, after=after)
    ]


def read(file: File) -> bytes:
    """A file's content.

    Raises:
        FileStoreUnavailable: it cannot be read.
    """
    return store.read(_path(file.organization_id, file.id))


def delete(organization_id: str, file_id: str) -> bool:
    """Forget a file; False if there was none.

    Raises:
        FileStoreUnavailable: it is forgotten, but its content could not be removed.
    """
    if resources.delete(organization_id, Kind.FILE, file_id) is None:
        return False
    store.remove(_path(organization_id, file_id))
    return True


def _path(organization_id: str, file_id: str) -> str:
    # Ids are of our own making, but a store that lists a folder is slow with many in one.
    spread = hashlib.blake2b(file_id.encode(), digest_size=1).hexdigest()
    return f"{organization_id}/{spread}/{file_id}"


def _file(found: Resource) -> File:
    return File(
        found.id,
        found.organization_id,
        found.name,
        found.body["mime_type"],
        found.body["size"],
        found.created_at,
    )
