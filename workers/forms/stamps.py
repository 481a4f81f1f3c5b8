"""Drawings by reportlab that become parts of another PDF: on its pages, or in its fields."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from workers.forms.book import Matrix

UPRIGHT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_NAME = "/FormStamp"


@dataclass(frozen=True)
class Stamp:
    """A drawing.

    Attributes:
        width: of its area, the origin at the bottom left.
        height: likewise.
        draw: draws it, given a canvas of reportlab's.
        put: takes what came of it, a form XObject of the other PDF.
        matrix: from the drawing to where it is put.
    """

    width: float
    height: float
    draw: Callable[[Any], None]
    put: Callable[[Any], None]
    matrix: Matrix = UPRIGHT


def press(stamps: Sequence[Stamp], writer: Any) -> None:
    """Draw the stamps, and put each where it belongs in the PDF of a pypdf writer."""
    from pypdf import PdfReader

    if not stamps:
        return
    reader = PdfReader(io.BytesIO(_drawn(stamps)))
    for stamp, page in zip(stamps, reader.pages, strict=True):
        stamp.put(_form(page, stamp, writer))


def put_on(page: Any, writer: Any) -> Callable[[Any], None]:
    """Something that puts a stamp on top of a page of the writer's."""

    def put(form: Any) -> None:
        from pypdf.generic import DictionaryObject, NameObject

        resources = page.get("/Resources")
        resources = resources.get_object() if resources is not None else DictionaryObject()
        page[NameObject("/Resources")] = resources
        drawings = resources.get("/XObject")
        drawings = drawings.get_object() if drawings is not None else DictionaryObject()
        resources[NameObject("/XObject")] = drawings
        name = _free_name(drawings)
        drawings[NameObject(name)] = form
        _append(page, f"q {name} Do Q", writer)

    return put


def _drawn(stamps: Sequence[Stamp]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, invariant=True)
    for stamp in stamps:
        canvas.setPageSize((stamp.width, stamp.height))
        stamp.draw(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _form(page: Any, stamp: Stamp, writer: Any) -> Any:
    from pypdf.generic import (
        ArrayObject,
        DecodedStreamObject,
        DictionaryObject,
        FloatObject,
        NameObject,
    )

    form = DecodedStreamObject()
    contents = page.get_contents()
    form.set_data(contents.get_data() if contents is not None else b"")
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    box = (0, 0, stamp.width, stamp.height)
    form[NameObject("/BBox")] = ArrayObject(FloatObject(value) for value in box)
    form[NameObject("/Matrix")] = ArrayObject(FloatObject(value) for value in stamp.matrix)
    resources = page.get("/Resources", DictionaryObject()).get_object()
    form[NameObject("/Resources")] = resources.clone(writer)
    return writer._add_object(form.flate_encode())


def _append(page: Any, operators: str, writer: Any) -> None:
    # The page's own streams stay as they are, between a q and as many Q as end all that they begin.
    from pypdf.generic import ArrayObject, DecodedStreamObject, NameObject

    def stream(text: str) -> Any:
        made = DecodedStreamObject()
        made.set_data(text.encode())
        return writer._add_object(made)

    contents = page.get("/Contents")
    own = contents.get_object() if contents is not None else ArrayObject()
    own = list(own) if isinstance(own, list) else [contents]
    ends = "\n" + "Q " * (_unended(page) + 1)
    page[NameObject("/Contents")] = ArrayObject(
        [stream("q\n"), *own, stream(f"{ends}\n{operators}\n")]
    )


def _unended(page: Any) -> int:
    from pypdf.errors import PyPdfError

    try:
        contents = page.get_contents()
        operators = [operator for _, operator in contents.operations] if contents else []
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return 0
    depth = 0
    for operator in operators:
        depth = max(0, depth + (operator == b"q") - (operator == b"Q"))
    return depth


def _free_name(drawings: Any) -> str:
    number = 1
    while f"{_NAME}{number}" in drawings:
        number += 1
    return f"{_NAME}{number}"
