"""Where values stand: beside labels, under them, in sentences, forms and tables."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
DATE = {"type": ["string", "null"], "format": "date"}
ITEMS = {
    "type": "array",
    "items": schema(
        "description",
        description={"type": "string"},
        quantity={"type": "integer"},
        unit_price={"type": "number"},
        total={"type": "number"},
    ),
}


def _output(json_schema: dict[str, Any], *texts: str) -> Any:
    pages = [page(text, number) for number, text in enumerate(texts, 1)]
    return extraction.extract(json_schema, pages).output


@pytest.mark.parametrize(
    "text",
    [
        "Invoice number: A-17\nDue date: 2024-03-05",
        "Invoice number: A-17  Due date: 5 March 2024",
        "Invoice number: A-17 Due date: 5 March 2024",
        "Invoice number      A-17\nDue date            05.03.2024",
        "Invoice number      Due date\nA-17                05.03.2024",
        "Invoice number\nA-17\n\nDue date\n05.03.2024",
        "Invoice number .......... A-17\nDue date ............ 05.03.2024",
        "Invoice number|A-17\nDue date|05.03.2024",
        "Invoice number|Due date\nA-17|05.03.2024",
        "Invoice no. A-17\nDue date 05.03.2024",
        "Your invoice number is A-17 and the due date is 5 March 2024.",
        "Rechnungsnummer: A-17\nZahlbar bis: 5. März 2024",
        "Facture n° A-17\nDate d'échéance : 5 mars 2024",
    ],
)
def test_labels_and_values_in_every_place(text: str) -> None:
    wanted = schema(invoice_number=TEXT, due_date=DATE)
    assert _output(wanted, text) == {"invoice_number": "A-17", "due_date": "2024-03-05"}


def test_a_value_is_given_to_the_property_that_fits_best() -> None:
    text = "Order date: 2024-01-01\nInvoice date: 2024-02-02\nDelivery date: 2024-03-03"
    wanted = schema(invoice_date=DATE, delivery_date=DATE, due_date=DATE)
    found = _output(wanted, text)
    assert found == {
        "invoice_date": "2024-02-02",
        "delivery_date": "2024-03-03",
        "due_date": None,
    }


def test_the_last_total_is_the_sum() -> None:
    text = "Description    Total\nBolt           5.00\n\nSubtotal: 5.00\nTotal: 6.00\nPage total: 2"
    assert _output(schema(total=NUMBER, subtotal=NUMBER), text) == {"total": 6, "subtotal": 5}


def test_an_address_is_told_apart() -> None:
    text = "Bill to:\nNordwind GmbH\nHauptstr. 5\n10115 Berlin\n\nShip to: somebody else"
    customer = schema(name=TEXT, street=TEXT, postal_code=TEXT, city=TEXT)
    assert _output(schema(customer=customer), text) == {
        "customer": {
            "name": "Nordwind GmbH",
            "street": "Hauptstr. 5",
            "postal_code": "10115",
            "city": "Berlin",
        }
    }


def test_the_sections_of_a_form_are_kept_apart() -> None:
    text = "Buyer\nName: Ada\nPhone: +1 555 010 1111\n\nSeller\nName: Bob\nPhone: +1 555 010 2222"
    person = schema(name=TEXT, phone=TEXT)
    assert _output(schema(seller=person, buyer=person), text) == {
        "seller": {"name": "Bob", "phone": "+1 555 010 2222"},
        "buyer": {"name": "Ada", "phone": "+1 555 010 1111"},
    }


def test_boxes_that_are_ticked() -> None:
    text = "[x] Express delivery\n[ ] Gift wrapping\nNewsletter: no"
    flag = {"type": "boolean"}
    wanted = schema(express_delivery=flag, gift_wrapping=flag, newsletter=flag, insurance=flag)
    assert _output(wanted, text) == {
        "express_delivery": True,
        "gift_wrapping": False,
        "newsletter": False,
    }


@pytest.mark.parametrize(
    "text",
    [
        "Languages: English, Spanish; French",
        "Languages:\n- English\n- Spanish\n- French",
        "Languages\nEnglish\nSpanish\nFrench\n\nOther: none",
    ],
)
def test_lists_of_values(text: str) -> None:
    wanted = schema(languages={"type": "array", "items": {"type": "string"}})
    assert _output(wanted, text) == {"languages": ["English", "Spanish", "French"]}


def test_only_what_is_unmistakable_needs_no_label() -> None:
    wanted = schema(email=TEXT, iban=TEXT, currency=TEXT, date=DATE, name=TEXT)
    text = "Berlin, 5 March 2024\nwrite to a@example.com\nDE89 3704 0044 0532 0130 00\nwe owe 5 €"
    assert _output(wanted, text) == {
        "email": "a@example.com",
        "iban": "DE89 3704 0044 0532 0130 00",
        "currency": "EUR",
        "date": "2024-03-05",
        "name": None,
    }
    assert _output(schema(email=TEXT), "a@example.com\nb@example.com") == {"email": None}


@pytest.mark.parametrize("separator", ["|", "      "])
def test_rows_of_tables_ruled_or_not(separator: str) -> None:
    rows = [
        ["Pos", "Description ", "Qty", "Unit price", "Amount"],
        ["1  ", "Bolt M8     ", "10 ", "1.50      ", "15.00"],
        ["2  ", "Nut & washer", "7  ", "0.25      ", "1.75"],
        ["   ", "Total       ", "   ", "          ", "16.75"],
    ]
    text = "\n".join(separator.join(row) for row in rows)
    found = _output(schema(items=ITEMS, total=NUMBER), text)
    assert found["items"] == [
        {"description": "Bolt M8", "quantity": 10, "unit_price": 1.5, "total": 15},
        {"description": "Nut & washer", "quantity": 7, "unit_price": 0.25, "total": 1.75},
    ]
    assert found["total"] == 16.75


def test_tables_go_on_over_pages_with_and_without_their_header() -> None:
    header = "Description        Qty    Price    Total"
    row = "Bolt number {:02}      10     1.00    10.00"
    first = "\n".join([header, *(row.format(n) for n in range(9))])
    second = "\n".join([header, *(row.format(n) for n in range(9, 12))])
    third = "\n".join(["Page 3", "", *(row.format(n) for n in range(12, 14)), "Total 140.00"])
    found = _output(schema(items=ITEMS, total=NUMBER), first, second, third)
    names = [item["description"] for item in found["items"]]
    assert names == [f"Bolt number {n:02}" for n in range(14)]
    assert found["total"] == 140


def test_cells_that_are_wrapped_stay_one() -> None:
    text = (
        "Description          Qty    Unit price    Total\n"
        "Nut and washer         7          0.25     1.75\n"
        "  for bolts\n"
        "Bolt                  10          1.50    15.00\n"
    )
    found = _output(schema(items=ITEMS), text)
    assert [item["description"] for item in found["items"]] == ["Nut and washer for bolts", "Bolt"]


def test_each_of_two_tables_goes_to_its_array() -> None:
    text = "Name|Role\nAda|Author\nBob|Editor\n\nCity|Country\nOslo|Norway\nRome|Italy"
    people = {"type": "array", "items": schema(name=TEXT, role=TEXT)}
    places = {"type": "array", "items": schema(city=TEXT, country=TEXT)}
    assert _output(schema(places=places, people=people), text) == {
        "places": [{"city": "Oslo", "country": "Norway"}, {"city": "Rome", "country": "Italy"}],
        "people": [{"name": "Ada", "role": "Author"}, {"name": "Bob", "role": "Editor"}],
    }


def test_sources_say_where_each_value_stood() -> None:
    filled = extraction.extract(
        schema(number=TEXT, items=ITEMS), [page("Nothing"), page("Number: A-17", 2)]
    )
    assert filled.sources == {
        "/number": {
            "page": 2,
            "text": "A-17",
            "bbox": {"left": 0.66667, "top": 0.0, "width": 0.33333, "height": 1.0},
        }
    }


def test_marks_of_no_width_are_no_text() -> None:
    text = "Remarks:\n\N{ZERO WIDTH SPACE}\nKeep dry.\n"
    assert _output(schema(remarks=TEXT), text) == {"remarks": "Keep dry."}


def test_a_value_that_begins_with_a_colon_is_beside_its_label() -> None:
    text = "Role            : Head gardener\nHired           : 2019-06-15\n"
    assert _output(schema(role=TEXT), text) == {"role": "Head gardener"}


def test_a_label_in_a_ruled_row_has_its_value_under_it() -> None:
    text = "Clerk | Order no. | Requested by | Sent by\n | B-3333 | | \n"
    assert _output(schema(order_number=TEXT), text) == {"order_number": "B-3333"}


@pytest.mark.parametrize(
    "text",
    [
        "Order / Revision: 4711 / 2\nAlternative order: 99",
        "Order / Revision     Alternative order\n4711 / 2             99",
        "Order / Rev:     4711",
    ],
)
def test_a_label_of_two_names_has_a_value_of_two_parts(text: str) -> None:
    assert _output(schema(order_number=TEXT), text) == {"order_number": "4711"}


def test_a_title_beside_a_label_says_whose_it_is() -> None:
    text = "Agency      Name:  Okapi Media\nAdvertiser      Name:  Ada Roe for Mayor\n"
    assert _output(schema(advertiser=TEXT), text) == {"advertiser": "Ada Roe for Mayor"}


def test_the_sums_of_columns_are_those_of_their_names() -> None:
    text = """
