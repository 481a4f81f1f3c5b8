"""A PDF as pypdf has it, and how its pages are seen: cropped, turned, from the top left."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from typing import Any

from workers.documents import mending
from workers.documents.layout import Box
from workers.forms.fields import Place

Matrix = tuple[float, float, float, float, float, float]
LETTER = (612.0, 792.0)
# What a page may measure at the least; a box that is empty or turned inside out is no page.
MIN_SIDE = 1.0
_NOT_SEEN = ("/Annots", "/Rotate", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox", "/AA", "/B")


@dataclass(frozen=True)
class View:
    """What one sees of a page.

    Attributes:
        number: the page's, from 1.
        width: of the upright page, in the page's own unit.
        height: likewise.
        turn: by how many degrees, clockwise, the page is turned to be seen.
        matrix: from the view, its origin at the bottom left, to the page's own space.
    """

    number: int
    width: float
    height: float
    turn: int
    matrix: Matrix

    def place(self, box: Box) -> Place:
        """Where a box lies that is given in the view's unit, from its top left."""
        left, right = (_within(x / self.width) for x in (box.left, box.right))
        top, bottom = (_within(y / self.height) for y in (box.top, box.bottom))
        width, height = round(right - left, 5), round(bottom - top, 5)
        return Place(self.number, round(left, 5), round(top, 5), width, height)

    def box(self, place: Place) -> Box:
        """The same the other way round."""
        left, top = place.left * self.width, place.top * self.height
        return Box("", left, top, left + place.width * self.width, top + place.height * self.height)

    def of_rect(self, rect: Any) -> Box:
        """Where a rectangle of the page's own space is seen."""
        a, b, c, d, e, f = self.inverse
        xs, ys = (rect[0], rect[2]), (rect[1], rect[3])
        corners = [(a * x + c * y + e, b * x + d * y + f) for x in xs for y in ys]
        across = [x for x, _ in corners]
        down = [self.height - y for _, y in corners]
        return Box("", min(across), min(down), max(across), max(down))

    @property
    def inverse(self) -> Matrix:
        """From the page's own space to the view."""
        a, b, c, d, e, f = self.matrix  # a rotation, so that its transpose turns back
        return a, c, b, d, -(a * e + b * f), -(c * e + d * f)


def opened(content: bytes) -> Any:
    """A PDF for reading; one that is encrypted has to open without a password.

    Raises:
        Exception: pypdf cannot read it, and neither can PDFium mend it.
    """
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            reader.decrypt("")
        for page in reader.pages:
            view(page, 1)
    except Exception:
        return PdfReader(io.BytesIO(mending.mended(content)))
    return reader


def view(page: Any, number: int) -> View:
    """What one sees of a pypdf page."""
    left, bottom, right, top = _visible(page)
    width, height = right - left, top - bottom
    turn = _turn(page)
    matrix: Matrix = {
        0: (1.0, 0.0, 0.0, 1.0, left, bottom),
        90: (0.0, 1.0, -1.0, 0.0, right, bottom),
        180: (-1.0, 0.0, 0.0, -1.0, right, top),
        270: (0.0, -1.0, 1.0, 0.0, left, top),
    }[turn]
    if turn in (90, 270):
        width, height = height, width
    return View(number, width, height, turn, matrix)


def as_seen(reader: Any) -> bytes:
    """A copy in which every page lies upright, from the origin on, as it is seen."""
    from pypdf import PdfWriter, Transformation
    from pypdf.generic import NameObject, RectangleObject

    writer = PdfWriter()
    for number, original in enumerate(reader.pages, 1):
        seen = view(original, number)
        page = writer.add_page(original, excluded_keys=_NOT_SEEN)
        page.add_transformation(Transformation(seen.inverse))
        page[NameObject("/MediaBox")] = RectangleObject((0, 0, seen.width, seen.height))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _visible(page: Any) -> tuple[float, float, float, float]:
    media = _rectangle(page, "mediabox") or (0.0, 0.0, *LETTER)
    crop = _rectangle(page, "cropbox") or media
    both = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    return both if _is_page(both) else media


def _rectangle(page: Any, name: str) -> tuple[float, float, float, float] | None:
    try:
        x, y, other_x, other_y = (float(value) for value in getattr(page, name))
    except (AttributeError, TypeError, ValueError):
        return None
    found = (min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))
    return found if _is_page(found) else None


def _is_page(box: tuple[float, float, float, float]) -> bool:
    return box[2] - box[0] >= MIN_SIDE and box[3] - box[1] >= MIN_SIDE


def _turn(page: Any) -> int:
    try:
        return round(int(page.rotation) / 90) * 90 % 360
    except (TypeError, ValueError):
        return 0


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0)
