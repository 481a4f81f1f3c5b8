"""What stands around a label on its page, and which of it may be the value."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cached_property

from workers.local.extraction import headed, labels, numbers, orientation, shapes
from workers.local.extraction.labels import Tokens
from workers.local.extraction.names import PARTIES, Names
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import ALIGNED, COLON, Segment, Sheet, has_digit
from workers.local.extraction.values import MARK

MAX_LABEL_WORDS = 7
# How well another label has to fit a property, for it to be no value.
SURE = 0.8
_SECOND_CHOICE = 0.88
# What parts a value from the next label, and how many words may be between the two.
_DASHES, _MOST_DASHED = ("-", "\N{EN DASH}", "\N{EM DASH}", "|"), 4
# So many numbered labels make a form of boxes, in which a value stands at most so many lines and
# line heights under its label.
_LEAST_BOXES, _BOX_LINES, _BOX_GAP = 8, 3, 3.0
# So many lines under its heading are a party's, and so many under a label with its name.
_PARTY_LINES, _NAMED_LINES = 12, 5
# What a sum is, with or without its tax.
_MARKS = frozenset(("net", "gross", "tax"))
# Where sums of a year stand beside those of a month, the last is not the sum.
_SO_FAR = re.compile(r"\b(?:ytd|year.to.date|cumul)", re.IGNORECASE)
# A sum has no more letters than its currency does.
_MOST_LETTERS = 3
# `To: Ada Roe`, across from `From:`.
_NO = frozenset(("No", "NO", "no"))
TO = frozenset(("to", "an", "à", "for", "für", "pour"))


class Surroundings:
    """A sheet's labels and what is near them."""

    def __init__(self, sheet: Sheet, known: Names) -> None:
        self.sheet = sheet
        self.is_recognized = sheet.page.is_recognized
        self._names = known
        self._headings = self._find_headings()

    def matches(self, text: str, segment: Segment) -> dict[Node, float]:
        """The properties that a label may mean, and how well it fits each.

        Args:
            text: the label.
            segment: where it stands.
        """
        text = self.unboxed(text)
        titled = headed.titled(text, segment, self.sheet, self._best)
        return self._names.matches(titled or text, self.is_recognized, self.section(segment))

    def is_label(self, segment: Segment) -> bool:
        """Whether a segment is, or begins with, a label."""
        if self._is_boxed(segment):
            return True
        text = segment.text
        if text == "No" and self.sheet.right_of(segment) is None:
            return False  # it is no number's label, but an answer
        colon = COLON.search(text)
        if colon and colon.end() == len(text):
            return True
        start = text[: colon.start()] if colon else text
        if len(start.split()) > MAX_LABEL_WORDS or (colon is None and has_digit(start)):
            return False
        return self._is_known(start)

    def _is_next_label(self, right: Segment) -> bool:
        # `No` beside a label answers it, unless a number stands behind.
        behind = self.sheet.right_of(right)
        is_answer = right.text in _NO and not (behind and has_digit(behind.text))
        if not is_answer and self.is_label(right):
            return True
        is_heading = any(right is one for one, _, _ in self._headings)
        return is_heading and behind is None and self.sheet.below(right, 1) is not None

    def unboxed(self, text: str) -> str:
        """A label without the number of its box, where the page is a form of such boxes."""
        return text.removeprefix(labels.box(text)) if self._is_form else text

    def around(self, segment: Segment, has_colon: bool) -> list[tuple[list[Segment], float]]:
        """Where a label's value may stand: beside it or underneath, and how likely it is there.

        Args:
            segment: the label.
            has_colon: whether it ends with one.
        """
        if self._is_boxed(segment) and (inside := self._in_box(segment)):
            return [(self.lines_from(inside), 1.0)]
        right, below = self.sheet.right_of(segment), self.sheet.below(segment)
        right = right or self._at_height_of(segment)
        if right is not None and right.text.strip("()") in numbers.CURRENCY_CODES:
            right = self.sheet.right_of(right) or right  # `Tax in  EUR  12.50`
        right = None if right is None or self._is_next_label(right) else right
        if below is not None and labels.has_latin(segment.text) and self._is_repeated(below):
            below = self.sheet.below(below)
        below = None if below is None or self.is_label(below) else below
        if right is None and below is None and self._is_form:
            below = self._in_box(segment)
        if right is None or below is None:
            alone = self._beside(right) if right else self.lines_from(below) if below else []
            return [(alone, 1.0)] if alone else []
        if not has_colon and self._reads_down(segment, right, below):
            return [(self.lines_from(below), 1.0), (self._beside(right), _SECOND_CHOICE)]
        return [(self._beside(right), 1.0), (self.lines_from(below), _SECOND_CHOICE)]

    @cached_property
    def _is_form(self) -> bool:
        numbers_seen = {labels.box(segment.text).strip(" .()") for segment in self.sheet.segments}
        return len(numbers_seen - {""}) >= _LEAST_BOXES

    def _is_boxed(self, segment: Segment) -> bool:
        is_boxed = self._is_form and bool(labels.box(segment.text))
        return is_boxed and not shapes.WAY.search(segment.text)  # `7 Mill Lane`

    def _in_box(self, label: Segment) -> Segment | None:
        # A label stands in the corner of its box, and the value may stand at the box's end.
        beside, lines = self.sheet.right_of(label), self.sheet.lines[label.line + 1 :]
        left, end = label.left - self.sheet.character, beside.left if beside else math.inf
        within = [one for line in lines[:_BOX_LINES] for one in line if one.left >= left]
        inside = [one for one in within if one.right <= end and one.text not in numbers.CURRENCIES]
        for one in [one for one in inside if one.is_over(label)] or inside:
            is_close = one.top - label.bottom <= _BOX_GAP * self.sheet.height
            return one if is_close and not self.is_label(one) else None
        return None

    def _at_height_of(self, label: Segment) -> Segment | None:
        # What stands right of it in larger print, which the next line counts as its own.
        middle = (label.top + label.bottom) / 2
        below = self.sheet.lines[label.line + 1 : label.line + 2]
        right = (one for line in below for one in line if one.left >= label.right)
        return next((one for one in right if one.top <= middle), None)

    def is_behind_sum(self, segment: Segment) -> bool:
        """Whether a text only says of the sum before it what that is: `957.43  net`."""
        line, place = self.sheet.lines[segment.line], self.sheet.at.get(segment, 0)
        is_last = place > 0 and line[-1] is segment
        is_mark = set(labels.tokens(segment.text)) <= _MARKS
        return is_last and is_mark and has_digit(line[place - 1].text)

    def last_of_row(self, label: Segment) -> Segment | None:
        """The last of several numbers beside a label, which sums up columns; None if it does not.

        Args:
            label: what stands before them.
        """
        right = [one for one in self.sheet.lines[label.line] if one.left >= label.right]
        found = [one for one in right if has_digit(one.text)]
        is_sum = len(found) > 1 and all(map(_is_sum, right)) and not self._tells_so_far
        return found[-1] if is_sum and found[-1] is right[-1] else None

    def before_label(self, rest: Segment) -> Segment:
        """What stands before the next label in the same words."""
        # "A-17 Date: 2024-03-01" ends before the next label, and "A-17 - Anything: 4" does so where
        # a dash is before a word or two.
        for position, word in enumerate(rest.words):
            if position == 0 or not COLON.search(word.text):
                continue
            dashes = [
                first
                for first in range(max(1, position - _MOST_DASHED), position)
                if rest.words[first].text in _DASHES
            ]
            if dashes and not any(has_digit(one.text) for one in rest.words[dashes[-1] : position]):
                return rest.part(0, dashes[-1])
            for first in range(max(1, position - 3), position + 1):
                if first < position and has_digit(rest.words[first].text):
                    continue
                if self._is_known(COLON.split(rest.part(first, position + 1).text)[0]):
                    return rest.part(0, first)
        return rest

    def with_options(self, first: Segment) -> Segment:
        """Boxes to tick, with all others on their line."""
        line = self.sheet.lines[first.line]
        if not MARK.match(first.text):
            return first
        options = [other for other in line if other.left > first.right and MARK.match(other.text)]
        words = tuple(word for other in options for word in other.words)
        seen = tuple(word for other in options for word in other.seen)
        return replace(first, words=first.words + words, seen=first.seen + seen)

    def lines_from(self, first: Segment) -> list[Segment]:
        """A value's lines under one another, up to the next label."""
        lines: list[Segment] = []
        for segment in self.sheet.block(first):
            if self.is_label(segment):
                break
            lines.append(segment)
        return lines

    def _is_repeated(self, below: Segment) -> bool:
        # A label's second language, in a line with nothing but labels in it.
        line = self.sheet.lines[below.line]
        return all(labels.is_second_language(one.text) for one in line)

    def _best(self, text: str) -> float:
        return self._names.best(text, self.is_recognized)

    def _is_known(self, text: str) -> bool:
        return self._best(text) >= SURE or labels.is_common(text)

    def _reads_down(self, label: Segment, right: Segment, below: Segment) -> bool:
        # A line of labels, with a line of values under it.
        if label.cell is not None and below.cell == label.cell != right.cell:
            return True
        if right.text.startswith(":") or orientation.is_form(label, self.sheet):
            return False  # the colon is the label's
        if orientation.is_headed(label, right, below):
            return True
        if any(has_digit(one.text) for one in self.sheet.lines[label.line]) and self._is_row(below):
            return False
        beneath = self.sheet.below(right)
        if (
            beneath is not None
            and orientation.are_headings(label, right)
            and not below.text.isupper()
        ):
            return self.sheet.is_aligned(below, label) and self.sheet.is_aligned(beneath, right)
        return (
            beneath is not None
            and not has_digit(right.text)
            and (has_digit(below.text) or has_digit(beneath.text))
            and beneath.line == below.line == label.line + 1
            and self.sheet.is_aligned(below, label)
            and self.sheet.is_aligned(beneath, right)
        )

    def _is_row(self, first: Segment) -> bool:
        # A label with its value beside it: `E-ticket  0127 4481`.
        beside = self.sheet.right_of(first)
        return not has_digit(first.text) and beside is not None and has_digit(beside.text)

    def _beside(self, first: Segment) -> list[Segment]:
        # Further lines of the value, as long as nothing stands left of them.
        lines = [first]
        for segment in self.lines_from(first)[1:]:
            if self.sheet.lines[segment.line][0] is not segment:
                break
            lines.append(segment)
        return lines

    def _find_headings(self) -> list[tuple[Segment, float, Tokens]]:
        # Headings that are an object's name, with the left edge of what stands beside them. A
        # party's with anything else beside it is a label.
        found = []
        for segment in self.sheet.segments:
            is_short = len(segment.words) <= MAX_LABEL_WORDS
            name = self._names.section(segment.text.rstrip(" :")) if is_short else None
            beside = self.sheet.right_of(segment)
            is_label = beside is not None and self._names.section(beside.text.rstrip(" :")) is None
            if name is not None and not (is_label and name in PARTIES):
                found.append((segment, beside.left if beside else math.inf, name))
        return found

    @cached_property
    def hosts(self) -> list[str]:
        """The addresses in the web that the page names, of mail what is behind the @."""
        every = self.sheet.segments
        seen = [shapes.find(kind, one.text) for one in every for kind in ("email", "website")]
        return [match.group().rpartition("@")[2] for match in seen if match]

    @cached_property
    def _tells_so_far(self) -> bool:
        return any(_SO_FAR.search(one.text) for one in self.sheet.segments)

    @cached_property
    def _named(self) -> list[tuple[Segment, Tokens]]:
        # Labels of who somebody is, with the name beside them: `From: Okapi Ltd`.
        found: list[tuple[Segment, Tokens]] = []
        for segment in self.sheet.segments:
            start, colon, rest = segment.text.partition(":")
            is_short = bool(colon) and len(start.split()) <= MAX_LABEL_WORDS
            name = self._names.section(start) if is_short else None
            if is_short and name is None and start.casefold() in TO:
                name = ("customer",)
            is_said = bool(rest.strip()) or self.sheet.right_of(segment) is not None
            if name is not None and name in PARTIES and is_said:
                found.append((segment, name))
        return found

    def _of_named(self, segment: Segment) -> Tokens | None:
        # Whose the lines are that begin right under such a label, where it does.
        for label, name in reversed(self._named):
            apart = segment.line - label.line
            if 0 < apart <= _NAMED_LINES and self.sheet.is_aligned(label, segment):
                return name
        return None

    def section(self, segment: Segment) -> Tokens | None:
        """What the nearest heading above is about, in the same column of the page."""
        margin = ALIGNED * self.sheet.character
        for heading, end, name in reversed(self._headings):
            is_near = name not in PARTIES or segment.line - heading.line <= _PARTY_LINES
            is_above = heading.line < segment.line and is_near
            if is_above and heading.left - margin <= segment.left < end - margin:
                return name
        return self._of_named(segment)


def _is_sum(segment: Segment) -> bool:
    letters = sum(map(str.isalpha, segment.text))
    return letters <= _MOST_LETTERS and "%" not in segment.text