Month       Spots   Gross amount   Commission   Net amount
January     5       590.00         88.50        501.50
February    1       100.00         15.00        85.00
Totals      6       690.00         103.50       586.50
"""
    wanted = schema(gross_amount=NUMBER, commission=NUMBER, total_spots=NUMBER)
    assert _output(wanted, text) == {"gross_amount": 690, "commission": 103.5, "total_spots": 6}


def test_a_labelled_sum_is_believed_rather_than_a_columns() -> None:
    text = """
Item        Net      Gross
Oak         100.00   120.00
Total       100.00   120.00
Grand total: 130.00
"""
    assert _output(schema(grand_total=NUMBER), text) == {"grand_total": 130}


def test_a_description_of_several_names_is_each_of_them() -> None:
    rules = {**TEXT, "description": "Invoice, contract or order number"}
    assert _output(schema(document_id=rules), "Contract number: C-7") == {"document_id": "C-7"}
    assert _output(schema(document_id=rules), "Order number: B-9") == {"document_id": "B-9"}


def test_no_alone_is_an_answer_and_no_label() -> None:
    rules = schema(pets_allowed={"type": ["boolean", "null"]}, deposit_paid={"type": "boolean"})
    found = extraction.extract(rules, [page("Pets allowed    No\nDeposit paid    Yes")]).output
    assert found == {"pets_allowed": False, "deposit_paid": True}
