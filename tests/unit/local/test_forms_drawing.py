"""Forms that are filled in: values where they belong, as one sees them, in a sound PDF."""

from __future__ import annotations

import io
import re
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from tests.quality.form_papers import turned
from tests.quality.forms import read
from tests.unit.local.papers import (
    altered,
    by_key,
    declared,
    entry,
    filled,
    ink_in,
    lines,
    pdf,
    seen_text,
)
from workers.forms import drawing

RED = (200, 0, 0)
FLAT = pdf(lines("Name: ____________________________", "[ ] Newsletter"))


def opens_everywhere(content: bytes) -> None:
    reader = PdfReader(io.BytesIO(content), strict=True)
    pypdfium2.PdfDocument(content).close()
    with pdfplumber.open(io.BytesIO(content)) as document:
        assert len(document.pages) == len(reader.pages)


def names_in(content: bytes) -> set[str]:
    return {name.decode() for name in re.findall(rb"/[A-Za-z]+", content)}


def test_a_value_is_written_in_its_gap_in_the_wanted_color() -> None:
    name = by_key(FLAT)["name"]
    content = filled(FLAT, color="#c80000", name="Ada Lovelace")
    opens_everywhere(content)
    assert "Ada Lovelace" in seen_text(content)
    assert ink_in(content, name, RED) > 100
    assert ink_in(FLAT, name, RED) == 0


def test_a_box_is_crossed_if_it_is_ticked_and_only_then() -> None:
    box = by_key(FLAT)["newsletter"]
    assert ink_in(filled(FLAT, color="#c80000", newsletter="true"), box, RED) > 20
    assert ink_in(filled(FLAT, color="#c80000", newsletter="false"), box, RED) == 0


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
@pytest.mark.parametrize("inset", [0, 30])
def test_a_turned_and_cropped_page_looks_as_the_upright_one_does(angle: int, inset: int) -> None:
    content = turned(FLAT, angle, inset)
    upright, name = by_key(FLAT)["name"].place, by_key(content)["name"]
    assert name.place.overlap(upright) > 0.95
    written = filled(content, color="#c80000", name="Ada Lovelace", newsletter="true")
    opens_everywhere(written)
    assert ink_in(written, name, RED) > 100
    with pdfplumber.open(io.BytesIO(written)) as document:
        assert "Ada" in "".join(char["text"] for char in document.pages[0].chars)


def test_a_user_unit_and_a_box_off_the_origin_change_nothing() -> None:
    def change(writer: PdfWriter) -> None:
        page = writer.pages[0]
        page.mediabox = RectangleObject((-50, -20, 545, 822))
        page[NameObject("/UserUnit")] = NumberObject(2)

    content = altered(FLAT, change)
    name = by_key(content)["name"]
    assert ink_in(filled(content, color="#c80000", name="Ada Lovelace"), name, RED) > 100


@pytest.mark.parametrize(
    "value",
    [
        "Zoë Ångström-Müßig",
        "Łódź Żółć",
        "Ελένη",
        "Пётр Чайковский",
        "山田太郎",
        "العربية",
        "a\tb\x00\x07c",
    ],
)
def test_no_letter_is_too_foreign(value: str) -> None:
    for content, key in ((FLAT, "name"), (pdf(declared), "full_name")):
        opens_everywhere(filled(content, **{key: value}))
    if not value.startswith(("\u0627", "a")):  # what is written from right to left, or unseen
        assert value in seen_text(filled(FLAT, name=value))


def test_declared_fields_hold_their_values_and_show_them() -> None:
    content = pdf(declared)
    fields = by_key(content)
    written = filled(
        content, color="#c80000", full_name="Ada Lovelace", colour="Green", newsletter="true",
        size_large="true",
    )  # fmt: skip
    opens_everywhere(written)
    reader = PdfReader(io.BytesIO(written))
    values = {name: one.get("/V") for name, one in (reader.get_fields() or {}).items()}
    assert values == {"name": "Ada Lovelace", "colour": "Green", "news": "/Yes", "size": "/l"}
    form = reader.root_object["/AcroForm"].get_object()
    assert not form.get("/NeedAppearances", False)
    assert ink_in(written, fields["full_name"], RED) > 100
    assert {one.key: one.value for one in read(written)} == {
        "full_name": "Ada Lovelace",
        "colour": "Green",
        "newsletter": "true",
        "size_small": None,
        "size_large": "true",
    }


