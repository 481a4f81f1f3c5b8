"""What tells pages apart and joins them: page numbers, headers, footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workers.documents.page import Page
from workers.local import runs
from workers.local.runs import Run
from workers.local.terms import folded

EDGE_LINES = 3
# A footer's number has so many texts beside it at most; `Attendance 9 of 10` is in a row of marks.
MOST_BESIDE = 2
# The share of the lines in which a form filled in anew is the same, digits aside.
SAME_FORM, LEAST_LINES = 0.5, 5
MOST_PAGES = 2_000
_PAGE = (
    r"(?:page|pages|pag|pg|p|seite|blatt|s|bl|feuille|folio|pagina|hoja|folha|foglio|bladzijde|blz|"
    "side|sida|sivu|strona|strana|str|stranica|oldal|стр|страница|sheet)"
)
_OF = r"(?:of|out of|von|de|du|sur|di|van|av|af|z|ze|od|из|/|\|)"
_DIGITS = r"([\dl|]{1,4})"
_LABELLED_OF = re.compile(rf"(?<![^\W_]){_PAGE}\s*[.:]?\s*{_DIGITS}\s*{_OF}\s*{_DIGITS}(?![\w.,/])")
_BARE_OF = re.compile(rf"[(\[-]?\s*{_DIGITS}\s*{_OF}\s*{_DIGITS}\s*[)\]-]?")
_LABELLED = re.compile(rf"[(\[-]?\s*{_PAGE}\s*[.:]?\s*{_DIGITS}\s*[)\]-]?")
_DASHED = re.compile(rf"[-\u2013\u2014]\s*{_DIGITS}\s*[-\u2013\u2014]")
_COUNT = re.compile(r"pages\s*:")
_COUNTED = re.compile(
    r"(?:第\s*)?(\d{1,4})\s*(?:页|頁|ページ)(?:\D{0,3}(\d{1,4})\s*(?:页|頁|ページ))?"
)


@dataclass(frozen=True)
class PageNumber:
    """What a page says of its place: `Page 2 of 3`.

    Attributes:
        number: from 1.
        total: of how many; None where it does not say.
    """

    number: int
    total: int | None = None


def page_numbers(pages: Sequence[Page]) -> list[PageNumber | None]:
    """What each page says of its place in its own document.

    Numbers that run through the whole bundle say nothing of the documents in it, and are left out.
    """
    said = [_said(page) for page in pages]
    for total in (len(pages), None):
        running = [PageNumber(place, total) for place in range(1, len(pages) + 1)]
        if len(pages) > 1 and all(own in found for own, found in zip(running, said, strict=True)):
            said = [
                [number for number in found if number != own]
                for own, found in zip(running, said, strict=True)
            ]
    return [found[0] if found else None for found in said]


def shapes(page: Page) -> tuple[str, ...]:
    """The lines of a page, digits and case aside: what stays where the same form is used anew."""
    return tuple(
        re.sub(r"\d+", "0", folded(" ".join(word.text for word in line))) for line in page.lines
    )


def is_form_anew(before: Page, own: Page, number: PageNumber | None) -> bool:
    """Whether a page is the form that the one before it is, filled in anew: a month's payslip.

    Args:
        before: the page before.
        own: the page.
        number: what it says of its place; a list's next page has the same head, and says so.
    """
    if number is not None and number.number > 1:
        return False
    lines, earlier = Counter(shapes(own)), Counter(shapes(before))
    # What is there twice is a table's row, which its next page has, too.
    rows = {line for found in (lines, earlier) for line, count in found.items() if count > 1}
    worded, other = _worded(lines) - rows, _worded(earlier) - rows
    least = max(LEAST_LINES, SAME_FORM * max(len(worded), len(other)))
    return len(worded & other) >= least and shapes(own)[:1] == shapes(before)[:1]


def _worded(lines: Iterable[str]) -> set[str]:
    return {line for line in lines if any(map(str.isalpha, line))}


def _said(page: Page) -> list[PageNumber]:
    # Surest first: with a total, at the page's edge; a lone `Page 2` elsewhere, if it is the only.
    found = runs.of_page(page)
    last = found[-1].line if found else 0
    # Of several that differ, such as a column of `3/4` and `3/7`, none is a page's.
    bare = {run.text for run in found if _BARE_OF.fullmatch(folded(run.text))}
    at_edge: list[PageNumber] = []
    elsewhere: list[PageNumber] = []
    for run in found:
        is_edge = run.line < EDGE_LINES or run.line > last - EDGE_LINES
        is_lone = run.neighbours <= MOST_BESIDE and not (run.text in bare and len(bare) > 1)
        number = _number_in(run, is_edge and is_lone)
        if number:
            (at_edge if is_edge or number.total else elsewhere).append(number)
    said = at_edge or (elsewhere if len(elsewhere) == 1 else [])
    return sorted(said, key=lambda number: number.total is None)


def _number_in(run: Run, is_edge: bool) -> PageNumber | None:
    text = folded(run.text)
    match = _LABELLED_OF.search(text) or _LABELLED.fullmatch(text)
    if not match and is_edge:
        match = _BARE_OF.fullmatch(text) or _DASHED.fullmatch(text) or _COUNTED.fullmatch(text)
    if not match:
        return None
    if _COUNT.match(text) or (match.re is _BARE_OF and match.group(1).startswith("0")):
        return None  # `Pages: 14` is how many there are, and `03/04` a date
    number, total = [_digits(group) for group in (*match.groups(), None)][:2]
    if not number or number > MOST_PAGES or (total is not None and not number <= total):
        return None
    return PageNumber(number, total)


def _digits(text: str | None) -> int | None:
    return int(text.replace("l", "1").replace("|", "1")) if text else None
