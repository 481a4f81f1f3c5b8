"""The file store: a folder, or whatever else fsspec reaches by a URL (JOBS_FILES_URL)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

from jobs_backend.config import settings
from jobs_backend.errors import FileStoreUnavailable


def write(path: str, content: bytes) -> None:
    """Keep a content; once this returns it is on the disk.

    Args:
        path: its place in the store, of ids of our own making.
        content: what is kept.

    Raises:
        FileStoreUnavailable: it is not kept.
    """
    with _reached() as (system, root):
        target = f"{root}/{path}"
        system.makedirs(target.rpartition("/")[0], exist_ok=True)
        with system.open(target, "wb") as file:
            file.write(content)
            file.flush()
            with suppress(AttributeError, OSError):  # a file on a disk, that is
                os.fsync(file.fileno())


def read(path: str) -> bytes:
    """A content that was kept.

    Raises:
        FileStoreUnavailable: it cannot be read.
    """
    with _reached() as (system, root):
        content: bytes = system.cat_file(f"{root}/{path}")
    return content


def remove(path: str) -> None:
    """Remove a content, or a folder with all that is in it; nothing is done where there is none.

    Raises:
        FileStoreUnavailable: it could not be removed.
    """
    with _reached() as (system, root), suppress(FileNotFoundError):
        system.rm(f"{root}/{path}", recursive=True)


@contextmanager
def _reached() -> Iterator[tuple[Any, str]]:
    try:
        yield _opened(settings().files_url)
    except Exception as problem:  # each kind of store fails in its own way
        raise FileStoreUnavailable(f"{type(problem).__name__}: {problem}") from problem


@cache
def _opened(url: str) -> tuple[Any, str]:
    import fsspec

    system, root = fsspec.core.url_to_fs(url)
    return system, root.rstrip("/")
