"""Values in running text: where they begin, and where they end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.local.form_fields import text
from workers.forms import values
from workers.forms.fields import keyed

FORM = keyed(
    [
        text("Sort code"),
        text("Bank/building society account number"),
        text("Extension"),
        text("Summary"),
        text("Doctor"),
        text("Available from"),
        text("Email address"),
        text("Company"),
        text("Fecha de entrada"),
        *(text(f"{what} {number}") for number in (1, 2) for what in ("Item", "Serial number")),
    ]
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("The sort code is 20-45-77 and the colour is blue.", {"sort_code": "20-45-77"}),
        ("My extension is 4417 and I sit upstairs.", {"extension": "4417"}),
        ("Hello there. Summary: no light. It was fine before.", {"summary": "no light"}),
        ("Summary: no light. It was fine before.", {"summary": "no light. It was fine before."}),
        ("His doctor is at Mill Lane Surgery.", {"doctor": "Mill Lane Surgery"}),
        ("Please note: available from 1 July 2025.", {"available_from": "1 July 2025"}),
        ("Write to me by email at ada@x.org.", {"email_address": "ada@x.org"}),
        ("My bank is Northern Counties.", {}),
        ("The guest is Ada Roe of a company, Roe Ltd.", {"company": "Roe Ltd"}),
        ("Su fecha de nacimiento es 11/10/1992.", {}),
        (
            "Item 1 is a camera, serial number SN-1. Item 2 is a tripod, serial number SN-2.",
            {"item_1": "a camera", "serial_number_1": "SN-1",
             "item_2": "a tripod", "serial_number_2": "SN-2"},
        ),
    ],
)  # fmt: skip
def test_a_value_is_what_belongs_to_its_name(said: str, expected: dict[str, str]) -> None:
    found = values.of_instructions(said, FORM)
    assert {key: value for key, value in found.items() if value} == expected


def test_whom_to_call_in_an_emergency_is_in_that_section() -> None:
    labels = ("Contact name", "Relationship", "Contact phone")
    form = keyed([replace(text(label), section="In case of emergency") for label in labels])
    said = "In an emergency call Tom Roe, her brother, at 020 7946 0018."
    assert list(values.of_instructions(said, form).values()) == [
        "Tom Roe",
        "brother",
        "020 7946 0018",
    ]
