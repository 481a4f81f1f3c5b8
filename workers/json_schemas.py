"""JSON Schemas as users write them: whether one can be used, and what of a value does not fit it.

A small schema may ask for more work than anybody has time for: references that branch over and
over, or a pattern that tries every way to part a text. So checking a value ends after so many
steps, and patterns are searched for by a library that can give up.
"""

from __future__ import annotations

import functools
import itertools
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from jobs_backend.errors import JobFailure

# A rule looked at is a step, of which a leaf that may be null takes five or six, and a second has
# time for some 50,000.
MAX_STEPS = 300_000
# For all the patterns that one value is looked at with.
PATTERN_SECONDS = 1.0
_VALUES = frozenset(("const", "enum", "default", "examples", "example"))


def check(schema: dict[str, Any]) -> None:
    """Whether a JSON Schema is one, of the draft that it names, or else of 2020-12.

    Raises:
        JobFailure: `invalid_json_schema`: it is none, or holds a pattern that cannot be used.
    """
    import regex
    from jsonschema.exceptions import SchemaError

    try:
        _draft(schema).check_schema(schema)
    except SchemaError as problem:
        raise invalid(f"at {problem.json_path}: {problem.message[:200]}") from None
    except RecursionError:
        raise invalid("it is nested too deeply") from None
    for part in parts(schema):
        # Which properties a pattern is for is asked there by a search that never gives up.
        if {"patternProperties", "unevaluatedProperties"} <= part.keys():
            raise invalid("it has unevaluatedProperties beside patternProperties")
        for pattern in _patterns(part):
            try:
                regex.compile(pattern)
            except (regex.error, OverflowError, RecursionError):
                raise invalid(f"its pattern {pattern[:100]!r} cannot be used") from None


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


class Validator:
    """What checks values against a schema. It fetches nothing and checks no formats.

    Args:
        schema: one that `check` had nothing against, or a part of one.
    """

    def __init__(self, schema: dict[str, Any]) -> None:
        from referencing import Registry

        # An empty registry: a reference to another host is not followed.
        self._validator = _bounded(_draft(schema))(schema, registry=Registry())

    def fits(self, value: Any) -> bool:
        """Whether a value fits.

        Raises:
            JobFailure: as `problems`.
        """
        return not self.problems(value, 1)

    def problems(self, value: Any, most: int | None = None) -> list[Any]:
        """Why a value does not fit, as jsonschema's errors: the first few, or all.

        Raises:
            JobFailure: `invalid_json_schema`: the schema refers to what is not there, or to itself,
                or asks for too much work.
        """
        spent = _spent.set(_Spent())
        try:
            return list(itertools.islice(self._validator.iter_errors(value), most))
        except (MemoryError, JobFailure):
            raise
        except RecursionError:
            raise invalid("it refers to itself without an end") from None
        except Exception as problem:  # whatever a reference of it leads to
            raise invalid(str(problem)[:200]) from None
        finally:
            _spent.reset(spent)


@dataclass
class _Spent:
    steps: int = 0
    seconds: float = 0.0


_spent: ContextVar[_Spent] = ContextVar("spent")

_Rule = Callable[[Any, Any, Any, dict[str, Any]], "Iterator[Any] | None"]


def _draft(schema: dict[str, Any]) -> Any:
    from jsonschema.validators import Draft202012Validator, validator_for

    return validator_for(schema, default=Draft202012Validator)


@functools.cache
def _bounded(draft: Any) -> Any:
    from jsonschema.validators import extend

    rules = draft.VALIDATORS.items()
    return extend(draft, {name: _counted(_OURS.get(name, rule)) for name, rule in rules})


def _counted(rule: _Rule) -> _Rule:
    def counted(validator: Any, wanted: Any, value: Any, schema: dict[str, Any]) -> Any:
        spent = _spent.get()
        spent.steps += 1
        if spent.steps > MAX_STEPS:
            raise invalid("checking a value by it takes too long")
        return rule(validator, wanted, value, schema)

    return counted


def _pattern(validator: Any, pattern: str, value: Any, _schema: dict[str, Any]) -> Iterator[Any]:
    from jsonschema.exceptions import ValidationError

    if validator.is_type(value, "string") and not _is_found(pattern, value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _pattern_properties(
    validator: Any, wanted: dict[str, Any], value: Any, _schema: dict[str, Any]
) -> Iterator[Any]:
    if validator.is_type(value, "object"):
        for pattern, rules in wanted.items():
            for key in filter(functools.partial(_is_found, pattern), value):
                yield from validator.descend(value[key], rules, path=key, schema_path=pattern)


def _additional_properties(
    validator: Any, wanted: Any, value: Any, schema: dict[str, Any]
) -> Iterator[Any]:
    from jsonschema.exceptions import ValidationError

    if not validator.is_type(value, "object"):
        return
    named, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    others = [
        key
        for key in value
        if key not in named and not any(_is_found(pattern, key) for pattern in patterns)
    ]
    if validator.is_type(wanted, "object"):
        for key in others:
            yield from validator.descend(value[key], wanted, path=key)
    elif not wanted and others:
        told = ", ".join(map(repr, sorted(others)))
        yield ValidationError(f"Additional properties are not allowed (unexpected: {told})")


# In place of those that would search by `re`, which never gives up and lets no other thread run.
_OURS: dict[str, _Rule] = {
    "pattern": _pattern,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional_properties,
}


def _is_found(pattern: str, text: str) -> bool:
    import regex

    spent, started = _spent.get(), time.monotonic()
    try:
        return bool(regex.search(pattern, text, timeout=max(PATTERN_SECONDS - spent.seconds, 0)))
    except TimeoutError:
        raise invalid(f"its pattern {pattern[:100]!r} takes too long") from None
    finally:
        spent.seconds += time.monotonic() - started


def _patterns(part: dict[str, Any]) -> list[str]:
    pattern, keyed = part.get("pattern"), part.get("patternProperties")
    found = [pattern] if isinstance(pattern, str) else []
    return found + (list(keyed) if isinstance(keyed, dict) else [])
