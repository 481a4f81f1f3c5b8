"""Whether a JSON Schema can be used, and what checks values against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jobs_backend.errors import JobFailure

_VALUES = frozenset(("const", "enum", "default", "examples", "example"))


def check(schema: dict[str, Any]) -> None:
    """Whether a JSON Schema is one.

    Raises:
        JobFailure: it is none, or holds a pattern that cannot be used.
    """
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as problem:
        raise invalid(f"at {problem.json_path}: {problem.message[:200]}") from None
    except RecursionError:
        raise invalid("it is nested too deeply") from None
    for part in parts(schema):
        for pattern in _patterns(part):
            try:
                re.compile(pattern)
            except (re.error, OverflowError, RecursionError):
                raise invalid(f"its pattern {pattern[:100]!r} cannot be used") from None


def validator(schema: dict[str, Any]) -> Any:
    """What checks values against a schema. It fetches nothing and checks no formats."""
    from jsonschema import Draft202012Validator
    from referencing import Registry

    return Draft202012Validator(schema, registry=Registry())


def parts(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A schema and all the schemas in it."""
    left: list[Any] = [schema]
    while left:
        part = left.pop()
        if isinstance(part, dict):
            yield part
            left += [value for key, value in part.items() if key not in _VALUES]
            # A property may be called `default`.
            left += [part[key] for key in _VALUES & part.keys() if isinstance(part[key], dict)]
        elif isinstance(part, list):
            left += part


def invalid(problem: str) -> JobFailure:
    """The failure of a schema that cannot be used.

    Args:
        problem: what is wrong with it, in words.
    """
    return JobFailure("invalid_json_schema", f"The json_schema cannot be used: {problem}.")


def _patterns(part: dict[str, Any]) -> list[str]:
    pattern, keyed = part.get("pattern"), part.get("patternProperties")
    found = [pattern] if isinstance(pattern, str) else []
    return found + (list(keyed) if isinstance(keyed, dict) else [])
