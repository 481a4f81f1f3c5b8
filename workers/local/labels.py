"""Values beside, behind and under their labels: `Invoice number: A-17`, in a form or a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workers.documents.layout import Box
from workers.documents.page import Page, Table, words_of
from workers.local import concepts, runs
from workers.local.concepts import Key
from workers.local.runs import Run
from workers.local.terms import folded

# How far under its label a value may stand, in heights of the label.
MOST_BELOW = 2.5
MOST_WORDS, MOST_CHARACTERS = 8, 80
# How far behind a label its colon may be, in words that belong to the label.
COLON_WITHIN = 3
HEADER_COLUMNS = 3
MOST_CAPITALS = 4
# A label amid a sentence names a value less surely than one that begins a run.
AMID, UNMARKED = 0.7, 0.9
# The colon of Chinese and Japanese, and dashes of all kinds.
_MARK = re.compile(r"^[\s:\uff1a=#№.\-\u2013\u2014]+|[\s:\uff1a=]+$")
_COLON = re.compile(r"[:\uff1a=]$")
_INNER_COLON = re.compile(r"(?<=[^\W\d])([.]?[:\uff1a])(?=[^\s/])|(?<=\d)(\uff1a)(?=\S)")
_DATE = re.compile(r"\(?\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\)?[.,;]?")
_AMOUNT = re.compile(r"\W?[\d.,']*\d[.,]\d\d\W?")
_COPULAS = ("is", "ist", "lautet", "est", "es")
_BETWEEN = ("|", "\u2022", "\u00b7", ";")
_NUMBER_OF = re.compile(r"\bnumber of\b")


@dataclass(frozen=True)
class Labelled:
    """A value that stands by a label on a page.

    Attributes:
        value: as it is written.
        score: how surely it is the key's, from 0 to 1.
        top: where on the page it stands, to tell which of two comes first.
    """

    value: str
    score: float
    top: float


@dataclass(frozen=True)
class _Label:
    run: Run
    end: int
    score: float
    parts: frozenset[str]


class Finder:
    """Finds the values of a key.

    Args:
        key: whose values they are.
    """

    def __init__(self, key: Key) -> None:
        self._key = key
        self._lexicon = concepts.lexicon(key)

    def values(self, page: Page) -> list[Labelled]:
        """A page's values of the key, from the top; the same one may be there twice."""
        found = [value for table in page.tables for value in self._in_table(table, page)]
        lines = _by_line([_opened(run) for run in runs.of_page(page)])
        for number, line in enumerate(lines):
            for place, run in enumerate(line):
                label = self._label(run, page.is_recognized)
                if label:
                    found += self._of_label(label, lines, number, place, page.is_recognized)
        return sorted(found, key=lambda value: (value.top, -value.score))

    def _in_table(self, table: Table, page: Page) -> Iterator[Labelled]:
        for row_number, row in enumerate(table.rows):
            for column, cell in enumerate(row):
                score = self._named_by(cell.text, page.is_recognized)
                if not score:
                    continue
                right = row[column + 1] if column + 1 < len(row) else None
                is_header = row_number == 0 and len(row) >= HEADER_COLUMNS
                if right is not None and not is_header and self._fits(right.text):
                    yield from self._cut([right], score, page.is_recognized)
                    continue
                for below in table.rows[row_number + 1 :]:
                    if column < len(below) and self._fits(below[column].text):
                        yield from self._cut([below[column]], score, page.is_recognized)

    def _named_by(self, text: str, is_recognized: bool) -> float:
        words = text.split()
        if not words or len(words) > MOST_WORDS:
            return 0.0
        parts = [part for word in words for part in self._parts(word, is_recognized)]
        return self._key.likeness(frozenset(parts))

    def _label(self, run: Run, is_recognized: bool) -> _Label | None:
        best: _Label | None = None
        about = [self._parts(word.text, is_recognized) for word in run.words]
        for start in range(len(run.words)):
            if not set(about[start]) & self._key.parts:
                continue
            label = self._from(run, start, about)
            if label and (best is None or label.score > best.score):
                best = label
        return best

    def _from(self, run: Run, start: int, about: Sequence[tuple[str, ...]]) -> _Label | None:
        wanted = self._key.parts | concepts.LEFT_OUT
        parts: set[str] = set()
        end = start
        for place in range(start, len(about)):
            if about[place] and not set(about[place]) <= wanted:
                break
            if not about[place] and not _is_joint(run.words[place].text):
                break
            parts.update(about[place])
            end = place + 1 if about[place] else end
            if _COLON.search(run.words[place].text):
                break
        score = self._key.likeness(frozenset(parts))
        text = " ".join(word.text for word in run.words[start:end])
        if not score or self._goes_on(run, end, about) or _NUMBER_OF.search(folded(text)):
            return None
        if any(about[:start]):
            if parts <= concepts.LEFT_OUT:
                return None  # the number of something else
            score *= AMID
        if not _COLON.search(run.words[end - 1].text):
            score *= UNMARKED
        return _Label(run, end, score, frozenset(parts))

    def _goes_on(self, run: Run, end: int, about: Sequence[tuple[str, ...]]) -> bool:
        # `Customer service: 17` is no value of `customer`.
        if _COLON.search(run.words[end - 1].text):
            return False
        following = list(zip(run.words[end:], about[end:], strict=True))[:COLON_WITHIN]
        if following and any(
            concepts.is_known(part) and part not in self._key.parts for part in following[0][1]
        ):
            return True
        for word, parts in following:
            if any(char.isdigit() for char in word.text) or word.text.strip() in (":", "="):
                return False
            if parts and _COLON.search(word.text):
                return True
        return False

    def _of_label(
        self, label: _Label, lines: list[list[Run]], number: int, place: int, is_recognized: bool
    ) -> Iterator[Labelled]:
        behind = label.run.words[label.end :]
        if any(_bare(word.text) for word in behind):
            yield from self._cut(behind, label.score, is_recognized)
            return
        line = lines[number]
        right = line[place + 1] if place + 1 < len(line) else None
        below = _below(label.run, lines[number + 1 : number + 3])
        if right is not None and self._is_header(label, line, right, below, is_recognized):
            right = None
        for run in (right, below):
            if run is not None and self._fits(run.text) and not self._is_label(run, is_recognized):
                yield from self._cut(run.words, label.score, is_recognized)
                return

    def _is_header(
        self, label: _Label, line: list[Run], right: Run, below: Run | None, is_recognized: bool
    ) -> bool:
        if below is None or _COLON.search(label.run.text):
            return False
        return len(line) >= HEADER_COLUMNS or self._is_label(right, is_recognized)

    def _is_label(self, run: Run, is_recognized: bool) -> bool:
        parts = [part for word in run.words for part in self._parts(word.text, is_recognized)]
        is_named = bool(parts) and all(concepts.is_known(part) for part in parts)
        has_digit = any(char.isdigit() for char in run.text)
        return bool(_COLON.search(run.text)) or (is_named and not has_digit)

    def _fits(self, text: str) -> bool:
        if self._key.needs_digit:
            return any(char.isdigit() for char in text)
        bare = _bare(text)
        if self._key.is_name:
            return bare[:1].isalpha() and not bare[:1].islower()
        return any(char.isalnum() for char in bare)

    def _cut(self, words: Sequence[Box], score: float, is_recognized: bool) -> Iterator[Labelled]:
        texts = [word for box in words for word in box.text.split()]
        while texts and not _bare(texts[0]):
            texts.pop(0)
        kept = _number(texts) if self._key.is_number else self._phrase(texts, is_recognized)
        value = _bare(" ".join(kept))[:MOST_CHARACTERS].strip(" ,;.")
        if value and self._fits(value):
            yield Labelled(value, score, min(word.top for word in words))

    def _phrase(self, texts: list[str], is_recognized: bool) -> list[str]:
        # The next label ends a value.
        for place, text in enumerate(texts):
            if place and text in _BETWEEN:
                return texts[:place]
            if place and _COLON.search(text):
                start = place if _bare(text) else place - 1
                while start > 1 and self._is_of_label(texts[start - 1], is_recognized):
                    start -= 1
                return texts[: max(start, 1)]
        return texts[:MOST_WORDS]

    def _is_of_label(self, text: str, is_recognized: bool) -> bool:
        parts = self._parts(text, is_recognized)
        return all(concepts.is_known(part) for part in parts) and len(text) > 1

    def _parts(self, word: str, is_recognized: bool) -> tuple[str, ...]:
        return concepts.concepts(_bare(word) or word.strip(), self._lexicon, is_recognized)


