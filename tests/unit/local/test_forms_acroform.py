"""Fields that a PDF declares: all of them, with names for people."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from tests.quality import forms
from tests.quality.form_papers import acroform
from tests.unit.local.papers import (
    altered,
    by_key,
    declared,
    entry,
    filled,
    lines,
    pdf,
    read,
    seen_text,
)
from workers.forms import widgets
from workers.forms.fields import CHECKBOX, TEXT

FORM = pdf(declared)


def test_each_kind_of_field_is_found_with_its_label() -> None:
    fields = by_key(FORM)
    assert {key: (field.description, field.kind) for key, field in fields.items()} == {
        "full_name": ("Full name", TEXT),
        "colour": ("Colour", TEXT),
        "newsletter": ("Newsletter", CHECKBOX),
        "size_small": ("Small", CHECKBOX),
        "size_large": ("Large", CHECKBOX),
    }
    assert fields["colour"].options == ("Red", "Green")
    assert fields["colour"].value == "Red"
    assert fields["size_small"].group == "size"


def test_all_fields_of_random_forms_are_found() -> None:
    for seed in range(5):
        content, truth = acroform(seed)
        assert forms.matched(forms.read(content), truth) == len(truth)


def test_what_nobody_can_fill_in_is_left_out() -> None:
    def change(writer: PdfWriter) -> None:
        name, colour, news, *_ = (one.get_object() for one in writer.pages[0]["/Annots"])
        name[NameObject("/Ff")] = NumberObject(1)
        colour[NameObject("/F")] = NumberObject(2)
        news[NameObject("/Ff")] = NumberObject(1 << (widgets.PUSH_BUTTON - 1))

    assert list(by_key(altered(FORM, change))) == ["size_small", "size_large"]


def test_names_for_programs_are_read_as_words_where_there_is_no_other() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.acroForm.textfield(x=60, y=700, width=100, height=18, name="page1.dateOfBirth[0]")

    assert by_key(pdf(draw))["date_of_birth"].description == "date Of Birth"


def test_a_tooltip_and_what_is_printed_both_name_a_field() -> None:
    def draw(canvas: Canvas) -> None:
        printed = ("Number of dependants", "Purchase order", "Phone", "City:", "person")
        tooltips = ("Dependants", "PO", "Contact phone", "City", "Income of any other person")
        for number, (label, tooltip) in enumerate(zip(printed, tooltips, strict=True)):
            y = 700 - 30 * number
            canvas.drawString(60, y + 5, label)
            canvas.acroForm.textfield(
                x=200, y=y, width=100, height=18, name=f"t{number}", tooltip=tooltip
            )

    assert [(one.key, one.description, one.printed) for one in read(pdf(draw))] == [
        ("dependants", "Number of dependants", ""),
        ("po", "PO", "Purchase order"),
        ("contact_phone", "Contact phone", "Phone"),
        ("city", "City", ""),
        ("income_of_any_other_person", "Income of any other person", ""),
    ]


def test_captions_right_below_places_are_theirs() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 745, "OWNER")
        rows = (("Surname", "Forename"), ("Street", "Town"), ("Phone", "Fax"))
        for number, row in enumerate(rows):
            for column, label in enumerate(row):
                x, y = 60 + 220 * column, 700 - 42 * number
                canvas.acroForm.textfield(x=x, y=y, width=200, height=18, name=f"f{number}{column}")
                canvas.setFont("Helvetica", 8)
                canvas.drawString(x, y - 10, label)

    assert list(by_key(pdf(draw))) == ["surname", "forename", "street", "town", "phone", "fax"]


def test_a_field_that_is_shown_twice_is_one_and_written_twice() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 705, "Name")
        canvas.acroForm.textfield(x=100, y=700, width=100, height=18, name="name")

    def join(writer: PdfWriter) -> None:
        first, second = (page["/Annots"][0] for page in writer.pages)
        parent = entry(T=TextStringObject("name"), FT=NameObject("/Tx"))
        parent[NameObject("/Kids")] = ArrayObject([first, second])
        kept = writer._add_object(parent)
        for widget in (first.get_object(), second.get_object()):
            del widget["/T"], widget["/FT"]
            widget[NameObject("/Parent")] = kept
        fields = ArrayObject([kept])
        writer.root_object["/AcroForm"].get_object()[NameObject("/Fields")] = fields

    content = altered(pdf(draw, draw), join)
    assert list(by_key(content)) == ["name"]
    written = filled(content, name="Ada")
    assert "Ada" in seen_text(written, 0)
    looks = [page["/Annots"][0].get_object() for page in PdfReader(io.BytesIO(written)).pages]
    assert all(b"Ada" in look["/AP"]["/N"].get_data() for look in looks)


def test_fields_that_are_their_own_parents_are_no_trouble() -> None:
    def change(writer: PdfWriter) -> None:
        for annotation in writer.pages[0]["/Annots"]:
            annotation.get_object()[NameObject("/Parent")] = annotation

    assert by_key(altered(FORM, change))


def test_broken_widgets_are_passed_over() -> None:
    def change(writer: PdfWriter) -> None:
        name, colour, news, *_ = (one.get_object() for one in writer.pages[0]["/Annots"])
        del name["/Rect"]
        colour[NameObject("/Rect")] = ArrayObject([FloatObject(1)])
        news[NameObject("/Opt")] = NumberObject(3)
        news[NameObject("/AP")] = NumberObject(3)
        writer.pages[0]["/Annots"].append(NumberObject(7))

    assert list(by_key(altered(FORM, change))) == ["newsletter", "size_small", "size_large"]


def test_a_form_with_nothing_but_a_signature_is_looked_at_as_it_is_drawn() -> None:
    def change(writer: PdfWriter) -> None:
        for annotation in writer.pages[0]["/Annots"]:
            annotation.get_object()[NameObject("/FT")] = NameObject("/Sig")

    def draw(canvas: Canvas) -> None:
        lines("Name: ________________")(canvas)
        canvas.acroForm.textfield(x=60, y=700, width=100, height=18, name="signature")

    assert list(by_key(altered(pdf(draw), change))) == ["name"]
