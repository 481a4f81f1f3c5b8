"""Whoever issues a paper or gets it, whatever a schema calls them; and values without labels."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT = {"type": ["string", "null"]}
DATE = {"type": ["string", "null"], "format": "date"}
WEAR = "".join(f"\n\nPart {number}: wear of {number} mm" for number in range(9))
HEAD = "Okapi Ltd\n7 Mill Lane\nYork YO1 7HH\n\n"


def output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


@pytest.mark.parametrize(
    "name", ["contractor", "freelancerName", "versorger", "vermieter", "shipper", "clinic"]
)
def test_whoever_issues_a_paper_is_its_sender(name: str) -> None:
    assert output(schema(**{name: TEXT}), HEAD + "Total 5.00") == {name: "Okapi Ltd"}


def test_who_carries_is_not_who_ships() -> None:
    wanted = schema(shipper=TEXT, carrier=TEXT)
    assert output(wanted, HEAD) == {"shipper": "Okapi Ltd", "carrier": None}


@pytest.mark.parametrize(
    "text",
    [
        "PACKING LIST\nOkapi Inc., 480 Tech Drive, Rochester, NY 14623\nShipped 3 boxes",
        "OKAPI TRUST - DELIVERY NOTE\nThree boxes",
        "Report\n\nExamined under law by Okapi Ltd, York" + WEAR,
    ],
)
def test_one_line_may_say_more_than_whose_paper_it_is(text: str) -> None:
    found = output(schema(sender=TEXT), text)["sender"]
    assert found in ("Okapi Inc.", "OKAPI TRUST", "Okapi Ltd")


def test_a_bank_to_pay_to_is_not_who_sells() -> None:
    text = "FROM\nOkapi Ltd\n9 Cowgate\nNorwich NR3 1SY\n\nPAY TO\nMonzo Business"
    assert output(schema(seller=schema(name=TEXT)), text) == {"seller": {"name": "Okapi Ltd"}}


def test_a_number_under_the_customer_is_the_customers() -> None:
    text = "Okapi Roofing Ltd\nInsured | 541-555-0187 | a@okapi.example\n\n"
    text += "Customer: Ada Roe\nPhone: 541-555-0129"
    wanted = schema(contractor=TEXT, contractor_phone=TEXT, customer_name=TEXT)
    assert output(wanted, text)["contractor_phone"] == "541-555-0187"


def test_a_letters_sender_is_a_firm_and_a_person() -> None:
    text = HEAD + "3 February 2025\n\nMr James Orton\n8 Oak Lane\nExeter EX4 3PT\n\n"
    text += "Dear Mr Orton\n\nWe write.\n\nYours sincerely\n\nKate Lund\nSenior Associate"
    wanted = schema(
        sender=schema(organization=TEXT, name=TEXT, position=TEXT),
        recipient=schema(name=TEXT, city=TEXT),
    )
    assert output(wanted, text) == {
        "sender": {
            "organization": "Okapi Ltd",
            "name": "Kate Lund",
            "position": "Senior Associate",
        },
        "recipient": {"name": "Mr James Orton", "city": "Exeter"},
    }


def test_who_signs_for_a_firm_has_an_office_behind_the_name() -> None:
    text = "Order\n\nFor Okapi Private Limited\n\nMeera Krishnan, Head - Procurement"
    wanted = schema(signatory=TEXT, unterzeichner=TEXT)
    assert output(wanted, text)["signatory"] == "Meera Krishnan"


def test_an_owner_is_named_behind_the_word() -> None:
    assert output(schema(inhaber=TEXT), "Gasthaus Ochsen\nInh. Petra Wied\n") == {
        "inhaber": "Petra Wied"
    }


@pytest.mark.parametrize(
    ("name", "line", "value"),
    [
        ("tisch", "Tisch 14\n08.11.2025", "14"),
        ("sortCode", "Sort code 04-00-03\nAccount 88120467", "04-00-03"),
        ("sort_code", "Pay to Okapi Bank, sort code 30-98-12, soon.", "30-98-12"),
        ("bank_name", "Please pay to Lloyds Bank, sort code 30-98-12.", "Lloyds Bank"),
        ("card_brand", "Card  VISA ************4481", "VISA"),
        ("card_last4", "Card  VISA ************4481", "4481"),
        ("accountLast4", "Account ending in 3306", "3306"),
        ("time", "06/14/2025 8:42 AM  Dine In", "8:42 AM"),
        ("company_number", "Company number: 09114872. Registered office: York", "09114872"),
    ],
)
def test_values_stand_within_a_line(name: str, line: str, value: str) -> None:
    assert output(schema(**{name: TEXT}), line) == {name: value}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("card_last4", "Card ending in 3306\nCard ending in 1187"),
        ("bank_name", "Today we pay by the Okapi Bank or the Lund Bank, as we did before."),
        ("time", "Open 8:00 to 17:00"),
        ("street", "Lieferantenweg"),
    ],
)
def test_what_may_be_several_is_none(name: str, text: str) -> None:
    assert output(schema(**{name: TEXT}), text) == {name: None}


def test_a_deadline_may_stand_alone() -> None:
    text = "Amount due\n6,948.00\nby 14 August 2025"
    assert output(schema(due_date=DATE), text) == {"due_date": "2025-08-14"}


def test_an_address_of_nobody_has_its_town() -> None:
    wanted = schema(address=TEXT, city=TEXT, zip=TEXT)
    found = output(wanted, "Address: Am Markt 3, 99084 Erfurt")
    assert (found["city"], found["zip"]) == ("Erfurt", "99084")


def test_whom_a_paper_is_for_stands_behind_the_word() -> None:
    text = "Maya Lind\nInvoice\nFor      Harbor & Pine Books" + 9 * "\n\nWork is done"
    assert output(schema(clientName=TEXT), text) == {"clientName": "Harbor & Pine Books"}
