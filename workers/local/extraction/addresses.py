"""How far an address goes on."""

from __future__ import annotations

from collections.abc import Sequence

from workers.local.extraction import towns
from workers.local.extraction.segments import Segment, Sheet


def with_town(lines: Sequence[Segment], sheet: Sheet) -> Sequence[Segment]:
    """The lines of an address, and the town under them where they have none.

    Where lines are spaced widely, a value's next line is as far away as the next label: a town is
    known by its postcode, if it stands alone in its line and begins where the street does.
    """
    under = sheet.below(lines[-1], 1) if lines else None
    if under is None or any(towns.of(line.text) for line in lines):
        return lines
    is_alone = sheet.lines[under.line] == [under]
    if is_alone and sheet.is_aligned(under, lines[-1]) and towns.of(under.text):
        return [*lines, under]
    return lines
