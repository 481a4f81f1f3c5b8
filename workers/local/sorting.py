"""Which kind of document a document is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workers.documents.page import Page
from workers.local import gist
from workers.local.evidence import DOUBTFUL, Evidence, Scores
from workers.local.kinds import Kind

# How many pieces of evidence a reasoning quotes.
QUOTED = 4


@dataclass(frozen=True)
class Verdict:
    """The kind of a document, by its number, and why."""

    kind: int
    reasoning: str


def classify(
    pages: Sequence[Page], kinds: Sequence[Kind], instructions: str | None = None
) -> Verdict:
    """Find the kind of a document.

    Args:
        pages: its pages, in order.
        kinds: those that it may be of; one at least.
        instructions: the user's own.
    """
    read = gist.scores([page for page in pages if page.words], kinds, instructions)
    totals = [
        sum(scores.kinds[number] / (1 + rank) for rank, scores in enumerate(read))
        for number in range(len(kinds))
    ]
    order = sorted(range(len(kinds)), key=lambda number: (-totals[number], number))
    rest = next((number for number, kind in enumerate(kinds) if kind.is_catch_all), None)
    is_doubtful = totals[order[0]] < DOUBTFUL or bool(read and read[0].is_of_another_kind)
    if rest is not None and is_doubtful:
        order = [rest, *(number for number in order if number != rest)]
    return Verdict(order[0], _reasoning(order, kinds, read))


def _reasoning(order: Sequence[int], kinds: Sequence[Kind], read: Sequence[Scores]) -> str:
    best = kinds[order[0]].name
    quotes = _quotes(order[0], read)
    if quotes:
        reason = f"{quotes} {'speak' if ',' in quotes else 'speaks'} for {best}."
    else:
        reason = f"Nothing that was read speaks for one of the categories; {best} is a guess."
        if kinds[order[0]].is_catch_all:
            reason = f"No other category fits well, so that it is {best}."
    if len(order) == 1:
        return f"{reason} There was no other category to choose from."
    runner_up = _quotes(order[1], read)
    because = f" ({runner_up})" if runner_up else ", for which nothing speaks"
    return f"{reason} The runner-up was {kinds[order[1]].name}{because}."


def _quotes(kind: int, read: Sequence[Scores], most: int = QUOTED) -> str:
    best: dict[str, Evidence] = {}
    for scores in read:
        for evidence in scores.evidence[kind]:
            known = best.setdefault(evidence.quote.casefold(), evidence)
            if evidence.weight > known.weight:
                best[evidence.quote.casefold()] = evidence
    chosen = sorted(best.values(), key=lambda evidence: (-evidence.weight, evidence.page))[:most]
    return ", ".join(f"“{evidence.quote}” (page {evidence.page})" for evidence in chosen)
