"""What of the instructions was not used is told, and pleasantries are not."""

from __future__ import annotations

import time

from tests.unit.local.form_fields import box, text
from workers.forms import unused, values
from workers.forms.fields import keyed

FIELDS = keyed(
    [text("Name"), text("Date of birth (DD/MM/YYYY)"), box("Yes", "Smoker"), box("No", "Smoker")]
)


def _told(instructions: str) -> str:
    return unused.told(instructions, FIELDS, values.of_instructions(instructions, FIELDS))


def test_names_what_nothing_was_used_of() -> None:
    told = _told("Name: Ada Roe\nShoe size: 42\nMy horse likes apples very much.")
    assert told.endswith(
        ": \u201cShoe size: 42\u201d; \u201cMy horse likes apples very much.\u201d."
    )


def test_what_was_written_otherwise_was_used() -> None:
    assert _told("My name is Ada Roe. I was born on 3 May 1990. I am no smoker.") == ""


def test_pleasantries_are_not_told() -> None:
    instructions = (
        "Hello there,\nplease fill in this form for me.\nName: Ada Roe\nThank you very much!"
    )
    assert _told(f"{instructions}\nKind regards\nAda Roe") == ""


def test_an_object_is_told_by_its_keys() -> None:
    told = _told('{"Name": "Ada Roe", "Shoe size": "42"}')
    assert told.endswith(": \u201cShoe size: 42\u201d.")


def test_long_parts_are_cut_and_many_are_counted() -> None:
    lines = [f"Unknown thing {number}: {'very ' * 40}{number}" for number in range(25)]
    told = _told("\n".join(["Name: Ada Roe", *lines]))
    assert told.count("\u201c") == 10
    assert told.endswith("; and 15 more.")
    assert max(map(len, told.split("\u201c"))) < 100


def test_long_instructions_take_no_time() -> None:
    instructions = "Name: Ada Roe\n" + "a 1. " * 20_000
    answers = {FIELDS[0].key: "Ada Roe " * 5_000}
    begun = time.monotonic()
    unused.told(instructions, FIELDS, answers)
    assert time.monotonic() - begun < 5
