"""Fields of forms that tests make up, and what instructions write into them."""

from __future__ import annotations

from workers.forms import values
from workers.forms.fields import CHECKBOX, TEXT, Field, Place


def text(label: str, section: str = "", row: int = 0) -> Field:
    """A place for text."""
    return Field(label, TEXT, Place(1, 0.1, 0.1, 0.4, 0.03), section=section, row=row)


def box(label: str, group: str = "") -> Field:
    """A box to tick."""
    return Field(label, CHECKBOX, Place(1, 0.1, 0.1, 0.02, 0.02), group=group)


def filled(instructions: str, fields: list[Field]) -> dict[str, str]:
    """What is written into the fields, by their keys; empty ones are left out."""
    found = values.of_instructions(instructions, fields)
    return {key: value for key, value in found.items() if value}
