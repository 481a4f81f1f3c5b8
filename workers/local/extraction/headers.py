"""Headers of tables without lines: of one line or of several, each column's words together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workers.local.extraction import bare_lines, labels, numbers
from workers.local.extraction.grid import WRAP_GAP, HeaderScore
from workers.local.extraction.segments import Segment, Sheet, has_digit

MOST_LINES = 4
# More texts than these before an amount are columns' names, and the amount's own label.
_LEAST_BEFORE = 2
# So many lines under a header may show that two of its columns were taken for one.
_LINES_BELOW = 6
_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\N{SOFT HYPHEN}]\n(?=[^\W\d_])")


@dataclass(frozen=True)
class Header:
    """A header.

    Attributes:
        columns: for each column its words, from the top.
        end: the number of the line after it.
        bottom: where it ends.
        unnamed: where a first column stands that has no name, or None.
    """

    columns: list[list[Segment]]
    end: int
    bottom: float
    unnamed: tuple[float, float] | None = None

    @property
    def texts(self) -> list[str]:
        """What each column is called."""
        return [*([""] if self.unnamed else []), *map(_text, self.columns)]

    @property
    def extents(self) -> list[tuple[float, float]]:
        """Where each column's words begin and end."""
        named = [
            (min(part.left for part in column), max(part.right for part in column))
            for column in self.columns
        ]
        return [self.unnamed, *named] if self.unnamed else named


def at(sheet: Sheet, line: int, score: HeaderScore) -> Header | None:
    """The header that begins in a line, or None.

    Args:
        sheet: the page.
        line: the line's number.
        score: how well texts are the header that is looked for.
    """
    found, best = _best(sheet, line, score)
    if found is None or (found.end - line > 1 and _best(sheet, line + 1, score)[1] >= best):
        return None
    return _with_unnamed(sheet, _with_parted(sheet, _with_wrapped(sheet, found)))


def _best(sheet: Sheet, line: int, score: HeaderScore) -> tuple[Header | None, float]:
    found, best = None, 0.0
    for header in _windows(sheet, line):
        reached = score(header.texts)
        if reached > best + 1e-6:
            found, best = header, reached
    return found, best


def _windows(sheet: Sheet, first: int) -> Iterator[Header]:
    # The line, and it with some that are close under it.
    if first >= len(sheet.lines) or len(sheet.lines[first]) < 2:
        return
    bottom = 0.0
    parts: list[Segment] = []
    for number, whole in enumerate(sheet.lines[first : first + MOST_LINES], first):
        line = _without_sum(whole)
        if parts and not _is_close(sheet, line, bottom):
            return
        parts += line
        bottom = max(bottom, *(part.bottom for part in line))
        columns = _columns(parts)
        if columns is not None:
            yield Header(columns, number + 1, bottom)


def _without_sum(line: Sequence[Segment]) -> Sequence[Segment]:
    # `Rate  Goods  VAT    Total  500.00`: a sum with its label beside the names of columns.
    end = next((place for place, one in enumerate(line) if bare_lines.amount(one)), len(line))
    is_label = _LEAST_BEFORE < end == len(line) - 1
    return (
        line[: end - 1] if is_label and not any(has_digit(one.text) for one in line[:end]) else line
    )


def _is_close(sheet: Sheet, line: Sequence[Segment], bottom: float) -> bool:
    is_near = line[0].top - bottom < WRAP_GAP * sheet.height
    return is_near and not any(any(map(str.isdigit, part.text)) for part in line)


def _columns(parts: Sequence[Segment]) -> list[list[Segment]] | None:
    # What stands above one another is one column's; None where that is not clear.
    columns: list[list[Segment]] = []
    right = 0.0
    for part in sorted(parts, key=lambda part: part.left):
        if columns and part.left < right:
            columns[-1].append(part)
            right = max(right, part.right)
        else:
            columns.append([part])
            right = part.right
    for column in columns:
        if len({part.line for part in column}) < len(column):
            return None
    return [sorted(column, key=lambda part: part.line) for column in columns]


