"""Values that stand over what they are called, as signatures do: `Ada Roe` above `Approved by`."""

from __future__ import annotations

from collections.abc import Iterator

from workers.local.extraction import found
from workers.local.extraction.found import Leaf
from workers.local.extraction.pairs import Pair
from workers.local.extraction.segments import COLON, Segment
from workers.local.extraction.surroundings import Surroundings
from workers.local.extraction.values import Values

# From where on a page forms are signed; and how many line heights are over a caption at most.
_LOWER, _GAP = 0.4, 1.6


def pairs(near: Surroundings, values: Values, skipped: set[Segment]) -> Iterator[Pair]:
    """The values of properties that captions in the lower part of a page name.

    Args:
        near: the page.
        values: reads texts.
        skipped: segments that are neither captions nor values, such as those of tables.
    """
    for caption in near.sheet.segments:
        is_low = caption.top > _LOWER * near.sheet.page.height
        if not is_low or caption in skipped or COLON.search(caption.text):
            continue
        matches = near.matches(caption.text, caption)
        over = _over(caption, near) if matches else None
        if over is None or over in skipped or near.is_label(over):
            continue
        for node, score in matches.items():
            value = values.read(node, over.text, near.is_recognized)
            if value:
                leaf = Leaf(value.value, value.text, found.place([over]))
                yield Pair(node, score, caption, leaf)


def _over(caption: Segment, near: Surroundings) -> Segment | None:
    # What stands right over it and begins where it does, in a line of as many pieces.
    above = near.sheet.lines[caption.line - 1] if caption.line else []
    under = near.sheet.lines[caption.line]
    is_row = len(above) == len(under) and not any(COLON.search(one.text) for one in above)
    for one in above if is_row else ():
        is_close = caption.top - one.bottom <= _GAP * near.sheet.height
        if is_close and one.is_over(caption) and near.sheet.is_aligned(one, caption):
            return one
    return None
