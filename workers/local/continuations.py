"""Pages that go on with a document by what they are: behind its cover, its contents, its slides."""

from __future__ import annotations

import re

from workers.documents.page import Page
from workers.local import runs
from workers.local.terms import folded

# What speaks for a continuation is negative.
BEHIND_COVER, CONTENTS, NEXT_SLIDE = -1.5, -2.0, -1.5
# A cover has little more than a title, some way down; a ticket or a card has as little, at its top.
MOST_ON_COVER, LEAST_BEHIND, COVER_TOP = 40, 60, 0.12
# The shapes that slides are made in, which are no sheet of paper's.
SLIDES, TOLERANCE = (4 / 3, 16 / 9, 16 / 10), 0.01
SMALLEST_SLIDE = 200.0
_CONTENTS = re.compile(
    r"(?:table of )?contents|inhalt|inhaltsverzeichnis|sommaire|table des matieres|indice|"
    r"tabla de contenidos?|sommario|inhoud|inhoudsopgave"
)
FIRST_LINES = 3


def weight(before: Page, own: Page) -> float:
    """How much speaks for a page's going on with the one before it, by what the two are."""
    if is_slide(before) and is_slide(own) and (before.width, before.height) == _size(own):
        return NEXT_SLIDE
    if _has_contents(own):
        return CONTENTS
    return BEHIND_COVER if _is_cover(before) and len(own.words) >= LEAST_BEHIND else 0.0


def is_slide(page: Page) -> bool:
    """Whether a page has the shape of a slide; a photo's shape says nothing."""
    if page.is_recognized or min(page.width, page.height) < SMALLEST_SLIDE:
        return False
    shape = page.width / max(page.height, 1e-6)
    return any(abs(shape - slide) <= TOLERANCE for slide in SLIDES)


def _size(page: Page) -> tuple[float, float]:
    return page.width, page.height


def _has_contents(page: Page) -> bool:
    return any(
        _CONTENTS.fullmatch(folded(run.text).strip(" :."))
        for run in runs.of_page(page)
        if run.line < FIRST_LINES
    )


def _is_cover(page: Page) -> bool:
    top = min((word.top for word in page.words), default=0.0)
    return 0 < len(page.words) <= MOST_ON_COVER and top >= COVER_TOP * page.height
