"""One answer out of several: what most of them say, leaf by leaf, and how many say so.

Texts are the same whatever their case and spaces, numbers if they differ by no more than 1e-9. What
is the same in two answers is spelt as most of them spell it. Where it is a draw, the first wins.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from workers.engines import alignment
from workers.engines.alignment import MISSING

TOLERANCE = 1e-9

Fits = Callable[[Any], bool]


def merge(choices: Sequence[Any], fits: Fits = lambda _: True) -> tuple[Any, Any]:
    """Merge several answers to one question.

    Args:
        choices: the answers, JSON values; at least one.
        fits: whether an answer is one that may be given. Where the merged one is not, the choice
            that is most like it is taken.

    Returns:
        The answer; and the same again, with the share of the choices that agree in place of each
        leaf.
    """
    merged = _merged(list(choices))
    if not fits(merged):
        merged = max(choices, key=lambda choice: alignment.likeness(choice, merged))
    return merged, _likelihoods(merged, choices)


def _merged(values: Sequence[Any]) -> Any:
    kind = _most_frequent([_kind(value) for value in values])
    alike = [value for value in values if _kind(value) == kind]
    if kind is dict:
        return _merged_objects(alike)
    if kind is list:
        return _merged_lists(alike)
    return _most_frequent_leaf(alike)


def _merged_objects(objects: Sequence[dict[str, Any]]) -> dict[str, Any]:
    names = dict.fromkeys(name for each in objects for name in each)
    merged = {name: _merged([each.get(name, MISSING) for each in objects]) for name in names}
    return {name: value for name, value in merged.items() if value is not MISSING}


def _merged_lists(lists: Sequence[list[Any]]) -> list[Any]:
    length = _most_frequent([len(each) for each in lists])
    pattern = alignment.most_typical([each for each in lists if len(each) == length])
    columns = zip(*alignment.aligned(pattern, lists), strict=True)
    return [_merged([value for value in column if value is not MISSING]) for column in columns]


def _most_frequent_leaf(values: Sequence[Any]) -> Any:
    spellings = Counter((type(value), value) for value in values)

    def support(value: Any) -> int:
        return sum(n for (_, other), n in spellings.items() if _is_same(value, other))

    _, best = max(spellings, key=lambda spelling: support(spelling[1]))
    same = [spelling for spelling in spellings if _is_same(best, spelling[1])]
    return max(same, key=lambda spelling: spellings[spelling])[1]


def _likelihoods(output: Any, choices: Sequence[Any]) -> Any:
    if isinstance(output, dict):
        return {
            name: _likelihoods(value, [_field(choice, name) for choice in choices])
            for name, value in output.items()
        }
    if isinstance(output, list):
        lists = [choice if isinstance(choice, list) else [] for choice in choices]
        columns = zip(*alignment.aligned(output, lists), strict=True)
        return [_likelihoods(value, column) for value, column in zip(output, columns, strict=True)]
    return sum(_is_same(output, choice) for choice in choices) / len(choices)


def _field(choice: Any, name: str) -> Any:
    return choice.get(name, MISSING) if isinstance(choice, dict) else MISSING


def _kind(value: Any) -> Any:
    return type(value) if isinstance(value, (dict, list)) or value is MISSING else None


def _is_same(one: Any, other: Any) -> bool:
    if _is_number(one) and _is_number(other):
        try:
            return one == other or math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
        except OverflowError:  # a whole number may be too large for a float
            return False
    return bool(alignment.folded(one) == alignment.folded(other))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _most_frequent(values: Sequence[Hashable]) -> Any:
    # A Counter keeps the order in which it met them, and gives the first of several back.
    return Counter(values).most_common(1)[0][0]
