"""The fields that a PDF declares itself (its AcroForm), each with the places where it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workers.forms import book
from workers.forms.book import View
from workers.forms.fields import CHECKBOX, TEXT, Place

# Bits of a field's and an annotation's flags, as the PDF standard numbers them, from 1.
READ_ONLY, MULTILINE, PUSH_BUTTON, COMBO, EDITABLE, COMB = 1, 13, 17, 18, 19, 25
HIDDEN, NO_VIEW = 2, 6
# How deep fields may be nested; a file in which they are their own parents has no end.
MAX_DEPTH = 32
OFF = "/Off"


@dataclass(frozen=True)
class Widget:
    """A place where a field is shown.

    Attributes:
        annotation: its dictionary.
        field: the dictionary that holds its value, often the same one.
        view: of its page.
        place: where it lies.
        kind: `text` or `checkbox`.
        name: the field's own, for programs.
        tooltip: the field's own, for people, or empty.
        state: what a checkbox is called when it is ticked.
        options: what may be chosen, as pairs of what is stored and what is shown.
    """

    annotation: Any
    field: Any
    view: View
    place: Place
    kind: str
    name: str
    tooltip: str
    state: str
    options: tuple[tuple[str, str], ...]

    @property
    def value(self) -> str | None:
        """What stands in it, as a form's field has it."""
        if self.kind == CHECKBOX:
            shown = self.annotation.get("/AS", inherited(self.annotation, "/V"))
            return "true" if shown == self.state else None
        stored = inherited(self.annotation, "/V")
        if isinstance(stored, list):
            stored = stored[0] if stored else None
        if stored is None or not _text(stored):
            return None
        return dict(self.options).get(_text(stored), _text(stored))

    @property
    def is_shown(self) -> bool:
        """Whether the file says how it looks, so that no viewer has to make that up."""
        return "/AP" in self.annotation

    def has_flag(self, bit: int) -> bool:
        """Whether the field has a flag."""
        return _has_bit(inherited(self.annotation, "/Ff"), bit)


def of(document: Any) -> list[Widget]:
    """The widgets that can be filled in, in the order of pages and lines.

    Args:
        document: a pypdf reader or writer.
    """
    found: list[Widget] = []
    for number, page in enumerate(document.pages, 1):
        seen = book.view(page, number)
        of_page = [widget for widget in _of_page(page, seen) if widget.place.width]
        found += sorted(of_page, key=lambda widget: _reading_order(widget.place))
    return found


def inherited(annotation: Any, name: str) -> Any:
    """An entry of a widget's field, which may stand in one of its parents."""
    for node in _ancestry(annotation):
        if name in node:
            return node[name].get_object()
    return None


def _of_page(page: Any, seen: View) -> Iterator[Widget]:
    annotations = _resolved(page.get("/Annots"))
    for entry in annotations if isinstance(annotations, list) else ():
        annotation = _resolved(entry)
        if isinstance(annotation, dict) and annotation.get("/Subtype") == "/Widget":
            widget = _widget(annotation, seen)
            if widget is not None:
                yield widget


def _widget(annotation: Any, seen: View) -> Widget | None:
    kind, rect = inherited(annotation, "/FT"), _numbers(annotation.get("/Rect"))
    flags = inherited(annotation, "/Ff")
    hidden = annotation.get("/F")
    if rect is None or _has_bit(hidden, HIDDEN) or _has_bit(hidden, NO_VIEW):
        return None
    if kind not in ("/Tx", "/Btn", "/Ch") or _has_bit(flags, READ_ONLY):
        return None
    if kind == "/Btn" and _has_bit(flags, PUSH_BUTTON):
        return None
    owner = next((node for node in _ancestry(annotation) if "/T" in node), annotation)
    names = [_text(node["/T"]) for node in _ancestry(annotation) if "/T" in node]
    return Widget(
        annotation,
        owner,
        seen,
        seen.place(seen.of_rect(rect)),
        CHECKBOX if kind == "/Btn" else TEXT,
        ".".join(reversed(names)),
        " ".join(_text(inherited(annotation, "/TU") or "").split()),
        _state(annotation) if kind == "/Btn" else "",
        _options(annotation),
    )


def _ancestry(annotation: Any) -> Iterator[Any]:
    node = annotation
    for _ in range(MAX_DEPTH):
        if not isinstance(node, dict):
            return
        yield node
        node = _resolved(node.get("/Parent"))


def _state(annotation: Any) -> str:
    looks = _resolved(annotation.get("/AP"))
    shown = _resolved(looks.get("/N")) if isinstance(looks, dict) else None
    states = [name for name in shown if name != OFF] if isinstance(shown, dict) else []
    return str(states[0]) if states else "/Yes"


def _options(annotation: Any) -> tuple[tuple[str, str], ...]:
    entries = inherited(annotation, "/Opt")
    pairs = []
    for entry in entries if isinstance(entries, list) else ():
        option = _resolved(entry)
        if isinstance(option, list) and option:
            pairs.append((_text(option[0]), _text(option[-1])))
        else:
            pairs.append((_text(option), _text(option)))
    return tuple(pairs)


def _reading_order(place: Place) -> tuple[int, float]:
    return round((place.top + place.height / 2) * 100), place.left


def _numbers(rect: Any) -> list[float] | None:
    try:
        numbers = [float(_resolved(value)) for value in _resolved(rect)]
    except (TypeError, ValueError):
        return None
    return numbers if len(numbers) == 4 else None


def _has_bit(flags: Any, bit: int) -> bool:
    return isinstance(flags, int) and bool(flags >> (bit - 1) & 1)


def _text(value: Any) -> str:
    resolved = _resolved(value)
    if isinstance(resolved, bytes):
        return resolved.decode("latin-1")
    return "" if resolved is None else str(resolved)


def _resolved(value: Any) -> Any:
    return None if value is None else value.get_object() if hasattr(value, "get_object") else value
