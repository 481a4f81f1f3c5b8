"""Values of the fields that a PDF declares, and how its viewers are to show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from workers.forms import ink
from workers.forms.stamps import Stamp
from workers.forms.widgets import COMB, OFF, Widget, inherited

# What a viewer may change itself stands between these, as the PDF standard has it.
_BEGIN, _END = b"/Tx BMC\n", b"\nEMC"


def fill(widget: Widget, declared: Iterable[Widget], value: str, color: str) -> list[Stamp]:
    """Set a text or choice field's value.

    Args:
        widget: one of the field's.
        declared: all widgets of the document; a field may be shown in several places.
        value: as people see it.
        color: of the text, as `#rrggbb`.

    Returns:
        What is to be drawn for it.
    """
    from pypdf.generic import NameObject, TextStringObject

    stored = {shown: kept for kept, shown in widget.options}.get(value, value)
    widget.field[NameObject("/V")] = TextStringObject(stored)
    for outdated in ("/RV", "/I"):
        widget.field.pop(outdated, None)
    places = [other for other in declared if other is widget or _is_same_field(other, widget)]
    return [_stamp(place, value, color) for place in places]


def tick(widget: Widget, declared: Iterable[Widget], is_ticked: bool, color: str) -> list[Stamp]:
    """Tick a checkbox or choose a radio button, or take the mark away; otherwise as `fill`."""
    from pypdf.generic import NameObject

    if not is_ticked:
        if inherited(widget.annotation, "/V") == widget.state:
            widget.field[NameObject("/V")] = NameObject(OFF)
        widget.annotation[NameObject("/AS")] = NameObject(OFF)
        return []
    for other in declared:
        if _is_same_field(other, widget):
            other.annotation[NameObject("/AS")] = NameObject(OFF)
    widget.annotation[NameObject("/AS")] = NameObject(widget.state)
    widget.field[NameObject("/V")] = NameObject(widget.state)
    return [] if _has_look(widget) else [_cross_stamp(widget, color)]


def settle(writer: Any) -> None:
    """Have viewers show the fields as they are here, and not make them up anew."""
    form = writer.root_object.get("/AcroForm")
    if form is not None:
        form.get_object().pop("/NeedAppearances", None)


def _is_same_field(widget: Widget, other: Widget) -> bool:
    return widget.field is other.field or bool(widget.name and widget.name == other.name)


def _has_look(widget: Widget) -> bool:
    looks = widget.annotation.get("/AP")
    looks = looks.get_object() if looks is not None else None
    ticked = looks.get("/N") if isinstance(looks, dict) else None
    ticked = ticked.get_object() if ticked is not None else None
    return isinstance(ticked, dict) and widget.state in ticked


def _stamp(widget: Widget, value: str, color: str) -> Stamp:
    box = widget.view.box(widget.place)
    width, height = max(box.right - box.left, 1.0), max(box.bottom - box.top, 1.0)
    a, b, c, d, _, _ = widget.view.matrix
    return Stamp(
        width,
        height,
        partial(_draw, widget, (width, height), value, color),
        partial(_set_appearance, widget),
        (a, b, c, d, 0.0, 0.0),
    )


def _cross_stamp(widget: Widget, color: str) -> Stamp:
    box = widget.view.box(widget.place)
    size = max(box.right - box.left, 1.0), max(box.bottom - box.top, 1.0)

    def draw(canvas: Any) -> None:
        _draw_frame(widget, size, canvas)
        ink.cross(canvas, color, (0, 0, *size))

    def put(form: Any) -> None:
        from pypdf.generic import DictionaryObject, NameObject

        looks = DictionaryObject({NameObject(widget.state): form})
        widget.annotation[NameObject("/AP")] = DictionaryObject({NameObject("/N"): looks})

    return Stamp(*size, draw, put)


def _set_appearance(widget: Widget, form: Any) -> None:
    from pypdf.generic import DictionaryObject, NameObject

    widget.annotation[NameObject("/AP")] = DictionaryObject({NameObject("/N"): form})


def _draw(widget: Widget, size: tuple[float, float], value: str, color: str, canvas: Any) -> None:
    width, height = size
    _draw_frame(widget, size, canvas)
    canvas.addLiteral(_BEGIN.decode())
    canvas.setFillColor(color)
    cells = _comb_cells(widget)
    letters = value if len(value) <= cells else "".join(filter(str.isalnum, value))
    if cells and len(letters) <= cells:
        step = width / cells
        for number, letter in enumerate(letters):
            size_of_letter = min(ink.MAX_SIZE, ink.FILL * height)
            middle = (number + 0.5) * step - ink.width(letter, size_of_letter) / 2
            baseline = (height - size_of_letter) / 2 + 0.22 * size_of_letter
            ink.draw_line(canvas, letter, middle, baseline, size_of_letter)
    else:
        ink.write(canvas, value, (0, 0, width, height))
    canvas.addLiteral(_END.decode())


def _draw_frame(widget: Widget, size: tuple[float, float], canvas: Any) -> None:
    style = widget.annotation.get("/MK")
    style = style.get_object() if style is not None else None
    style = style if isinstance(style, dict) else {}
    background, border = _color(style.get("/BG")), _color(style.get("/BC"))
    if background is not None:
        canvas.setFillColor(background)
        canvas.rect(0, 0, *size, stroke=0, fill=1)
    if border is not None:
        canvas.setStrokeColor(border)
        canvas.setLineWidth(1)
        canvas.rect(0.5, 0.5, max(size[0] - 1, 0), max(size[1] - 1, 0))


def _color(components: Any) -> Any:
    from reportlab.lib.colors import CMYKColor, Color

    try:
        parts: Sequence[float] = [min(max(float(part), 0.0), 1.0) for part in components or ()]
    except (TypeError, ValueError):
        return None
    if len(parts) == 1:
        return Color(parts[0], parts[0], parts[0])
    if len(parts) == 3:
        return Color(*parts)
    return CMYKColor(*parts) if len(parts) == 4 else None


def _comb_cells(widget: Widget) -> int:
    most = inherited(widget.annotation, "/MaxLen")
    return int(most) if widget.has_flag(COMB) and isinstance(most, int) and most > 0 else 0
