"""Values beside, behind and under their labels: `Invoice number: A-17`, in a form or a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workers.documents.layout import Box
from workers.documents.page import Table
from workers.local import concepts, values
from workers.local.concepts import Key
from workers.local.runs import Run
from workers.local.sheets import Sheet
from workers.local.terms import Lexicon, folded
from workers.local.values import bare, ends_label

# How far behind a label its colon may be, in words that belong to the label.
COLON_WITHIN = 3
HEADER_COLUMNS = 3
# Of a label; and of a run, whose rest is prose.
MOST_WORDS, LONGEST_RUN = 8, 200
# A label within a sentence, or without a colon, names a value less surely.
AMID, UNMARKED = 0.75, 0.9
# Less like the key than this, a label has to stand alone.
ALIKE = 0.9
_COUNT = re.compile(r"\bnumber of\b")
About = Sequence[tuple[str, ...]]


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


class Finder:
    """Finds the values of a key.

    Args:
        key: whose values they are.
    """

    def __init__(self, key: Key) -> None:
        self._key = key
        self._lexicon = concepts.lexicon(key)

    def values(self, sheet: Sheet) -> list[Labelled]:
        """A page's values of the key, from the top; the same one may be there twice."""
        search = _Search(self._key, self._lexicon, sheet)
        found = [*search.in_tables(), *search.in_lines()]
        return sorted(found, key=lambda value: (value.top, -value.score))


@dataclass(frozen=True)
class _Label:
    run: Run
    end: int
    score: float


