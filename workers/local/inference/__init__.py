"""Find the JSON Schema that fits some documents: their labels, and the columns of their tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from jobs_backend.errors import JobFailure
from workers.documents.page import Page
from workers.local import extraction
from workers.local.extraction import grids, labels
from workers.local.extraction.grids import Grid
from workers.local.extraction.names import Names
from workers.local.extraction.segments import COLON, Segment, Sheet
from workers.local.extraction.surroundings import Surroundings
from workers.local.extraction.values import Values

MAX_FIELDS = 500
MAX_LABEL_WORDS = 5
_LINE_ITEMS = frozenset(("quantity", "price", "amount", "total", "unit"))
# Digits of these are no numbers to reckon with.
_TEXTS = frozenset(
    [
        "number",
        "reference",
        "code",
        "phone",
        "fax",
        "postal",
        "account",
        "iban",
        "bic",
        "taxid",
        "position",
        "id",
    ]
)
_BOOLEANS = frozenset(["yes", "no", "true", "false", "ja", "nein", "oui", "non"])


@dataclass
class _Column:
    label: str
    texts: list[str] = field(default_factory=list)


@dataclass
class _Draft:
    # A document's fields and tables, by name, in their order.
    values: Values
    fields: dict[str, _Column | dict[str, _Column]] = field(default_factory=dict)


def infer(documents: Sequence[Sequence[Page]]) -> dict[str, Any]:
    """The JSON Schema that fits documents of one kind.

    Args:
        documents: the pages of each.

    Returns:
        A schema of an object, in the order of the documents. What is found in each of them is
        required.
    """
    drafts = [_draft(pages) for pages in documents]
    properties: dict[str, Any] = {}
    for draft in drafts:
        for name, found in draft.fields.items():
            schema = _schema(found, draft.values)
            if name in properties:
                schema = _either(properties[name], schema)
            if name in properties or len(properties) < MAX_FIELDS:
                properties[name] = schema
    return _with_required(_object(properties), documents)


def _draft(pages: Sequence[Page]) -> _Draft:
    sheets = [Sheet(page) for page in pages if page.words]
    values = Values(segment.text for sheet in sheets for segment in sheet.segments)
    tables = [
        grid for grid in grids.find(sheets, _is_header) if len(grid.rows) > 1 or grid.is_ruled
    ]
    draft = _Draft(values)
    for sheet in sheets:
        near = Surroundings(sheet, Names(()))
        for segment in sheet.segments:
            table = next((grid for grid in tables if segment in grid.used), None)
            if table is None:
                for label, text in _labelled(segment, near):
                    _add(draft, label, text)
            elif table.rows:
                _add_table(draft, table)
    return draft


def _is_header(texts: Sequence[str]) -> bool:
    filled = [" ".join(text.split()) for text in texts if text.strip()]
    if len(filled) < 2 or len(set(filled)) < len(filled):
        return False
    if not all(_is_label(text) and ":" not in text for text in filled):
        return False
    common = sum(1 for text in filled if labels.is_common(text))
    return common == len(filled) if len(filled) == 2 else len(filled) == len(texts) or common > 1


def _labelled(segment: Segment, near: Surroundings) -> Iterator[tuple[str, str]]:
    words = [word.text for word in segment.words]
    colons = [n for n, word in enumerate(words) if COLON.search(word)]
    if not colons:
        if _is_label(segment.text) and (
            labels.is_common(segment.text) or _is_key(segment, near.sheet)
        ):
            for lines, _ in near.around(segment, has_colon=False)[:1]:
                yield segment.text, lines[0].text
        return
    start = 0
    for position in colons:
        label = COLON.split(" ".join(words[start : position + 1]))[0].strip()
        rest = segment.part(position + 1) if position + 1 < len(words) else None
        value = near.before_label(rest) if rest else None
        start = position + 1 + (len(value.words) if value else 0)
        if not _is_label(label):
            continue
        if value:
            yield label, value.text
        elif rest is None:
            for lines, _ in near.around(segment, has_colon=True)[:1]:
                yield label, lines[0].text


def _is_key(segment: Segment, sheet: Sheet) -> bool:
    # The left one of two cells, where a form is drawn as a table.
    if segment.cell is None:
        return False
    table, row, column = segment.cell
    cells = [cell for cell in sheet.page.tables[table].rows[row] if cell.text]
    return column == 0 and len(cells) == 2


def _is_label(text: str) -> bool:
    digits = sum(map(str.isdigit, text))
    return (
        0 < len(text.split()) <= MAX_LABEL_WORDS
        and text[0].isalpha()
        and digits <= 1
        and not text.endswith((".com", ";", "!", "?"))
        and "@" not in text
    )


def _add(draft: _Draft, label: str, text: str) -> None:
    name = snake_case(label)
    if name and name not in draft.fields and text.strip():
        draft.fields[name] = _Column(label, [text])


def _add_table(draft: _Draft, table: Grid) -> None:
    columns: dict[str, _Column] = {}
    for place, header in enumerate(table.header):
        label = " ".join(header.split())
        name = snake_case(label)
        texts = [" ".join(cell.text.split()) for row in table.rows if (cell := row[place])]
        if name and texts:
            columns.setdefault(name, _Column(label, texts))
    tokens = {token for label in table.header for token in labels.tokens(label)}
    name = "line_items" if len(_LINE_ITEMS & tokens) > 1 else "rows"
    if columns and draft.fields.get(name) is None:
        draft.fields[name] = columns
    # Its segments come by one after the other; it is added once.
    table.rows = []


def snake_case(label: str) -> str:
    """A property's name for a label: `invoice_no` for "Invoice No."."""
    plain = unicodedata.normalize("NFKD", label.replace("\N{LATIN SMALL LETTER SHARP S}", "ss"))
    bare = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    return "_".join(re.findall(r"[^\W_]+", re.sub(r"['\u2019]", " ", bare)))[:60].rstrip("_")


