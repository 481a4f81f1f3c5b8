"""That something has a value: what instructions come to, and JSON does by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workers.forms.answers import TICK, UNTICK


@dataclass(frozen=True)
class Said:
    """That something has a value.

    Attributes:
        name: what was said to have it.
        value: None says that it is to stay empty.
        is_tick: whether it was told to be ticked, and so is a box.
        is_told: whether it was not named, but told of somebody: what was named counts more.
        about: what was told before it, which may say of whom it is.
    """

    name: str
    value: str | None
    is_tick: bool = False
    is_told: bool = False
    about: str = ""


def of_json(text: str) -> list[Said] | None:
    """What a JSON object says of its keys; None where a text is none."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return list(_flat(data)) if isinstance(data, dict) else None


def _flat(data: dict[str, Any]) -> Iterator[Said]:
    waiting = list(data.items())
    while waiting:
        name, value = waiting.pop(0)
        if isinstance(value, dict):
            waiting[:0] = value.items()
        elif isinstance(value, bool):
            yield Said(name, TICK if value else UNTICK)
        elif isinstance(value, list):
            yield Said(name, ", ".join(str(entry) for entry in value))
        elif value is not None:
            yield Said(name, str(value))
