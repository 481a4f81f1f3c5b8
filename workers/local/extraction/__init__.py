"""Fill a JSON Schema from a document's pages, by its labels, tables and layout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workers.documents.page import Page
from workers.local.extraction import finding, schemas
from workers.local.extraction.filling import Filled, fill
from workers.local.extraction.schemas import Node

__all__ = ["Filled", "Node", "check", "extract"]


def check(json_schema: dict[str, Any]) -> Node:
    """Read a JSON Schema.

    Raises:
        JobFailure: it is none, or refers to what is not in it; the code is `invalid_json_schema`.
    """
    return schemas.tree(json_schema)


def extract(json_schema: dict[str, Any], pages: Sequence[Page]) -> Filled:
    """Fill a JSON Schema with what a document says.

    Nothing is made up: what is not found is null where it may be, else left out.

    Args:
        json_schema: of an object.
        pages: the document's.

    Raises:
        JobFailure: the schema is unusable (`invalid_json_schema`), or the document does not say
            what it requires (`extraction_failed`).
    """
    root = check(json_schema)
    return fill(root, json_schema, finding.find(root, pages))
