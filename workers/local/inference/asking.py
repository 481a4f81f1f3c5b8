"""What an extraction finds by itself: asked for by name, where no label says it or it has parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from jobs_backend.errors import JobFailure
from workers.documents.page import Page
from workers.local import extraction
from workers.local.extraction import dates, labels, shapes
from workers.local.inference.careers import Schema
from workers.local.inference.drafts import Draft
from workers.local.inference.tables import Column

_TEXT, _DATE = {"type": "string"}, {"type": "string", "format": "date"}
# Who writes a paper with sums on it sells something.
_SUMS = frozenset(("total", "subtotal", "payable"))
# Whose date is the document's own.
_ISSUED = frozenset(("date", "issue", "invoice", "document", "quote", "order", "purchase"))
# Of a shorter text it means little to be in another.
_LEAST_SAID = 4
_REACHED = ("iban", "bic", "email", "phone", "website")
# Whose label names a party, though its name as a property would not.
_PLAIN_NAMES = {"shipto": "ship_to", "customer": "customer", "vendor": "vendor"}
_PARTIES = frozenset((*_PLAIN_NAMES, "sender", "company", "employer", "employee", "patient"))


def answers(
    properties: dict[str, Schema], pages: Sequence[Page]
) -> tuple[dict[str, Any], dict[str, str]]:
    """What an extraction finds in a document, and in which text each scalar stood.

    Args:
        properties: of the schema to be filled; nothing of it is required.
        pages: the document's.
    """
    schema = {"type": "object", "properties": properties}
    try:
        filled = extraction.extract(schema, pages)
    except JobFailure:
        return {}, {}
    texts = {pointer[1:]: source["text"] for pointer, source in filled.sources.items()}
    return filled.output, texts


def in_parts(draft: Draft) -> None:
    """Put the two ends of a period, and a party's name and address, in the place of one text.

    Args:
        draft: a document's; what an extraction does not find in parts stays whole.
    """
    fields: dict[str, Any] = {}
    for name, column in draft.fields.items():
        parts = _parts(name, column, draft) if isinstance(column, Column) else {}
        taken = draft.fields.keys() - {name}
        fields |= {part: found for part, found in parts.items() if part not in taken}
        if not parts:
            fields[name] = column
    draft.fields = fields


def unlabelled(
    drafts: Sequence[Draft], known: dict[str, Schema]
) -> tuple[dict[str, Schema], dict[str, Schema]]:
    """What documents say without a label: who writes, to whom and when; and how to reach them.

    Args:
        drafts: of all documents.
        known: the properties that labels say, which are looked for beside them.

    Returns:
        What stands at a document's beginning, and what may stand at its end.
    """
    said = {labels.tokens(name) for name in known}
    is_sale = any(_SUMS & set(tokens) for tokens in said)
    writer = "vendor" if is_sale else "sender"
    first = {f"{who}_{what}": _TEXT for who in (writer, "customer") for what in ("name", "address")}
    if any(draft.sections for draft in drafts):
        first = {"name": _TEXT}  # whose CV it is
    if not any("date" in tokens and set(tokens) <= _ISSUED for tokens in said):
        first["date"] = _DATE
    last = dict.fromkeys((f"{writer}_vat_number", *_REACHED), _TEXT)
    if is_sale:
        last["currency"] = _TEXT
    found = [answers({**first, **last, **known}, draft.pages) for draft in drafts]
    new = {
        name
        for name in first | last
        if labels.tokens(name) not in said and any(_is_new(name, *one, known) for one in found)
    }
    # Nobody's address tells nobody anything.
    new -= {name for name in new if name.replace("_address", "_name") not in new}
    told = [{one: part[one] for one in part if one in new} for part in (first, last)]
    return told[0], told[1]


def _is_new(name: str, output: dict[str, Any], texts: dict[str, str], known: Iterable[str]) -> bool:
    value, text = plain(output.get(name, "")), plain(texts.get(name, ""))
    if not value or (name == "iban" and not shapes.is_iban(output[name])):
        return False
    said = [plain(each) for one in known for each in _texts(output.get(one))]
    places = [plain(texts.get(one, "")) for one in known]
    is_placed = len(text) >= _LEAST_SAID and any(text in one for one in places)
    is_said = any(value in one or (one in value and len(one) >= _LEAST_SAID) for one in said)
    return not is_placed and not is_said


def _texts(value: Any) -> Iterator[str]:
    # Also those of a table's rows, one of which may look like an address: `2 Rye loaf`.
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (text for row in value for cell in row.values() for text in _texts(cell))


def plain(text: Any) -> str:
    """A text's letters and digits alone."""
    return "".join(char for char in str(text).casefold() if char.isalnum())


def _parts(name: str, column: Column, draft: Draft) -> dict[str, Column]:
    ends = (f"{name}_start", f"{name}_end")
    if len(dates.DATE.findall(column.texts[0])) == 2:
        found, _ = answers(dict.fromkeys(ends, _DATE), draft.pages)
        return _columns(found) if len(found) == 2 else {}
    who = [token for token in labels.tokens(column.label) if token not in ("address", "name")]
    if len(who) != 1 or who[0] not in _PARTIES:
        return {}
    stem = name.removesuffix("_address").removesuffix("_name")
    if who[0] not in labels.tokens(stem):
        stem = _PLAIN_NAMES.get(who[0], who[0])
    # Of a single line, which a label says, the name alone is the label's.
    for named in (f"{stem}_name", stem):
        found, _ = answers(dict.fromkeys((named, f"{stem}_address"), _TEXT), draft.pages)
        if f"{stem}_address" in found:
            return _columns(found)
    return {}


def _columns(found: dict[str, Any]) -> dict[str, Column]:
    return {name: Column(name.replace("_", " "), [value]) for name, value in found.items()}