def _opened(run: Run) -> Run:
    # `Number:A-17` in one word is what OCR often reads.
    words = [
        part
        for word in run.words
        for part in words_of(replace(word, text=_INNER_COLON.sub(r"\1\2 ", word.text)))
    ]
    return replace(run, words=tuple(words))


def _number(texts: list[str]) -> list[str]:
    # It may be written in groups, and behind a few capitals: `DE 4711 0815`.
    first = texts[:1] if texts and texts[0].isupper() and len(texts[0]) <= MOST_CAPITALS else []
    if first and any(map(str.isdigit, first[0])):
        first = []
    if texts and texts[0] in _COPULAS:
        texts = texts[1:]
    if texts and _AMOUNT.fullmatch(texts[0]):
        return []
    kept: list[str] = []
    for text in texts[len(first) :]:
        is_next = any(map(str.isdigit, text)) and not (kept and _ends(kept[-1], text))
        if not is_next:
            break
        kept.append(text)
    return [*first, *kept] if kept else []


def _ends(before: str, text: str) -> bool:
    return before[-1] in ",;)" or _DATE.fullmatch(text) is not None


def _below(label: Run, lines: Sequence[list[Run]]) -> Run | None:
    height = label.bottom - label.top
    for line in lines:
        for run in line:
            if run.top - label.bottom > MOST_BELOW * height:
                return None
            if run.left < label.right and run.right > label.left:
                return run
    return None


def _by_line(found: Sequence[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = []
    for run in found:
        if not lines or lines[-1][0].line != run.line:
            lines.append([])
        lines[-1].append(run)
    return lines


def _bare(text: str) -> str:
    return _MARK.sub("", text)


def _is_joint(text: str) -> bool:
    # What may stand within a label: `N° de facture`, `Invoice - No`.
    return text.isalpha() or not any(map(str.isalnum, text))
