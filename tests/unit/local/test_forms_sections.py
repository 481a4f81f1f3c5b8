"""Fields know the heading that they stand under, and their row."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from tests.unit.local.papers import lines, pdf, read
from workers.forms import fields


def sections(content: bytes) -> list[tuple[str, str]]:
    """The fields' keys and sections."""
    return [(one.key, one.section) for one in read(content)]


def heading(canvas: Canvas, x: float, y: float, text: str) -> None:
    """Write in bold letters."""
    canvas.setFont("Helvetica-Bold", 10)
    canvas.drawString(x, y, text)
    canvas.setFont("Helvetica", 10)


def test_fields_alike_are_told_apart_by_their_headings() -> None:
    def draw(canvas: Canvas) -> None:
        lines("Membership", "Name: __________   Town: __________")(canvas)
        heading(canvas, 60, 720, "Emergency contact")
        lines("Name: __________", "Phone: __________", top=696)(canvas)

    assert sections(pdf(draw)) == [
        ("name", ""),
        ("town", ""),
        ("emergency_contact_name", "Emergency contact"),
        ("phone", "Emergency contact"),
    ]


def test_headings_in_capitals_in_large_letters_and_with_a_colon() -> None:
    def draw(canvas: Canvas) -> None:
        lines("Form 7", "APPLICANT", "Name: __________", "Please print.")(canvas)
        lines("The seller:", "Name: __________", top=600)(canvas)
        canvas.setFontSize(14)
        canvas.drawString(60, 540, "Buyer")
        canvas.setFontSize(10)
        lines("Name: __________", top=516)(canvas)

    assert sections(pdf(draw)) == [
        ("applicant_name", "APPLICANT"),
        ("the_seller_name", "The seller"),
        ("buyer_name", "Buyer"),
    ]


def test_headings_beside_one_another() -> None:
    def draw(canvas: Canvas) -> None:
        lines("Move")(canvas)
        heading(canvas, 60, 740, "From")
        heading(canvas, 320, 740, "To")
        canvas.drawString(60, 710, "Street: __________")
        canvas.drawString(320, 710, "Street: __________")

    assert sections(pdf(draw)) == [("from_street", "From"), ("to_street", "To")]


def test_a_heading_on_the_right_is_none_of_what_is_left_of_it() -> None:
    def draw(canvas: Canvas) -> None:
        lines("Tenancy")(canvas)
        heading(canvas, 60, 740, "Tenant")
        heading(canvas, 320, 700, "Landlord")
        canvas.drawString(60, 670, "Name: __________")
        canvas.drawString(320, 670, "Name: __________")

    assert sections(pdf(draw)) == [("tenant_name", "Tenant"), ("landlord_name", "Landlord")]


def test_declared_fields_have_sections() -> None:
    def draw(canvas: Canvas) -> None:
        lines("Registration")(canvas)
        for y, text in ((740, "Company"), (680, "Contact person")):
            heading(canvas, 60, y, text)
            canvas.drawString(60, y - 24, "Name")
            canvas.acroForm.textfield(x=120, y=y - 30, width=90, height=18, name=f"n{y}")

    assert [key for key, _ in sections(pdf(draw))] == ["company_name", "contact_person_name"]


def test_neither_labels_nor_questions_are_headings() -> None:
    def draw(canvas: Canvas) -> None:
        lines("Entry", "Workshops:", "[ ] Pottery", "[ ] Weaving", step=14)(canvas)
        lines("Name: __________", top=700)(canvas)
        heading(canvas, 60, 660, "Comments")
        canvas.rect(60, 600, 300, 55)

    assert [section for _, section in sections(pdf(draw))] == [""] * 4


def test_what_a_template_does_not_store_is_found_again() -> None:
    def draw(canvas: Canvas) -> None:
        lines("Form")(canvas)
        heading(canvas, 60, 740, "Emergency contact")
        lines("Name: __________", top=716)(canvas)

    found = read(pdf(draw))
    stored = fields.as_json(found)
    stored[0]["key"] = "who"
    [again] = fields.of_json(stored, found)
    assert (again.key, again.section) == ("who", "Emergency contact")
    assert fields.of_json(stored)[0].section == ""


def rows(content: bytes) -> list[tuple[str, int]]:
    """The fields' keys and rows."""
    return [(one.key, one.row) for one in read(content)]


def test_cells_under_a_header_know_their_row() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 160, 300], [780, 760, 740, 720])
        canvas.drawString(64, 766, "Date")
        canvas.drawString(164, 766, "Amount")
        lines("Date: __________", "Date: __________", top=690)(canvas)

    assert rows(pdf(draw)) == [
        ("date", 1),
        ("amount", 1),
        ("date_2", 2),
        ("amount_2", 2),
        ("date_3", 0),
        ("date_4", 0),
    ]


def test_declared_fields_in_a_table_have_its_header_and_their_row() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 762, "Day")
        canvas.drawString(170, 762, "Hours")
        for y in (740, 720, 700):
            for x in (60, 170):
                canvas.acroForm.textfield(x=x, y=y, width=100, height=18, name=f"Text{x}.{y}")

    assert rows(pdf(draw)) == [
        (name, row)
        for row, names in enumerate(
            (("day", "hours"), ("day_2", "hours_2"), ("day_3", "hours_3")), 1
        )
        for name in names
    ]
