"""Values of a key on pages that no label says them on: known ones, and others that look alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.documents.page import Page
from workers.local.labels import Labelled
from workers.local.terms import folded, terms
from workers.local.values import same

# How much has to speak for a page's beginning a document: on others, mentions are of other papers.
BEGINS = -1.0
# As surely as a label says one.
KNOWN, ALIKE = 0.7, 0.6
# Shorter ones stand on pages by chance.
SHORTEST, LEAST_DIGITS, LONGEST_PLAIN = 5, 3, 8
MOST_WORDS = 6
_TITLES = frozenset(
    terms(
        "mr mrs ms miss mx dr drs prof sir dame herr herrn frau m mm mme mlle madame monsieur sr "
        "sra srta don dona sig sigra dhr mevr senhor senhora"
    )
)
_WORD = re.compile(r"[^\W_]+")
Window = tuple[str, float]


def filled(
    pages: Sequence[Page], found: Sequence[list[Labelled]], begins: Sequence[float]
) -> list[list[Labelled]]:
    """The values of each page: labelled ones, or the one mentioned where something begins.

    Args:
        pages: the document's.
        found: for each, its labelled values.
        begins: for each, how much speaks for its beginning a document.
    """
    known: dict[str, str] = {}
    for value in (value.value for values in found for value in values):
        if len(same(value)) >= SHORTEST:
            known.setdefault(identity(value), value)
    shapes = {shape for values in found for value in values if (shape := _telling(value.value))}
    sizes = {len(value.value.split()) for values in found for value in values}
    return [
        values or (_mentioned(page, known, shapes, sizes) if begin > BEGINS else [])
        for page, values, begin in zip(pages, found, begins, strict=True)
    ]


def identity(value: str) -> str:
    """A value as it is compared: `WICK, Ann` is `Mrs Ann Wick`, and `A 17` is `A-17`."""
    if any(map(str.isdigit, value)):
        return same(value)
    words = [word for word in _WORD.findall(folded(value)) if not _TITLES.issuperset(terms(word))]
    # Initials may be left out.
    names = [word for word in words if len(word) > 1]
    return " ".join(sorted(names if len(names) > 1 else words))


def shape(value: str) -> str:
    """What letters and digits a value is made of, whichever they are."""
    return re.sub(r"[^\W\d]", "a", re.sub(r"\d", "0", value))


def _telling(value: str) -> str | None:
    # `K4EX0118` looks like few other numbers, `4711` like many.
    digits = sum(map(str.isdigit, value))
    is_mixed = digits < len(value) and digits >= LEAST_DIGITS and len(value) > SHORTEST
    return shape(value) if is_mixed or digits > LONGEST_PLAIN else None


def _mentioned(
    page: Page, known: dict[str, str], shapes: set[str], sizes: set[int]
) -> list[Labelled]:
    windows = list(_windows(page, sizes))
    for text, top in windows:
        if (own := known.get(identity(text))) is not None:
            return [Labelled(own, KNOWN, top)]
    alike = {same(text): (text, top) for text, top in windows if shape(text) in shapes}
    return [Labelled(text, ALIKE, top) for text, top in alike.values()] if len(alike) == 1 else []


def _windows(page: Page, sizes: set[int]) -> Iterator[Window]:
    # Names may have a title or an initial more.
    most = min(max(sizes, default=0) + 1, MOST_WORDS)
    for line in page.lines:
        for start in range(len(line)):
            for size in range(1, min(most, len(line) - start) + 1):
                words = line[start : start + size]
                text = " ".join(word.text for word in words).strip(" .,;:()[]\"'")
                yield text, words[0].top
