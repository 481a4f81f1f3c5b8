"""Schemas of any kind are answered in time, and patterns mean what they mean elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from jobs_backend.errors import JobFailure
from workers import json_schemas
from workers.local.extraction import schemas

SLOW = "(?:x|x?)+y(?:x|x?)+z"


def branching(by: str, times: int, levels: int) -> dict[str, Any]:
    """A short schema that is `times ** levels` long once its references are followed."""
    levels_of_it: dict[str, Any] = {
        f"d{n}": {by: [{"$ref": f"#/$defs/d{n + 1}"}] * times} for n in range(levels)
    }
    return {
        "type": "object",
        "$defs": {**levels_of_it, f"d{levels}": {"type": "string"}},
        "properties": {"total": {"$ref": "#/$defs/d0"}},
    }


@pytest.mark.parametrize(("times", "levels"), [(10, 9), (2, 25)])
@pytest.mark.parametrize("by", ["allOf", "anyOf", "oneOf"])
def test_references_that_branch_over_and_over_are_refused(
    by: str, times: int, levels: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_schemas, "MAX_STEPS", 10_000)
    monkeypatch.setattr(schemas, "MAX_FOLLOWED", 10_000)
    schema = branching(by, times, levels)
    json_schemas.check(schema)
    for use in (schemas.tree, lambda schema: _problems(schema, {"total": 5})):
        with pytest.raises(JobFailure) as raised:
            use(schema)
        assert raised.value.code == "invalid_json_schema"


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"total": {"pattern": SLOW}}},
        {"patternProperties": {SLOW: {"type": "number"}}},
        {"patternProperties": {SLOW: {}}, "additionalProperties": False},
        {"additionalProperties": {"minLength": 1}, "patternProperties": {SLOW: {}}},
        {"propertyNames": {"pattern": SLOW}},
    ],
)
def test_a_pattern_that_tries_every_way_is_given_up(
    schema: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_schemas, "PATTERN_SECONDS", 0.1)
    json_schemas.check(schema)
    slow = "x" * 4000 + "y" + "x" * 4000
    with pytest.raises(JobFailure, match="pattern"):
        _problems(schema, {"total": slow, slow: 1})


@pytest.mark.parametrize(
    "schema",
    [
        {"patternProperties": {"^a": {"type": "number"}, "b$": {"minimum": 3}}},
        {"patternProperties": {"^a": {}}, "additionalProperties": False},
        {"properties": {"ab": {}}, "additionalProperties": {"type": "string"}},
        {"properties": {"ab": {}}, "additionalProperties": False},
        {"patternProperties": {"^a": {}}, "additionalProperties": {"type": "boolean"}},
        {"propertyNames": {"pattern": "^[a-z]{2}$"}},
        {"properties": {"ab": {"pattern": "^[0-9]+$"}}},
        {"properties": {"ab": {"type": "object", "additionalProperties": False}}},
        {"$schema": "http://json-schema.org/draft-07/schema#", "additionalProperties": False},
        {"$schema": "http://json-schema.org/draft-04/schema#", "additionalProperties": False},
    ],
)
@pytest.mark.parametrize(
    "value",
    [{}, {"ab": 1}, {"ab": "x"}, {"ab": "17", "c": True}, {"ab": {"x": 1}}, {"zb": 2}, [], "ab", 5],
)
def test_what_fits_is_what_jsonschema_says(schema: dict[str, Any], value: Any) -> None:
    json_schemas.check(schema)
    fits = Draft202012Validator(schema).is_valid(value)
    assert json_schemas.Validator(schema).fits(value) is fits


def test_the_draft_that_a_schema_names_is_kept_to() -> None:
    schema = {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "properties": {"total": {"minimum": 3, "exclusiveMinimum": True}},
    }
    json_schemas.check(schema)
    assert not json_schemas.Validator(schema).fits({"total": 3})
    assert json_schemas.Validator(schema).fits({"total": 4})


def test_a_search_that_could_not_be_given_up_is_refused() -> None:
    with pytest.raises(JobFailure) as raised:
        json_schemas.check({"patternProperties": {"a": {}}, "unevaluatedProperties": False})
    assert "unevaluatedProperties" in raised.value.message


def _problems(schema: dict[str, Any], value: Any) -> list[Any]:
    return json_schemas.Validator(schema).problems(value)
