"""What a page says of its place in a document: its number, its running header and footer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median

from workers.documents.page import Page
from workers.local import words

_NUMBERS = (
    r"(?:page|seite|pagina|página|blatt|pag|p|s)\.?\s*(\d{1,4})\s*(?:of|von|de|sur|di|van|/)\s*(\d{1,4})",
    r"^\s*(\d{1,4})\s*/\s*(\d{1,4})\s*$",
)
_FIRST = r"^\s*(?:page|seite|pagina|blatt)\s*(\d{1,4})\s*$"
EDGE_LINES = 2
SAME_EDGE = 85
TITLE_WORDS, LARGE = 7, 1.25


@dataclass(frozen=True)
class Furniture:
    """Of one page.

    Attributes:
        number: which page of its document it says that it is, or None.
        total: of how many.
        edges: its first and last lines, without digits.
        has_title: whether it begins with a few words in larger letters than the rest, or in
            capitals alone.
    """

    number: int | None
    total: int | None
    edges: tuple[str, ...]
    has_title: bool

    def continues(self, before: Furniture) -> bool:
        """Whether it says that it is the page after another one."""
        return (
            self.number is not None
            and before.number is not None
            and self.number == before.number + 1
            and self.total == before.total
        )

    def begins(self) -> bool:
        """Whether it says that it is a first page."""
        return self.number == 1

    def has_edges_of(self, before: Furniture) -> bool:
        """Whether a header or footer runs on from another page."""
        from rapidfuzz import fuzz

        mine = [edge for edge in self.edges if len(edge) > EDGE_LINES]
        return any(fuzz.ratio(edge, other) >= SAME_EDGE for edge in mine for other in before.edges)


def of(page: Page) -> Furniture:
    """What a page says of its place."""
    lines = [" ".join(box.text for box in line) for line in page.lines]
    edges = lines[:EDGE_LINES] + lines[-EDGE_LINES:]
    number, total = _numbers(edges)
    bare = (re.sub(r"[\d\s]+", " ", words.plain(line)).strip() for line in edges)
    return Furniture(number, total, tuple(dict.fromkeys(bare)), _has_title(page))


def _has_title(page: Page) -> bool:
    heights = [box.bottom - box.top for line in page.lines for box in line]
    usual = median(heights) if heights else 0
    for line in page.lines[: EDGE_LINES + 1]:
        text = " ".join(box.text for box in line)
        is_large = max(box.bottom - box.top for box in line) > LARGE * usual
        is_short = len(line) <= TITLE_WORDS and re.search(r"[^\W\d_]{3}", text)
        if is_short and (is_large or text.isupper()):
            return True
    return False


def _numbers(lines: list[str]) -> tuple[int | None, int | None]:
    for line in lines:
        for pattern in _NUMBERS:
            if found := re.search(pattern, line, re.IGNORECASE):
                number, total = int(found[1]), int(found[2])
                if 1 <= number <= total:
                    return number, total
        if found := re.search(_FIRST, line, re.IGNORECASE):
            return int(found[1]), None
    return None, None
