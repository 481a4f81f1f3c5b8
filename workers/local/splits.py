"""The documents that a bundle is made of: the likeliest way of cutting it into kinds.

Each page speaks for some kinds by its words, and for or against going on with the page before by
what it says of its place. The cut is the one that all of them together speak for most (Viterbi's
method).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workers.documents.page import Page
from workers.local import furniture
from workers.local.furniture import Furniture
from workers.local.sorting import Evidence, Kinds

# A page that nothing speaks for goes on with the one before, or is left out.
NONE = -1
NOTHING_SCORE = 0.6
MOST_SCORE = 6.0
GOES_ON, NUMBERED_ON, SAME_EDGES, BEGINS = 0.7, 4.0, 0.2, -3.0
# No document begins with a page that says nothing of it.
FROM_NOTHING = -1.0
# So much of the first page's title another one needs to begin another document of the same kind.
SAME_TITLE = 0.6


def split(pages: Sequence[Page], subdocuments: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Cut a bundle into documents.

    Args:
        pages: of the bundle.
        subdocuments: the kinds that it may hold, each with `name`, `description` and
            `allow_multiple_instances`.

    Returns:
        The documents by their first page, each with its `name` and `pages`, from 1. A page is in
        one of them at the most.
    """
    if not pages:
        return []
    kinds = Kinds(subdocuments)
    evidence = [kinds.evidence(page) for page in pages]
    places = [furniture.of(page) for page in pages]
    path = _likeliest(evidence, places)
    parts: list[dict[str, Any]] = []
    for number, kind in enumerate(path):
        if kind == NONE:
            continue
        is_many = subdocuments[kind]["allow_multiple_instances"]
        part = _open_part(parts, kinds.names[kind], number, path, is_many)
        if part is None or (is_many and _begins(number, kind, part, evidence, places)):
            part = {"name": kinds.names[kind], "pages": []}
            parts.append(part)
        part["pages"].append(pages[number].number)
    return parts


def _likeliest(evidence: list[list[Evidence]], places: list[Furniture]) -> list[int]:
    states = [NONE, *range(len(evidence[0]))]
    best = {state: _speaks(evidence[0], state) for state in states}
    came_from: list[dict[int, int]] = []
    for number in range(1, len(evidence)):
        step: dict[int, int] = {}
        following: dict[int, float] = {}
        going_on = _going_on(places[number - 1], places[number])
        for state in states:
            before = max(
                states,
                key=lambda other: best[other] + _moves(other, state, going_on, evidence[number]),
            )
            step[state] = before
            following[state] = (
                best[before]
                + _moves(before, state, going_on, evidence[number])
                + _speaks(evidence[number], state)
            )
        best = following
        came_from.append(step)
    state = max(states, key=lambda each: best[each])
    path = [state]
    for step in reversed(came_from):
        state = step[state]
        path.append(state)
    return path[::-1]


def _speaks(found: list[Evidence], state: int) -> float:
    if state == NONE:
        return NOTHING_SCORE
    return min(found[state].score, MOST_SCORE)


def _moves(before: int, state: int, going_on: float, found: list[Evidence]) -> float:
    if state == NONE:
        return 0.0
    if before == state:
        return going_on
    return 0.0 if found[state].score else FROM_NOTHING


def _going_on(before: Furniture, page: Furniture) -> float:
    if page.continues(before):
        return NUMBERED_ON
    if page.begins():
        return BEGINS
    if page.has_title:
        return 0.0
    return GOES_ON + (SAME_EDGES if page.has_edges_of(before) else 0.0)


def _open_part(
    parts: list[dict[str, Any]], name: str, number: int, path: list[int], is_many: bool
) -> dict[str, Any] | None:
    # The part that a page may go on with: the one before it, or the only one of its kind.
    if is_many:
        is_next = number > 0 and path[number - 1] == path[number]
        return parts[-1] if is_next and parts else None
    return next((part for part in parts if part["name"] == name), None)


def _begins(
    number: int,
    kind: int,
    part: dict[str, Any],
    evidence: list[list[Evidence]],
    places: list[Furniture],
) -> bool:
    before, place = places[number - 1], places[number]
    if place.continues(before):
        return False
    if place.begins():
        return True
    first = evidence[number - len(part["pages"])][kind].title
    return first > 0 and evidence[number][kind].title >= SAME_TITLE * first
