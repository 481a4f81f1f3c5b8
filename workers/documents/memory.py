"""How much memory a document may take: what wants more gets a MemoryError and harms nobody."""

from __future__ import annotations

import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

from jobs_backend.config import settings


@contextmanager
def bounded() -> Iterator[None]:
    """Let this process grow by JOBS_DOCUMENT_MEMORY_MB while the block runs, and no further.

    The bound is one of addresses, which Linux keeps to; other systems may not.
    """
    more = settings().document_memory_mb * 1024 * 1024
    before, hard = resource.getrlimit(resource.RLIMIT_AS)
    if not more:
        yield
        return
    most = psutil.Process().memory_info().vms + more
    tightest = min([most, *(each for each in (before, hard) if each != resource.RLIM_INFINITY)])
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (tightest, hard))
    try:
        yield
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (before, hard))


# How libraries that are not Python's say so, and those that hand on what others said.
_LACK = re.compile("bad_alloc|Insufficient memory|Failed to allocate memory|MemoryError")


def is_lacking(problem: BaseException) -> bool:
    """Whether an exception says that there was not enough memory."""
    return isinstance(problem, MemoryError) or _LACK.search(str(problem)) is not None
