"""Temporary files: each process of the pool has a folder for them, which ends with it.

A handler that is killed cannot clean up. What it leaves behind is found by the process that takes
its place, and lasts no longer.
"""

from __future__ import annotations

import os
import shutil
import socket
import stat
import tempfile
from pathlib import Path

from jobs_backend import config, log
from jobs_backend.alive import is_alive

_log = log.get(__name__)


class _Place:
    """This process's folder, once it has one."""

    own: str | None = None


_place = _Place()


def begin() -> None:
    """Make this process's folder the place for temporary files, and remove those of the dead."""
    # By host, too: where containers share a disk, their process ids mean nothing to one another.
    base = Path(tempfile.gettempdir()) / f"jobs-backend-{os.getuid()}-{socket.gethostname()}"
    base.mkdir(mode=0o700, exist_ok=True)
    if not _is_ours(base):
        _log.warning("temporary_folder_not_ours", path=str(base))
        return
    for folder in base.iterdir():
        if not _is_alive(folder.name):
            shutil.rmtree(folder, ignore_errors=True)
    own = _own(base)
    shutil.rmtree(own, ignore_errors=True)  # of an earlier process that had this number
    own.mkdir(mode=0o700)
    tempfile.tempdir = _place.own = str(own)
    config.set_environment(TMPDIR=str(own))  # for the programs that a handler starts


def renew() -> None:
    """Have a place for temporary files again: a handler removed it, or named one that is gone."""
    if tempfile.tempdir is None or os.path.isdir(tempfile.tempdir):
        return
    tempfile.tempdir = _place.own
    if _place.own is not None and not os.path.isdir(_place.own):
        try:
            os.mkdir(_place.own, 0o700)
        except OSError as problem:
            _log.warning("temporary_folder_not_renewed", reason=str(problem))
            tempfile.tempdir = None  # then it is looked for, by whoever needs it next


def end() -> None:
    """Remove this process's folder, if it has one."""
    folder = Path(tempfile.gettempdir())
    if folder == _own(folder.parent) and folder.parent.name.startswith("jobs-backend-"):
        shutil.rmtree(folder, ignore_errors=True)


def remove(folder: Path | None) -> None:
    """Remove a job's folder, if it has one."""
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def _own(base: Path) -> Path:
    return base / str(os.getpid())


def _is_ours(base: Path) -> bool:
    # Everybody may write where it lies, and might have made it first, or made it a link.
    found = base.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()


def _is_alive(name: str) -> bool:
    return name.isdigit() and is_alive(int(name))
