"""Forms made on the spot for the tests, and what is read back from them."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pypdfium2
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject
from reportlab.pdfgen.canvas import Canvas

from tests.quality.forms import read
from workers.forms import drawing
from workers.forms.fields import Field

A4 = (595, 842)


def pdf(*pages: Callable[[Canvas], None], size: tuple[float, float] = A4) -> bytes:
    """A PDF of the pages that these draw."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=True)
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def lines(*texts: str, left: float = 60, top: float = 780, step: float = 24) -> Any:
    """Draw lines under one another."""

    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(texts):
            canvas.drawString(left, top - step * number, line)

    return draw


def declared(canvas: Canvas) -> None:
    """A form with a field of each kind."""
    form = canvas.acroForm
    canvas.drawString(60, 780, "Full name")
    form.textfield(x=150, y=774, width=200, height=18, name="name")
    canvas.drawString(60, 750, "Colour")
    form.choice(
        x=150, y=744, width=100, height=18, name="colour", value="Red", options=["Red", "Green"]
    )
    form.checkbox(x=60, y=714, size=12, name="news", tooltip="Newsletter")
    form.radio(x=60, y=684, size=12, name="size", value="s", selected=False)
    canvas.drawString(80, 686, "Small")
    form.radio(x=160, y=684, size=12, name="size", value="l", selected=False)
    canvas.drawString(180, 686, "Large")


def altered(content: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    """The same PDF after a change by pypdf."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def entry(**names: Any) -> DictionaryObject:
    """A dictionary of a PDF."""
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in names.items()})


def filled(content: bytes, color: str = "#000080", **values: str) -> bytes:
    """A form with these values, by key."""
    fields = [replace(one, value=values.get(one.key)) for one in read(content)]
    assert set(values) <= {one.key for one in fields}
    return drawing.filled(content, fields, color)


def labels(content: bytes) -> list[tuple[str, str]]:
    """What its fields are called, and their kinds."""
    return [(one.description, one.kind) for one in read(content)]


def by_key(content: bytes) -> dict[str, Field]:
    """Its fields."""
    return {one.key: one for one in read(content)}


def seen_text(content: bytes, page: int = 0) -> str:
    """A page's text, as PDFium reads it."""
    document = pypdfium2.PdfDocument(content)
    try:
        return str(document[page].get_textpage().get_text_range())
    finally:
        document.close()


def ink_in(content: bytes, field: Field, color: tuple[int, int, int]) -> int:
    """How many pixels of a color one sees where a field lies."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    image = document[field.place.page - 1].render(scale=3).to_pil().convert("RGB")
    document.close()
    place = field.place
    left, top = place.left * image.width, place.top * image.height
    area = image.crop(
        (
            round(left),
            round(top),
            round(left + place.width * image.width),
            round(top + place.height * image.height),
        )
    )
    near = 60
    return sum(
        1
        for pixel in area.get_flattened_data()
        if all(abs(part - wanted) <= near for part, wanted in zip(pixel, color, strict=True))
    )
