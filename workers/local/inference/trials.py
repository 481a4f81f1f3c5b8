"""Schemas tried on the documents that they are of: what an extraction does not find is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from workers.documents.page import Page
from workers.local.inference import asking
from workers.local.inference.asking import plain
from workers.local.inference.careers import Schema

Said = dict[str, str]
# As often a property that is not found is asked for as something simpler, or no longer.
_MOST_TRIALS = 4


def proven(
    properties: dict[str, Schema], documents: Sequence[Sequence[Page]], said: Sequence[Said]
) -> Schema:
    """The schema of what an extraction finds again in these documents, where it was found before.

    Args:
        properties: what may be in it.
        documents: the pages of each.
        said: for each document, what a property's label says there.

    Returns:
        A schema that requires what is in every document, or in every row; all else may be null.
    """
    for trial in range(_MOST_TRIALS):
        found = [asking.answers(properties, pages) for pages in documents]
        lost = [name for name in properties if _is_lost(name, found, said)]
        if not lost:
            break
        properties = dict(_without(properties, lost, is_last=trial == _MOST_TRIALS - 1))
    outputs = [asking.answers(properties, pages)[0] for pages in documents]
    schema = _demanding(_strict(properties, outputs))
    return _demanding(_settled(schema, outputs, documents))


def _demanding(schema: Schema) -> Schema:
    properties = {
        name: {**part, "items": _demanding(part["items"])} if _has_rows(part) else part
        for name, part in schema["properties"].items()
    }
    required = [name for name, part in properties.items() if "null" not in part["type"]]
    return {**schema, "properties": properties, "required": required}


def _settled(
    schema: Schema, outputs: Sequence[dict[str, Any]], documents: Sequence[Sequence[Page]]
) -> Schema:
    # Rows may be found only as long as not all that they have is required.
    again = [asking.answers(schema["properties"], pages)[0] for pages in documents]
    for name, part in schema["properties"].items():
        if not _has_rows(part):
            continue
        before, after = ([_known(each.get(name)) for each in found] for found in (outputs, again))
        if before != after:
            columns = part["items"]["properties"]
            part["items"]["properties"] = {one: _nullable(columns[one]) for one in columns}
    return schema


def _known(rows: Any) -> list[dict[str, Any]]:
    # What is null in a row, and what is left out of it, says the same.
    return [{name: value for name, value in row.items() if value is not None} for row in rows or ()]


def _is_lost(name: str, found: Sequence[tuple[dict[str, Any], Said]], said: Sequence[Said]) -> bool:
    # Nowhere, or somewhere else than its label is.
    if all(output.get(name) in (None, []) for output, _ in found):
        return True
    return any(
        not _is_same(told[name], texts[name], output[name])
        for (output, texts), told in zip(found, said, strict=True)
        if name in told and name in texts
    )


def _is_same(told: str, text: str, value: Any) -> bool:
    # Both may have more around them: a text's first line, a date with a time.
    one, other = plain(told), plain(text)
    return one in other or other in one or one == plain(value)


def _without(
    properties: dict[str, Schema], lost: Sequence[str], *, is_last: bool
) -> Iterator[tuple[str, Schema]]:
    for name, schema in properties.items():
        if name not in lost:
            yield name, schema
        elif schema["type"] != "array" and schema != {"type": "string"} and not is_last:
            yield name, {"type": "string"}


def _strict(properties: dict[str, Schema], outputs: Sequence[dict[str, Any]]) -> Schema:
    return {
        "type": "object",
        "properties": {
            name: _array(schema, [row for output in outputs for row in output.get(name, ())])
            if _has_rows(schema)
            else _told(schema, name, outputs)
            for name, schema in properties.items()
        },
        "required": [],
        "additionalProperties": False,
    }


def _array(schema: Schema, rows: Sequence[dict[str, Any]]) -> Schema:
    columns = {
        name: column
        for name, column in schema["items"]["properties"].items()
        if any(name in row for row in rows)
    }
    return {"type": "array", "items": _strict(columns, rows)}


def _has_rows(schema: Schema) -> bool:
    return schema["type"] == "array" and "properties" in schema["items"]


def _told(schema: Schema, name: str, outputs: Sequence[dict[str, Any]]) -> Schema:
    if schema["type"] == "array" or all(output.get(name) is not None for output in outputs):
        return schema
    return _nullable(schema)


def _nullable(schema: Schema) -> Schema:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return {**schema, "type": list(dict.fromkeys([*kinds, "null"]))}
