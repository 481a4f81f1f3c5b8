"""Who a document is from and to where no label says so; rows and periods without one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
DATE = {"type": ["string", "null"], "format": "date"}
ADDRESS = schema(street=TEXT, city=TEXT, zip=TEXT)
HEAD = "Okapi Ltd                     INVOICE\n7 Mill Lane\nYork YO1 7HH\n"


def output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


@pytest.mark.parametrize("name", ["supplier_name", "vendor", "vendorName", "merchant_name"])
def test_a_letterhead_names_the_sender(name: str) -> None:
    assert output(schema(**{name: TEXT}), HEAD + "\nTotal 5.00") == {name: "Okapi Ltd"}


def test_an_address_within_an_object_is_the_objects() -> None:
    seller = schema(name=TEXT, address=ADDRESS)
    assert output(schema(seller=seller), HEAD) == {
        "seller": {
            "name": "Okapi Ltd",
            "address": {"street": "7 Mill Lane", "city": "York", "zip": "YO1 7HH"},
        }
    }


def test_the_line_in_an_envelopes_window_is_the_senders() -> None:
    text = "Rechnung\n\nNordwind KG · Am Kai 3 · 88212 Ravensburg\nAnna Weber\nGartenweg 1"
    wanted = schema(supplier_name=TEXT, supplier_address=TEXT)
    assert output(wanted, text) == {
        "supplier_name": "Nordwind KG",
        "supplier_address": "Am Kai 3\n88212 Ravensburg",
    }


@pytest.mark.parametrize(
    "text",
    [
        "INVOICE\nTotal 5.00",
        "Dear Ada\nthank you for your visit to our garden.",
        "Purchase order\nOkapi Ltd\n7 Mill Lane\nYork YO1 7HH",
        "Some words\nand more of them",
        "Vendor: Nordwind\n\nBill to: Okapi Ltd",
    ],
)
def test_other_first_lines_name_no_sender(text: str) -> None:
    found = output(schema(supplier_name=TEXT, supplier_address=TEXT), text)
    assert found["supplier_name"] in (None, "Nordwind")
    assert found["supplier_address"] is None


def test_a_label_says_more_than_the_letterhead() -> None:
    text = HEAD + "\nSupplier: Nordwind GmbH"
    wanted = schema(supplier_name=TEXT, supplier_address=TEXT)
    assert output(wanted, text) == {"supplier_name": "Nordwind GmbH", "supplier_address": None}


def test_the_only_address_besides_the_letterhead_is_the_recipients() -> None:
    address = "Ada Roe\nPine St 5\nHull HU1 2AB\n"
    wanted = schema(customer_name=TEXT)
    rest = "\n" * 20
    assert output(wanted, HEAD + "\n\n" + address + rest) == {"customer_name": "Ada Roe"}
    two = HEAD + "\n\n" + address + "\n\n" + address.replace("Ada", "Bob") + rest
    assert output(wanted, two) == {"customer_name": None}


ITEMS = {"type": "array", "items": schema(description=TEXT, quantity=NUMBER, amount=NUMBER)}


def test_rows_without_a_header_are_believed_if_they_add_up() -> None:
    rows = "Cafe\n\n2   Tea     10.40\n1   Scone    5.90\nTotal       16.30"
    assert output(schema(items=ITEMS), rows)["items"] == [
        {"description": "Tea", "quantity": 2, "amount": 10.4},
        {"description": "Scone", "quantity": 1, "amount": 5.9},
    ]
    assert output(schema(items=ITEMS), rows.replace("16.30", "17.30"))["items"] == []


def test_a_column_may_be_called_as_the_rows_are() -> None:
    text = "Deductions      Amount\nIncome tax       10.00\nPension           5.00\nNet pay  85.00"
    found = output(schema(deductions=ITEMS), text)["deductions"]
    assert [row["description"] for row in found] == ["Income tax", "Pension"]


def test_a_balance_brought_forward_ends_no_table() -> None:
    rows = schema(date=TEXT, description=TEXT, amount=NUMBER)
    text = (
        "Date        Description      Amount\nOpening balance              5.00\n"
        "2024-03-01  Grocer          -1.00\n2024-03-02  Baker           -2.00\n"
        "Closing balance              2.00"
    )
    found = output(schema(transactions={"type": "array", "items": rows}), text)["transactions"]
    assert [row["description"] for row in found] == ["Grocer", "Baker"]


@pytest.mark.parametrize(
    "text",
    [
        "Statement period: 1 March 2024 to 31 March 2024",
        "March 01, 2024 through March 31, 2024",
        "Zeitraum 01.03.2024 - 31.03.2024",
        "du 01/03/2024 au 31/03/2024",
    ],
)
def test_the_only_period_has_two_ends(text: str) -> None:
    wanted = schema(period_start=DATE, period_end=DATE)
    dates = {"period_start": "2024-03-01", "period_end": "2024-03-31"}
    assert output(wanted, text) == dates
    assert output(schema(period=schema(start=DATE, end=DATE)), text) == {
        "period": {"start": "2024-03-01", "end": "2024-03-31"}
    }


def test_of_two_periods_none_is_taken() -> None:
    text = "1 March 2024 to 31 March 2024\n1 April 2024 to 30 April 2024"
    assert output(schema(start_date=DATE, end_date=DATE), text) == {
        "start_date": None,
        "end_date": None,
    }


def test_a_description_says_what_a_name_does_not() -> None:
    wanted = schema(when={**DATE, "description": "Date on which the invoice was issued"})
    assert output(wanted, "Invoice date: 2024-03-05\nOther date: 2024-04-01") == {
        "when": "2024-03-05"
    }


def test_a_telephone_number_with_its_country_needs_no_label() -> None:
    assert output(schema(phone=TEXT), "Ada\n+34 612 345 678") == {"phone": "+34 612 345 678"}
    assert output(schema(phone=TEXT), "Ada\n612 345 6789") == {"phone": None}


def test_a_name_of_two_words_may_be_labelled_with_one() -> None:
    assert output(schema(card_holder=TEXT), "Cardholder    Ada Roe") == {"card_holder": "Ada Roe"}


def test_an_only_date_may_have_a_time_behind_it() -> None:
    assert output(schema(purchase_date=DATE), "Shop\n03.06.2024 17:22\nthanks") == {
        "purchase_date": "2024-06-03"
    }


def test_what_is_the_senders_is_nobody_elses() -> None:
    text = HEAD + "office@okapi.example\n+44 20 7946 0000"
    wanted = schema(customer_email=TEXT, customer_phone=TEXT, bank_name=TEXT)
    assert output(wanted, text) == {
        "customer_email": None,
        "customer_phone": None,
        "bank_name": None,
    }


def test_an_employer_is_at_the_head_of_a_payslip_alone() -> None:
    wanted = schema(employer=TEXT, supplier_name=TEXT)
    assert output(wanted, HEAD) == {"employer": None, "supplier_name": "Okapi Ltd"}
    payslip = HEAD.replace("INVOICE", "Payslip") + "\n\nEmployee: Ada Roe"
    assert output(wanted, payslip) == {"employer": "Okapi Ltd", "supplier_name": None}


def test_a_written_date_is_no_number() -> None:
    text = "Date of contract: 12 March 2024"
    assert output(schema(contract_number=TEXT), text) == {"contract_number": None}


@pytest.mark.parametrize("title", ["Payslip", "Proforma Invoice", "Sales Receipt", "Packing slip"])
def test_what_a_document_is_names_no_sender(title: str) -> None:
    text = f"{title}\nOkapi Ltd\n7 Mill Lane\nYork YO1 7HH\n\nTotal 5.00" + "\n" * 40
    assert output(schema(company_name=TEXT), text) == {"company_name": "Okapi Ltd"}


def test_who_writes_an_order_is_who_buys() -> None:
    text = """
