"""Values as JSON text: fast, with whole numbers of any length, and as deep as they may be."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import orjson

# orjson has whole numbers of 64 bits, and 254 levels.
LARGE = 2**63
DEEP = 250


def dumps(value: Any, default: Callable[[Any], Any] | None = None) -> bytes:
    """A value of JSON, or one with `orjson.Fragment`s in it, as UTF-8.

    Args:
        value: the value.
        default: gives what stands for something in it that JSON has no form for; it may be asked
            twice.
    """
    try:
        return orjson.dumps(value, default)
    except orjson.JSONEncodeError:
        return orjson.dumps(_within_limits(value, 1), default)


def _within_limits(value: Any, depth: int) -> Any:
    if depth > DEEP:
        return orjson.Fragment(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    if isinstance(value, dict):
        return {key: _within_limits(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_within_limits(item, depth + 1) for item in value]
    is_large = isinstance(value, int) and not -LARGE <= value < LARGE
    return orjson.Fragment(str(value)) if is_large else value
