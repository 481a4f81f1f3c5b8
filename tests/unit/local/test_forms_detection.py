"""Fields of forms that are only drawn: each with its label, and none where there is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.quality import forms
from tests.unit.local.papers import by_key, labels, lines, pdf
from workers.forms.fields import CHECKBOX, TEXT

Draw = Callable[[Canvas], None]


def text_fields(*names: str) -> list[tuple[str, str]]:
    return [(name, TEXT) for name in names]


def boxes(*names: str) -> list[tuple[str, str]]:
    return [(name, CHECKBOX) for name in names]


def squares(canvas: Canvas, y: float, *xs: float) -> None:
    for x in xs:
        canvas.rect(x, y - 1, 10, 10)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Name: ____________", ["Name"]),
        ("Name ............   City ............", ["Name", "City"]),
        ("Name _ _ _ _ _ _ _ _", ["Name"]),
        ("Name ……………………", ["Name"]),
        ("Date: ___/___/_____   Phone (___) ___-____", ["Date", "Phone"]),
        ("Amount: $ __________ per month", ["Amount"]),
        ("I, __________, born on __________, declare:", ["I … born on", "born on"]),
        ("____________________ (stamp)", ["(stamp)"]),
        ("Chapter one ............................ 12", []),
        ("Coffee ............................ 3.50 €", []),
        ("An ellipsis... is no gap, nor is a snake_case_name or --- a dash.", []),
    ],
)
def test_gaps_in_text(line: str, expected: list[str]) -> None:
    assert labels(pdf(lines(line))) == text_fields(*expected)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[ ] Newsletter   [ ] Terms", ["Newsletter", "Terms"]),
        ("( ) Red  ( ) Dark green", ["Red", "Dark green"]),
        ("[] Yes", ["Yes"]),
        ("See [1] and f( ) and (a)", []),
    ],
)
def test_brackets(line: str, expected: list[str]) -> None:
    assert labels(pdf(lines(line)))[: len(expected)] == boxes(*expected)


def test_boxes_of_a_font_of_pictures() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("ZapfDingbats", 10)
        canvas.drawString(60, 780, "o")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(76, 780, "Morning")

    assert labels(pdf(draw)) == boxes("Morning")


def test_the_place_of_a_gap_is_where_the_gap_is() -> None:
    place = by_key(pdf(lines("Name: ____________")))["name"].place
    assert place.page == 1
    assert place.left * 595 == pytest.approx(93, abs=2)
    assert place.width * 595 == pytest.approx(66.7, abs=1)
    assert place.top * 842 < 842 - 780 < (place.top + place.height) * 842


def test_lines_to_write_on() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "City")
        canvas.line(100, 778, 300, 778)
        canvas.line(60, 700, 200, 700)
        canvas.drawString(60, 690, "Signature")
        canvas.setDash(1, 2)
        canvas.drawString(60, 650, "Zip")
        canvas.line(100, 648, 300, 648)
        canvas.setDash()
        canvas.drawString(60, 620, "Room")
        canvas.rect(100, 618, 200, 0.5, fill=1, stroke=0)

    assert labels(pdf(draw)) == text_fields("City", "Signature", "Zip", "Room")


def test_lines_that_follow_each_other_are_one_place() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "Comments:")
        for y in (760, 740, 720):
            canvas.line(60, y, 500, y)

    content = pdf(draw)
    assert labels(content) == text_fields("Comments")
    assert by_key(content)["comments"].place.height * 842 > 50


def test_lines_that_part_or_underline_are_no_fields() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "An underlined heading")
        canvas.line(60, 778, 160, 778)
        canvas.line(40, 760, 555, 760)
        canvas.drawString(60, 740, "Thank you for your business, which is always welcome here.")
        canvas.line(40, 720, 555, 720)
        canvas.drawString(60, 708, "Footer of the company")

    assert labels(pdf(draw)) == []


def test_boxes_to_write_in() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "Name")
        canvas.rect(150, 775, 200, 18)
        canvas.drawString(60, 745, "Nickname")
        canvas.roundRect(150, 740, 200, 18, 4)
        canvas.drawString(60, 715, "Address (street, town)")
        canvas.rect(60, 670, 300, 40)
        canvas.drawString(60, 650, "Full name of")
        canvas.drawString(60, 638, "the applicant")
        canvas.rect(180, 635, 200, 24)

    expected = ["Name", "Nickname", "Address (street, town)", "Full name of the applicant"]
    assert labels(pdf(draw)) == text_fields(*expected)


def test_white_boxes_on_a_tint_are_seen_and_white_on_white_is_not() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.9)
        canvas.rect(50, 700, 500, 100, fill=1, stroke=0)
        canvas.setFillGray(1)
        canvas.rect(150, 770, 200, 16, fill=1, stroke=0)
        canvas.rect(150, 600, 200, 16, fill=1, stroke=0)
        canvas.setFillGray(0)
        canvas.drawString(60, 774, "Name")
        canvas.drawString(60, 604, "Heading")

    assert labels(pdf(draw)) == text_fields("Name")


def test_cells_beside_and_under_their_labels() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 160, 300], [780, 760, 740])
        canvas.drawString(64, 766, "Name")
        canvas.drawString(64, 746, "City")
        canvas.grid([60, 160, 260, 360], [700, 680, 660])
        for x, text in ((64, "Item"), (164, "Quantity"), (264, "Price")):
            canvas.drawString(x, 686, text)

    assert labels(pdf(draw)) == text_fields("Name", "City", "Item", "Quantity", "Price")


def test_cells_with_both_kinds_of_label_have_both() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 160, 260, 360], [780, 760, 740])
        for x, y, text in ((164, 766, "From"), (264, 766, "To"), (64, 746, "Monday")):
            canvas.drawString(x, y, text)

    assert labels(pdf(draw)) == text_fields("Monday From", "Monday To")


def test_cells_that_hold_their_label() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 300, 540], [780, 750])
        canvas.drawString(64, 760, "First name:")
        canvas.drawString(304, 760, "Last name:")
        canvas.rect(60, 660, 480, 60)
        canvas.setFont("Helvetica", 7)
        canvas.drawString(63, 711, "3 Known allergies")
        canvas.setFont("Helvetica", 10)
        canvas.rect(60, 580, 480, 60)
        canvas.drawString(64, 610, "This is a note in a frame, and there is nothing to fill in.")

    assert labels(pdf(draw)) == text_fields("First name", "Last name", "3 Known allergies")


def test_a_filled_table_has_no_fields_even_if_a_value_is_missing() -> None:
    def draw(canvas: Canvas) -> None:
        xs, ys = [60, 150, 240, 330], [780, 760, 740, 720, 700]
        canvas.grid(xs, ys)
        for row in range(4):
            for column in range(3):
                if (row, column) not in ((2, 1), (0, 0)):
                    canvas.drawString(xs[column] + 4, ys[row] - 14, f"v{row}{column}")

    assert labels(pdf(draw)) == []


def test_rows_of_cells_for_letters_are_one_field() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "Date of birth")
        for start, count in ((180, 2), (220, 2), (260, 4)):
            for number in range(count):
                canvas.rect(start + 16 * number, 775, 16, 18)

    assert labels(pdf(draw)) == text_fields("Date of birth")


def test_squares_and_circles_to_tick() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "Do you smoke?")
        squares(canvas, 780, 200, 260)
        canvas.drawString(214, 780, "Yes")
        canvas.drawString(274, 780, "No")
        canvas.drawString(60, 750, "Married     Yes")
        squares(canvas, 750, 150)
        canvas.drawString(180, 750, "No")
        squares(canvas, 750, 200)
        for x, text in ((126, "male"), (196, "female")):
            canvas.circle(x, 723, 5)
            canvas.drawString(x + 10, 720, text)

    content = pdf(draw)
    assert labels(content) == boxes("Yes", "No", "Yes", "No", "male", "female")
    assert {field.group for field in by_key(content).values()} == {"Do you smoke?", "Married", ""}
    assert list(by_key(content))[:2] == ["do_you_smoke_yes", "do_you_smoke_no"]


def test_fields_come_in_reading_order_with_keys_of_their_own() -> None:
    def draw(canvas: Canvas) -> None:
        lines("Name: _________   Name: _________", "Größe: _________")(canvas)

    assert list(by_key(pdf(lines("3. Age: _______")))) == ["age"]
    assert list(by_key(pdf(draw, draw))) == [
        "name", "name_2", "grosse", "name_3", "name_4", "grosse_2"
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("draw", [lambda canvas: None, lines("Only text, nothing to fill in.")])
def test_pages_without_fields(draw: Draw) -> None:
    assert labels(pdf(draw)) == []


@pytest.mark.slow
def test_graph_paper_is_no_form() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([40 + 5 * n for n in range(100)], [40 + 5 * n for n in range(150)])

    assert labels(pdf(draw)) == []


@pytest.mark.slow
def test_patterns_of_circles_and_of_lines_are_no_forms() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 800, "A page of wallpaper, and of the lines that it is cut by")
        for n in range(40):
            for m in range(30):
                canvas.circle(40 + 12 * n, 40 + 12 * m, 4)
        for n in range(3_000):
            canvas.line(40, 420 + 0.1 * n, 500, 420 + 0.1 * n)

    assert labels(pdf(draw)) == []


@pytest.mark.slow
def test_nearly_all_fields_of_random_forms_are_found_and_little_else() -> None:
    found, real, reported = (sum(column) for column in list(zip(*forms.results(), strict=True))[1:])
    assert found >= 0.97 * real
    assert found >= 0.97 * reported
