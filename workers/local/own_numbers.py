"""The numbers and dates that the documents of a bundle go by."""

from __future__ import annotations

from collections.abc import Sequence

from workers.documents.page import Page
from workers.local import values
from workers.local.concepts import Key
from workers.local.labels import Finder
from workers.local.sheets import Sheet

# What speaks for another document is positive, what speaks for the same one negative.
OTHER_NUMBER, SAME_NUMBER, OTHER_DATE, FAR_DATE = 2.5, -2.5, 1.2, 0.4
# A document's own number stands in the upper part of its page, or among its first lines.
UPPER, UPPER_LINES, LIKELY = 0.45, 10, 0.6
# Numbers that one document has to itself; and those that a person's or a firm's documents share,
# which tell documents apart where there are several of them.
_OF_ONE = ("invoice number", "delivery number", "order number", "claim number", "document number")
_SHARED = ("contract number", "policy number", "employee number", "account number")
_DATES = ("date", "period", "month")


class Numbers:
    """The numbers and dates that documents of a bundle go by, such as an invoice's.

    Args:
        pages: the bundle's.
    """

    def __init__(self, pages: Sequence[Page]) -> None:
        finders = {text: Finder(Key.of(text)) for text in (*_OF_ONE, *_SHARED, *_DATES)}
        self._of = [
            {text: own for text, finder in finders.items() if (own := _own(finder, sheet))}
            for sheet in map(Sheet.of, pages)
        ]
        every = {text: {own[text] for own in self._of if text in own} for text in finders}
        self._telling = {text for text in finders if text in _OF_ONE or len(every[text]) > 1}

    def weight(self, place: int, has_head: bool) -> float:
        """What the numbers of a page say beside those last seen before it.

        Args:
            place: the page's, from 0.
            has_head: whether something on it looks like the head of a document; if nothing does,
                another date may well be of a delivery or a row.
        """
        weights = {"": 0.0}
        for text, own in self._of[place].items():
            last = self._last(text, place)
            if last is None or text not in self._telling:
                continue
            if text in _DATES:
                is_near = has_head and text in self._of[place - 1]
                weights[text] = 0.0 if last == own else OTHER_DATE if is_near else FAR_DATE
            else:
                weights[text] = SAME_NUMBER if last == own else OTHER_NUMBER
        # Two invoices may be for one order.
        is_another = weights.get(_OF_ONE[0]) == OTHER_NUMBER
        is_same = SAME_NUMBER in weights.values() and not is_another
        return min(weights.values()) if is_same else max(weights.values())

    def has_any(self, place: int) -> bool:
        """Whether a page has a number or a date that documents go by."""
        return bool(self._of[place])

    def _last(self, text: str, place: int) -> str | None:
        # What another document had before the one that this page may go on with says nothing.
        later: dict[str, str] = {}
        for page in reversed(self._of[:place]):
            if any(later.get(own, page[own]) != page[own] for own in _OF_ONE if own in page):
                return None
            if text in page:
                return page[text]
            later = {**page, **later}
        return None


def _own(finder: Finder, sheet: Sheet) -> str | None:
    first = sheet.lines[:UPPER_LINES]
    lowest = max([UPPER * sheet.page.height, *(line[0].top for line in first)])
    found = [value for value in finder.values(sheet) if value.top <= lowest]
    likely = (value for value in found if value.score >= LIKELY)
    best = max(likely, key=lambda value: value.score, default=None)
    return values.same(best.value) if best else None
