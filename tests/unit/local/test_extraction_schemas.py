"""JSON Schemas of every form, and those that cannot be used."""

from __future__ import annotations

from typing import Any

import pytest

from jobs_backend.errors import JobFailure
from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT = "Name: Ada\nAge: 36\nBorn on: 1815-12-10"


def _output(json_schema: dict[str, Any], text: str = TEXT) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


def test_references_and_merged_parts_are_followed() -> None:
    found = _output(
        {
            "type": "object",
            "properties": {"name": {"$ref": "#/$defs/Name"}},
            "allOf": [{"$ref": "#/$defs/Aged"}],
            "$defs": {
                "Name": {"type": "string", "minLength": 2},
                "Aged": {"properties": {"age": {"type": "integer"}}, "required": ["age"]},
            },
        }
    )
    assert found == {"name": "Ada", "age": 36}


def test_recursive_schemas_come_to_an_end() -> None:
    node = {
        "type": "object",
        "properties": {
            "name": {"type": ["string", "null"]},
            "children": {"type": "array", "items": {"$ref": "#/$defs/node"}},
            "parent": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]},
        },
    }
    found = _output({"$ref": "#/$defs/node", "$defs": {"node": node}})
    assert found["name"] == "Ada"
    assert found["parent"] is None


def test_choices_between_scalars_are_all_tried() -> None:
    either = {"anyOf": [{"type": "integer"}, {"type": "string", "maxLength": 2}, {"type": "null"}]}
    assert _output(schema(age=either, name=either)) == {"age": 36, "name": None}


def test_what_is_not_found_is_null_left_out_or_an_empty_list() -> None:
    found = _output(
        schema(
            "height",
            height={"type": ["number", "null"]},
            weight={"type": "number", "default": 7},
            tags={"type": "array", "items": {"type": "string"}},
            rows={"type": "array", "items": schema(a={"type": "string"})},
            kind={"const": "person"},
            nested=schema("b", b={"type": "string"}),
            optional={"type": ["object", "null"], "properties": {"c": {"type": "string"}}},
        )
    )
    assert found == {"height": None, "tags": [], "rows": [], "kind": "person", "optional": None}


def test_what_has_to_be_there_and_is_not_is_named() -> None:
    wanted = schema("a/b", "inner", **{"a/b": {"type": "string"}}, inner=schema("x", x={}))
    with pytest.raises(JobFailure) as raised:
        _output(wanted)
    assert raised.value.code == "extraction_failed"
    assert raised.value.details == {"missing": ["/a~1b", "/inner/x"]}
    assert "a~1b" in raised.value.message


def test_rules_between_fields_are_checked_at_the_end() -> None:
    wanted = {**schema(name={"type": "string"}), "dependentRequired": {"name": ["address"]}}
    with pytest.raises(JobFailure) as raised:
        _output(wanted)
    assert raised.value.code == "extraction_failed"


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "objekt"},
        {"properties": {"a": {"type": 7}}},
        {"properties": {"a": {"$ref": "https://example.com/schema.json"}}},
        {"properties": {"a": {"$ref": "#/$defs/none"}}},
        {"properties": {"a": {"type": "string", "pattern": "("}}},
        {"properties": {"a": {"enum": "x"}}},
        {"required": "a"},
    ],
)
def test_what_is_no_schema_is_refused_before_anything_else(wrong: dict[str, Any]) -> None:
    with pytest.raises(JobFailure) as raised:
        extraction.check(wrong)
    assert raised.value.code == "invalid_json_schema"


@pytest.mark.parametrize(
    "endless",
    [
        {"allOf": [{"type": "object"}, {"$ref": "#"}]},
        {"properties": {"name": {"$ref": "#/properties/name"}}},
    ],
)
def test_a_schema_that_is_nothing_but_itself_is_refused(endless: dict[str, Any]) -> None:
    with pytest.raises(JobFailure) as raised:
        _output(endless)
    assert raised.value.code == "invalid_json_schema"


def test_lists_that_have_no_room_for_what_is_found_are_empty() -> None:
    tags = {"type": "array", "items": {"type": "string"}}
    assert _output(schema(tags={**tags, "maxItems": 1}), "Tags: a, b") == {"tags": []}
    with pytest.raises(JobFailure) as raised:
        _output(schema("tags", tags={**tags, "minItems": 3}), "Tags: a, b")
    assert raised.value.details == {"missing": ["/tags"]}


def test_nesting_beyond_reason_ends_well() -> None:
    deep: dict[str, Any] = {"type": "string"}
    for _ in range(3000):
        deep = {"type": "object", "properties": {"a": deep}}
    with pytest.raises(JobFailure):
        extraction.check(deep)


def test_a_schema_that_says_nothing_is_filled_with_nothing() -> None:
    assert _output({}) == {}
    assert _output({"properties": {"$ref": {"type": "string"}, "": {}, "default": {}}}) == {}


def test_empty_documents_have_nothing() -> None:
    wanted = schema(name={"type": ["string", "null"]})
    assert extraction.extract(wanted, []).output == {"name": None}
    assert _output(wanted, "") == {"name": None}
