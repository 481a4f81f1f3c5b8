"""What on a page speaks for each kind of document, and how much."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workers.documents.page import Page
from workers.local import runs, signs
from workers.local.kinds import Kind, clues
from workers.local.runs import Run
from workers.local.terms import Lexicon, folded, is_idle
from workers.local.vocabularies import Phrase

# How many times more a name counts as a title than amid prose, and a typical word as a heading.
NAME_AS_TITLE, WORD_AS_HEADING = 5.0, 2.0
# A name of one word is often no name amid prose: minutes pass, and forms change.
AMID_PROSE = 0.6
# An abbreviation of so few letters is no more than a word as a title.
SHORTEST_NAME = 2
# What the first words of a line say, such as a salutation.
OPENING = 2.0
# Further names and ever more words add less and less.
FURTHER_NAMES, MOST_OF_WORDS = 0.3, 6.0
# Less than this speaks for no kind.
DOUBTFUL = 1.5
# A title is a name that the better part of a prominent run consists of, or of a page's first line.
TITLE, FIRST_LINE = 0.45, 0.3
# The first or last words of a title of so many at most say what it is, and count as such a share
# of it: `Consulting Services Agreement`, `Contrat de location meublée`.
LONGEST_TITLE, HEAD = 6, 0.5
_NUMBERS = frozenset(("nr", "no", "num", "number", "numer", "nummer", "n"))
# A kind that nobody asked for has to be this much likelier than those that were.
FAR_LIKELIER = 1.6
# How much its name counts by itself, and from how much of typical words beside it on as a whole.
NAME_ALONE, ENOUGH_BESIDE = 0.5, 1.4
# How much words count that nothing beside them names; of so many kinds some are on any page.
WORDS_ALONE = 0.7
# So much of its own makes a document of the narrower of two kinds, whatever it calls itself.
TYPICAL_OF_NARROWER = 2.0
# A run of more words than this is a paragraph's line at least; its rest is not looked at.
LONGEST_RUN = 60


@dataclass(frozen=True)
class Evidence:
    """Something on a page that speaks for a kind.

    Attributes:
        quote: the words.
        page: where they stand.
        weight: how much they say.
    """

    quote: str
    page: int
    weight: float


@dataclass(frozen=True)
class Title:
    """A name of a kind that stands as a page's title.

    Attributes:
        text: the whole run that it stands in.
        strength: how much it looks like a title, from 0 to 1.
        is_large: whether its letters are larger than the page's.
    """

    text: str
    strength: float
    is_large: bool


@dataclass(frozen=True)
class Scores:
    """How well a page fits each kind.

    Attributes:
        kinds: a score for each kind that was asked for.
        other: the best score of a known kind that was not.
        title: the page's title, where it names a known kind.
        evidence: for each kind that was asked for, what speaks for it, the strongest first.
    """

    kinds: tuple[float, ...]
    other: float
    title: Title | None
    evidence: tuple[tuple[Evidence, ...], ...]

    @property
    def is_of_another_kind(self) -> bool:
        """Whether it is clearly of a kind that was not asked for."""
        return self.other >= max(DOUBTFUL, FAR_LIKELIER * max(self.kinds, default=0.0))


@dataclass(frozen=True)
class _Match:
    phrase: Phrase
    start: int
    end: int
    quote: str
    rise: float  # how much it looks like a title


class _Found:
    # What speaks for one kind on one page: of each phrase where it counts most.

    def __init__(self) -> None:
        self.names: dict[Phrase, Evidence] = {}
        self.words: dict[Phrase, Evidence] = {}
        self.signs: list[Evidence] = []

    @property
    def score(self) -> float:
        ranked = sorted((evidence.weight for evidence in self.names.values()), reverse=True)
        called = sum(ranked[:1]) + FURTHER_NAMES * sum(ranked[1:3])
        return called + MOST_OF_WORDS * (1 - math.exp(-self._typical / MOST_OF_WORDS))

    @property
    def as_other(self) -> float:
        # Of a kind that nobody asked for: a word as a heading, such as `Correspondence`, makes no
        # letter where nothing else speaks for one.
        by_name = 1.0 if self.names else WORDS_ALONE
        return self.score * by_name * min(NAME_ALONE + self._typical / ENOUGH_BESIDE, 1.0)

    @property
    def _typical(self) -> float:
        return sum(evidence.weight for evidence in (*self.words.values(), *self.signs))

    @property
    def strongest(self) -> tuple[Evidence, ...]:
        found = [*self.names.values(), *self.words.values(), *self.signs]
        return tuple(sorted(found, key=lambda evidence: -evidence.weight))


class Sorter:
    """Reads pages for what speaks for each of some kinds.

    Args:
        kinds: those that are asked for.
        instructions: the user's own.
    """

    def __init__(self, kinds: Sequence[Kind], instructions: str | None = None) -> None:
        self._asked = len(kinds)
        self._clues = clues(kinds, instructions)
        self._speaks_for: dict[Phrase, set[int]] = defaultdict(set)
        for number, found in enumerate(self._clues):
            for phrase in (*found.names, *found.words):
                self._speaks_for[phrase].add(number)
        self._starting: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in self._speaks_for:
            self._starting[phrase[0]].append(phrase)
        self._lexicon = Lexicon(term for phrase in self._speaks_for for term in phrase)

    def scores(self, page: Page) -> Scores:
        """How well a page fits each kind."""
        found = [_Found() for _ in self._clues]
        titles: list[Title] = []
        for run in runs.of_page(page):
            matches = self._matches(run, page.is_recognized)
            for match in matches:
                for number in self._said_of(match, matches):
                    self._weigh(match, number, page.number, found[number])
                    is_name = match.phrase in self._clues[number].names
                    if is_name and _is_title(run, match.rise):
                        titles.append(Title(run.text, match.rise, run.is_large))
        self._look(page, found)
        self._narrow(found)
        scores = [own.score for own in found]
        return Scores(
            tuple(scores[: self._asked]),
            max((own.as_other for own in found[self._asked :]), default=0.0),
            max(titles, key=lambda title: title.strength, default=None),
            tuple(own.strongest for own in found[: self._asked]),
        )

    def _look(self, page: Page, found: Sequence[_Found]) -> None:
        # Many a contract has blanks, too: that makes it no form where none was asked for.
        for sign in signs.of_page(page):
            for own, of_kind in zip(found[: self._asked], self._clues, strict=False):
                if sign.kind in of_kind.known:
                    own.signs.append(Evidence(sign.quote, page.number, sign.weight))

    def _narrow(self, found: Sequence[_Found]) -> None:
        # `Invoice` over meter readings is a utility bill's title, where such bills are asked for.
        for own, of_kind in zip(found[: self._asked], self._clues, strict=False):
            of_its_own = sorted(own.words.keys() - of_kind.inherited)
            typical = sum(own.words[phrase].weight for phrase in of_its_own)
            for number in sorted(of_kind.broader):
                for phrase, name in found[number].names.items():
                    weight = name.weight * min(typical / TYPICAL_OF_NARROWER, 1.0)
                    own.names.setdefault(phrase, Evidence(name.quote, name.page, weight))

    def _matches(self, run: Run, is_recognized: bool) -> list[_Match]:
        read = [
            (term, place)
            for place, word in enumerate(run.words[:LONGEST_RUN])
            for term in self._lexicon.read(word.text, is_recognized)
        ]
        sequence = tuple(term for term, _ in read)
        written = _telling(sequence)
        found = []
        for start, term in enumerate(sequence):
            for phrase in self._starting.get(term, ()):
                end = start + len(phrase)
                if sequence[start:end] != phrase:
                    continue
                if not is_recognized and _is_cut(phrase, read, end):
                    continue
                words = run.words[read[start][1] : read[end - 1][1] + 1]
                quote = " ".join(word.text for word in words).strip(" :;,.-")
                share = min(_telling(phrase) / max(written, 1), 1.0)
                if run.is_large and start == 0 and _is_number(sequence[end:]):
                    share = 1.0
                if written <= LONGEST_TITLE and _is_head(run, start, end, len(sequence)):
                    share = max(share, HEAD)
                rise = run.prominence * share
                found.append(_Match(phrase, start, end, quote, rise))
        return found

    def _said_of(self, match: _Match, matches: Sequence[_Match]) -> Iterator[int]:
        # `Invoice` in `invoice cover letter` says nothing of invoices.
        around = [
            other
            for other in matches
            if other.start <= match.start
            and other.end >= match.end
            and len(other.phrase) > len(match.phrase)
        ]
        for number in sorted(self._speaks_for[match.phrase]):
            if all(number in self._speaks_for[other.phrase] for other in around):
                yield number

    def _weigh(self, match: _Match, number: int, page: int, found: _Found) -> None:
        clues = self._clues[number]
        weight, kept, most = clues.words.get(match.phrase, 0.0), found.words, WORD_AS_HEADING
        if match.start == 0 and match.phrase in clues.openings:
            weight = OPENING
        if match.phrase in clues.names:
            weight, kept = clues.names[match.phrase], found.names
            most = WORD_AS_HEADING if _is_short(match.phrase) else NAME_AS_TITLE
            if len(match.phrase) == 1 and not match.rise:
                weight *= AMID_PROSE
        weight *= 1 + (most - 1) * match.rise
        if match.phrase not in kept or weight > kept[match.phrase].weight:
            kept[match.phrase] = Evidence(match.quote, page, weight)


def _is_title(run: Run, rise: float) -> bool:
    if run.text.endswith(":") or run.is_section:
        return False
    return rise >= (FIRST_LINE if _is_first_line(run) else TITLE)


def _is_short(phrase: Phrase) -> bool:
    # `PO` stands over a box of many a paper.
    return len(phrase) == 1 and len(phrase[0]) <= SHORTEST_NAME


def _is_cut(phrase: Phrase, read: Sequence[tuple[str, int]], end: int) -> bool:
    # `Rechnungsrabatt` is a discount, and no invoice: of a compound the last part says what it is.
    return len(phrase) == 1 and end < len(read) and read[end][1] == read[end - 1][1]


def _is_number(behind: Sequence[str]) -> bool:
    # `Rechnungskorrektur Nr. 17 vom 3.5.2024` is a title with the document's number.
    return bool(behind) and behind[0] in _NUMBERS


def _is_head(run: Run, start: int, end: int, length: int) -> bool:
    is_set_off = run.is_large or run.text.isupper() or _is_first_line(run)
    return is_set_off and (start == 0 or end == length)


def _is_first_line(run: Run) -> bool:
    # `First Aid Policy` over a page's text, in letters no larger than that.
    if run.line > 0 or run.neighbours:
        return False
    words = [word.text for word in run.words if word.text[:1].isalpha()]
    return bool(words) and all(word[:1].isupper() or is_idle(folded(word)) for word in words)


def _telling(sequence: Sequence[str]) -> int:
    # Of `contrat de prestation` two words count; `by invoice` is no title.
    count = 0
    for term in sequence:
        if not any(map(str.isdigit, term)) and not (count and is_idle(term)):
            count += 1
    return count
