"""Numbers with units, account numbers, and names with what somebody is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
WHOLE = {"type": ["integer", "null"]}


def output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


@pytest.mark.parametrize(
    ("name", "line", "value"),
    [
        ("capacity_kg", "Capacity   480 kg / 6 persons", 480),
        ("tenureMonths", "Tenure   120 months", 120),
        ("loan_amount", "Loan amount   ₹ 12,50,000/- (twelve lakh fifty thousand)", 1250000),
        ("priority", "Priority   3 - Low", 3),
        ("traglast", "Traglast   900 kg", 900),
        ("pruefgebuehr", "Prüfgebühr   90,00 €", 90),
    ],
)
def test_a_number_may_have_its_unit_or_an_explanation_behind_it(
    name: str, line: str, value: float
) -> None:
    assert output(schema(**{name: NUMBER}), line) == {name: value}


def test_a_whole_number_of_tens_is_whole() -> None:
    assert output(schema(seats=WHOLE), "Seats: 120") == {"seats": 120}


def test_the_number_of_a_house_is_no_measure() -> None:
    assert output(schema(depot=NUMBER), "Depot   12 Upper Mill Garden Road") == {"depot": None}


def test_an_account_number_ends_where_those_of_its_country_do() -> None:
    text = "Paid to IBAN DE03 8405 0000 1771 0042 19, Okapi Bank"
    assert output(schema(iban=TEXT), text) == {"iban": "DE03 8405 0000 1771 0042 19"}


def test_no_beside_a_label_answers_it() -> None:
    wanted = schema(confined_space={"type": ["boolean", "null"]})
    assert output(wanted, "Confined space|No") == {"confined_space": False}


def test_a_name_is_without_a_title_where_that_is_wanted() -> None:
    named = {**TEXT, "description": "Full name without title"}
    assert output(schema(employee_name=named), "Employee name: Ms Ada Roe") == {
        "employee_name": "Ada Roe"
    }
    assert output(schema(released_by=TEXT), "Released by: Dr Ada Roe, Head of Quality") == {
        "released_by": "Dr Ada Roe"
    }


def test_who_did_something_may_stand_behind_it_without_a_colon() -> None:
    text = "Packed by A. Roe Checked by B. Ito-Doe"
    assert output(schema(packed_by=TEXT, checked_by=TEXT), text) == {
        "packed_by": "A. Roe",
        "checked_by": "B. Ito-Doe",
    }
    assert output(schema(packed_by=TEXT), "The goods were packed by hand") == {"packed_by": None}


def test_a_sum_under_a_table_may_have_a_remark_before_it() -> None:
    row = {"type": "object", "properties": {"description": TEXT, "amount": NUMBER}}
    text = (
        "Description          Quantity   Unit price   Amount\n"
        "Oak table            1          310.00       310.00\n"
        "Pine chair           2          40.00        80.00\n"
        "Payable within 30 days          Total net    390.00\n"
        "by bank transfer\n"
        "                                Total gross  468.00"
    )
    wanted = schema(items={"type": "array", "items": row})
    assert [one["amount"] for one in output(wanted, text)["items"]] == [310, 80]