def _with_wrapped(sheet: Sheet, header: Header) -> Header:
    # Words that go on under some of the columns.
    while header.end < len(sheet.lines):
        below = sheet.lines[header.end]
        owners = [
            [column for column in header.columns if any(above.is_over(part) for above in column)]
            for part in below
        ]
        is_wrap = len(below) < len(header.columns) and all(len(owner) == 1 for owner in owners)
        if not is_wrap or not _is_close(sheet, below, header.bottom):
            return header
        for part, [column] in zip(below, owners, strict=True):
            column.append(part)
        bottom = max(header.bottom, *(part.bottom for part in below))
        header = Header(header.columns, header.end + 1, bottom)
    return header


def _with_unnamed(sheet: Sheet, header: Header) -> Header:
    # What the rows are about, left of all that is named: `Pension` before `Current` and `So far`.
    left = header.extents[0][0]
    rows = [
        line
        for line in sheet.lines[header.end : header.end + _LINES_BELOW]
        if len(line) > len(header.columns)
    ]
    first = [row[0] for row in rows if row[0].right < left and any(map(str.isalpha, row[0].text))]
    if len(first) < 2 or len(first) < len(rows):
        return header
    unnamed = min(one.left for one in first), max(one.right for one in first)
    return replace(header, unnamed=unnamed)


def _with_parted(sheet: Sheet, header: Header) -> Header:
    # `VAT Quantity` with little between them is two columns where two stand under it.
    columns: list[list[Segment]] = []
    for column in header.columns:
        parted = _parted(sheet, header, column) if len(column) == 1 else None
        is_better = parted is not None and (
            all(labels.is_common(part.text) for part in parted)
            or _is_over_two(sheet, header, column[0])
        )
        columns += [[part] for part in parted] if parted and is_better else [column]
    return Header(columns, header.end, header.bottom)


def _parted(sheet: Sheet, header: Header, column: list[Segment]) -> list[Segment] | None:
    [part] = column
    for line in sheet.lines[header.end : header.end + _LINES_BELOW]:
        under = [
            word
            for one in line
            if one.is_over(part) and any(map(str.isalnum, one.text))
            for word in (one.words if _is_pair(one) or _has_code(one) else one.words[:1])
        ]
        if len(under) == 2:
            middle = (under[0].right + under[1].left) / 2
            count = sum(1 for word in part.words if (word.left + word.right) / 2 < middle)
            if 0 < count < len(part.words):
                return [part.part(0, count), part.part(count)]
    return None


def _is_over_two(sheet: Sheet, header: Header, name: Segment) -> bool:
    # In most lines two numbers stand under two words, whatever these mean.
    under = [
        [one for one in line if one.is_over(name)]
        for line in sheet.lines[header.end : header.end + _LINES_BELOW]
    ]
    filled = [ones for ones in under if ones]
    paired = [
        ones
        for ones in filled
        if (len(ones) == 1 and _is_pair(ones[0]))
        or (len(ones) == 2 and all(_is_number(one.text) for one in ones))
    ]
    return len(name.words) == 2 and len(paired) > 1 and 2 * len(paired) > len(filled)


def _is_pair(segment: Segment) -> bool:
    # `0.00 15.00%`, but no number whose thousands a space parts.
    is_two = len(segment.words) == 2 and all(_is_number(word.text) for word in segment.words)
    return is_two and not numbers.SPACED.fullmatch(segment.text)


def _has_code(segment: Segment) -> bool:
    # `334.00 LAB-310`, of which each has a column.
    is_two = len(segment.words) == 2 and all(has_digit(word.text) for word in segment.words)
    return is_two and not numbers.SPACED.fullmatch(segment.text)


def _is_number(text: str) -> bool:
    return has_digit(text) and not any(map(str.isalpha, text))


def _text(column: Sequence[Segment]) -> str:
    return _HYPHENATED.sub("", "\n".join(part.text for part in column))
