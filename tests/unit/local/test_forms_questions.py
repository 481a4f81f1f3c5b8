"""Boxes to tick know what they are an answer to, drawn or declared."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.unit.local.papers import lines, pdf, read
from workers.forms import fields


def groups(content: bytes) -> list[tuple[str, str]]:
    """What each box is called, and what it answers."""
    return [(one.description, one.group) for one in read(content) if one.is_checkbox]


def answers(question: str, *options: str) -> list[tuple[str, str]]:
    """The same of the boxes of one question."""
    return [(option, question) for option in options]


def test_headings_above_boxes_are_their_questions() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 740, 480, 46)
        canvas.setFont("Helvetica", 7)
        canvas.drawString(54, 777, "8. Sex")
        canvas.drawString(254, 777, "9. Marital status")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 750, "[ ] Female   [ ] Male")
        canvas.drawString(260, 750, "[ ] Single   [ ] Married")

    assert groups(pdf(draw)) == [
        *answers("8. Sex", "Female", "Male"),
        *answers("9. Marital status", "Single", "Married"),
    ]


@pytest.mark.parametrize(
    "draw",
    [
        lines("Plan (tick one)", "[ ] Basic", "[ ] Full", step=14),
        lambda canvas: (
            canvas.drawString(60, 780, "Plan (tick one)"),
            lines("[ ] Basic", "[ ] Full", left=200, step=14)(canvas),
        ),
        lines("Name: ________   Plan (tick one)  [ ] Basic   [ ] Full"),
        lines("Sex:  [ ] F  [ ] M   Plan (tick one)  [ ] Basic   [ ] Full"),
        lines("Plan (tick one)", "1.  [ ] Basic   2.  [ ] Full", step=14),
        lines("Plan (tick one)    Basic [ ]   Full [ ]"),
    ],
)
def test_boxes_under_and_beside_one_another_have_the_question_of_the_first(draw: object) -> None:
    assert groups(pdf(draw))[-2:] == answers("Plan (tick one)", "Basic", "Full")  # type: ignore[arg-type]


def test_neither_one_box_nor_one_under_a_place_is_an_answer() -> None:
    draw = lines(
        "Please note:", "[ ] I agree", "", "Name: __________", "[ ] I know", "[ ] I go", step=14
    )
    assert groups(pdf(draw)) == answers("", "I agree", "I know", "I go")


def test_declared_boxes_have_the_printed_question() -> None:
    def draw(canvas: Canvas) -> None:
        form = canvas.acroForm
        canvas.drawString(60, 700, "Hotel required:")
        for x, option in ((200, "Yes"), (260, "No")):
            form.checkbox(x=x, y=697, size=12, name=f"Text{x}")
            canvas.drawString(x + 16, 700, option)
        canvas.drawString(60, 660, "Meal preference:")
        for x, option in ((200, "Meat"), (260, "Vegan")):
            form.radio(x=x, y=657, size=12, name="meal", value=option, selected=False)
            canvas.drawString(x + 16, 660, option)

    assert groups(pdf(draw)) == [
        *answers("Hotel required", "Yes", "No"),
        *answers("Meal preference", "Meat", "Vegan"),
    ]


def test_a_tooltip_may_be_a_question_and_its_answer() -> None:
    def draw(canvas: Canvas) -> None:
        for x, option in ((60, "Single"), (160, "Married")):
            canvas.acroForm.checkbox(
                x=x, y=697, size=12, name=option, tooltip=f"Marital status on May 1? {option}."
            )
            canvas.drawString(x + 16, 700, option)

    assert groups(pdf(draw)) == answers("Marital status on May 1?", "Single", "Married")


def test_a_long_question_leaves_room_for_the_answer_in_a_key() -> None:
    question = "Have you had any of these illnesses in the last ten years? (tick all that apply)"
    content = pdf(lines(question, "[ ] Asthma   [ ] Diabetes", step=14))
    found = read(content)
    assert [one.key.rpartition("_")[2] for one in found] == ["asthma", "diabetes"]
    stored = fields.of_json(fields.as_json(found))
    assert all(one.group.startswith("have you had any of these") for one in stored)
