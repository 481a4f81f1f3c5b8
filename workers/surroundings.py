"""What the jobs of a process share: a handler may change it, the next one finds it as it was."""

from __future__ import annotations

import os
from typing import NamedTuple

from jobs_backend import log
from workers import scratch

_log = log.get(__name__)


class Surroundings(NamedTuple):
    """What a handler finds.

    Attributes:
        directory: the working directory; None where it was removed.
        mask: which permissions a new file does not get.
    """

    directory: str | None
    mask: int

    def restore(self) -> None:
        """Have it all as it was. Where that fails it is logged, and fails no job."""
        try:
            os.umask(self.mask)
            scratch.renew()
            if self.directory is not None and self.directory != _directory():
                os.chdir(self.directory)
        except Exception as problem:
            _log.warning("surroundings_not_restored", reason=str(problem))


def look() -> Surroundings:
    """What a handler that begins now finds."""
    # The mask can be read by setting it alone. For that moment nothing may be opened to others.
    mask = os.umask(0o077)
    os.umask(mask)
    return Surroundings(_directory(), mask)


def _directory() -> str | None:
    try:
        return os.getcwd()
    except OSError:
        return None
