"""Forms whose places have borders of another kind, a ground, or parts of a value in them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.unit.local.papers import labels, pdf, read
from tests.unit.local.test_forms_detection import boxes, text_fields
from workers.forms import sheet
from workers.forms.sheet import Sheet
from workers.forms.strokes import Strokes


def ring(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """A border as browsers print it: what lies between two boxes, filled."""
    path = canvas.beginPath()
    path.rect(x, y, width, height)
    path.rect(x + 0.75, y + 0.75, width - 1.5, height - 1.5)
    canvas.drawPath(path, stroke=0, fill=1, fillMode=0)


def bevel(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """A border whose halves are bent strips: left and above, right and below."""
    right, top = x + width, y + height
    for corners in (
        ((x, y), (x, top), (right, top), (right - 1, top - 1), (x + 1, top - 1), (x + 1, y + 1)),
        (
            (right, top),
            (right, y),
            (x, y),
            (x + 1, y + 1),
            (right - 1, y + 1),
            (right - 1, top - 1),
        ),
    ):
        path = canvas.beginPath()
        path.moveTo(*corners[0])
        for corner in corners[1:]:
            path.lineTo(*corner)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)


@pytest.mark.parametrize("border", [ring, bevel])
def test_borders_that_are_filled_are_lines(border: object) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 781, "Glasses")
        border(canvas, 60, 779, 10, 10)  # type: ignore[operator]
        canvas.drawString(60, 741, "Name")
        border(canvas, 150, 735, 200, 22)  # type: ignore[operator]

    assert labels(pdf(draw)) == [*boxes("Glasses"), *text_fields("Name")]


def test_amounts_stand_between_uprights_without_a_line_above() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(
            60, 724, "Enter what you have paid for it in the year, as far as you know"
        )
        canvas.drawString(404, 724, "18a")
        canvas.line(400, 720, 520, 720)
        for x in (400, 424, 520):
            canvas.line(x, 720, x, 750)

    [field] = read(pdf(draw))
    assert field.place.left * 595 == pytest.approx(424, abs=1)


def test_gray_cells_are_not_written_in_unless_most_are_gray() -> None:
    def draw(*gray_columns: int) -> bytes:
        def page(canvas: Canvas) -> None:
            xs = (60, 260, 380, 500)
            canvas.setFillGray(0.7)
            for column in gray_columns:
                canvas.rect(xs[column], 740, xs[column + 1] - xs[column], 20, fill=1, stroke=0)
            canvas.setFillGray(0)
            canvas.grid(xs, [760, 740])
            canvas.drawString(64, 746, "Net gain")

        return pdf(page)

    lefts = [round(field.place.left * 595) for field in read(draw(2))]
    assert lefts == [260]
    assert len(read(draw(1, 2))) == 2


def test_a_telephone_has_places_in_its_parentheses_and_behind() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 740, 300, 34)
        canvas.drawString(64, 762, "Daytime phone number")
        canvas.drawString(70, 745, "(")
        canvas.drawString(100, 745, ")")

    assert labels(pdf(draw)) == text_fields("Daytime phone number", "Daytime phone number")
    lefts = [round(field.place.left * 595) for field in read(pdf(draw))]
    assert lefts[0] < 80 < 100 < lefts[1]


def test_slashes_leave_a_narrow_cell_whole() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 160, 205], [780, 760])
        canvas.drawString(64, 766, "Date of birth")
        canvas.drawString(174, 764, "/")
        canvas.drawString(188, 764, "/")

    [field] = read(pdf(draw))
    assert (field.description, round(field.place.width * 595)) == ("Date of birth", 45)


def test_letters_of_a_date_in_its_cells_are_hints_and_slashes_part_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 764, "Date")
        left = 150.0
        for part in ("DD", "MM", "YYYY"):
            for letter in part:
                canvas.rect(left, 760, 14, 14)
                canvas.drawString(left + 4, 763, letter)
                left += 14
            left += 8
        canvas.drawString(180.5, 763, "/")
        canvas.drawString(216.5, 763, "/")

    fields = read(pdf(draw))
    assert [round(field.place.width * 595) for field in fields] == [28, 28, 56]


def test_cells_for_letters_end_where_another_label_begins() -> None:
    def draw(canvas: Canvas) -> None:
        for left, text, count in ((60, "Born", 8), (184, "Number", 9)):
            canvas.drawString(left, 782, text)
            for n in range(count):
                canvas.rect(left + 14 * n, 760, 14, 18)

    assert labels(pdf(draw)) == text_fields("Born", "Number")


def test_labels_in_one_cell_have_what_is_behind_them() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 760, 300, 18)
        canvas.drawString(64, 765, "Plan no.:")
        canvas.drawString(210, 765, "Wages:")

    assert labels(pdf(draw)) == text_fields("Plan no", "Wages")


def test_dots_before_the_number_of_a_place_are_no_gap() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 764, "Other additions, see the notes ............")
        canvas.drawString(240, 764, "H(c)")
        canvas.rect(268, 760, 100, 16)

    lefts = [round(field.place.left * 595) for field in read(pdf(draw))]
    assert lefts == [268]


def spelled(text: str, **more: object) -> Sheet:
    """A page of one line, whose letters have these further properties."""
    chars = [
        {
            "text": letter,
            "x0": 60 + 6 * at,
            "x1": 65 + 6 * at,
            "top": 80,
            "bottom": 90,
            "size": 10,
            "upright": True,
            "matrix": (10, 0, 0, 10, 60 + 6 * at, 752),
            **more,
        }
        for at, letter in enumerate(text)
    ]
    return sheet.of_page(SimpleNamespace(chars=chars, width=595, height=842), 1, Strokes())


def test_soft_hyphens_part_words_and_are_not_seen() -> None:
    assert [phrase.text for phrase in spelled("Due\xaddate").phrases] == ["Due date"]


def test_the_outline_of_a_full_square_is_a_box_to_tick() -> None:
    outlined = {"fontname": "ABCDEF+ZapfDingbatsStd", "non_stroking_color": (1, 1, 1)}
    assert len(spelled("■ ■", **outlined).ticks) == 2
    assert len(spelled("■ ■", **{**outlined, "non_stroking_color": (0, 0, 0)}).ticks) == 0


def test_a_row_has_the_place_behind_its_number() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 260, 400], [780, 760, 740, 720])
        canvas.drawString(64, 766, "Full name")
        canvas.drawString(264, 766, "Born")
        for number, y in ((1, 746), (2, 726)):
            canvas.drawString(64, y, f"{number}.")

    expected = ("Full name 1", "Born 1", "Full name 2", "Born 2")
    assert labels(pdf(draw)) == text_fields(*expected)


def test_an_amount_is_written_behind_its_currency() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 300], [780, 760, 740])
        canvas.drawString(64, 766, "How much? $")
        canvas.drawString(64, 746, "For what? $")

    assert labels(pdf(draw)) == text_fields("How much?", "For what?")


@pytest.mark.parametrize(("code", "places"), [("12a", 1), ("City", 2)])
def test_a_label_is_no_number_of_a_place(code: str, places: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 764, "Other additions ............")
        canvas.drawString(190, 764, code)
        canvas.rect(215, 760, 100, 16)

    assert len(labels(pdf(draw))) == places


def test_labels_under_one_another_in_a_cell_have_what_is_behind_them() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 720, 300, 60)
        for y, text in ((768, "Attorney:"), (750, "Telephone no.:"), (732, "E-mail:")):
            canvas.drawString(64, y, text)

    assert labels(pdf(draw)) == text_fields("Attorney", "Telephone no", "E-mail")
