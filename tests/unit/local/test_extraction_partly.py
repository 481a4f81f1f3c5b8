"""Labels that say a part of a property's name alone, and what tells the rest."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
DATE = {"type": ["string", "null"], "format": "date"}


def output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


@pytest.mark.parametrize(
    ("name", "line", "value"),
    [
        ("vehicle_registration", "Vehicle: FX22 KLD", "FX22 KLD"),
        ("ship_via", "Via: UPS Ground", "UPS Ground"),
        ("site_address", "Site: Ilkley Road 4, Otley LS21 3JP", "Ilkley Road 4, Otley LS21 3JP"),
        ("payment_terms", "Payment: 50% with order", "50% with order"),
        ("customer_contact", "Attn: Helen Marsh", "Helen Marsh"),
        ("supplier_vat_number", "VAT Number: 287 4410 92", "287 4410 92"),
        ("vehicle_description", "Vehicle: blue van", "blue van"),
        ("inspector_name", "Examined by: Ada Roe", "Ada Roe"),
        ("customer_id", "Customer ID: PINEHOA", "PINEHOA"),
        ("contact_person", "Contact: Ada Roe, +91 40 5550 1188", "Ada Roe"),
    ],
)
def test_what_a_label_leaves_out_its_value_may_tell(name: str, line: str, value: str) -> None:
    wanted = schema(**{name: TEXT, "examination_date": DATE})
    assert output(wanted, f"{line}\nExamination date: 2025-03-02\n")[name] == value


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("vehicle_registration", "Vehicle: blue van"),
        ("payment_terms", "Payment: Visa"),
        ("customer_vat_number", "VAT Number: 287 4410 92"),
        ("customer_id", "Customer ID: DATE"),
    ],
)
def test_where_nothing_tells_it_there_is_no_value(name: str, line: str) -> None:
    assert output(schema(**{name: TEXT}), line) == {name: None}


def test_a_part_that_may_be_of_two_properties_is_of_neither() -> None:
    found = output(schema(mooring_berth=TEXT, fishing_berth=TEXT), "Berth: L-17")
    assert found == {"mooring_berth": None, "fishing_berth": None}


@pytest.mark.parametrize(("title", "value"), [("ESTIMATE", "2025-10-07"), ("INVOICE", None)])
def test_a_date_is_that_of_the_document_whose_title_says_so(title: str, value: str | None) -> None:
    text = f"{title}\n\nDate: October 7, 2025\nCustomer: Ada Roe\n"
    assert output(schema(estimate_date=DATE), text) == {"estimate_date": value}


def test_what_is_due_is_no_date() -> None:
    text = "Minimum payment due: $35.00\nPayment due date: 2025-10-07\n"
    found = output(schema(minimum_payment=NUMBER, due_date=DATE), text)
    assert found == {"minimum_payment": 35, "due_date": "2025-10-07"}


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("gross_pay", "Gross Earnings"),
        ("federal_tax", "Federal Withholding"),
        ("policyholder", "Insured"),
        ("start_date", "Effective Date"),
        ("package_count", "No. of Pkgs"),
        ("bill_of_lading_number", "B/L No."),
        ("medical_record_number", "MRN"),
        ("property_address", "Premises"),
        ("shipping_cost", "Freight charges"),
        ("billing_days", "Days in Period"),
        ("kundennummer", "Kd.-Nr."),
        ("bruttobetrag", "Rechnungsbetrag brutto"),
    ],
)
def test_papers_of_trade_have_several_words_for_one_thing(name: str, label: str) -> None:
    kind = DATE if name == "start_date" else TEXT
    value = "2025-03-02" if name == "start_date" else "412"
    assert output(schema(**{name: kind, "other": TEXT}), f"{label}: {value}\n")[name] == value
