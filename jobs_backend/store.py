"""The file store: a folder, or whatever else fsspec reaches by a URL (JOBS_FILES_URL)."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

from jobs_backend.config import settings
from jobs_backend.errors import FileStoreUnavailable

START_SECONDS = 10
# A store that is away must not keep a caller for minutes.
_S3_PATIENCE = {"connect_timeout": 3, "read_timeout": 20, "retries": {"total_max_attempts": 1}}
_OPTIONS: dict[str, dict[str, Any]] = {
    kind: {"config_kwargs": _S3_PATIENCE} for kind in ("s3", "s3a")
}


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
        try:
            _put(system, target, content)
        except FileNotFoundError:  # where folders have to be made; a bucket has none
            system.makedirs(target.rpartition("/")[0], exist_ok=True)
            _put(system, target, content)


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
        yield _opened(settings().files_url, os.getpid())
    except Exception as problem:  # each kind of store fails in its own way
        raise FileStoreUnavailable(f"{type(problem).__name__}: {problem}") from problem


def _put(system: Any, target: str, content: bytes) -> None:
    with system.open(target, "wb") as file:
        file.write(content)
        file.flush()
        with suppress(AttributeError, OSError):  # a file on a disk, that is
            os.fsync(file.fileno())


@cache
def _opened(url: str, _process_id: int) -> tuple[Any, str]:
    # By process: what is connected survives no fork.
    import fsspec

    _give_it_a_thread()
    system, root = fsspec.core.url_to_fs(url, **_OPTIONS.get(url.partition("://")[0], {}))
    return system, root.rstrip("/")


def _give_it_a_thread() -> None:
    # fsspec runs an event loop in a thread. Where gevent has replaced threads that would be a
    # greenlet among those that wait for it, and asyncio refuses two in one thread.
    import gevent
    from fsspec import asyn
    from gevent import monkey

    if asyn.loop[0] is not None or not monkey.is_module_patched("threading"):
        return
    gevent.get_hub()  # of two threads that make their first at once, both may wait for ever
    has_begun = threading.Event()

    def run() -> None:
        asyn.loop[0] = asyncio.new_event_loop()  # here: what it waits with belongs to the thread
        has_begun.set()
        asyn.loop[0].run_forever()

    monkey.get_original("_thread", "start_new_thread")(run, ())
    has_begun.wait(START_SECONDS)
