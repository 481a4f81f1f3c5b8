"""Forms as offices print them: open tables, shared lines and cells, leaders, watermarks."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.unit.local.papers import labels, lines, pdf, read
from tests.unit.local.test_forms_detection import boxes, squares, text_fields


def test_a_watermark_does_not_stand_in_a_box() -> None:
    def draw(canvas: Canvas) -> None:
        squares(canvas, 700, 60)
        canvas.drawString(80, 700, "Married")
        canvas.saveState()
        canvas.translate(20, 660)
        canvas.rotate(40)
        canvas.setFont("Helvetica", 60)
        canvas.drawString(0, 0, "YOUR COPY")
        canvas.restoreState()

    assert labels(pdf(draw)) == boxes("Married")


def test_labels_on_a_line_have_what_is_behind_them() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "First name:")
        canvas.drawString(300, 780, "City:")
        canvas.line(60, 778, 540, 778)
        canvas.drawString(60, 740, "Item")
        canvas.drawString(300, 740, "Price")
        canvas.line(60, 738, 540, 738)

    assert labels(pdf(draw)) == text_fields("First name", "City")


def test_captions_under_a_line_have_a_part_of_it_each() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "Name:")
        canvas.line(100, 778, 500, 778)
        canvas.setFont("Helvetica", 7)
        for x, caption in ((140, "(First)"), (290, "(Middle)"), (440, "(Last)")):
            canvas.drawString(x, 770, caption)

    fields = read(pdf(draw))
    assert [field.description for field in fields] == ["Name First", "Name Middle", "Name Last"]
    assert [round(field.place.left * 595) for field in fields] == pytest.approx(
        [100, 228, 377], abs=3
    )


@pytest.mark.parametrize(
    ("line", "draw_box"),
    [
        ("Number of months ..............", lambda canvas: canvas.rect(200, 775, 40, 16)),
        ("Total expenses ............... $", lambda canvas: None),
        ("Abroad? ............ Yes", lambda canvas: squares(canvas, 780, 172)),
    ],
)
def test_dots_that_lead_to_something_are_no_gap(line: str, draw_box: object) -> None:
    def draw(canvas: Canvas) -> None:
        lines(line)(canvas)
        draw_box(canvas)  # type: ignore[operator]

    places = [field.place.left * 595 for field in read(pdf(draw))]
    assert all(left > 160 for left in places)


def test_rows_without_lines_at_their_sides_are_cells() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (780, 755, 730):
            canvas.line(60, y, 540, y)
        canvas.line(60, 780, 60, 730)
        canvas.line(400, 755, 400, 730)
        canvas.setFont("Helvetica", 7)
        canvas.drawString(63, 772, "1 Name as shown on the return")
        canvas.drawString(63, 747, "2 City")
        canvas.drawString(403, 747, "3 Postcode")

    expected = ("1 Name as shown on the return", "2 City", "3 Postcode")
    assert labels(pdf(draw)) == text_fields(*expected)


def test_labels_beside_one_another_share_a_cell() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 750, 480, 30)
        canvas.setFont("Helvetica", 7)
        for x, text in ((63, "First"), (220, "Middle"), (380, "Last")):
            canvas.drawString(x, 772, text)

    assert labels(pdf(draw)) == text_fields("First", "Middle", "Last")


def test_what_is_printed_for_an_amount_leaves_the_rest_of_its_cell() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 200, 400], [780, 760, 740])
        for y, text in ((766, "Wages"), (746, "Interest")):
            canvas.drawString(64, y, text)
        canvas.drawString(382, 766, ".00")
        canvas.drawString(204, 746, "$")

    fields = read(pdf(draw))
    assert [field.description for field in fields] == ["Wages", "Interest"]
    assert (fields[0].place.left + fields[0].place.width) * 595 < 383
    assert fields[1].place.left * 595 > 208


def test_parts_of_a_number_are_places_of_their_own() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 240, 440], [780, 755])
        canvas.drawString(64, 764, "Social security number")
        canvas.drawString(300, 764, "-")
        canvas.drawString(350, 764, "-")

    assert labels(pdf(draw)) == text_fields(*["Social security number"] * 3)


def test_captions_low_in_cells_leave_what_is_above_them() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 300], [780, 750, 720])
        canvas.setFont("Helvetica", 7)
        canvas.drawString(140, 752, "Street")
        canvas.drawString(140, 722, "City and postcode")

    fields = read(pdf(draw))
    assert [field.description for field in fields] == ["Street", "City and postcode"]
    assert all(field.place.height * 842 > 15 for field in fields)


def test_room_below_a_question_and_above_a_postcode() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 600, 480, 160)
        canvas.drawString(64, 745, "8 These are the issues that I want to have looked at again:")
        canvas.drawString(64, 605, "Continue on the back if you need more room than there is here.")
        canvas.drawString(60, 565, "Claimant (name and address)")
        canvas.rect(60, 460, 300, 100)
        canvas.drawString(64, 466, "Postcode")
        canvas.rect(130, 463, 60, 16)

    expected = (
        "8 These are the issues that I want to have looked at again",
        "Claimant (name and address)",
        "Postcode",
    )
    assert sorted(labels(pdf(draw))) == sorted(text_fields(*expected))


def test_lines_in_columns_are_rows_of_a_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "Name")
        canvas.drawString(320, 780, "Relationship")
        for y in (755, 730, 705):
            canvas.line(60, y, 280, y)
            canvas.line(320, y, 500, y)

    assert labels(pdf(draw)) == text_fields(*["Name", "Relationship"] * 3)


def test_boxes_far_under_a_heading_are_called_by_it_and_their_question() -> None:
    def draw(canvas: Canvas) -> None:
        for x, text in ((352, "YES"), (402, "NOT YET")):
            canvas.drawString(x, 780, text)
        for y, text in ((740, "1. Does it walk?"), (680, "2. Does it run?")):
            canvas.drawString(60, y, text)
            for x in (360, 410):
                canvas.circle(x, y + 4, 6)

    fields = read(pdf(draw))
    assert [field.kind for field in fields] == ["checkbox"] * 4
    assert [field.group for field in fields] == ["1. Does it walk?"] * 2 + ["2. Does it run?"] * 2


def test_narrow_cells_before_texts_are_ticked() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 90, 400], [780, 762, 744, 726])
        for y, text in ((767, "Hours were reduced"), (749, "Laid off"), (731, "Other")):
            canvas.drawString(94, y, text)

    assert labels(pdf(draw)) == boxes("Hours were reduced", "Laid off", "Other")


def test_what_is_printed_faintly_is_to_be_written_over() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 700, 200, 18)
        canvas.rect(60, 640, 200, 18)
        canvas.setFillGray(0.85)
        canvas.drawString(64, 705, "Name of the spouse")
        canvas.drawString(64, 645, "Name")
        canvas.setFillGray(0)
        canvas.drawString(60, 662, "Dependent")

    assert labels(pdf(draw)) == text_fields("Name of the spouse", "Dependent")


def test_white_letters_on_a_dark_ground_are_a_heading() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 200, 400], [780, 760, 740])
        canvas.rect(60, 760, 340, 20, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(64, 766, "Item")
        canvas.drawString(204, 766, "Price")

    assert labels(pdf(draw)) == text_fields("Item", "Price")


def test_a_cell_whose_text_runs_up_is_not_empty() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 90, 300], [780, 700])
        canvas.drawString(94, 770, "1 Name")
        canvas.rotate(90)
        canvas.drawString(710, -80, "Print or type")

    assert labels(pdf(draw)) == text_fields("1 Name")


def test_a_line_that_ends_with_its_own_number_has_no_gap_before_it() -> None:
    assert labels(pdf(lines("1a. Wages and tips ................. 1a."))) == []
    assert labels(pdf(lines("1a. Name ................. (in full)"))) == text_fields("1a. Name")


def test_cents_on_a_line_leave_the_rest_of_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "4 Total income")
        canvas.line(300, 778, 400, 778)
        canvas.drawString(386, 779, ".00")

    [field] = read(pdf(draw))
    assert field.description == "4 Total income"
    assert (field.place.left + field.place.width) * 595 < 387


def test_captions_low_in_cells_beside_one_another() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 240, 420], [780, 745])
        canvas.setFont("Helvetica", 7)
        canvas.drawString(64, 747, "Name")
        canvas.drawString(244, 747, "Date of birth")

    assert labels(pdf(draw)) == text_fields("Name", "Date of birth")


def test_a_margin_is_no_place_and_a_question_is_answered_beside_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(40, 600, 20, 180)
        canvas.drawString(60, 790, "B")
        canvas.grid([60, 400, 500], [780, 755])
        canvas.drawString(64, 764, "INSURER A :")

    assert "INSURER A" in [name for name, _ in labels(pdf(draw))]
    assert all(field.place.width * 595 > 30 for field in read(pdf(draw)))


def test_cells_for_letters_are_called_by_the_cell_above_them() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(
            60, 740, "Enter your number in the boxes, and see the notes for what it is."
        )
        canvas.rect(400, 752, 96, 12)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(403, 755, "Tax number")
        for n in range(6):
            canvas.rect(400 + 16 * n, 730, 16, 20)

    assert labels(pdf(draw)) == text_fields("Tax number")
