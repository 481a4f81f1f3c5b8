"""What another program answered: is it JSON, and does it fit?"""

from __future__ import annotations

import json
import math
from typing import Any

from jobs_backend.config import settings
from workers import json_schemas
from workers.engines import failures

MAX_PROBLEMS, MAX_PROBLEM_LENGTH = 5, 300
# Some models write what they think before what they say, if their server does not part the two.
_THOUGHTS_END = "</think>"


class NotJson(ValueError):
    """The text is no JSON, or holds numbers that JSON does not have."""


def read(text: str) -> Any:
    """Read JSON as the standard has it.

    Raises:
        NotJson: it is none.
    """
    try:
        return json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except NotJson:
        raise
    except (ValueError, RecursionError) as problem:
        raise NotJson(str(problem)) from None


def read_from_model(text: str) -> Any:
    """Read the JSON that a language model wrote, also where it thought aloud or fenced it in.

    Raises:
        NotJson: there is none, or it nests deeper than JOBS_MAX_JSON_DEPTH.
    """
    text = text.rpartition(_THOUGHTS_END)[2]
    try:
        found = read(text)
    except NotJson:
        start, end = text.find("{"), text.rfind("}")
        if not 0 <= start < end:
            raise
        found = read(text[start : end + 1])
    if is_deeper(found, settings().max_json_depth):
        raise NotJson("it nests too deeply")
    return found


def check(schema: dict[str, Any]) -> None:
    """Find out whether a JSON Schema can be used, before anybody works for it.

    Raises:
        JobFailure: `invalid_json_schema`; or `worker_incomplete`, where nothing can tell.
    """
    try:
        json_schemas.check(schema)
    except ImportError:
        raise failures.incomplete("documents") from None


def problems(value: Any, schema: dict[str, Any] | None) -> list[str]:
    """Why a value does not fit, the first few reasons; none where it does.

    Args:
        value: what was answered.
        schema: what was asked for; None takes any object.

    Raises:
        JobFailure: `invalid_json_schema`: the schema refers to what is not there, or to itself, or
            asks for too much work.
    """
    if schema is None:
        return [] if isinstance(value, dict) else ["It must be a JSON object."]
    return [_told(each) for each in json_schemas.Validator(schema).problems(value, MAX_PROBLEMS)]


def is_deeper(value: Any, most: int) -> bool:
    """Whether JSON nests deeper than so many levels."""
    level = [value]
    for _ in range(most):
        level = [
            inner
            for each in level
            if isinstance(each, (dict, list))
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
    return bool(level)


def _told(problem: Any) -> str:
    message = str(problem.message)
    if len(message) > MAX_PROBLEM_LENGTH:
        message = message[:MAX_PROBLEM_LENGTH] + "..."
    return f"{problem.json_path}: {message}"


def _refuse(constant: str) -> Any:
    raise NotJson(f"{constant} is no number of JSON's")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise NotJson("a number is too large")
    return value
