"""How much a page looks like each of some kinds of documents, by the words of both."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from workers.documents.page import Page
from workers.local import kinds, words

NAME, OTHER_NAME, DESCRIPTION, CONTENT = 3.0, 1.2, 1.0, 0.7
TITLE_LINES, LARGE = 4, 1.3
TITLE_FACTOR = 2.0
NAME_AS_TITLE, NAME_IN_TITLE = 8.0, 4.0
MOST_COUNTED = 4
# Letters of either half of a compound.
MIN_END = 5


@dataclass(frozen=True)
class Evidence:
    """How much speaks for a kind.

    Attributes:
        score: 0 where nothing does.
        title: the part of it that stands where titles do.
        words: what speaks for it, as it stands in the document, the strongest first.
    """

    score: float
    title: float
    words: tuple[str, ...]


class Kinds:
    """Kinds of documents, by `name` and `description`."""

    def __init__(self, given: Sequence[dict[str, Any]]) -> None:
        self.names = [kind["name"] for kind in given]
        self._phrases = [words.plain(name.replace("_", " ")) for name in self.names]
        self._terms = [_terms(kind["name"], kind["description"]) for kind in given]
        spread = Counter(term for terms in self._terms for term in terms)
        # A word of every kind tells none from another.
        self._weights = {
            term: math.log((len(given) + 1) / count) + 0.1 for term, count in spread.items()
        }

    def evidence(self, page: Page) -> list[Evidence]:
        """What of a page speaks for each kind, in the order in which they were given."""
        body, titles = _Words(page.text), _Words("\n".join(title_lines(page)))
        is_misread = page.is_recognized
        return [
            self._evidence(number, body, titles, is_misread) for number in range(len(self.names))
        ]

    def _evidence(self, number: int, body: _Words, titles: _Words, is_misread: bool) -> Evidence:
        found: dict[str, float] = {}
        title = 0.0
        for term, weight in self._terms[number].items():
            count = body.count(term, is_misread)
            if not count:
                continue
            worth = weight * self._weights[term] * math.sqrt(min(count, MOST_COUNTED))
            if titles.count(term, is_misread):
                title += worth * (TITLE_FACTOR - 1)
            found[term] = worth
        title += self._name_in(titles.text, number)
        # A long description has more to be found, and is no better for it.
        whole = sum(self._terms[number].values())
        score = (sum(found.values()) + title) / math.sqrt(whole)
        strongest = sorted(found, key=lambda term: -found[term])[:5]
        return Evidence(
            score, title / math.sqrt(whole), tuple(body.written(term) for term in strongest)
        )

    def _name_in(self, titles: str, number: int) -> float:
        phrase = self._phrases[number]
        lines = titles.split("\n")
        if phrase in lines:
            return NAME_AS_TITLE
        return NAME_IN_TITLE if any(f" {phrase} " in f" {line} " for line in lines) else 0.0


def title_lines(page: Page) -> list[str]:
    """The lines of a page that say what it is: the first ones, and those in large letters."""
    lines = page.lines
    heights = [box.bottom - box.top for line in lines for box in line]
    usual = median(heights) if heights else 0
    return [
        " ".join(box.text for box in line)
        for number, line in enumerate(lines)
        if number < TITLE_LINES
        or (number < len(lines) / 2 and max(box.bottom - box.top for box in line) > LARGE * usual)
    ]


class _Words:
    """A text's stems, how often each is there, and how it is written."""

    def __init__(self, text: str) -> None:
        self.text = "\n".join(words.plain(line).strip(" .:#-") for line in text.split("\n"))
        self._written: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        for word in text.split():
            for stem in words.stems(word):
                self._counts[stem] += 1
                self._written.setdefault(stem, word.strip(".,:;()[]\"'"))
        # Of compounds, as German has them, both ends.
        self._ends = {
            end: stem
            for stem in self._counts
            for length in range(MIN_END, len(stem) - MIN_END + 1)
            for end in (stem[:length], stem[-length:])
        }

    def count(self, term: str, is_misread: bool) -> int:
        if found := self._counts.get(term, 0):
            return found
        if term in self._ends:
            return self._counts[self._ends[term]]
        return int(is_misread and len(term) > MOST_COUNTED and words.is_near(term, self._counts))

    def written(self, term: str) -> str:
        return self._written.get(term) or self._written.get(self._ends.get(term, ""), term)


def _terms(name: str, description: str) -> dict[str, float]:
    terms: dict[str, float] = {}
    other_names, content = kinds.known(name)
    for weight, found in (
        (NAME, words.stems(name.replace("_", " "))),
        (DESCRIPTION, words.stems(description)),
        (OTHER_NAME, other_names),
        (CONTENT, content),
    ):
        for term in found:
            terms[term] = max(terms.get(term, 0.0), weight)
    return terms or {words.plain(name): NAME}
