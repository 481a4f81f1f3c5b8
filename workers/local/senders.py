"""Who sent each document of a bundle, where that is what its pages are to be parted by."""

from __future__ import annotations

from collections.abc import Sequence

from workers.documents.page import Page
from workers.local import extraction
from workers.local.extraction import labels, letterheads
from workers.local.labels import Labelled

_SENDERS = frozenset(("vendor", "sender", "company"))
_SCHEMA = {"type": "object", "properties": {"supplier_name": {"type": ["string", "null"]}}}


def is_sender(key: str) -> bool:
    """Whether a key means who sent a document, such as `supplier` or `vendor name`."""
    about = set(labels.tokens(key)) - {"name"}
    return bool(about) and about <= _SENDERS


def values(pages: Sequence[Page], begins: Sequence[float]) -> list[list[Labelled]]:
    """The sender of each page that begins a document; none for the pages that go on with one.

    Args:
        pages: the bundle's.
        begins: for each, how much speaks for its beginning a document.
    """
    return [_of(page) if begin > 0 else [] for page, begin in zip(pages, begins, strict=True)]


def is_no_name(value: str) -> bool:
    """Whether a value is a mere legal form: of `Supplier Ltd` the first word looks like a label."""
    return len(value.split()) == 1 and letterheads.has_legal_form(value)


def _of(page: Page) -> list[Labelled]:
    filled = extraction.extract(_SCHEMA, [page])
    name = filled.output.get("supplier_name")
    if not name or ":" in name or sum(map(str.isdigit, name)) > len(name) / 3:
        return []
    top = filled.sources["/supplier_name"]["bbox"]["top"] * page.height
    return [Labelled(name, 1.0, top)]
