"""Addresses in one line, under a name far above them, and labels in two languages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction
from workers.local.extraction import one_line

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
PARTY = schema(name=TEXT, street=TEXT, city=TEXT, postal_code=TEXT)


def output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


@pytest.mark.parametrize(
    ("text", "street", "city", "postal"),
    [
        ("12 Lake Road, Pune, Maharashtra, 411001", "12 Lake Road", "Pune", "411001"),
        ("12 Lake Road, Pune, 411 001", "12 Lake Road", "Pune", "411 001"),
        ("7 Elm Drive, Salem, OR, 9730Q", "7 Elm Drive", "Salem", "9730Q"),
        ("7 Elm Drive, Salem, OR, 97301", "7 Elm Drive", "Salem", "97301"),
        ("Flat 2, 7 Mill Lane, York, YO1 7HH", "Flat 2, 7 Mill Lane", "York", "YO1 7HH"),
    ],
)
def test_a_line_is_split_into_street_town_and_postcode(
    text: str, street: str, city: str, postal: str
) -> None:
    told = one_line.split(text)
    assert (told["street"], told["city"], told["postal"]) == (street, city, postal)


def test_a_house_of_four_digits_is_no_postcode() -> None:
    text = "INVOICE\n\nBill to\nAda Roe\n2558 Elm Row\nEast Salem, OR 97301\n\nTotal 5.00"
    assert output(schema(buyer=PARTY), text) == {
        "buyer": {
            "name": "Ada Roe",
            "street": "2558 Elm Row",
            "city": "East Salem",
            "postal_code": "97301",
        }
    }


@pytest.mark.parametrize(
    "text",
    [
        "Ada Roe\n\n7 Elm Drive, Salem, OR, 97301\n\nINVOICE",
        "          Ada Roe\n7 Elm Drive\nSalem, OR 97301\n\nINVOICE",
        "Page 1 of 2\n\nAda Roe\n7 Elm Drive\nSalem, OR 97301\n\nINVOICE",
    ],
)
def test_an_address_without_a_name_is_that_of_the_name_above(text: str) -> None:
    found = output(schema(seller=PARTY), text + "\n\nBill to:\nOkapi Ltd" + "\n\nTotal  5.00" * 8)
    assert found["seller"] == {
        "name": "Ada Roe",
        "street": "7 Elm Drive",
        "city": "Salem",
        "postal_code": "97301",
    }


def test_a_label_in_two_languages_is_known_by_the_first() -> None:
    text = "ORDER DATE التاريخ    CURRENCY العملة\n06/19/2026            KWD"
    date = {"type": ["string", "null"], "format": "date"}
    assert output(schema(order_date=date), text) == {"order_date": "2026-06-19"}


def test_a_label_may_have_its_second_language_under_it() -> None:
    text = "VENDOR             SHIP TO\nمورد               تسليم\nOkapi Company      North Office"
    assert output(schema(vendor_name=TEXT), text) == {"vendor_name": "Okapi Company"}


def test_a_telephones_number_is_no_customers() -> None:
    assert output(schema(customer_number=TEXT), "Customer\n+965 6508 5359") == {
        "customer_number": None
    }


def test_a_name_is_without_the_address_behind_it() -> None:
    text = "Säljare: Okapi Ltd\nKöpare: Nordwind AB, Ringvägen 3, 553 02 Lund, Sverige"
    assert output(schema(buyer_name=TEXT, buyer_address=TEXT), text) == {
        "buyer_name": "Nordwind AB",
        "buyer_address": "Ringvägen 3, 553 02 Lund, Sverige",
    }


def test_a_labelled_number_is_no_name() -> None:
    assert output(schema(customer_name=TEXT), "Buyer:\nUser ID: AR17") == {"customer_name": None}


def test_an_invitation_to_write_names_no_sender() -> None:
    text = "Contact us\n7 Mill Lane\nYork YO1 7HH" + "\n\nTotal  5.00" * 8
    assert output(schema(provider=TEXT), text) == {"provider": None}


def test_from_and_to_name_the_parties() -> None:
    text = "FROM: Okapi Company      TO: Ada Roe\nokapi@okapi.example      ada@roe.example"
    assert output(schema(vendor_name=TEXT, customer_name=TEXT), text) == {
        "vendor_name": "Okapi Company",
        "customer_name": "Ada Roe",
    }


@pytest.mark.parametrize("form", ["W.L.L", "d.o.o.", "s.r.o.", "Pty"])
def test_a_letterhead_is_known_by_other_countries_legal_forms(form: str) -> None:
    text = f"Okapi {form}          INVOICE" + "\n\nTotal  5.00" * 8
    assert output(schema(vendor_name=TEXT), text) == {"vendor_name": f"Okapi {form}"}


@pytest.mark.parametrize("town", ["Pune - 411001", "Pune, Maharashtra, 411001", "INDIA 411057"])
def test_towns_with_six_digits_end_an_address(town: str) -> None:
    text = f"Bill to:\nOkapi Ltd\n12 Lake Road\n{town}\n\nTotal 5.00"
    wanted = schema(customer=schema(name=TEXT, address=TEXT))
    assert output(wanted, text) == {
        "customer": {"name": "Okapi Ltd", "address": f"12 Lake Road\n{town}"}
    }


def test_an_address_without_a_name_has_none() -> None:
    text = "Ship to:\n12 Lake Road\nSalem OR 97301\n\nTotal 5.00"
    wanted = schema(ship_to=schema(name=TEXT, address=TEXT))
    assert output(wanted, text) == {
        "ship_to": {"name": None, "address": "12 Lake Road\nSalem OR 97301"}
    }


def test_an_address_is_without_the_name_above_it() -> None:
    text = "Billing address\nAda Roe\n12 Lake Road\nSalem OR 97301\n\nTotal 5.00"
    assert output(schema(billing_address=TEXT), text) == {
        "billing_address": "12 Lake Road\nSalem OR 97301"
    }


def test_whoever_has_a_name_and_an_address_is_a_party() -> None:
    text = "Consignee:\nOkapi Ltd\n12 Lake Road\nSalem OR 97301\n\nTotal 5.00"
    assert output(schema(consignee=schema(name=TEXT, address=TEXT)), text) == {
        "consignee": {"name": "Okapi Ltd", "address": "12 Lake Road\nSalem OR 97301"}
    }


def test_a_postcode_alone_ends_an_address() -> None:
    text = "Okapi Ltd\n1 Quay Road\nLeeds LS1 5AB\n\n\n"
    text += "Mr A Roe\n7 Mill Lane\nSelby\nYorkshire\nYO1 7HH\n\nTotal 5.00" + "\n" * 40
    assert output(schema(customer=schema(name=TEXT, address=TEXT)), text) == {
        "customer": {"name": "Mr A Roe", "address": "7 Mill Lane\nSelby\nYorkshire\nYO1 7HH"}
    }


def test_a_box_at_the_post_is_no_town() -> None:
    text = "Bill to:\nOkapi Ltd\nP.O. Box 12321\nSalem, OR 97301\n\nTotal 5.00"
    assert output(schema(customer=schema(name=TEXT, address=TEXT)), text) == {
        "customer": {"name": "Okapi Ltd", "address": "P.O. Box 12321\nSalem, OR 97301"}
    }


def test_a_province_in_brackets_is_no_part_of_the_town() -> None:
    text = "Fattura\n\nCliente\nOkapi S.r.l.\nVia Serio 60\n24021 Albino (BG)\n\nTotale 5,00"
    buyer = {**PARTY["properties"], "province": TEXT}
    assert output(schema(customer=schema(**buyer)), text)["customer"] == {
        "name": "Okapi S.r.l.",
        "street": "Via Serio 60",
        "city": "Albino",
        "postal_code": "24021",
        "province": "BG",
    }


def test_a_line_under_a_name_may_be_the_street_and_the_town() -> None:
    text = "Invoice 17\n\nBill to\nOkapi Ltd\nMill Lane 3, 88212 Ravensburg\n\nTotal 5.00"
    assert output(schema(customer=PARTY), text)["customer"] == {
        "name": "Okapi Ltd",
        "street": "Mill Lane 3",
        "city": "Ravensburg",
        "postal_code": "88212",
    }


ADDRESSED = "Okapi AG * Mill Lane 3 * 88212 Ravensburg      {title}\n\nFirma\nHolz & Sohn KG\n"


@pytest.mark.parametrize(
    ("title", "whose"), [("Bestellung", "lieferant"), ("Ihre Bestellung", "kunde")]
)
def test_whom_an_order_is_written_to_sells(title: str, whose: str) -> None:
    text = ADDRESSED.format(title=title) + "Industriering 8\n97424 Schweinfurt\n\nSumme 5,00"
    found = output(schema(**{whose: PARTY}), text)
    assert found[whose]["name"] == "Holz & Sohn KG"
    assert found[whose]["city"] == "Schweinfurt"
