"""JSON Schemas that come with requests: checked against, and never fetched from anywhere."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

MAX_PROBLEMS = 20


def problems(schema: dict[str, Any], value: Any) -> list[str]:
    """What is wrong with a value, in words; empty if it fits.

    Args:
        schema: a JSON Schema, of Draft 2020-12 where it does not say.
        value: any JSON value.
    """
    found: list[str] = []
    try:
        for problem in _validator(schema).iter_errors(value):
            place = "/".join(map(str, problem.absolute_path)) or "the answer"
            found.append(f"{place}: {problem.message[:300]}")
            if len(found) == MAX_PROBLEMS:
                break
    except Exception as problem:  # a reference to nowhere, or one in a circle
        found.append(f"the schema cannot be used: {type(problem).__name__}")
    return found


def is_valid(schema: dict[str, Any]) -> bool:
    """Whether it is a JSON Schema at all."""
    from jsonschema import SchemaError
    from jsonschema.validators import validator_for

    try:
        validator_for(schema, _draft()).check_schema(schema)
    except SchemaError:
        return False
    return True


def _validator(schema: dict[str, Any]) -> Any:
    from jsonschema.validators import validator_for

    # With a registry of its own it looks nothing up on the network.
    return validator_for(schema, _draft())(schema, registry=_registry())


def _draft() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator


@lru_cache
def _registry() -> Any:
    from jsonschema_specifications import REGISTRY

    return REGISTRY
