"""A form's fields: what each is called, and where it lies."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jobs_backend.errors import JobFailure

MAX_FIELDS = 2_000
MAX_KEY = 60
TEXT, CHECKBOX = "text", "checkbox"
# By the fields' keys; None where nothing was said.
Values = dict[str, str | None]


@dataclass(frozen=True)
class Place:
    """A rectangle on a page, in shares of what one sees of it, from its top left.

    Attributes:
        page: from 1.
    """

    page: int
    left: float
    top: float
    width: float
    height: float

    def overlap(self, other: Place) -> float:
        """The share of both together that both cover: 1 where they are the same, else less."""
        if self.page != other.page:
            return 0.0
        across = _shared(self.left, self.width, other.left, other.width)
        down = _shared(self.top, self.height, other.top, other.height)
        both = self.width * self.height + other.width * other.height - across * down
        return across * down / both if both > 0 else 0.0


@dataclass(frozen=True)
class Field:
    """A field of a form.

    Attributes:
        description: its label, as it is written.
        kind: `text` or `checkbox`.
        value: what stands in it; `true` or `false` in a checkbox; None if nothing does.
        group: what a checkbox is an answer to, where that is written.
        options: what may be chosen, where that is not free.
        key: its name, unique among the form's; see `keyed`.
        printed: what is printed beside it or around it, where its description says something else.
        section: the heading that it stands under with others, where there is one.
        row: its row in a table, from 1; 0 outside of tables.
        letters: the cells for a letter each that it consists of, if it does.
        lines: the lines to write on, each with the room above it; none in a box.
    """

    description: str
    kind: str
    place: Place
    value: str | None = None
    group: str = ""
    options: tuple[str, ...] = ()
    key: str = ""
    printed: str = ""
    section: str = ""
    row: int = 0
    letters: tuple[Place, ...] = ()
    lines: tuple[Place, ...] = ()

    @property
    def is_checkbox(self) -> bool:
        """Whether it is ticked rather than written in."""
        return self.kind == CHECKBOX

    @property
    def choice(self) -> str:
        """What tells it from the others of its group: `Good` of `Course content Good`."""
        own = self.description.removeprefix(self.group).strip() if self.group else ""
        return own or self.description


def keyed(found: Sequence[Field]) -> list[Field]:
    """Give each field a key that no other has: its own, or one made of what it is called.

    Raises:
        JobFailure: there are more than MAX_FIELDS of them.
    """
    if len(found) > MAX_FIELDS:
        raise JobFailure(
            "document_too_large",
            f"The form has {len(found):,} fields; {MAX_FIELDS:,} are filled at the most.",
        )
    sections: dict[str, set[str]] = {}
    for field in found:
        sections.setdefault(_wanted(field), set()).add(field.section)
    taken: set[str] = set()
    named: list[Field] = []
    for field in found:
        name = _wanted(field)
        if len(sections[name]) > 1:
            name = _joined(field.section, name)
        key = wanted = re.sub(r"^[\d_]+(?=[^\W\d])", "", name) or "field"
        number = max(field.row, 1)
        if number > 1:
            key = f"{wanted}_{number}"
        while key in taken:
            number += 1
            key = f"{wanted}_{number}"
        taken.add(key)
        named.append(replace(field, key=key))
    return named


def _wanted(field: Field) -> str:
    return field.key or _joined(field.group, snake_case(field.description))


def _joined(around: str, name: str) -> str:
    # Its own name is what tells a field from others under one heading, so that is kept whole.
    room = max(MAX_KEY - len(name) - 1, 0)
    before = snake_case(re.sub(r"\s\([^()]*\)", "", around))[:room].strip("_")
    return f"{before}_{name}".strip("_")


def snake_case(text: str) -> str:
    """A label as a key: small letters, digits and single underscores."""
    return "_".join(words_of(text))[:MAX_KEY].strip("_")


def words_of(text: str) -> list[str]:
    """The words of a text in small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).casefold()
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", " ", letters).split()


def as_json(found: Iterable[Field]) -> list[dict[str, Any]]:
    """The fields as the API has them."""
    return [
        {
            "key": field.key,
            "description": field.description,
            "type": field.kind,
            "value": field.value,
            "bbox": {
                "left": field.place.left,
                "top": field.place.top,
                "width": field.place.width,
                "height": field.place.height,
                "page": field.place.page,
            },
        }
        for field in found
    ]


def of_json(form_fields: Iterable[dict[str, Any]], found: Iterable[Field] = ()) -> list[Field]:
    """The fields of a stored template.

    Args:
        form_fields: as the API has them.
        found: the fields of its PDF, which tell what is not stored; without them a checkbox's
            group is what its key says before its label.
    """
    at = {(field.place, field.kind): field for field in found}
    return [_of_entry(entry, at) for entry in form_fields]


def _of_entry(entry: dict[str, Any], found: Mapping[tuple[Place, str], Field]) -> Field:
    box, description, key = entry["bbox"], entry["description"], entry["key"]
    place = Place(box["page"], box["left"], box["top"], box["width"], box["height"])
    kind, value = entry["type"], entry.get("value")
    if (place, kind) in found:
        known = found[place, kind]
        return replace(known, description=description, value=value, key=key)
    group = key.removesuffix(snake_case(description)).strip("_").replace("_", " ")
    if kind != CHECKBOX or group == key.replace("_", " "):
        group = ""
    return Field(description, kind, place, value, group, key=key)


def _shared(start: float, length: float, other: float, other_length: float) -> float:
    return max(0.0, min(start + length, other + other_length) - max(start, other))
