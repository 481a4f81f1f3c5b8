"""The file store, from wherever it is called."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jobs_backend import store
from jobs_backend.errors import FileStoreUnavailable

# What a store such as S3 does for each call, from greenlets as the API has them.
_FROM_GREENLETS = """
from gevent import monkey; monkey.patch_all()
import asyncio, threading
from fsspec import asyn
from jobs_backend import store

store._opened("memory://x", 1)

def call():
    asyn.sync(asyn.get_loop(), asyncio.sleep, 0.05)
    done.append(1)

done = []
threads = [threading.Thread(target=call) for _ in range(3)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert len(done) == 3, done
"""


def test_a_content_is_kept_and_goes(settings: Callable[..., None], tmp_path: Path) -> None:
    settings(JOBS_FILES_URL=str(tmp_path / "files"))
    for content in (b"one", b"", b"two"):
        store.write("org/jobs/1/0", content)
        assert store.read("org/jobs/1/0") == content
    store.write("org/jobs/1/1", b"x")
    for _ in range(2):
        store.remove("org/jobs/1")
    with pytest.raises(FileStoreUnavailable):
        store.read("org/jobs/1/0")


def test_a_store_with_an_event_loop_is_reached_from_greenlets() -> None:
    command = [sys.executable, "-c", _FROM_GREENLETS]
    done = subprocess.run(command, timeout=60, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_what_is_connected_is_not_used_after_a_fork(
    settings: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings(JOBS_FILES_URL=str(tmp_path))
    asked: list[int] = []
    opened = store._opened

    def note(url: str, process_id: int) -> object:
        asked.append(process_id)
        return opened(url, process_id)

    monkeypatch.setattr(store, "_opened", note)
    store.write("a", b"x")
    monkeypatch.setattr(os, "getpid", lambda: 1)
    assert store.read("a") == b"x"
    assert len(set(asked)) == 2
