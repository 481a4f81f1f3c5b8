"""What a page's look says of its kind, whatever its words are: blanks, figures, and its shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workers.documents.page import Page
from workers.local import continuations

# As a paper to sign has a few blanks, and a letter a few figures.
LEAST_BLANKS, LEAST_WORDS, FIGURES = 4, 150, 0.5
LONGEST, QUOTED = 20, 3
# About as much as a typical word that stands as a heading.
BLANK_FORM, FULL_OF_FIGURES = 2.0, 1.2
# In points: a sheet so large, larger than A3, is hung on a wall.
LARGE_SHEET, LARGEST_SHEET = 1_000.0, 20_000.0
POSTER, SLIDE, WANTED = 5.0, 2.5, 2.5
_BLANK = re.compile(
    r"_{4,}|\.{6,}|\u2026{3,}|(?:\. ){8,}|[\u2610\u25a1\u25a2\u274f]|\[ ?\]"
    r"|\b(?i:yes\W{1,3}no|ja\W{1,3}nein|oui\W{1,3}non|s(?:í\W{1,3}|i ?/ ?)no|ja\W{1,3}nee)\b"
)
# A table of contents has dots, too.
_PAGE_BEHIND = re.compile(r"[._\u2026]\s*\d+$")
# `Entwickler (m/w/d)`, `Developer (f/m/x)`, `Développeur (h/f)`
_ANYBODY = re.compile(r"\((?i:[mwfhdx] ?[/|] ?[mwfhdx](?: ?[/|] ?[mwfhdx*])?)\)")


@dataclass(frozen=True)
class Sign:
    """Something in a page's look that speaks for a known kind.

    Attributes:
        kind: the English name of its vocabulary.
        quote: some of what was seen.
        weight: how much it says.
    """

    kind: str
    quote: str
    weight: float


def of_page(page: Page) -> Iterator[Sign]:
    """What a page's look speaks for."""
    lines = [" ".join(word.text for word in line) for line in page.lines]
    blanks = list(_blanks(lines))
    if len(blanks) >= LEAST_BLANKS:
        yield Sign("form", blanks[0], BLANK_FORM)
    yield from _by_shape(page)
    for wanted in _ANYBODY.findall(" ".join(lines))[:1]:
        yield Sign("job description", wanted, WANTED)
    words = [word.text for word in page.words if any(map(str.isalnum, word.text))]
    figures = [word for word in words if 2 * sum(map(str.isdigit, word)) >= len(word)]
    if len(words) >= LEAST_WORDS and len(figures) >= FIGURES * len(words):
        yield Sign("statistics", " ".join(figures[:QUOTED]), FULL_OF_FIGURES)


def _by_shape(page: Page) -> Iterator[Sign]:
    # An image's size is in pixels, and says nothing.
    quote = " ".join(word.text for word in page.words[:QUOTED])
    if not page.is_recognized and LARGE_SHEET <= min(page.width, page.height) <= LARGEST_SHEET:
        yield Sign("conference poster", quote, POSTER)
    elif continuations.is_slide(page):
        yield Sign("presentation", quote, SLIDE)


def _blanks(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        if not _PAGE_BEHIND.search(line):
            yield from (found.group()[:LONGEST] for found in _BLANK.finditer(line))
