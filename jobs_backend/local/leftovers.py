"""What an earlier stack of the same data folder left running."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from jobs_backend.alive import wait_ended

# Marks every process that a stack starts, so that the next one can tell what is left of it.
MARK = "JOBS_STACK"
TERM_SECONDS, KILL_SECONDS = 10, 5


def end_leftovers(data_dir: Path) -> None:
    """End the processes of a stack that was killed, and so could not; Postgres is taken over."""
    left = {process for process in psutil.process_iter() if _is_marked(process, str(data_dir))}
    left.update(_recorded(data_dir / "stack.json"))
    for process in left:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    alive = wait_ended(left, TERM_SECONDS)
    for process in alive:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    wait_ended(alive, KILL_SECONDS)


def _recorded(facts: Path) -> Iterator[psutil.Process]:
    # Redis hides its environment behind its title. A process that is older than the record of its
    # id is the one that was recorded.
    with suppress(OSError, ValueError):
        pids: dict[str, int] = json.loads(facts.read_text(encoding="utf-8"))["pids"]
        for name, pid in pids.items():
            with suppress(psutil.NoSuchProcess):
                process = psutil.Process(pid)
                if name != "postgres" and process.create_time() <= facts.stat().st_mtime:
                    yield process


def _is_marked(process: psutil.Process, data_dir: str) -> bool:
    try:
        mark = process.environ().get(MARK)
        return process.pid != os.getpid() and bool(mark == data_dir)
    except (psutil.Error, OSError):
        return False
