"""What a label means with the title that it stands under or beside: `Name:` beside `Tenant`."""

from __future__ import annotations

from collections.abc import Callable

from workers.local.extraction import labels
from workers.local.extraction.names import VAGUE
from workers.local.extraction.segments import COLON, Segment, Sheet, has_digit

# What a document may be; so far above its number that may stand, in a title of so many words.
_KINDS = frozenset(
    {"invoice", "order", "quote", "contract", "policy", "receipt", "note", "document", "delivery"}
    | {"list", "report", "certificate", "credit", "ticket", "permit", "claim", "slip"}
)
_TITLE_ABOVE, _MOST_TITLE_WORDS = 3, 3


def titled(text: str, segment: Segment, sheet: Sheet, best: Callable[[str], float]) -> str | None:
    """A label with its title, or None if it says enough by itself.

    Args:
        text: the label.
        segment: where it stands.
        sheet: the page.
        best: how well a label fits the property that it fits best.
    """
    if COLON.search(segment.text) and (beside := _beside(text, segment, sheet, best)):
        return beside
    return _under(text, segment, sheet) if labels.tokens(text) == ("number",) else None


def _beside(text: str, segment: Segment, sheet: Sheet, best: Callable[[str], float]) -> str | None:
    place, line = sheet.at.get(segment, 0), sheet.lines[segment.line]
    title = line[place - 1].text if place else ""
    is_title = bool(title) and not (COLON.search(title) or has_digit(title))
    if not is_title or len(title.split()) > _MOST_TITLE_WORDS:
        return None
    is_vague, whole = set(labels.tokens(text)) <= VAGUE, f"{title} {text}"
    return whole if is_vague and best(whole) > best(text) else None


def _under(text: str, segment: Segment, sheet: Sheet) -> str | None:
    # `No. 4711` under `Sales order` is the order's.
    for line in sheet.lines[max(segment.line - _TITLE_ABOVE, 0) : segment.line][::-1]:
        for title in line:
            is_short = len(title.words) <= _MOST_TITLE_WORDS and not has_digit(title.text)
            if is_short and title.is_over(segment) and _KINDS & set(labels.tokens(title.text)):
                return f"{title.text} {text}"
    return None