class _Search:
    # One key on one page.

    def __init__(self, key: Key, lexicon: Lexicon, sheet: Sheet) -> None:
        self._key = key
        self._lexicon = lexicon
        self._sheet = sheet
        # A month may stand by `Period`, a period by `Date`.
        is_dated = key.parts <= concepts.DATED
        self._begins = concepts.DATED if is_dated else key.parts | key.qualifiers
        self._wanted = self._begins | concepts.LEFT_OUT

    def in_tables(self) -> Iterator[Labelled]:
        for table in self._sheet.page.tables:
            for row in range(len(table.rows)):
                for column in range(len(table.rows[row])):
                    yield from self._of_cell(table, row, column)

    def in_lines(self) -> Iterator[Labelled]:
        for number, line in enumerate(self._sheet.lines):
            for place, run in enumerate(line):
                label = self._label(run)
                if label:
                    yield from self._of_label(label, number, place)

    def _of_cell(self, table: Table, row: int, column: int) -> Iterator[Labelled]:
        cells = table.rows[row]
        score = self._named_by(cells[column].text)
        if not score:
            return
        is_header = row == 0 and _is_heading([cell.text for cell in cells])
        right = cells[column + 1 : column + 2]
        if right and not is_header and self._fits(right[0].text):
            yield from self._cut(right, score)
            return
        for below in table.rows[row + 1 :]:
            cell = below[column : column + 1]
            if cell and self._named_by(cell[0].text):
                return
            if cell and self._fits(cell[0].text):
                yield from self._cut(cell, score)

    def _named_by(self, text: str) -> float:
        words = text.split()
        if not 0 < len(words) <= MOST_WORDS:
            return 0.0
        return self._key.likeness(frozenset(part for word in words for part in self._about(word)))

    def _label(self, run: Run) -> _Label | None:
        about = [self._about(word.text) for word in run.words[:LONGEST_RUN]]
        starts = [place for place, parts in enumerate(about) if set(parts) & self._begins]
        labels = [label for start in starts if (label := self._from(run, start, about))]
        return max(labels, key=lambda label: label.score, default=None)

    def _from(self, run: Run, start: int, about: About) -> _Label | None:
        end, parts = self._extent(run, start, about)
        score = self._key.likeness(parts)
        text = folded(" ".join(word.text for word in run.words[start:end]))
        if not score or self._goes_on(run, end, about) or _COUNT.search(text):
            return None
        is_amid = any(about[:start]) or not set(about[start]) <= self._wanted
        is_marked = ends_label(run.words[end - 1].text)
        if is_amid and (score < ALIKE or not self._key.needs_digit):
            return None
        return _Label(run, end, score * (AMID if is_amid else 1) * (1 if is_marked else UNMARKED))

    def _extent(self, run: Run, start: int, about: About) -> tuple[int, frozenset[str]]:
        # As far as the words go that may be of this label.
        # It may begin within a word: `Rechnungsdatum` is a date, too.
        parts = set(about[start]) & self._wanted
        end = start + 1
        for place in range(start + 1, min(start + MOST_WORDS, len(about))):
            text = run.words[place].text
            is_own = set(about[place]) <= self._wanted if about[place] else _is_joint(text)
            if not is_own or ends_label(run.words[place - 1].text):
                break
            parts.update(about[place])
            is_rest = end == place and concepts.is_generic(text)
            end = place + 1 if about[place] or is_rest else end
        return end, frozenset(parts)

    def _goes_on(self, run: Run, end: int, about: About) -> bool:
        # `Customer service: 17` is no value of `customer`.
        if ends_label(run.words[end - 1].text):
            return False
        behind = slice(end, end + COLON_WITHIN)
        following = list(zip(run.words[behind], about[behind], strict=False))
        if following and any(map(self._is_foreign, following[0][1])):
            return True
        for word, parts in following:
            if any(map(str.isdigit, word.text)) or not bare(word.text):
                return False
            if parts and ends_label(word.text):
                return True
        return False

    def _is_foreign(self, part: str) -> bool:
        return concepts.is_known(part) and part not in self._key.parts

    def _of_label(self, label: _Label, number: int, place: int) -> Iterator[Labelled]:
        behind = label.run.words[label.end :]
        if any(bare(word.text) for word in behind):
            yield from self._cut(behind, label.score)
            return
        line = self._sheet.lines[number]
        right = line[place + 1] if place + 1 < len(line) else None
        below = self._sheet.below(label.run, number)
        order = (below, right) if self._is_header(label, line, right) else (right, below)
        for run in order:
            if run is not None and self._fits(run.text) and not self._is_label(run):
                yield from self._cut(run.words, label.score)
                return

    def _is_header(self, label: _Label, line: list[Run], right: Run | None) -> bool:
        # Labels beside one another have their values under them.
        if right is None or ends_label(label.run.text) or self._key.needs_digit:
            return False
        return _is_heading([run.text for run in line]) or self._is_label(right)

    def _is_label(self, run: Run) -> bool:
        parts = [part for word in run.words for part in self._about(word.text)]
        is_named = bool(parts) and (all(map(concepts.is_known, parts)) or parts[-1] == "number")
        return ends_label(run.text) or (is_named and not any(map(str.isdigit, run.text)))

    def _fits(self, text: str) -> bool:
        return values.fits(text, self._key)

    def _cut(self, words: Sequence[Box], score: float) -> Iterator[Labelled]:
        texts = [text for word in words for text in word.text.split()]
        value = values.first_in(texts, self._key, self._is_of_label)
        if value:
            yield Labelled(value, score, min(word.top for word in words))

    def _is_of_label(self, text: str) -> bool:
        return len(text) > 1 and all(map(concepts.is_known, self._about(text)))

    def _about(self, word: str) -> tuple[str, ...]:
        if any(map(str.isdigit, word)):
            return ()
        is_recognized = self._sheet.page.is_recognized
        return concepts.concepts(bare(word) or word.strip(), self._lexicon, is_recognized)


def _is_heading(texts: Sequence[str]) -> bool:
    # `Patient  Roe  Lab no.  17` is no table's head, but labels with their values beside them.
    return len(texts) >= HEADER_COLUMNS and not any(map(str.isdigit, "".join(texts)))


def _is_joint(text: str) -> bool:
    # What may stand within a label: `N° de facture`, `Invoice - No`.
    return text.isalpha() or not any(map(str.isalnum, text))