def test_values_of_declared_fields_are_found_by_readers_of_text() -> None:
    written = filled(pdf(declared), full_name="Ada Lovelace")
    assert seen_text(written).count("Ada Lovelace") == 1
    with pdfplumber.open(io.BytesIO(written)) as document:
        assert "Ada Lovelace" in document.pages[0].extract_text()


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_declared_fields_of_a_turned_page_are_written_upright(angle: int) -> None:
    def turn(writer: PdfWriter) -> None:
        writer.pages[0].rotate(angle)

    content = altered(pdf(declared), turn)
    [name] = [one for one in read(content) if "name" in one.key]
    written = filled(content, color="#c80000", **{name.key: "Ada"})
    assert ink_in(written, name, RED) > 30
    [widget] = [
        annotation.get_object()
        for annotation in PdfReader(io.BytesIO(written)).pages[0]["/Annots"]
        if annotation.get_object().get("/T") == "name"
    ]
    matrix = [round(float(part)) for part in widget["/AP"]["/N"]["/Matrix"]]
    expected = {90: [0, 1, -1, 0], 180: [-1, 0, 0, -1], 270: [0, -1, 1, 0]}
    assert matrix[:4] == expected[angle]


def test_a_box_without_a_look_gets_one() -> None:
    def strip(writer: PdfWriter) -> None:
        for annotation in writer.pages[0]["/Annots"]:
            annotation.get_object().pop("/AP", None)

    content = altered(pdf(declared), strip)
    written = filled(content, color="#c80000", newsletter="true")
    assert ink_in(written, by_key(content)["newsletter"], RED) > 20


def test_what_stood_in_the_form_stays_and_is_told() -> None:
    first = filled(pdf(declared), full_name="Ada Lovelace")
    fields = read(first)
    second = drawing.filled(first, fields, "#00ff00")
    assert by_key(second)["full_name"].value == "Ada Lovelace"
    assert seen_text(second).count("Ada Lovelace") == 1


def test_nothing_that_runs_is_left_in_it() -> None:
    script = entry(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)"))

    def arm(writer: PdfWriter) -> None:
        root = writer.root_object
        root[NameObject("/OpenAction")] = script
        root[NameObject("/AA")] = entry(WC=script)
        root[NameObject("/Names")] = entry(JavaScript=entry(Names=ArrayObject()))
        page = writer.pages[0]
        page[NameObject("/AA")] = entry(O=script)
        for annotation in page["/Annots"]:
            annotation.get_object()[NameObject("/AA")] = entry(K=script)
            annotation.get_object()[NameObject("/A")] = entry(
                S=NameObject("/URI"), URI=TextStringObject("https://example.org"), Next=script
            )
        root["/AcroForm"].get_object()[NameObject("/XFA")] = TextStringObject("<xfa/>")

    content = altered(pdf(declared), arm)
    assert names_in(content) >= {"/OpenAction", "/AA", "/XFA", "/JS", "/JavaScript"}
    for made in (filled(content, full_name="Ada"), drawing.annotated(content, read(content))):
        assert not names_in(made) & {"/OpenAction", "/AA", "/XFA", "/JS", "/JavaScript"}


def test_links_are_kept() -> None:
    def draw(canvas: Canvas) -> None:
        lines("Name: ______________")(canvas)
        canvas.linkURL("https://example.org", (60, 700, 160, 720))

    assert "/URI" in names_in(filled(pdf(draw), name="Ada"))


def test_a_page_that_leaves_its_state_changed_moves_nothing() -> None:
    def draw(canvas: Canvas) -> None:
        lines("Name: ____________________________")(canvas)
        canvas.addLiteral("q 0.3 0 0 0.3 200 10 cm")

    content = pdf(draw)
    name = by_key(content)["name"]
    assert ink_in(filled(content, color="#c80000", name="Ada Lovelace"), name, RED) > 100


def test_pages_that_share_their_resources_are_filled_each() -> None:
    content = pdf(lines("Name: ______________"), lines("City: ______________"))

    def share(writer: PdfWriter) -> None:
        writer.pages[1][NameObject("/Resources")] = writer.pages[0].raw_get("/Resources")

    written = filled(altered(content, share), name="Ada", city="London")
    assert "Ada" in seen_text(written, 0)
    assert "London" not in seen_text(written, 0)
    assert "London" in seen_text(written, 1)


def test_fields_are_outlined_with_their_keys() -> None:
    made = drawing.annotated(FLAT, read(FLAT))
    opens_everywhere(made)
    text = seen_text(made)
    assert "name" in text
    assert "newsletter" in text


def test_a_page_without_anything_is_no_trouble() -> None:
    def empty(writer: PdfWriter) -> None:
        writer.pages[0].pop("/Contents", None)
        writer.pages[0].pop("/Resources", None)

    content = altered(FLAT, empty)
    assert read(content) == ()
    fields = read(FLAT)
    assert fields
    opens_everywhere(drawing.annotated(content, fields))


def test_odd_boxes_are_no_trouble() -> None:
    def box(numbers: tuple[float, ...]) -> Any:
        return ArrayObject(FloatObject(number) for number in numbers)

    def change(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/CropBox")] = box((900, 900, 950, 950))

    content = altered(FLAT, change)
    assert "Ada" in seen_text(filled(content, name="Ada"))
