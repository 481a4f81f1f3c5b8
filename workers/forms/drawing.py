"""The filled PDF: values in the fields that it declares, and text and crosses in all others."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from workers.documents.layout import Box
from workers.forms import appearance, book, ink, safety, widgets
from workers.forms.book import View
from workers.forms.fields import Field, Place
from workers.forms.stamps import Stamp, press, put_on
from workers.forms.widgets import Widget

# A field lies on a widget if they share so much of what they cover together.
ON_WIDGET = 0.5
OUTLINE, OUTLINE_WIDTH, KEY_SIZE = "#d03030", 0.6, 5.0

Paint = Callable[[Any, View, Field], None]


def filled(content: bytes, fields: Sequence[Field], color: str) -> bytes:
    """Fill a form in.

    Args:
        content: the empty PDF.
        fields: its fields; what has no value stays as it is.
        color: of what is filled in, as `#rrggbb`.
    """
    writer = _copied(content)
    declared = widgets.of(writer)
    stamps: list[Stamp] = []
    painted: list[tuple[Field, Paint]] = []
    for field in fields:
        if field.value is None:
            continue
        widget = _widget_at(field, declared)
        if widget is not None and widget.value == field.value and widget.is_shown:
            continue
        if widget is None:
            painted.append((field, partial(_cross if field.is_checkbox else _text, color)))
        elif field.is_checkbox:
            stamps += appearance.tick(widget, declared, field.value == "true", color)
        else:
            stamps += appearance.fill(widget, declared, field.value, color)
            painted.append((field, _unseen_text))
    press([*stamps, *_on_pages(writer, painted)], writer)
    appearance.settle(writer)
    return _written(writer)


def annotated(content: bytes, fields: Iterable[Field]) -> bytes:
    """The form with each field outlined, and its key written small inside."""
    writer = _copied(content)
    press(_on_pages(writer, [(field, _outline) for field in fields]), writer)
    return _written(writer)


def _copied(content: bytes) -> Any:
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=book.opened(content))
    safety.disarm(writer)
    return writer


def _widget_at(field: Field, declared: Iterable[Widget]) -> Widget | None:
    alike = [widget for widget in declared if widget.kind == field.kind]
    best = max(alike, key=lambda widget: widget.place.overlap(field.place), default=None)
    return best if best and best.place.overlap(field.place) >= ON_WIDGET else None


def _on_pages(writer: Any, painted: Iterable[tuple[Field, Paint]]) -> list[Stamp]:
    by_page: dict[int, list[tuple[Field, Paint]]] = {}
    for field, paint in painted:
        by_page.setdefault(field.place.page, []).append((field, paint))
    stamps = []
    for number, of_page in sorted(by_page.items()):
        if 1 <= number <= len(writer.pages):
            page = writer.pages[number - 1]
            seen = book.view(page, number)
            draw = partial(_paint_all, of_page, seen)
            stamps.append(Stamp(seen.width, seen.height, draw, put_on(page, writer), seen.matrix))
    return stamps


def _paint_all(of_page: Iterable[tuple[Field, Paint]], seen: View, canvas: Any) -> None:
    for field, paint in of_page:
        paint(canvas, seen, field)


def _text(color: str, canvas: Any, seen: View, field: Field) -> None:
    canvas.setFillColor(color)
    value = field.value or ""
    letters, lines = (
        [_area(seen, place) for place in places] for places in (field.letters, field.lines)
    )
    if not ink.spell(canvas, value, letters) and not ink.write_on(canvas, value, lines):
        ink.write(canvas, value, _area(seen, field.place))


def _unseen_text(canvas: Any, seen: View, field: Field) -> None:
    # Whoever reads a page's text alone, and not its fields, finds what stands in them all the same.
    ink.write(canvas, field.value or "", _area(seen, field.place), least=ink.UNSEEN, mode=3)


def _cross(color: str, canvas: Any, seen: View, field: Field) -> None:
    if field.value == "true":
        ink.cross(canvas, color, _area(seen, field.place))


def _outline(canvas: Any, seen: View, field: Field) -> None:
    left, bottom, width, height = _area(seen, field.place)
    canvas.setStrokeColor(OUTLINE)
    canvas.setFillColor(OUTLINE)
    canvas.setLineWidth(OUTLINE_WIDTH)
    canvas.rect(left, bottom, width, height)
    size = min(KEY_SIZE, max(height * 0.8, 1.0))
    ink.draw_line(canvas, field.key, left + 1, bottom + height - size, size)


def _area(seen: View, place: Place) -> ink.Area:
    box: Box = seen.box(place)
    return box.left, seen.height - box.bottom, box.right - box.left, box.bottom - box.top


def _written(writer: Any) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
