"""A page's words in runs: what stands on one line and no wide gap parts, as a label or a title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from workers.documents.layout import Box
from workers.documents.page import Page
from workers.local.terms import folded

# In heights of the smaller of two words: a wider gap than this is no space between words.
WIDE_GAP = 1.4
LARGE, LARGER = 1.4, 1.15
FIRST_LINES, UPPER_LINES = 3, 8
MOST_NEIGHBOURS = 1
# `4. Term of the agreement`, `§ 3 Mietvertrag`, `QUINTA.- DURACIÓN DEL CONTRATO`
_SECTION = re.compile(
    r"(?:§|\d{1,2}(?:\.\d{1,2}){0,3}[.):\-]?\s|[ivx]{1,5}[.)]\s|(?:art(?:icle|ikel|iculo|icolo)?|section|"
    r"abschnitt|clause|clausula|chapter|kapitel|chapitre)\b[.\s]*(?:\d|[ivx]+\b)|(?:primer|segund|tercer|cuart|"
    r"quint|sext|septim|octav|noven|decim)[ao]\b)"
)


@dataclass(frozen=True)
class Run:
    """Some words of a line.

    Attributes:
        words: from left to right.
        line: the number of their line on the page, from 0.
        size: its height, in heights of the page's typical word.
        neighbours: how many runs share its line; among many it is a table's cell, and no title.
    """

    words: tuple[Box, ...]
    line: int
    size: float = 1.0
    neighbours: int = 0

    @cached_property
    def text(self) -> str:
        """Its words, a space between them."""
        return " ".join(word.text for word in self.words)

    @property
    def is_large(self) -> bool:
        """Whether it is larger than the page's text."""
        return self.size >= LARGER

    @property
    def prominence(self) -> float:
        """How much it looks like a title, from 0 to 1, by its size, its place and its letters."""
        large = 1.0 if self.size >= LARGE else 0.7 if self.size >= LARGER else 0.0
        upper = 0.7 if self.line < FIRST_LINES else 0.5 if self.line < UPPER_LINES else 0.0
        if self.neighbours > MOST_NEIGHBOURS:
            upper = 0.0
        capitals = 0.3 if self.text.isupper() and len(self.text) > 3 else 0.0
        return min(max(large, upper) + capitals, 1.0)

    @property
    def is_section(self) -> bool:
        """Whether it is numbered as a section of a document."""
        return bool(_SECTION.match(folded(self.text)))

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(word.right for word in self.words)

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(word.bottom for word in self.words)


def of_page(page: Page) -> list[Run]:
    """A page's runs, line by line."""
    lines = [line for line in page.lines if any(word.text.strip() for word in line)]
    height = median([word.bottom - word.top for word in page.words] or [1.0])
    return [
        Run(tuple(words), number, _height(words) / max(height, 1e-6), len(parts) - 1)
        for number, line in enumerate(lines)
        for parts in [parted([word for word in line if word.text.strip()])]
        for words in parts
    ]


def parted(line: Sequence[Box]) -> list[list[Box]]:
    """A line's words, parted where a wide gap is."""
    parts: list[list[Box]] = []
    for word in line:
        if parts and word.left - parts[-1][-1].right <= WIDE_GAP * _lower(word, parts[-1][-1]):
            parts[-1].append(word)
        else:
            parts.append([word])
    return parts


def _lower(one: Box, other: Box) -> float:
    return min(one.bottom - one.top, other.bottom - other.top)


def _height(words: Sequence[Box]) -> float:
    return median(word.bottom - word.top for word in words)
