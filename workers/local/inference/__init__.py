"""Find the JSON Schema that fits some documents: their labels, and the columns of their tables."""

from __future__ import annotations

from collections.abc import Sequence

from workers.documents.page import Page
from workers.local.extraction import labels
from workers.local.extraction.values import Values
from workers.local.inference import asking, drafts, kinds, trials
from workers.local.inference.careers import Schema
from workers.local.inference.drafts import Draft
from workers.local.inference.naming import snake_case
from workers.local.inference.tables import Column, Columns

__all__ = ["MAX_FIELDS", "infer", "snake_case"]

MAX_FIELDS = 500


def infer(documents: Sequence[Sequence[Page]]) -> Schema:
    """The JSON Schema that fits documents of one kind.

    Args:
        documents: the pages of each.

    Returns:
        A schema of an object, in the order of the documents, of what an extraction finds in them.
        What is in every document is required; all else may be null.
    """
    every = [drafts.draft(pages) for pages in documents]
    for draft in every:
        asking.in_parts(draft)
    labelled: dict[str, Schema] = {}
    said = [_merged(labelled, draft) for draft in every]
    first, last = asking.unlabelled(every, labelled)
    sections = {name: part for draft in every for name, part in draft.sections.items()}
    return trials.proven({**first, **labelled, **last, **sections}, documents, said)


def _merged(properties: dict[str, Schema], draft: Draft) -> trials.Said:
    # Adds a document's to those of the others; its labels' texts by the names that they now have.
    said: trials.Said = {}
    for own, found in draft.fields.items():
        name = _known(own, properties, draft)
        schema = _schema(found, draft.values)
        if name in properties:
            schema = _either(properties[name], schema)
        if name in properties or len(properties) < MAX_FIELDS:
            properties[name] = schema
        if isinstance(found, Column):
            said[name] = found.texts[0]
    return said


def _known(own: str, known: dict[str, Schema], draft: Draft) -> str:
    # Other documents may call it otherwise: `Net total` is `Subtotal`.
    if own in known:
        return own
    tokens = labels.tokens(own)
    others = (name for name in known if name not in draft.fields)
    return next((name for name in others if labels.tokens(name) == tokens), own)


def _schema(found: Column | Columns, values: Values) -> Schema:
    if isinstance(found, Column):
        return kinds.of(found.label, found.texts, values)
    columns = {name: kinds.of(one.label, one.texts, values) for name, one in found.items()}
    return _array(columns)


def _array(columns: dict[str, Schema]) -> Schema:
    return {"type": "array", "items": {"type": "object", "properties": columns}}


def _either(one: Schema, other: Schema) -> Schema:
    if one["type"] != "array" or other["type"] != "array":
        whole = next((each for each in (one, other) if each["type"] == "array"), None)
        return whole or kinds.either(one, other)
    mine, others = one["items"]["properties"], dict(other["items"]["properties"])
    for name in list(others):
        tokens = labels.tokens(name)
        same = (each for each in mine if each not in others and labels.tokens(each) == tokens)
        if (known := next(same, None)) is not None:
            others[known] = others.pop(name)
    both = {name: kinds.either(mine[name], others[name]) for name in mine if name in others}
    return _array({**mine, **others, **both})
