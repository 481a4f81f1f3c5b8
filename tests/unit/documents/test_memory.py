"""A document may take so much memory, and the process has the rest for itself again."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.documents.conftest import encoded, lines, pdf, picture
from workers.documents import memory

RunJob = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="other systems do not keep to a limit of addresses"
)


def test_a_block_may_grow_so_far(settings: Callable[..., None]) -> None:
    settings(JOBS_DOCUMENT_MEMORY_MB="100")
    before = resource.getrlimit(resource.RLIMIT_AS)
    with memory.bounded():
        assert len(bytearray(50_000_000)) == 50_000_000
        with pytest.raises(MemoryError):
            bytearray(200_000_000)
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert len(bytearray(200_000_000)) == 200_000_000


def test_no_limit_is_none(settings: Callable[..., None]) -> None:
    settings(JOBS_DOCUMENT_MEMORY_MB="0")
    before = resource.getrlimit(resource.RLIMIT_AS)
    with memory.bounded():
        assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_documents_are_read_within_the_default(parse: Callable[..., dict[str, Any]]) -> None:
    page = pdf(lines("Harbour dues are paid in advance."))
    assert "Harbour" in parse("a.pdf", page, "application/pdf")["output"]["text"]
    scan = encoded(picture("Harbour dues"), "PNG")
    assert "Harbour" in parse("a.png", scan, "image/png")["output"]["text"]
