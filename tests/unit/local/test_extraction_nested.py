"""Schemas that take values apart: an amount and its currency, an address and its parts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction
from workers.local.extraction import one_line

TEXT = {"type": ["string", "null"]}
NUMBER = {"type": ["number", "null"]}
MONEY = schema(currency_code=TEXT, amount=NUMBER)
ADDRESS = schema(street=TEXT, city=TEXT, state=TEXT, postal_code=TEXT, country=TEXT)


def _output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


def test_an_amount_has_the_currency_of_the_document() -> None:
    found = _output(
        schema(total=MONEY, discount=MONEY, lines={"type": "array", "items": schema(price=MONEY)}),
        "Price\n12.00\n8.50\n\nTotal: EUR 20.50\n",
    )
    assert found["total"] == {"currency_code": "EUR", "amount": 20.5}
    # None was given: so it has no currency either.
    assert not (found.get("discount") or {}).get("currency_code")


def test_each_of_two_amounts_has_its_own_currency() -> None:
    found = _output(schema(total=MONEY, deposit=MONEY), "Total: USD 120.00\n\nDeposit: EUR 20.00\n")
    assert found["total"] == {"currency_code": "USD", "amount": 120}
    assert found["deposit"] == {"currency_code": "EUR", "amount": 20}


def test_of_two_currencies_none_is_chosen() -> None:
    found = _output(schema(total=MONEY), "Total: 120.00\n\nDeposit: EUR 20.00\n\nFee: USD 3.00\n")
    assert found["total"] == {"currency_code": None, "amount": 120}


@pytest.mark.parametrize(("text", "currency"), [("Euro", "Euro"), ("Debit", None)])
def test_a_currency_is_one(text: str, currency: str | None) -> None:
    found = _output(schema(currency=TEXT, invoice=TEXT), f"Invoice: 17\nCurrency: {text}\n")
    assert found["currency"] == currency


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("7 Oak Way, Leeds, LS1 5AB, UK", ("7 Oak Way", "Leeds", None, "LS1 5AB", "UK")),
        ("Unit 1, Oak Works, Hull HU1 1RT", ("Unit 1, Oak Works", "Hull", None, "HU1 1RT", None)),
        ("Uferweg 4, 20457 Hamburg", ("Uferweg 4", "Hamburg", None, "20457", None)),
        ("9 Elm St, Austin, TX 73301, USA", ("9 Elm St", "Austin", "TX", "73301", "USA")),
        ("9 Elm St, Austin", (None, None, None, None, None)),
    ],
)
def test_an_address_in_one_line_is_taken_apart(text: str, parts: tuple[str | None, ...]) -> None:
    told = one_line.split(text)
    assert tuple(told.get(r) for r in ("street", "city", "state", "postal", "country")) == parts


def test_the_customers_address_in_one_line_fills_its_parts() -> None:
    found = _output(
        schema(customer_name=TEXT, customer_address=ADDRESS),
        "Customer: Otter Ltd    Address: 7 Oak Way, Leeds, LS1 5AB, UK\n",
    )
    assert found["customer_address"] == {
        "street": "7 Oak Way",
        "city": "Leeds",
        "state": None,
        "postal_code": "LS1 5AB",
        "country": "UK",
    }


def test_a_british_postcode_stands_below_its_town_and_county() -> None:
    found = _output(
        schema(customer_name=TEXT, customer_address=ADDRESS),
        "Bill to\nOtter Ltd\n7 Oak Way\nMilton Keynes\nBuckinghamshire\nMK9 1FH\n",
    )
    assert found["customer_name"] == "Otter Ltd"
    assert found["customer_address"]["street"] == "7 Oak Way"
    assert found["customer_address"]["city"] == "Milton Keynes"
    assert found["customer_address"]["state"] == "Buckinghamshire"
    assert found["customer_address"]["postal_code"] == "MK9 1FH"


def test_payable_on_or_before_is_due() -> None:
    wanted = schema(due_date={"type": ["string", "null"], "format": "date"})
    assert _output(wanted, "Payable on or before 24 May 2024\n")["due_date"] == "2024-05-24"


PERSON = schema(first_name=TEXT, last_name=TEXT)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Mr Jon Otter", "Jon", "Otter"),
        ("Dr. Prof. Jane B. Otter-Finch", "Jane", "Otter-Finch"),
        ("Otter, Jane", "Jane", "Otter"),
        # Which of the names are the last is not known.
        ("Ana Maria Otter Finch", None, None),
    ],
)
def test_a_whole_name_is_taken_apart(text: str, first: str | None, last: str | None) -> None:
    found = _output(schema(policyholder=PERSON, number=TEXT), f"Number: 17\nPolicyholder: {text}\n")
    told = found.get("policyholder") or {}
    assert (told.get("first_name"), told.get("last_name")) == (first, last)


def test_names_that_are_given_apart_stay_so() -> None:
    found = _output(
        schema(first_name=TEXT, last_name=TEXT),
        "Name: Jon Otter\nFirst name: Jane\nSurname: Finch\n",
    )
    assert found == {"first_name": "Jane", "last_name": "Finch"}