Okapi Ltd                     PURCHASE ORDER
7 Mill Lane
York YO1 7HH

Vendor:
Ant Bolts Inc
12 Elm Street
Salem OR 97301
"""
    found = output(schema(buyer_name=TEXT, vendor_name=TEXT), text)
    assert found == {"buyer_name": "Okapi Ltd", "vendor_name": "Ant Bolts Inc"}


def test_whose_order_an_invoice_is_for_says_nothing_of_who_writes() -> None:
    text = HEAD + "Your order:   PO-17\nTotal:   5.00"
    assert output(schema(vendor_name=TEXT), text) == {"vendor_name": "Okapi Ltd"}


@pytest.mark.parametrize("dates", ["25 Nov 23 \N{EN DASH} 03 Mar 24", "25-Nov-2023 to 3-Mar-2024"])
def test_of_several_periods_it_is_the_one_that_is_called_so(dates: str) -> None:
    text = f"Billing period: {dates}\nFrom 04 Mar 2022 to 03 Mar 2023 you used less.\n"
    wanted = schema(billing_period=schema(**{"from": DATE, "to": DATE}))
    assert output(wanted, text) == {"billing_period": {"from": "2023-11-25", "to": "2024-03-03"}}


def test_a_letterhead_on_the_right_is_read_whole() -> None:
    text = f"""
{"Okapi Ltd":>70}
{"7 Mill Lane, Suite 4":>70}
{"Salem, OR 97301":>70}
{"Phone: 555 0100":>70}
"""
    wanted = schema(company=schema(name=TEXT, address=TEXT))
    assert output(wanted, text + "\n" * 40) == {
        "company": {"name": "Okapi Ltd", "address": "7 Mill Lane, Suite 4\nSalem, OR 97301"}
    }


def test_boxes_to_tick_above_a_letterhead_name_nobody() -> None:
    text = """
              Original         Duplicate         Triplicate

