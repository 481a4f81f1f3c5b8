"""Labels and their values: behind a colon, to the right, underneath, or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workers.local.extraction import dates, found, labels, names
from workers.local.extraction.found import Leaf
from workers.local.extraction.names import Names
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

MAX_LABEL_WORDS = 7
# A label in the middle of a sentence has to fit this well.
IN_SENTENCE = 0.85
# What counts as another label when a value is looked for.
SURE = 0.8
_DROPPED_WORD = 0.03
_ONLY_PREFIX, _MID_SENTENCE, _SECOND_CHOICE = 0.95, 0.8, 0.88
_LINKS = (
    "is of von vom lautet betragt beträgt est de du no no. nr nr. # = - per by on am es è: "
    "number nummer den the at a \N{EN DASH}"
)
_CONNECTORS = frozenset(_LINKS.split())
_COLON = re.compile(r":(?!//|\d\d\b)|\N{FULLWIDTH COLON}")
_MARKED = re.compile(r"^(?:\[[xX]\]|\([xX]\)|[☒☑✓✔])$")
_UNMARKED = re.compile(r"^(?:\[\]|☐)$")
_MULTILINE = ("address",)


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

    def __init__(self, sheet: Sheet, known: Names, values: Values) -> None:
        self._sheet = sheet
        self._names = known
        self._values = values
        self._is_recognized = sheet.page.is_recognized

    def all(self, skipped: set[Segment]) -> Iterator[Pair]:
        """Every pair that there may be; the same words may be in several.

        Args:
            skipped: segments that are no labels, such as those of tables.
        """
        for segment in self._sheet.segments:
            if segment not in skipped:
                yield from self._before_colons(segment)
                yield from self._alone(segment)
                yield from self._in_sentence(segment)
                yield from self._checked(segment)

    def is_label(self, segment: Segment) -> bool:
        """Whether a segment is, or begins with, a label."""
        text = segment.text
        colon = _COLON.search(text)
        if colon and colon.end() == len(text):
            return True
        start = text[: colon.start()] if colon else text
        if len(start.split()) > MAX_LABEL_WORDS or (colon is None and _has_digit(start)):
            return False
        return self._names.best(start, self._is_recognized) >= SURE or labels.is_common(start)

    def text_of(self, node: Node, segments: Sequence[Segment]) -> Leaf | None:
        """The value that some lines are for a property."""
        first = segments[:1] if names.role(node) not in _MULTILINE else segments
        text = "\n".join(segment.text for segment in first)
        value = self._values.read(node, text, self._is_recognized)
        return Leaf(value.value, value.text, found.place(first)) if value else None

    def around(self, segment: Segment, has_colon: bool) -> list[tuple[list[Segment], float]]:
        """Where a label's value may stand: beside it or underneath, and how likely it is there.

        Args:
            segment: the label.
            has_colon: whether it ends with one.
        """
        right, below = self._sheet.right_of(segment), self._sheet.below(segment)
        right = None if right is None or self.is_label(right) else right
        below = None if below is None or self.is_label(below) else below
        if right is None or below is None:
            alone = self._beside(right) if right else self._under(below) if below else []
            return [(alone, 1.0)] if alone else []
        if not has_colon and self._reads_down(segment, right, below):
            return [(self._under(below), 1.0), (self._beside(right), _SECOND_CHOICE)]
        return [(self._beside(right), 1.0), (self._under(below), _SECOND_CHOICE)]

    def before_label(self, rest: Segment) -> Segment:
        """What stands before the next label in the same words."""
        # "A-17 Date: 2024-03-01" ends before the next label.
        for position, word in enumerate(rest.words):
            if position == 0 or not _COLON.search(word.text):
                continue
            for first in range(max(1, position - 3), position + 1):
                text = _COLON.split(rest.part(first, position + 1).text)[0]
                is_known = self._names.best(text, self._is_recognized) >= SURE
                if is_known or labels.is_common(text):
                    return rest.part(0, first)
        return rest

    def _before_colons(self, segment: Segment) -> Iterator[Pair]:
        start = 0
        for position, word in enumerate(segment.words):
            colon = _COLON.search(word.text)
            if not colon:
                continue
            label = segment.part(start, position + 1)
            rest = segment.part(position + 1) if position + 1 < len(segment.words) else None
            if colon.end() < len(word.text):  # "Date:2024" is one word
                rest = _split_word(segment, position, colon.end())
            yield from self._labelled(label, segment, rest)
            start = position + 1

    def _labelled(self, label: Segment, segment: Segment, rest: Segment | None) -> Iterator[Pair]:
        count = len(label.words)
        best: dict[Node, tuple[float, Segment]] = {}
        for first in range(max(0, count - MAX_LABEL_WORDS), count):
            part = label.part(first)
            text = _COLON.split(part.text)[0] if first == count - 1 else part.text.rstrip(" :")
            for node, score in self._names.matches(
                _COLON.split(text)[0], self._is_recognized
            ).items():
                lowered = score - _DROPPED_WORD * first
                if lowered > best.get(node, (0.0, part))[0]:
                    best[node] = lowered, part
        for node, (score, part) in best.items():
            if rest is None:
                yield from self._around(node, score, segment, part, has_colon=True)
                continue
            leaf = self._inline(node, rest)
            if leaf:
                yield Pair(node, score, part, leaf)

    def _alone(self, segment: Segment) -> Iterator[Pair]:
        if len(segment.words) > MAX_LABEL_WORDS or _COLON.search(segment.text):
            return
        for node, score in self._names.matches(segment.text, self._is_recognized).items():
            yield from self._around(node, score, segment, segment, has_colon=False)

    def _around(
        self, node: Node, score: float, segment: Segment, label: Segment, *, has_colon: bool
    ) -> Iterator[Pair]:
        for lines, weight in self.around(segment, has_colon):
            leaf = self.text_of(node, lines)
            if leaf:
                yield Pair(node, score * weight, label, leaf)

    def _reads_down(self, label: Segment, right: Segment, below: Segment) -> bool:
        if label.cell is not None and below.cell == label.cell:
            return True
        beneath = self._sheet.below(right)
        return (
            beneath is not None
            and not _has_digit(right.text)
            and (_has_digit(below.text) or _has_digit(beneath.text))
            and beneath.line == below.line == label.line + 1
            and self._sheet.is_aligned(below, label)
            and self._sheet.is_aligned(beneath, right)
        )

    def _beside(self, first: Segment) -> list[Segment]:
        # Further lines of the value, as long as nothing stands left of them.
        lines = [first]
        for segment in self._sheet.block(first)[1:]:
            if self._sheet.lines[segment.line][0] is not segment or self.is_label(segment):
                break
            lines.append(segment)
        return lines

    def _under(self, first: Segment) -> list[Segment]:
        lines: list[Segment] = []
        for segment in self._sheet.block(first):
            if self.is_label(segment):
                break
            lines.append(segment)
        return lines

    def _inline(self, node: Node, rest: Segment) -> Leaf | None:
        value = self.before_label(rest)
        if names.role(node) in _MULTILINE and len(value.words) == len(rest.words):
            return self.text_of(node, [value, *self._continued(value)])
        return self.text_of(node, [value]) or self._beginning(node, value)

    def _continued(self, first: Segment) -> list[Segment]:
        return self._under(first)[1:] if first.line + 1 < len(self._sheet.lines) else []

    def _beginning(self, node: Node, rest: Segment) -> Leaf | None:
        # The value may be followed by more of a sentence.
        if dates.find(rest.text) and names.role(node) != "date":
            return None
        for end in range(min(4, len(rest.words) - 1), 0, -1):
            if node.types == ("string",) and names.role(node) not in ("date", "number"):
                break
            if leaf := self.text_of(node, [rest.part(0, end)]):
                return leaf
        return None

    def _in_sentence(self, segment: Segment) -> Iterator[Pair]:
        texts = [word.text for word in segment.words]
        for position, text in enumerate(texts):
            if not _has_digit(text) or position == 0 or _has_digit(texts[position - 1]):
                continue
            end = position
            while end > 1 and _is_connector(texts[end - 1]) and position - end < 3:
                end -= 1
            for start in range(max(0, end - 5), end):
                label = segment.part(start, end)
                if _COLON.search(label.text):
                    continue
                yield from self._followed(segment, start, label, segment.part(position))

    def _followed(
        self, segment: Segment, start: int, label: Segment, rest: Segment
    ) -> Iterator[Pair]:
        weight = _ONLY_PREFIX if start == 0 else _MID_SENTENCE
        for node, score in self._names.matches(label.text, self._is_recognized).items():
            if start and score < IN_SENTENCE:
                continue
            if node.types == ("string",) and names.role(node) not in (
                "date",
                "number",
                "amount",
                "taxid",
            ):
                continue
            leaf = self._value_ahead(node, rest, start == 0)
            if leaf:
                yield Pair(node, score * weight, label, leaf)

    def _value_ahead(self, node: Node, rest: Segment, is_whole: bool) -> Leaf | None:
        match = dates.find(rest.text)
        if names.role(node) == "date":
            return self.text_of(node, [rest]) if match and match.start() < 12 else None
        if match and match.start() == 0:
            return None
        if names.role(node) == "number" and len(rest.words) > 1:
            text = rest.words[0].text.rstrip(".,;)")
            value = self._values.read(node, text, self._is_recognized)
            return Leaf(value.value, value.text, found.place([rest.part(0, 1)])) if value else None
        return (self.text_of(node, [rest]) if is_whole else None) or self._beginning(node, rest)

    def _checked(self, segment: Segment) -> Iterator[Pair]:
        # "[x] Express delivery"
        mark = segment.words[0].text
        is_marked = bool(_MARKED.match(mark))
        if len(segment.words) < 2 or not (is_marked or _UNMARKED.match(mark)):
            return
        label = segment.part(1)
        for node, score in self._names.matches(label.text, self._is_recognized).items():
            if node.types == ("boolean",) and node.fits(is_marked):
                yield Pair(
                    node, score, label, Leaf(is_marked, mark, found.place([segment.part(0, 1)]))
                )


def _split_word(segment: Segment, position: int, offset: int) -> Segment:
    from dataclasses import replace

    def rest(word: found.Box) -> found.Box:
        step = (word.right - word.left) / len(word.text)
        return replace(word, text=word.text[offset:], left=word.left + step * offset)

    part = segment.part(position)
    return replace(
        part,
        words=(rest(part.words[0]), *part.words[1:]),
        seen=(rest(part.seen[0]), *part.seen[1:]),
    )


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _is_connector(text: str) -> bool:
    return text.casefold() in _CONNECTORS
