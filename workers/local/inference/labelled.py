"""Which texts of a page are labels, and what stands there for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workers.local.extraction import labels, numbers
from workers.local.extraction.segments import COLON, Segment, Sheet, has_digit
from workers.local.extraction.surroundings import Surroundings
from workers.local.inference import kinds, naming

# So many labels under one another, with a value beside each, are a form though no colon says so;
# any of these has a word that is known from labels.
_LEAST_LABELS = 3
# and of two one is, whole.
_LEAST_TOLD = 2
# Two lines of a form are no further apart than so many line heights.
_FORM_GAP = 2.5
_NOT_IN_LABELS = re.compile(r"[,;:]")
# What a title names before the document's number: `Invoice A-17`.
_DOCUMENTS = frozenset(("invoice", "quote", "order", "purchase", "contract", "policy", "document"))
_CODE = re.compile(r"(?=\D{0,20}\d)(?=.{3})[A-Z\d][\w./-]{0,30}")
_AMOUNT = re.compile(r"\D{0,4}\d[\d.,']{0,20}[.,]\d\d\D{0,4}")


class Labelled:
    """The labels of a page with their values.

    Args:
        near: the page.
        used: its segments that are a table's.
    """

    def __init__(self, near: Surroundings, used: set[Segment]) -> None:
        self._near = near
        beside = dict(_forms(near, used))
        taken = {*used, *beside, *beside.values()}
        self._told = {**beside, **dict(_headed(near, taken))}
        self._values = set(self._told.values())

    def of(self, segment: Segment) -> Iterator[tuple[str, str]]:
        """Each label that a segment is or has, and the first line of what is said there.

        Args:
            segment: one of the page's.
        """
        if COLON.search(segment.text):
            yield from self._before_colons(segment)
        elif segment in self._told:
            yield segment.text, self._told[segment].text
        elif segment not in self._values:
            yield from self._alone(segment)

    def _before_colons(self, segment: Segment) -> Iterator[tuple[str, str]]:
        words = [word.text for word in segment.words]
        start = 0
        for position in [n for n, word in enumerate(words) if COLON.search(word)]:
            label = COLON.split(" ".join(words[start : position + 1]))[0]
            rest = segment.part(position + 1) if position + 1 < len(words) else None
            value = self._near.before_label(rest) if rest else None
            start = position + 1 + (len(value.words) if value else 0)
            if not naming.is_label(naming.bare(label)):
                continue
            if value:
                yield label, value.text
            elif rest is None:
                yield from self._around(segment, label, has_colon=True)

    def _alone(self, segment: Segment) -> Iterator[tuple[str, str]]:
        label = naming.bare(segment.text)
        is_known = labels.is_common(label) and label.casefold() not in kinds.BOOLEANS
        if naming.is_label(label) and (is_known or self._is_key(segment)):
            yield from self._around(segment, label, has_colon=False)
        else:
            yield from _in_one(segment)

    def _around(
        self, segment: Segment, label: str, *, has_colon: bool
    ) -> Iterator[tuple[str, str]]:
        for lines, _ in self._near.around(segment, has_colon)[:1]:
            yield label, lines[0].text

    def _is_key(self, segment: Segment) -> bool:
        # The left one of two cells, where a form is drawn as a table.
        if segment.cell is None:
            return False
        table, row, column = segment.cell
        cells = [cell for cell in self._near.sheet.page.tables[table].rows[row] if cell.text]
        return column == 0 and len(cells) == 2


def _in_one(segment: Segment) -> Iterator[tuple[str, str]]:
    # `Offer no. 4711`, as titles have it, and `Total 12.50 EUR`, with but a space between.
    texts = [word.text for word in segment.words]
    end = len(texts) - (texts[-1] in numbers.CURRENCIES or texts[-1] in numbers.CURRENCY_CODES)
    value, label = " ".join(texts[end - 1 :]), naming.bare(" ".join(texts[: max(end - 1, 0)]))
    if not naming.is_label(label) or _NOT_IN_LABELS.search(label):
        return
    tokens = set(labels.tokens(label))
    if "number" in tokens and has_digit(value):
        yield label, value
    elif tokens <= _DOCUMENTS and _CODE.fullmatch(value):
        yield f"{label} no.", value
    elif labels.is_common(label) and _AMOUNT.fullmatch(value):
        yield label, value


def _headed(near: Surroundings, used: set[Segment]) -> Iterator[tuple[Segment, Segment]]:
    # A line of labels over a line of values: `Policy` and `Member since` over `K-17` and `2019`.
    for line, below in pairwise(near.sheet.lines):
        pairs = list(zip(line, below, strict=False))
        is_row = len(line) == len(below) > 1 and not used & {*line, *below}
        if (
            is_row
            and all(_is_pair(near, *pair) and near.sheet.is_aligned(*pair) for pair in pairs)
            and not any(has_digit(label.text) for label in line)
            and any(has_digit(value.text) for value in below)
            and _is_any_known(line)
        ):
            yield from pairs


def _forms(near: Surroundings, used: set[Segment]) -> Iterator[tuple[Segment, Segment]]:
    # Labels under one another, or in the cells of one table, each with its value beside it.
    runs: list[list[tuple[Segment, Segment]]] = []
    for line in near.sheet.lines:
        if len(line) % 2 or used & set(line) or _is_under_labels(near, line):
            continue
        for pair in zip(line[::2], line[1::2], strict=True):
            if not _is_pair(near, *pair):
                continue
            run = next((run for run in runs if _goes_on(near.sheet, run[-1], pair)), None)
            if run is None:
                runs.append([pair])
            else:
                run.append(pair)
    for run in runs:
        names = [label for label, _ in run]
        is_told = any(labels.is_common(naming.bare(name.text)) for name in names)
        least = _LEAST_TOLD if is_told else _LEAST_LABELS
        if len(run) >= least and _is_any_known(names):
            yield from run


def _is_any_known(names: Sequence[Segment]) -> bool:
    return any(labels.is_common(word.text) for name in names for word in name.words)


def _is_under_labels(near: Surroundings, line: Sequence[Segment]) -> bool:
    above = near.sheet.lines[line[0].line - 1] if line[0].line else []
    return len(above) == len(line) and all(map(near.is_label, above))


def _is_pair(near: Surroundings, label: Segment, value: Segment) -> bool:
    is_label = naming.is_label(naming.bare(label.text)) and not COLON.search(label.text)
    return is_label and not near.is_label(value)


def _goes_on(sheet: Sheet, above: tuple[Segment, Segment], pair: tuple[Segment, Segment]) -> bool:
    (label, value), (over, beside) = pair, above
    if label.cell is not None and over.cell is not None:
        return label.cell[0] == over.cell[0]
    is_flush = abs(value.right - beside.right) <= sheet.character
    is_close = label.top - over.bottom <= _FORM_GAP * sheet.height
    is_under = sheet.is_aligned(label, over) and over.line < label.line
    return is_close and is_under and (is_flush or sheet.is_aligned(value, beside))
