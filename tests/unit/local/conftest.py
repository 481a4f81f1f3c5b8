"""What the tests of the local algorithms share."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.conftest import RunJob
from workers.documents.page import Page, of_text
from workers.documents.tables import CELL_SEPARATOR

Extract = Callable[..., dict[str, Any]]


def page(text: str, number: int = 1) -> Page:
    """A page of plain text; `|` stands between a table's cells."""
    return of_text(text.replace("|", CELL_SEPARATOR), number, CELL_SEPARATOR)


def document(name: str, content: bytes | str, mime: str = "text/plain") -> dict[str, str]:
    """A request's document."""
    data = content.encode() if isinstance(content, str) else content
    return {"filename": name, "url": f"data:{mime};base64,{base64.b64encode(data).decode()}"}


def schema(*required: str, **properties: Any) -> dict[str, Any]:
    """A JSON Schema of an object."""
    return {"type": "object", "properties": properties, "required": list(required)}


@pytest.fixture
def extract(run_job: RunJob) -> Extract:
    """Run `/v1/extractions` on a document; the whole response."""

    def run(json_schema: dict[str, Any], content: bytes | str, name: str = "a.txt") -> Any:
        request = {"document": document(name, content), "json_schema": json_schema}
        return run_job("/v1/extractions", {**request, "model": "local"})

    return run