Okapi Sodas
Door No.42/A, New Road,
Chennai - 602024, TN
"""
    wanted = schema(company=schema(name=TEXT, address=TEXT))
    assert output(wanted, text + "\n" * 40) == {
        "company": {
            "name": "Okapi Sodas",
            "address": "Door No.42/A, New Road,\nChennai - 602024, TN",
        }
    }


def test_a_dash_before_a_postcode_parts_no_address() -> None:
    text = f"{'Okapi Pvt. Ltd.':^60}\n{'B-204, Lake Tower, Pune - 411001':^60}\n" + "\n" * 40
    assert output(schema(company=schema(name=TEXT, address=TEXT)), text) == {
        "company": {"name": "Okapi Pvt. Ltd.", "address": "B-204, Lake Tower, Pune - 411001"}
    }


@pytest.mark.parametrize(
    ("start", "end"), [("flight_start_date", "flight_end_date"), ("flightFrom", "flightTo")]
)
def test_of_several_periods_that_is_taken_whose_name_a_property_has(start: str, end: str) -> None:
    text = (
        "Invoice period   27 January 2020 - 21 February 2020\n"
        "Order flight     30 December 2019 - 29 March 2020\n"
    )
    wanted = schema(**{start: DATE, end: DATE}, invoice_start_date=DATE, invoice_end_date=DATE)
    assert output(wanted, text) == {
        start: "2019-12-30",
        end: "2020-03-29",
        "invoice_start_date": "2020-01-27",
        "invoice_end_date": "2020-02-21",
    }


def test_a_period_in_a_row_of_sums_is_not_that_of_the_document() -> None:
    text = (
        "Contract dates\n10 February 2020 - 12 February 2020\n\n"
        "Time period                       Spots  Net amount\n"
        "27 January 2020 - 12 February 2020   2      150.00\n"
    )
    assert output(schema(flight_from=DATE, flight_to=DATE), text) == {
        "flight_from": "2020-02-10",
        "flight_to": "2020-02-12",
    }
