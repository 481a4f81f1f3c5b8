"""What pages are about: how near in meaning they are to each kind, whatever words they are in."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from workers.documents.page import Page
from workers.local import encoder, vocabularies
from workers.local.evidence import Evidence, Scores, Sorter
from workers.local.kinds import Kind, hints
from workers.local.terms import spaced

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

# Of a page the beginning says what it is: so many of its lines, and so many characters.
MOST_LINES, LEAST_LETTERS, BEGINNING = 12, 8, 400
# What has fewer words says too little: a cover sheet names what follows, and is none of it.
LEAST_WORDS = 25
# A page is near to a kind that it is more like than it is like all but so many of those that are
# known. How alike they are says little by itself: some pages are a little like everything.
NEARER_KNOWN = 5
# How much it counts that a page is near to any of the kinds, and to one more than to another: words
# tell kinds of one trade apart better. What is this far from all of them is as far as can be.
NEAR, NEARER, FARTHEST = 15.0, 4.0, -0.03
# With how many pages more or less a bundle tells half of what its pages have in common.
FEW_PAGES = 3
LONGEST_QUOTE = 80


@dataclass(frozen=True)
class Gist:
    """How near in meaning a page is to each kind.

    Attributes:
        nearness: from about -0.1 to 0.2 for each kind, 0 for one that takes what is of no other.
        lines: for each of them, the line that is most like it.
    """

    nearness: tuple[float, ...]
    lines: tuple[str, ...]


def scores(
    pages: Sequence[Page],
    kinds: Sequence[Kind],
    instructions: str | None = None,
    is_bundle: bool = False,
) -> list[Scores]:
    """How well each of some pages fits each kind, by its words and by what it is about.

    Args:
        pages: in order; those without words fit none.
        kinds: those that are asked for; one at least.
        instructions: the user's own.
        is_bundle: whether they may be of several documents.
    """
    sorter = Sorter(kinds, instructions)
    read = [sorter.scores(page) for page in pages]
    gists = of_pages(pages, kinds, instructions)
    if is_bundle:
        gists = _without_common(gists, kinds)
    return [
        _added(scores, gist, kinds, page.number) if gist else scores
        for scores, gist, page in zip(read, gists, pages, strict=True)
    ]


def of_pages(
    pages: Sequence[Page], kinds: Sequence[Kind], instructions: str | None = None
) -> list[Gist | None]:
    """What each of some pages is about; None where it says too little.

    Args:
        pages: in order.
        kinds: those that are asked for; one at least.
        instructions: the user's own; a sentence that names a kind describes it.
    """
    lines = [_lines(page) for page in pages]
    texts = [text for own in lines if own for text in (*own, _beginning(own))]
    if not texts:
        return [None for _ in pages]
    asked = encoder.vectors(_said(kinds, instructions or ""))
    # All at once is faster than one by one.
    told = dict(zip(texts, encoder.vectors(texts), strict=True))
    return [
        _gist(own, [told[line] for line in own], told[_beginning(own)], asked) if own else None
        for own in lines
    ]


def _gist(
    texts: Sequence[str],
    lines: Sequence[NDArray[float32]],
    beginning: NDArray[float32],
    asked: NDArray[float32],
) -> Gist:
    import numpy

    meant = (numpy.mean(lines, axis=0) + beginning) / 2
    level = numpy.sort(_known() @ meant)[-NEARER_KNOWN]
    likest = (numpy.stack(lines) @ asked.T).argmax(axis=0)
    return Gist(
        tuple(float(near) for near in asked @ meant - level),
        tuple(texts[line] for line in likest),
    )


def _without_common(gists: Sequence[Gist | None], kinds: Sequence[Kind]) -> list[Gist | None]:
    # The papers of a planning office are all a little like its planning applications: that tells
    # none of them from the others.
    known = [gist.nearness for gist in gists if gist]
    if not known:
        return list(gists)
    apart = [[near - _nearest(nearness, kinds) for near in nearness] for nearness in known]
    share = len(known) / (len(known) + FEW_PAGES)
    common = [share * sum(column) / len(known) for column in zip(*apart, strict=True)]
    return [
        replace(
            gist,
            nearness=tuple(
                near - shared for near, shared in zip(gist.nearness, common, strict=True)
            ),
        )
        if gist
        else None
        for gist in gists
    ]


def _added(scores: Scores, gist: Gist, kinds: Sequence[Kind], page: int) -> Scores:
    # What takes the rest has no meaning of its own.
    nearest = _nearest(gist.nearness, kinds)
    fits, evidence = list(scores.kinds), list(scores.evidence)
    for number, (kind, near) in enumerate(zip(kinds, gist.nearness, strict=True)):
        if kind.is_catch_all:
            continue
        fits[number] += NEAR * max(nearest, FARTHEST) + NEARER * (near - nearest)
        if near > 0 and not evidence[number]:
            quote = textwrap.shorten(gist.lines[number], LONGEST_QUOTE, placeholder=" …")
            evidence[number] = (Evidence(quote, page, near),)
    return replace(scores, kinds=tuple(fits), evidence=tuple(evidence))


def _nearest(nearness: Sequence[float], kinds: Sequence[Kind]) -> float:
    own = [near for near, kind in zip(nearness, kinds, strict=True) if not kind.is_catch_all]
    return max(own, default=0.0)


def _said(kinds: Sequence[Kind], instructions: str) -> list[str]:
    described = zip(kinds, hints(kinds, instructions), strict=True)
    said = [(spaced(kind.name), f"{kind.description} {hint}".strip()) for kind, hint in described]
    return [f"{name}: {description}" if description else name for name, description in said]


def _lines(page: Page) -> list[str]:
    found: list[str] = []
    if len(page.words) < LEAST_WORDS:
        return found
    for line in page.lines:
        text = " ".join(word.text for word in line)[: encoder.MOST_CHARACTERS]
        if sum(map(str.isalpha, text)) >= LEAST_LETTERS:
            found.append(encoder.in_small_letters(text))
        if len(found) == MOST_LINES:
            break
    return found


def _beginning(lines: Sequence[str]) -> str:
    return " ".join(lines)[:BEGINNING]


@cache
def _known() -> NDArray[float32]:
    return encoder.vectors([*vocabularies.known()])
