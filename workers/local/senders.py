"""Who sent each document of a bundle, where that is what its pages are to be parted by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from workers.documents.page import Page
from workers.local import extraction, sender_lines
from workers.local.extraction import labels, letterheads
from workers.local.extraction.segments import Segment, Sheet
from workers.local.labels import Labelled
from workers.local.values import same

_SENDERS = frozenset(("vendor", "sender", "company"))
_SCHEMA = {"type": "object", "properties": {"supplier_name": {"type": ["string", "null"]}}}
_TO_WHOM = {"type": "object", "properties": {"customer_name": {"type": ["string", "null"]}}}


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
    found = [_of(page) if begin > 0 else [] for page, begin in zip(pages, begins, strict=True)]
    return _by_one_name(found)


def is_no_name(value: str) -> bool:
    """Whether a value is a mere legal form: of `Supplier Ltd` the first word looks like a label."""
    return len(value.split()) == 1 and letterheads.has_legal_form(value)


def _of(page: Page) -> list[Labelled]:
    sheet = Sheet(page)
    headed = sender_lines.under_heading(sheet)
    if headed:
        return [_labelled(headed)]
    found = _extracted(page)
    if found:
        return found
    name = sender_lines.at_edge(sheet)
    return [_labelled(name)] if name and not _is_recipient(name, page) else []


def _is_recipient(name: Segment, page: Page) -> bool:
    # Who is written to may have an address in the web, too.
    customer = extraction.extract(_TO_WHOM, [page]).output.get("customer_name")
    return bool(customer) and same(customer) == same(name.text)


def _labelled(name: Segment) -> Labelled:
    return Labelled(name.text.strip(" ,;"), 1.0, name.top)


def _extracted(page: Page) -> list[Labelled]:
    filled = extraction.extract(_SCHEMA, [page])
    name = filled.output.get("supplier_name")
    if not name or ":" in name or sum(map(str.isdigit, name)) > len(name) / 3:
        return []
    top = filled.sources["/supplier_name"]["bbox"]["top"] * page.height
    return [Labelled(name, 1.0, top)]


def _by_one_name(found: Sequence[list[Labelled]]) -> list[list[Labelled]]:
    # `Northwind` and `NORTHWIND Ltd` are one; but `Northwind Ltd` and `Northwind Inc` are two.
    forms: dict[str, dict[str, str]] = defaultdict(dict)
    for own in (one for several in found for one in several):
        name = same(sender_lines.without_legal_form(own.value)) or own.value
        forms[name].setdefault(same(own.value), own.value)
    known = {
        form: next(iter(names.values()))
        for plain, names in forms.items()
        if len(names.keys() - {plain}) < 2
        for form in names
    }
    return [
        [replace(own, value=known.get(same(own.value), own.value)) for own in several]
        for several in found
    ]
