"""The documents that a bundle of pages is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workers.documents.page import Page
from workers.local import beginnings, gist
from workers.local.evidence import DOUBTFUL, Scores
from workers.local.kinds import Kind

# A page's score beyond this makes it no surer; a point of it weighs this much.
SURE, POINT = 8.0, 0.5
# What no kind that was asked for fits is a document of no kind, a little rather than of any; its
# first page tells that, and its next ones hardly.
OF_NO_KIND, TRUST_IN_OTHERS, GOING_ON = 0.6, 0.8, 0.3
# What fits no kind any better than this says nothing.
SILENT = 0.3


@dataclass(frozen=True)
class Part:
    """A document within a bundle: the number of its kind, and its pages, from 1."""

    kind: int
    pages: tuple[int, ...]


def split(pages: Sequence[Page], kinds: Sequence[Kind], instructions: str | None) -> list[Part]:
    """Find the documents of a bundle.

    Args:
        pages: the bundle's, in order.
        kinds: those of the documents that are wanted; one at least.
        instructions: the user's own.

    Returns:
        Each document of such a kind in order. No page is in two, and some may be in none.
    """
    if not pages:
        return []
    scores = gist.scores(pages, kinds, instructions, is_bundle=True)
    begins = beginnings.weights(pages, scores)
    rest = next((number for number, kind in enumerate(kinds) if kind.is_catch_all), None)
    found: list[tuple[int, list[int]]] = []
    for page, (kind, is_new) in zip(pages, _path(scores, begins), strict=True):
        if is_new:
            found.append((kind, []))
        found[-1][1].append(page.number)
    none = len(kinds)
    named = [(rest if kind == none else kind, numbers) for kind, numbers in found]
    return [Part(kind, tuple(numbers)) for kind, numbers in named if kind is not None]


def _path(scores: Sequence[Scores], begins: Sequence[float]) -> list[tuple[int, bool]]:
    # The likeliest sequence of documents: each page goes on with one or begins another, and the
    # pages of one are all of its kind. The last kind is that of none.
    best = _fits(scores[0], is_new=True)
    steps: list[list[tuple[int, bool]]] = []
    for own, begin in zip(scores[1:], begins[1:], strict=True):
        leader = max(range(len(best)), key=lambda kind: best[kind])
        going_on = [total + fit - begin for total, fit in zip(best, _fits(own), strict=True)]
        anew = [best[leader] + fit + begin for fit in _fits(own, is_new=True)]
        steps.append(
            [
                (kind, False) if stays >= leaves else (leader, True)
                for kind, (stays, leaves) in enumerate(zip(going_on, anew, strict=True))
            ]
        )
        best = [max(pair) for pair in zip(going_on, anew, strict=True)]
    kind = max(range(len(best)), key=lambda kind: best[kind])
    path: list[tuple[int, bool]] = []
    for step in reversed(steps):
        origin, is_new = step[kind]
        path.append((kind, is_new))
        kind = origin
    return [(kind, True), *reversed(path)]


def _fits(scores: Scores, is_new: bool = False) -> list[float]:
    fits = [POINT * min(score, SURE) for score in scores.kinds]
    other = max(OF_NO_KIND, TRUST_IN_OTHERS * POINT * min(scores.other, SURE))
    if max(scores.kinds) <= SILENT and scores.other < DOUBTFUL:
        # Nothing on it speaks against what it goes on with, however many such pages there are.
        return [*fits, GOING_ON if is_new else 0.0]
    return [*fits, other if is_new else GOING_ON]
