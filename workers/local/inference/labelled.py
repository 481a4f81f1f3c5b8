"""Which texts of a page are labels, and what stands there for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workers.local.extraction import labels
from workers.local.extraction.segments import COLON, Segment, Sheet, has_digit
from workers.local.extraction.surroundings import Surroundings
from workers.local.inference import kinds, naming

# So many labels under one another, with a value beside each, are a form though no colon says so;
# any of these has a word that is known from labels.
_LEAST_LABELS = 3
# Two lines of a form are no further apart than so many line heights.
_FORM_GAP = 2.5
_NOT_IN_LABELS = re.compile(r"[,;:]")
_AMOUNT = re.compile(r"\D{0,4}\d[\d.,']{0,20}[.,]\d\d\D{0,4}")


class Labelled:
    """The labels of a page with their values.

    Args:
        near: the page.
        used: its segments that are a table's.
    """

    def __init__(self, near: Surroundings, used: set[Segment]) -> None:
        self._near = near
        self._beside = dict(_forms(near, used))
        self._values = set(self._beside.values())

    def of(self, segment: Segment) -> Iterator[tuple[str, str]]:
        """Each label that a segment is or has, and the first line of what is said there.

        Args:
            segment: one of the page's.
        """
        if COLON.search(segment.text):
            yield from self._before_colons(segment)
        elif segment in self._beside:
            yield segment.text, self._beside[segment].text
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
    # `Offer no. 4711`, as titles have it, and `Total 12.50`, with no more than a space between.
    *before, value = [word.text for word in segment.words]
    label = naming.bare(" ".join(before))
    if not naming.is_label(label) or _NOT_IN_LABELS.search(label):
        return
    is_number = len(before) > 1 and labels.tokens(before[-1]) == ("number",) and has_digit(value)
    if is_number or (_AMOUNT.fullmatch(value) and labels.is_common(label)):
        yield label, value


def _forms(near: Surroundings, used: set[Segment]) -> Iterator[tuple[Segment, Segment]]:
    # Labels under one another, or in the cells of one table, each with its value beside it.
    runs: list[list[tuple[Segment, Segment]]] = []
    for line in near.sheet.lines:
        if len(line) % 2 or used & set(line):
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
        words = [word for label, _ in run for word in label.text.split()]
        if len(run) >= _LEAST_LABELS and any(map(labels.is_common, words)):
            yield from run


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
