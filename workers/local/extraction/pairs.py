"""Labels and their values: behind a colon, to the right, underneath, or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workers.local.extraction import (
    addresses,
    bases,
    blocks,
    dates,
    found,
    labels,
    names,
    numbers,
    shapes,
    told_codes,
)
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import COLON, Segment, has_digit
from workers.local.extraction.surroundings import MAX_LABEL_WORDS, Surroundings
from workers.local.extraction.values import MARK, Values, is_term

# A label in the middle of a sentence has to fit this well.
IN_SENTENCE = 0.85
# How many characters may be between a label in a sentence and its date.
MAX_BEFORE_DATE = 12
MAX_SENTENCE_LABEL = 5
_DROPPED_WORD = 0.03
_ONLY_PREFIX, _MID_SENTENCE = 0.95, 0.8
# Under a table's columns there may be sums of them alone.
_OF_COLUMNS = 0.97
_OF = frozenset(("vom", "of", "du", "dated", "del", "van", "from", "von", "di"))
_MOST_TITLE_WORDS = 4
_WITHOUT_DIGITS = re.compile(r"\(?\d+\)?|[#()]")
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s?%")
_MULTILINE = ("address",)
# Texts that are known as such in the middle of a sentence.
_TELLING = ("date", "number", "amount", "taxid", "phone", "iban")


@dataclass(frozen=True, eq=False)
class Pair:
    """A property's label with its value.

    Attributes:
        node: the property.
        score: how sure it is, from 0 to 1.
        label: the label.
        leaf: the value.
    """

    node: Node
    score: float
    label: Segment
    leaf: Leaf


class Pairs:
    """Finds the pairs of a sheet."""

    def __init__(self, near: Surroundings, values: Values) -> None:
        self._near = near
        self._values = values

    def all(self, skipped: set[Segment]) -> Iterator[Pair]:
        """Every pair that there may be; the same words may be in several.

        Args:
            skipped: segments that are no labels, such as those of tables.
        """
        for segment in self._near.sheet.segments:
            if segment not in skipped:
                yield from self._before_colons(segment)
                yield from self._alone(segment)
                yield from self._in_sentence(segment)
                yield from self._dated(segment)
                yield from self._checked(segment)
                yield from self._percent(segment)

    def _before_colons(self, segment: Segment) -> Iterator[Pair]:
        start = 0
        for position, word in enumerate(segment.words):
            colon = COLON.search(word.text)
            if not colon:
                continue
            label = segment.part(start, position + 1)
            rest = segment.after(position, colon.end())
            yield from self._labelled(label, segment, rest)
            start = position + 1

    def _labelled(self, label: Segment, segment: Segment, rest: Segment | None) -> Iterator[Pair]:
        best: dict[Node, tuple[float, Segment]] = {}
        value = self._near.with_options(self._near.before_label(rest)) if rest else None
        for first in range(max(0, len(label.words) - MAX_LABEL_WORDS), len(label.words)):
            part = label.part(first)
            if first and set(labels.tokens(part.text)) <= names.VAGUE:
                continue  # `number` of `VAT number` says less than nothing
            matches = self._with_basis(COLON.split(part.text)[0], segment)
            for node, score in matches.items():
                lowered = score - _DROPPED_WORD * first
                if lowered > best.get(node, (0.0, part))[0]:
                    best[node] = lowered, part
        for node, (score, part) in best.items():
            if value is not None:
                if leaf := self._inline(node, value):
                    yield Pair(node, score, part, leaf)
                continue
            yield from self._around({node: score}, segment, part, has_colon=True)

    def _with_basis(self, text: str, segment: Segment) -> dict[Node, float]:
        # `Tax (8.5%)` is an amount; of a rate the share says that it is one.
        found = self._near.matches(text, segment)
        bare = bases.without(text)
        if bare == text:
            return found
        amounts = {
            node: score * _ONLY_PREFIX
            for node, score in self._near.matches(bare, segment).items()
            if names.role(node) == "amount" or names.is_discount(node)
        }
        return amounts | found

    def _alone(self, segment: Segment) -> Iterator[Pair]:
        text = bases.without(segment.text)
        if len(text.split()) > MAX_LABEL_WORDS or COLON.search(text) or blocks.is_line(text):
            return
        matches = {} if self._near.is_behind_sum(segment) else self._near.matches(text, segment)
        if text != segment.text:
            is_dated = dates.find(segment.text) is not None
            matches = {
                node: score * _ONLY_PREFIX
                for node, score in matches.items()
                if not (is_dated and names.role(node) == "date")  # which it says itself
            }
        if has_digit(segment.text) and self._near.sheet.right_of(segment) is None:
            itself = told_codes.told_by(segment, self._near, _ONLY_PREFIX)
            matches = {node: score for node, score in matches.items() if node not in itself}
        if matches:
            yield from self._around(matches, segment, segment, has_colon=False)

    def _around(
        self, matches: dict[Node, float], segment: Segment, label: Segment, *, has_colon: bool
    ) -> Iterator[Pair]:
        last = self._near.last_of_row(segment) if labels.tokens(label.text) == ("total",) else None
        if last is not None:  # `Total  20  280.00  2,800.00`: the last is what is due
            matches = {node: score for node, score in matches.items() if names.is_whole(node)}
        around = [([last], _OF_COLUMNS)] if last else self._near.around(segment, has_colon)
        for lines, weight in around:
            for node, score in matches.items():
                if leaf := self._read(node, lines):
                    yield Pair(node, score * weight, label, leaf)
        yield from self._behind_share(matches, segment)

    def _behind_share(self, matches: dict[Node, float], label: Segment) -> Iterator[Pair]:
        # `Tax  19 %  12.50`, of which the label stays free for the rate.
        share = self._near.sheet.right_of(label)
        if share is None or not _PERCENT.fullmatch(share.text.strip("()")):
            return
        amount = self._near.sheet.right_of(share)
        for node, score in matches.items() if amount else ():
            leaf = self._read(node, [amount]) if names.role(node) == "amount" and amount else None
            if leaf:
                yield Pair(node, score * _MID_SENTENCE, label.part(0, 0), leaf)

    def _inline(self, node: Node, value: Segment) -> Leaf | None:
        if names.role(node) in _MULTILINE:
            return self._read(node, [value, *self._near.lines_from(value)[1:]])
        if names.role(node) == "date" and dates.is_far(value.text):
            return None
        return self._read(node, [value]) or self._beginning(node, value)

    def _read(self, node: Node, segments: Sequence[Segment]) -> Leaf | None:
        lines = segments[:1]
        if names.role(node) in _MULTILINE:
            lines = addresses.with_town(segments, self._near.sheet)
        text = "\n".join(segment.text for segment in lines)
        if names.role(node) == "name" and blocks.is_way(text):
            return None  # nobody is called `7 Mill Lane`
        value = self._values.read(node, text, self._near.is_recognized)
        return Leaf(value.value, value.text, found.place(lines)) if value else None

    def _beginning(self, node: Node, rest: Segment) -> Leaf | None:
        # The value may be followed by more of a sentence.
        if node.types == ("string",) and names.role(node) not in ("date", "number"):
            return None
        is_date = names.role(node) == "number" and dates.is_written(rest.text)
        if is_date or is_term(node, rest.text) or self._near.is_label(rest):
            return None
        for end in range(min(4, len(rest.words) - 1), 0, -1):
            if rest.words[end].text.startswith("%"):
                continue
            if leaf := self._read(node, [rest.part(0, end)]):
                return self._shortest(node, rest, leaf)
        return None

    def _shortest(self, node: Node, rest: Segment, leaf: Leaf) -> Leaf:
        # "1,250.00 by" says no more than "1,250.00".
        for end in range(1, len(leaf.place.words)):
            shorter = self._read(node, [rest.part(0, end)])
            if shorter and shorter.value == leaf.value:
                return shorter
        return leaf

    def _in_sentence(self, segment: Segment) -> Iterator[Pair]:
        texts = [word.text for word in segment.words]
        if bases.has_moment(segment.text):
            return
        date = dates.find(segment.text)
        dated = len(segment.text[: date.start()].split()) if date else 0
        end_of_date = dated + len(date.group().split()) if date else 0
        for position, text in enumerate(texts):
            is_figure = has_digit(text) and not text.startswith("(")
            if position == 0 or not is_figure or has_digit(texts[position - 1]):
                continue
            start = position
            if texts[position - 1] in (*numbers.CURRENCY_CODES, *shapes.COUNTRIES):
                start -= 1  # "an amount of GBP 12.50", "VAT ID DE 123 456 789"
            if 0 < dated < position < end_of_date:
                start = dated  # `Due date May 24, 2024` begins with its month
            end = bases.before_links(texts, start)
            for first in range(max(0, end - MAX_SENTENCE_LABEL), end):
                label = segment.part(first, end)
                if not COLON.search(label.text):
                    yield from self._followed(label, first == 0, segment, segment.part(start))

    def _followed(
        self, label: Segment, is_first: bool, segment: Segment, rest: Segment
    ) -> Iterator[Pair]:
        for node, score in self._near.matches(label.text, segment).items():
            if not is_first and score < IN_SENTENCE:
                continue
            if node.types == ("string",) and names.role(node) not in _TELLING:
                is_sure = score > _ONLY_PREFIX
                leaf = told_codes.ahead(node, rest, is_first, self._values) if is_sure else None
            else:
                leaf = self._ahead(node, rest, is_first)
            if leaf:
                yield Pair(node, score * (_ONLY_PREFIX if is_first else _MID_SENTENCE), label, leaf)

    def _ahead(self, node: Node, rest: Segment, is_first: bool) -> Leaf | None:
        date = dates.find(rest.text)
        if names.role(node) == "date":
            return self._read(node, [rest]) if date and date.start() < MAX_BEFORE_DATE else None
        if date and date.start() == 0:
            return None
        is_whole = names.role(node) == "iban" or "tax" in labels.tokens(node.name)
        if leaf := self._read(node, [rest]) if is_whole else None:
            return leaf
        if names.role(node) == "number" and (len(rest.words) > 1 or not is_first):
            number = rest.part(0, shapes.groups_of(rest.text))
            value = self._values.read(node, number.text.rstrip(".,;)"), self._near.is_recognized)
            return Leaf(value.value, value.text, found.place([number])) if value else None
        return (self._read(node, [rest]) if is_first else None) or self._beginning(node, rest)

    def _dated(self, segment: Segment) -> Iterator[Pair]:
        # "Invoice no. 4711 of 3 March 2024"
        line = self._near.sheet.lines[segment.line]
        if line[0] is not segment or len(line) > _MOST_TITLE_WORDS:
            return
        words = tuple(word for part in line for word in part.words)
        seen = tuple(word for part in line for word in part.seen)
        segment = replace(segment, words=words, seen=seen)
        date = dates.find(segment.text)
        before = segment.text[: date.start()].split() if date else []
        if len(before) < 3 or before[-1].casefold() not in _OF or not has_digit(before[-2]):
            return
        label = segment.part(0, len(before) - 2)
        if len(label.words) > _MOST_TITLE_WORDS:
            return
        title = _WITHOUT_DIGITS.sub(" ", label.text)
        if "number" in labels.tokens(title):
            title = " ".join(word for word in title.split() if labels.tokens(word) != ("number",))
        for node, score in self._near.matches(f"{title} date", segment).items():
            leaf = self._read(node, [segment.part(len(before))])
            if leaf and names.role(node) == "date":
                yield Pair(node, score * _ONLY_PREFIX, segment.part(0, 0), leaf)

    def _checked(self, segment: Segment) -> Iterator[Pair]:
        # "[x] Express delivery"
        mark = MARK.match(segment.text)
        count = len(mark.group().split()) if mark else 0
        if not mark or len(segment.words) == count:
            return
        label, is_marked = segment.part(count), mark.group("marked") is not None
        leaf = Leaf(is_marked, mark.group(), found.place([segment.part(0, count)]))
        for node, score in self._near.matches(label.text, segment).items():
            if node.types == ("boolean",) and node.fits(is_marked):
                yield Pair(node, score, label, leaf)

    def _percent(self, segment: Segment) -> Iterator[Pair]:
        # "VAT 19 %" says a rate, whatever stands beside it.
        percent = _PERCENT.search(segment.text)
        if not percent or len(segment.words) > MAX_LABEL_WORDS:
            return
        behind = COLON.split(segment.text[percent.end() :])[0]  # `VAT 19 %: 9.48`
        text = f"{segment.text[: percent.start()]} {behind} %".strip(" :")
        for node, score in self._near.matches(text.replace("%", "percent"), segment).items():
            value = self._values.read(node, percent.group()) if names.role(node) == "rate" else None
            if value:
                before = segment.text[: percent.start()]
                is_within = before[-1:] not in ("", " ")  # `(8.5%)`
                first = len(before.split()) - is_within
                words = segment.part(first, first + len(percent.group().split()))
                leaf = Leaf(value.value, value.text, found.place([words]))
                yield Pair(node, score * _MID_SENTENCE, segment.part(0, 0), leaf)
