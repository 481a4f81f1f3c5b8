"""Several answers to one question made into one, and how far each leaf is agreed on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any


def merged(choices: Sequence[Any]) -> tuple[Any, Any]:
    """The answer that most agree on, leaf by leaf.

    Objects are merged by key, lists by position, with as many items as most of them have. Where as
    many say one thing as another, the one that was said first counts.

    Args:
        choices: at least one answer, JSON values.

    Returns:
        The answer, and the same with the share of the choices that agree in place of each leaf.
    """
    return _merged(list(choices), len(choices))


def nearest(choices: Sequence[Any], wanted: Any) -> Any:
    """The choice that has the most leaves in common with an answer; the first of the best."""
    leaves = set(_leaves(wanted, ""))
    return max(choices, key=lambda choice: len(leaves & set(_leaves(choice, ""))))


def _merged(values: list[Any], total: int) -> tuple[Any, Any]:
    kind = _most(values, _kind)[0]
    alike = [value for value in values if _kind(value) == kind]
    if kind == "object":
        return _merged_objects(alike, total)
    if kind == "array":
        return _merged_arrays(alike, total)
    best, count, _ = _most(alike, _key)
    # Of spellings of one and the same, the most frequent.
    return _most([each for each in alike if _key(each) == best], json.dumps)[2], count / total


def _merged_objects(values: list[dict[str, Any]], total: int) -> tuple[Any, Any]:
    names = list(dict.fromkeys(name for value in values for name in value))
    output, likelihoods = {}, {}
    for name in names:
        having = [value[name] for value in values if name in value]
        if 2 * len(having) > len(values) or (2 * len(having) == len(values) and name in values[0]):
            output[name], likelihoods[name] = _merged(having, total)
    return output, likelihoods


def _merged_arrays(values: list[list[Any]], total: int) -> tuple[Any, Any]:
    length = len(_most(values, len)[2])
    columns = [[value[n] for value in values if len(value) > n] for n in range(length)]
    pairs = [_merged(column, total) for column in columns]
    return [output for output, _ in pairs], [likelihood for _, likelihood in pairs]


def _most(values: list[Any], key: Any) -> tuple[Any, int, Any]:
    # The most frequent key, how often it is there, and the first value that has it.
    counts: dict[Any, int] = {}
    first: dict[Any, Any] = {}
    for value in values:
        found = key(value)
        counts[found] = counts.get(found, 0) + 1
        first.setdefault(found, value)
    best = max(counts, key=lambda found: counts[found])
    return best, counts[best], first[best]


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "object"
    return "array" if isinstance(value, list) else "leaf"


def _key(value: Any) -> tuple[str, Any]:
    # What counts as the same.
    if isinstance(value, bool) or value is None:
        return "constant", value
    if isinstance(value, (int, float)):
        return "number", round(float(value), 9)
    if isinstance(value, str):
        return "text", " ".join(value.split()).casefold()
    return "other", json.dumps(value, sort_keys=True)


def _leaves(value: Any, place: str) -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [leaf for name, item in value.items() for leaf in _leaves(item, f"{place}/{name}")]
    if isinstance(value, list):
        return [leaf for n, item in enumerate(value) for leaf in _leaves(item, f"{place}/{n}")]
    return [(place, _key(value))]