def _schema(found: _Column | dict[str, _Column], values: Values) -> dict[str, Any]:
    if isinstance(found, _Column):
        return _type(found, values)
    return {
        "type": "array",
        "items": _object({name: _type(column, values) for name, column in found.items()}),
    }


def _type(column: _Column, values: Values) -> dict[str, Any]:
    texts = column.texts
    if all(text.casefold() in _BOOLEANS for text in texts):
        return {"type": "boolean"}
    if all(_is_date(text, values) for text in texts):
        return {"type": "string", "format": "date"}
    if _TEXTS & set(labels.tokens(column.label)) or any(_is_code(text) for text in texts):
        return {"type": "string"}
    numbers = [values.number(text) for text in texts]
    if any(number is None for number in numbers):
        return {"type": "string"}
    is_whole = not any("." in text or "," in text for text in texts) and all(
        number == int(number) for number in numbers if number is not None
    )
    return {"type": "integer" if is_whole else "number"}


def _is_date(text: str, values: Values) -> bool:
    return len(text) <= 30 and values.date(text) is not None


def _is_code(text: str) -> bool:
    return bool(re.fullmatch(r"0\d+|\d{10,}", text.strip()))


def _either(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    if one == other:
        return one
    kinds = {one["type"], other["type"]}
    if kinds == {"array"}:
        mine, others = one["items"]["properties"], other["items"]["properties"]
        both = {name: _either(mine[name], others[name]) for name in mine if name in others}
        return {"type": "array", "items": _object({**mine, **others, **both})}
    if "array" in kinds:
        return one if one["type"] == "array" else other
    return {"type": "number"} if kinds == {"integer", "number"} else {"type": "string"}


def _object(properties: dict[str, Any], required: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _with_required(schema: dict[str, Any], documents: Sequence[Sequence[Page]]) -> dict[str, Any]:
    # Required is what can be extracted again from every document.
    try:
        outputs = [extraction.extract(schema, pages).output for pages in documents]
    except JobFailure:
        return schema
    properties = {
        name: _with_required_cells(part, [output.get(name) or [] for output in outputs])
        if part["type"] == "array"
        else part
        for name, part in schema["properties"].items()
    }
    required = [
        name for name in properties if all(output.get(name) not in (None, []) for output in outputs)
    ]
    return _object(properties, required)


def _with_required_cells(array: dict[str, Any], lists: Sequence[Any]) -> dict[str, Any]:
    rows = [row for listed in lists for row in listed]
    properties = array["items"]["properties"]
    required = [name for name in properties if rows and all(name in row for row in rows)]
    return {"type": "array", "items": _object(properties, required)}
