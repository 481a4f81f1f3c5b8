"""Sentences as clauses of words, where a date or a number of several words is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workers.forms import loose_lines, wording
from workers.forms.paraphrases import PHONE
from workers.local.extraction import dates, shapes

_LONGEST, _MOST_CLAUSES, _MOST_WORDS = 20_000, 300, 60
_SHAPED = re.compile(
    rf"{shapes.SHAPES['email'].pattern}|{dates.DATE.pattern}|(?<![\w/.-]){PHONE}(?![\w/-])"
    r"|(?<![\d.,:])\d{1,2}:\d{2}(?![\d:])(?:\s?[ap]m\b|\sUhr\b)?"
    r"|(?<![\d.,:])\d{1,2}(?:\.\d{2})?\s?(?:[ap]m|Uhr)\b",
    re.I,
)
_WORD = re.compile(r"\S+")
_OPENING, _CLOSING = (
    "([\"'\u201c\u201e\u00ab\u2018\u00bf\u00a1",
    ")]\"'\u201d\u201c\u00bb\u2019.,;:!?",
)
_ENDS = re.compile(r"[,;:)\]!?]+$")
_JOINT_WORDS = (
    "and und et y e but aber mais pero ma or oder ou o who which where dont while when if although "
    "though unless whenever - \u2013 \u2014"
)
_JOINTS = frozenset(_JOINT_WORDS.split())


@dataclass(frozen=True)
class Word:
    """A word, or what is read as one.

    Attributes:
        text: without the signs around it.
        start, end: where it stands in the whole text.
        is_shaped: whether it is a date, a number or an address by its form.
    """

    text: str
    start: int
    end: int
    is_shaped: bool = False

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter or has a digit in it."""
        return self.text[:1].isupper() or self.has_digit

    @property
    def has_digit(self) -> bool:
        """Whether it has a digit."""
        return any(char.isdigit() for char in self.text)


def of(text: str) -> Iterator[list[list[Word]]]:
    """The clauses of each sentence, in their order.

    Args:
        text: sentences; the first 20,000 characters count.
    """
    count = 0
    for start, sentence in _sentences(text[:_LONGEST]):
        parts = _clauses(_words(sentence, start))
        count += len(parts)
        if count > _MOST_CLAUSES:
            return
        yield parts


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.splitlines(keepends=True):
        begin = 0
        if loose_lines.is_one(line):
            start += len(line)
            continue
        for found in wording.SENTENCE_END.finditer(line):
            yield start + begin, line[begin : found.start()]
            begin = found.end()
        yield start + begin, line[begin:]
        start += len(line)


def _words(sentence: str, start: int) -> list[tuple[Word, str]]:
    # Each with what is written, signs and all.
    found: list[tuple[Word, str]] = []
    shaped = [match for match in _SHAPED.finditer(sentence) if match.group().strip()]
    spans = [(match.start(), match.end()) for match in shaped]
    for match in shaped:
        rest = re.match(r"[^\w\s]*", sentence[match.end() :])
        written = match.group() + (rest.group() if rest else "")
        word = Word(match.group().strip(), start + match.start(), start + match.end(), True)
        found.append((word, written))
    for match in _WORD.finditer(_blanked(sentence, spans)):
        plain = match.group().lstrip(_OPENING)
        first = match.start() + len(match.group()) - len(plain)
        plain = plain.rstrip(_CLOSING)
        if plain:
            word = Word(plain, start + first, start + first + len(plain))
            found.append((word, match.group()))
    return sorted(found, key=lambda each: each[0].start)


def _blanked(sentence: str, spans: list[tuple[int, int]]) -> str:
    for first, last in spans:
        sentence = sentence[:first] + " " * (last - first) + sentence[last:]
    return sentence


def _clauses(words: list[tuple[Word, str]]) -> list[list[Word]]:
    clauses: list[list[Word]] = [[]]
    for word, written in words:
        is_joint = word.text.casefold() in _JOINTS
        if is_joint or written[0] in "([":
            clauses.append([])
        if not is_joint:
            clauses[-1].append(word)
        if _ENDS.search(written):
            clauses.append([])
    return [clause[:_MOST_WORDS] for clause in clauses if clause]
