"""How values are lettered: on lines, in cells for a letter each, small where they are long."""

from __future__ import annotations

import io
from typing import Any

import pdfplumber
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, NumberObject
from reportlab.pdfgen.canvas import Canvas

from tests.unit.local.papers import altered, by_key, declared, filled, lines, pdf
from workers.forms import ink

FLAT = pdf(lines("Name: ____________________________"))


def new_letters(content: bytes) -> list[dict[str, Any]]:
    """What was filled in on the first page, letter by letter."""
    with pdfplumber.open(io.BytesIO(content)) as document:
        letters = document.pages[0].chars
    return [char for char in letters if char["non_stroking_color"] != (0,) and char["text"].strip()]


def test_a_long_value_is_written_small_enough_for_its_gap() -> None:
    name = by_key(FLAT)["name"].place
    content = filled(FLAT, name="Rosalind Elsie Franklin of King's College London " * 3)
    with pdfplumber.open(io.BytesIO(content)) as document:
        letters = [char for char in document.pages[0].chars if char["non_stroking_color"] != (0,)]
        new = [char for char in letters if char["size"] < 9]
    assert len(new) > 100
    assert max(char["x1"] for char in new) <= (name.left + name.width) * 595 + 1


def test_a_long_value_takes_several_lines_where_there_is_room() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "Remarks")
        canvas.rect(60, 600, 300, 170)

    content = filled(pdf(draw), remarks="the quick brown fox jumps over the lazy dog " * 8)
    with pdfplumber.open(io.BytesIO(content)) as document:
        rows = {round(word["top"]) for word in document.pages[0].extract_words()}
        assert max(word["bottom"] for word in document.pages[0].extract_words()) < 242
    assert len(rows) > 5


def test_letters_of_a_comb_stand_in_their_cells() -> None:
    def comb(writer: PdfWriter) -> None:
        for annotation in writer.pages[0]["/Annots"]:
            if annotation.get_object().get("/T") == "name":
                annotation.get_object()[NameObject("/MaxLen")] = NumberObject(10)
                annotation.get_object()[NameObject("/Ff")] = NumberObject(1 << 24)

    written = filled(altered(pdf(declared), comb), full_name="12 34")
    stream = PdfReader(io.BytesIO(written)).pages[0]["/Annots"][0].get_object()["/AP"]["/N"]
    assert stream.get_data().count(b"Tj") == 5


@pytest.mark.parametrize(
    ("label", "line"),
    [("Name: __________________", 0), ("Name ......................", 0), ("Name:", 1)],
)
def test_what_is_written_on_a_line_stands_on_it_and_is_as_large_as_elsewhere(
    label: str, line: int
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, label)
        if line:
            canvas.line(100, 779, 300, 779)

    letters = new_letters(filled(pdf(draw), name="Ada"))
    assert letters[0]["size"] == ink.MAX_SIZE
    foot = 842 - letters[0]["matrix"][5]
    assert 842 - 784 < foot < 842 - 779


def test_text_on_several_lines_stands_on_each_of_them() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "Please list all medications:")
        for y in (755, 735, 715):
            canvas.line(60, y, 300, y)

    content = filled(pdf(draw), please_list_all_medications="lisinopril and albuterol " * 3)
    feet = {round(char["matrix"][5], 1) for char in new_letters(content)}
    assert feet == {755 + ink.RAISE, 735 + ink.RAISE}


def test_what_does_not_fit_even_if_it_is_small_is_cut_off() -> None:
    letters = new_letters(filled(FLAT, name="Rosalind Elsie Franklin " * 60))
    assert min(char["size"] for char in letters) >= ink.MIN_SIZE
    assert letters[-1]["text"] == "…"


@pytest.mark.parametrize(("value", "written"), [("40-47-84", "404784"), ("1.5", "1.5")])
def test_cells_for_letters_have_one_each(value: str, written: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Sort code")
        for number in range(6):
            canvas.rect(140 + 16 * number, 695, 16, 18)

    letters = new_letters(filled(pdf(draw), sort_code=value))
    assert "".join(char["text"] for char in letters) == written
    cells = [int((char["x0"] + char["x1"]) / 2 - 140) // 16 for char in letters]
    assert cells == list(range(len(letters)))


def test_what_has_more_letters_than_there_are_cells_is_written_across_them() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Code")
        for number in range(4):
            canvas.rect(140 + 16 * number, 695, 16, 18)

    letters = new_letters(filled(pdf(draw), code="ABC DEF"))
    assert "".join(char["text"] for char in letters) == "ABCDEF"
