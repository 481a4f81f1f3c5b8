"""Labels that are called as no property is, and mean one all the same."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
DATE = {"type": ["string", "null"], "format": "date"}
PAID = {**DATE, "description": "Process date of the run"}


def output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


@pytest.mark.parametrize(
    ("name", "kind", "line", "value"),
    [
        ("permitNumber", TEXT, "Isolation permit|LOTO-17", "LOTO-17"),
        ("neueVorauszahlung", NUMBER, "Vorauszahlung: 220,00 €", 220),
        ("pay_date", PAID, "Process date|2025-05-30", "2025-05-30"),
        ("deposit", {**NUMBER, "description": "as a positive number"}, "Deposit: -20.00", 20),
    ],
)
def test_a_label_may_leave_out_or_add_what_tells_nothing_apart(
    name: str, kind: dict[str, Any], line: str, value: object
) -> None:
    assert output(schema(**{name: kind}), line) == {name: value}


@pytest.mark.parametrize(
    ("name", "kind", "line"),
    [
        ("reading", NUMBER, "Previous reading|412"),
        ("customer_phone", TEXT, "Phone|0751 555 017"),
        ("youngest_driver_height", NUMBER, "Height|172"),
        ("due_date", DATE, "Date|2025-05-30"),
        ("invoice_total", NUMBER, "Invoice|4711"),
    ],
)
def test_what_tells_something_apart_may_not_be_left_out(
    name: str, kind: dict[str, Any], line: str
) -> None:
    assert output(schema(**{name: kind}), line) == {name: None}


def test_a_label_that_may_be_two_properties_is_neither() -> None:
    wanted = schema(mooring_permit=TEXT, fishing_permit=TEXT)
    assert output(wanted, "Permit|L-17") == {"mooring_permit": None, "fishing_permit": None}
