"""The category that a document belongs to, and the words that say so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workers.documents.page import Page
from workers.local.sorting import Evidence, Kinds

# The first page says most; later ones may be of anything.
LATER_PAGES = 0.4
# Where nothing speaks for anything, a category of this meaning is the honest one.
REST = ("other", "others", "unknown", "misc", "miscellaneous", "none", "sonstige", "autre")


def classify(pages: Sequence[Page], categories: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Choose a category.

    Args:
        pages: of the document.
        categories: each with `name` and `description`.

    Returns:
        The `category`, one of the names, and the `reasoning`, with the evidence in quotes.
    """
    kinds = Kinds(categories)
    scores = [0.0] * len(kinds.names)
    found: list[tuple[int, Evidence]] = [(0, Evidence(0, 0, ()))] * len(kinds.names)
    for page in pages:
        share = 1.0 if page.number == 1 else LATER_PAGES
        for number, evidence in enumerate(kinds.evidence(page)):
            scores[number] += share * evidence.score
            if evidence.score * share > found[number][1].score:
                found[number] = (page.number, evidence)
    order = sorted(range(len(scores)), key=lambda number: -scores[number])
    if not scores[order[0]]:
        return _nothing_found(kinds.names)
    return {
        "reasoning": _reasoning(kinds.names, order, scores, found),
        "category": kinds.names[order[0]],
    }


def _nothing_found(names: list[str]) -> dict[str, str]:
    category = next((name for name in names if name.casefold() in REST), names[0])
    reasoning = (
        "No word of the document speaks for any of the categories; "
        f"{category!r} is given since one has to be."
    )
    return {"reasoning": reasoning, "category": category}


def _reasoning(
    names: list[str],
    order: list[int],
    scores: list[float],
    found: list[tuple[int, Evidence]],
) -> str:
    best = order[0]
    page, evidence = found[best]
    said = f"{_quoted(evidence)} on page {page} speak for {names[best]!r}"
    if len(order) == 1 or not scores[order[1]]:
        return f"{said}; nothing speaks for another category."
    second = order[1]
    share = scores[second] / scores[best]
    return (
        f"{said}. Next is {names[second]!r} ({_quoted(found[second][1])}), with {share:.0%} of it."
    )


def _quoted(evidence: Evidence) -> str:
    return ", ".join(f'"{word}"' for word in evidence.words) or "Its place"
