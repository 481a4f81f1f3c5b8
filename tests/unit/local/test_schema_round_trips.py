"""Whatever a document is: what its generated schema has, an extraction finds in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.quality import drawings, everyday
from tests.quality.business import paper
from workers import json_schemas
from workers.documents import reader
from workers.documents.page import Page
from workers.documents.source import Source
from workers.local import extraction, inference

PAPERS = {each["name"]: each["lines"] for each in everyday.papers()}
HEADS = (drawings.labels_left, drawings.labels_above, drawings.two_columns, drawings.boxed)
TABLES = (drawings.ruled, drawings.borderless)


def _read(content: bytes, kind: str = "pdf") -> Sequence[Page]:
    return [page for page, _ in reader.laid_out(Source("a", content, kind), dpi=150)]


def _output(schema: dict[str, Any], pages: Sequence[Page]) -> dict[str, Any]:
    output: dict[str, Any] = extraction.extract(schema, pages).output
    assert json_schemas.Validator(schema).fits(output)
    assert output.keys() == schema["properties"].keys()
    return output


@pytest.mark.parametrize("name", PAPERS)
def test_everything_is_found_in_the_only_document(name: str) -> None:
    pages = _read(everyday.pdf(PAPERS[name]))
    schema = inference.infer([pages])
    assert schema["properties"]
    output = _output(schema, pages)
    assert [key for key, value in output.items() if value in (None, [])] == []
    for key, rows in output.items():
        columns = schema["properties"][key].get("items", {}).get("properties", ())
        assert [one for one in columns if all(row[one] is None for row in rows)] == []


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("locale", ["en", "de"])
def test_everything_is_found_in_one_of_two_documents(
    locale: str, head: drawings.Draw, table: drawings.Draw
) -> None:
    both = [_read(drawings.pdf(paper(seed, locale), head, table)) for seed in (3, 4)]
    schema = inference.infer(both)
    outputs = [_output(schema, pages) for pages in both]
    for key, part in schema["properties"].items():
        found = [output[key] not in (None, []) for output in outputs]
        assert any(found)
        assert all(found) or part["type"] == "array" or "null" in part["type"]


@pytest.mark.parametrize("make", [drawings.text, drawings.docx, drawings.xlsx])
def test_a_papers_data_are_in_what_is_extracted_by_its_own_schema(make: Any) -> None:
    made = paper(5, "en")
    pages = _read(make(made), make.__name__)
    output = _output(inference.infer([pages]), pages)
    wanted = {key: value for key, value in made.truth.items() if not isinstance(value, list)}
    assert set(wanted.values()) <= {value for value in output.values() if not _is_rows(value)}
    [rows] = filter(_is_rows, output.values())
    assert [[*row.values()] for row in rows] == [
        [*row.values()] for row in made.truth["line_items"]
    ]


def _is_rows(value: Any) -> bool:
    return isinstance(value, list)
