"""Where a document goes on: behind a cover, its contents, a heading, a page without a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.unit.local.conftest import page
from workers.documents.layout import Box
from workers.documents.page import Page
from workers.local import beginnings, continuations, furniture, signs
from workers.local.evidence import Sorter
from workers.local.kinds import Kind

KINDS = [Kind("contract"), Kind("invoice"), Kind("job posting")]
PROSE = ["The otter swims far up the river and comes back"] * 10


def laid(
    *lines: tuple[str, float], top: float = 50, size: tuple[float, float] = (595, 842)
) -> Page:
    words: list[Box] = []
    for text, height in lines:
        left = 50.0
        for word in text.split():
            right = left + height * len(word) / 2
            words.append(Box(word, left, top, right, top + height))
            left = right + height / 3
        top += 1.6 * height
    return Page(1, *size, tuple(words))


def prose(*headings: str, size: float = 16) -> list[tuple[str, float]]:
    return [(text, size) for text in headings] + [(text, 10) for text in PROSE]


def begin(*pages: Page) -> float:
    numbered = [replace(own, number=number) for number, own in enumerate(pages, 1)]
    sorter = Sorter(KINDS)
    return beginnings.weights(numbered, [sorter.scores(own) for own in numbered])[-1]


def test_a_heading_as_large_as_one_amid_the_page_before_is_a_sections() -> None:
    before = laid(*prose("Otters"), ("Where they live", 16), *prose())
    section, title = (laid(*prose("On badgers", size=size)) for size in (16, 20))
    assert begin(before, section) < begin(before, title)


def test_a_large_amount_is_no_title() -> None:
    amount, title = (laid(*prose(text)) for text in ("152.05 EUR", "On badgers"))
    assert begin(laid(*prose()), amount) < begin(laid(*prose()), title)


@pytest.mark.parametrize(
    "heading", ["5. Contract", "§ 3 Vertrag", "Article IV Contract", "QUINTA.- CONTRATO"]
)
def test_a_numbered_heading_is_no_documents_title(heading: str) -> None:
    sorter = Sorter(KINDS)
    assert sorter.scores(laid(*prose("Contract"))).title
    assert not sorter.scores(laid(*prose(heading))).title


def test_a_first_line_may_be_a_title_in_letters_no_larger_than_others() -> None:
    sorter = Sorter(KINDS)
    assert sorter.scores(page("Otter Keeping Contract\n" + "\n".join(PROSE))).title
    assert not sorter.scores(page("Keepers sign each contract\n" + "\n".join(PROSE))).title


def test_a_page_goes_on_behind_a_cover() -> None:
    cover, rest = laid(("All about otters", 24), top=300), laid(*prose("Where they live"))
    assert continuations.weight(cover, rest) < 0
    ticket = laid(("All about otters", 24), top=20)
    assert continuations.weight(ticket, rest) == 0


def test_a_list_of_contents_begins_nothing() -> None:
    full = laid(*prose())
    for heading in ("Contents", "Table of contents", "Inhaltsverzeichnis", "Sommaire"):
        assert continuations.weight(full, laid(*prose(heading))) < 0
    assert continuations.weight(full, laid(*prose("Contents of a box"))) == 0


def test_slides_go_on_with_slides() -> None:
    slide, sheet = (laid(("Otters", 24), size=size) for size in ((960, 540), (842, 595)))
    assert continuations.weight(slide, slide) < 0
    assert continuations.weight(sheet, sheet) == 0
    assert not continuations.is_slide(replace(slide, is_recognized=True))


def test_a_second_page_may_follow_one_without_a_number() -> None:
    first = laid(*prose())
    second, fourth = (laid(*prose("Otters"), (f"Page {n} of 4", 10)) for n in (2, 4))
    assert begin(first, second) < begin(first, fourth)


@pytest.mark.parametrize("anybody", ["(m/w/d)", "(f/m/x)", "(h/f)", "(m/w)"])
def test_who_is_wanted_may_be_anybody(anybody: str) -> None:
    assert kinds(page(f"Gardener {anybody}\nYou will like it here.")) == ["job description"]


def test_what_is_hung_on_a_wall_is_larger_than_what_is_read() -> None:
    poster, sheet = (laid(*prose(), size=size) for size in ((2384, 3370), (595, 842)))
    assert kinds(poster) == ["conference poster"]
    assert kinds(sheet) == kinds(replace(poster, is_recognized=True)) == []
    assert kinds(laid(*prose(), size=(960, 540))) == ["presentation"]


def kinds(own: Page) -> Sequence[str]:
    return [sign.kind for sign in signs.of_page(own)]


@pytest.mark.parametrize(
    "last", ["Permit SL/24/318", "Effort B        Progress B+        Attendance        9 of 10"]
)
def test_numbers_of_permits_and_marks_are_no_page_numbers(last: str) -> None:
    found = furniture.page_numbers([page(f"Some words\nand more\n{last}", 1), page("Words", 2)])
    assert found == [None, None]
