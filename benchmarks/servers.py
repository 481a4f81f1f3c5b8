"""The stack and the baseline's worker as processes, for as long as a measurement takes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jobs_backend import config

ROOT = str(Path(__file__).parent.parent)
PROGRAMS = Path(sys.executable).parent


@contextmanager
def stack(folder: Path, *, concurrency: int = 2, **environment: str) -> Iterator[dict[str, Any]]:
    """`jobs-backend up` with the no-op endpoint type; gives what its ready file says."""
    ready = folder / "ready.json"
    process = subprocess.Popen(
        [
            *(str(PROGRAMS / "jobs-backend"), "up", "--port", "0", "--ready-file", str(ready)),
            *("--data-dir", str(folder / "data"), "--concurrency", str(concurrency)),
        ],
        env=config.environment(
            JOBS_ENDPOINTS="benchmarks.endpoints", PYTHONPATH=ROOT, **environment
        ),
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until(ready.exists, 60)
        yield json.loads(ready.read_text())
    finally:
        process.terminate()
        process.wait()


@contextmanager
def bare_worker(redis_url: str, *, concurrency: int = 2) -> Iterator[Any]:
    """A worker of the baseline with default settings; gives its Celery application."""
    config.set_environment(BENCH_REDIS_URL=redis_url)
    from benchmarks.bare_celery import app

    process = subprocess.Popen(
        [
            *(str(PROGRAMS / "celery"), "--app", "benchmarks.bare_celery", "--quiet", "worker"),
            *("--concurrency", str(concurrency), "--loglevel", "ERROR"),
        ],
        env=config.environment(PYTHONPATH=ROOT),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: app.control.inspect(timeout=0.5).ping(), 30)
        yield app
    finally:
        process.terminate()
        process.wait()


def wait_until(condition: Callable[[], Any], seconds: float) -> None:
    """Return once the condition holds.

    Raises:
        TimeoutError: it did not within this many seconds.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.01)
