"""Which items of two lists are the same one, though an item may lack in either of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

# Longer lists are aligned by position where they differ: the time grows with their product.
MAX_COMPARISONS = 40_000
# A pair of items that have nothing in common is still better than none.
PAIRED = 1e-6

MISSING: Any = type("Missing", (), {"__repr__": lambda _: "MISSING"})()

Leaves = frozenset[tuple[Hashable, ...]]


def aligned(pattern: Sequence[Any], lists: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Lists' items, each in the place of the pattern's item that it is most like.

    All lists keep their order. Items that no place is left for are dropped.

    Returns:
        For each list as many items as the pattern has, MISSING in the places that none is for.
    """
    ours = [leaves(item) for item in pattern]
    return [
        [MISSING if place is None else items[place] for place in _places(ours, items)]
        for items in lists
    ]


def most_typical(lists: Sequence[list[Any]]) -> list[Any]:
    """The list that more than half of them are; else the one whose items most of the others have.

    The first of several.
    """
    items = [tuple(leaves(item) for item in each) for each in lists]
    spread = Counter(item for each in items for item in set(each))
    orders = Counter(items)
    scores = [
        (2 * orders[each] > len(items), sum(spread[item] for item in each), orders[each])
        for each in items
    ]
    return lists[scores.index(max(scores))]


def likeness(one: Any, other: Any) -> float:
    """How much of two JSON values is the same, from 0 to 1."""
    return _overlap(leaves(one), leaves(other))


def leaves(value: Any) -> Leaves:
    """What a JSON value holds, each leaf with the way to it, in a form that can be compared."""
    return frozenset(_leaves(value, ()))


def folded(value: Any) -> Hashable:
    """A leaf in a form that is equal for what counts as the same."""
    if isinstance(value, str):
        return "".join(value.split()).casefold()
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return (type(value).__name__, value)
    return round(value, 9)


def _leaves(value: Any, way: tuple[Hashable, ...]) -> Iterator[tuple[Hashable, ...]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, (*way, name))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _leaves(inner, (*way, position))
    else:
        yield (*way, folded(value))


def _places(ours: Sequence[Leaves], items: Sequence[Any]) -> Iterator[int | None]:
    # For each of ours, which of the items stands in its place. What is equal in both divides what
    # is not; equal items that are frequent do not, since they might be any of them.
    theirs = [leaves(item) for item in items]
    if theirs == ours:
        yield from range(len(ours))
        return
    for tag, start, end, other, other_end in SequenceMatcher(None, ours, theirs).get_opcodes():
        if tag == "equal":
            yield from range(other, other_end)
        else:
            for place in _places_by_likeness(ours[start:end], theirs[other:other_end]):
                yield None if place is None else other + place


def _places_by_likeness(ours: Sequence[Leaves], theirs: Sequence[Leaves]) -> list[int | None]:
    if len(ours) * len(theirs) > MAX_COMPARISONS:
        return [at if at < len(theirs) else None for at in range(len(ours))]
    best = _best_sums(ours, theirs)
    places: list[int | None] = []
    at = 0
    while len(places) < len(ours) and at < len(theirs):
        position = len(places)
        if best[position][at] == _paired_sum(best, ours, theirs, position, at):
            places.append(at)
            at += 1
        elif best[position][at] == best[position + 1][at]:
            places.append(None)
        else:
            at += 1
    return places + [None] * (len(ours) - len(places))


def _best_sums(ours: Sequence[Leaves], theirs: Sequence[Leaves]) -> list[list[float]]:
    # How alike the rests of both lists are from here on, where they are aligned best.
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for position in reversed(range(len(ours))):
        for at in reversed(range(len(theirs))):
            best[position][at] = max(
                _paired_sum(best, ours, theirs, position, at),
                best[position + 1][at],
                best[position][at + 1],
            )
    return best


def _paired_sum(
    best: Sequence[Sequence[float]],
    ours: Sequence[Leaves],
    theirs: Sequence[Leaves],
    position: int,
    at: int,
) -> float:
    return best[position + 1][at + 1] + PAIRED + _overlap(ours[position], theirs[at])


def _overlap(one: Leaves, other: Leaves) -> float:
    if not one and not other:
        return 1.0
    return len(one & other) / len(one | other)
