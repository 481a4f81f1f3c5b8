"""What amounts prove of one another, whatever the labels beside them are."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
SUMS = schema(net=NUMBER, vat=NUMBER, gross=NUMBER)
ROWS = schema(
    charges={"type": "array", "items": schema(description=TEXT, amount=NUMBER)},
    total=NUMBER,
)
ITEMS = schema(
    items={
        "type": "array",
        "items": schema(text=TEXT, quantity=NUMBER, unit_price=NUMBER, price=NUMBER),
    }
)


def _output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


@pytest.mark.parametrize(
    "text",
    [
        "Steuer      Netto EUR    MwSt EUR    Brutto EUR\n19,00 % MwSt.:   200,00   38,00   238,00",
        "Sum of rows   200.00\nVAT   19.00 %   200.00   38.00\nGrand total   238.00",
        "Beträge\n200,00    38,00    EUR    238,00",
    ],
)
def test_a_line_of_taxes_tells_net_tax_and_total(text: str) -> None:
    assert _output(SUMS, text) == {"net": 200, "vat": 38, "gross": 238}


def test_of_several_rates_the_line_of_all_of_them_counts() -> None:
    text = (
        "Nettobetrag    MwSt-Betrag   MwSt-%   Endbetrag\n"
        "100,00         19,00         19,0     119,00\n"
        "50,00          3,50          7,0      53,50\n\n"
        "150,00         22,50         EUR      172,50"
    )
    assert _output(SUMS, text) == {"net": 150, "vat": 22.5, "gross": 172.5}


def test_sums_that_labels_tell_right_stay_as_they_are() -> None:
    text = "Net   80.00\nVAT   8.00\nTotal   88.00\n\nDeposits: 10.00 1.00 11.00"
    assert _output(SUMS, text) == {"net": 80, "vat": 8, "gross": 88}


def test_neither_the_base_nor_the_rate_of_a_tax_is_its_amount() -> None:
    wanted = schema(tax=NUMBER, tax_rate=NUMBER)
    text = "Tax 15 % on $ 112.00    $ 16.80\nTotal   $ 279.80"
    assert _output(wanted, text) == {"tax": 16.8, "tax_rate": 15}


def test_three_amounts_of_nothing_taxed_are_no_sums() -> None:
    # 5 % or so of a number is not a tax for that alone.
    assert _output(SUMS, "Weights: 100.00 kg, 5.00 kg") == dict.fromkeys(("net", "vat", "gross"))


def test_a_sum_before_the_tax_is_the_net_although_it_is_called_a_total() -> None:
    wanted = schema(subtotal=NUMBER, tax=NUMBER, invoice_total=NUMBER)
    text = "Summe   CHF 500.00\nMwSt. Betrag   CHF 38.50\nRechnungstotal   CHF 538.50"
    assert _output(wanted, text) == {"subtotal": 500, "tax": 38.5, "invoice_total": 538.5}


def test_rows_that_add_up_are_read_beside_anything() -> None:
    text = (
        "Ferry of 3 May           Need help?\n"
        "Passage        40.00 USD    Office      1 555 2030\n"
        "Cabin fee      12.50 USD    Harbour     1 555 2031\n"
        "Harbour tax     2.50 USD\n"
        "Total          55.00 USD"
    )
    found = _output(ROWS, text)
    assert [row["description"] for row in found["charges"]] == [
        "Passage",
        "Cabin fee",
        "Harbour tax",
    ]
    assert [row["amount"] for row in found["charges"]] == [40, 12.5, 2.5]


def test_a_tax_on_all_rows_is_none_of_them() -> None:
    text = "Passage   40.00\nCabin   10.00\nVAT 10 %   5.00\nTotal   55.00"
    assert _output(ROWS, text)["charges"] == []


def test_more_rows_that_add_up_are_believed_rather_than_fewer_under_a_header() -> None:
    text = (
        "Sold to:        Description        Charges      Balance\n"
        "                Bid               $900.00\n"
        "Okapi Ltd       Buyer fee          $80.00\n"
        "                Service fee        $20.00\n\n"
        "                Total           $1,000.00"
    )
    charges = _output(ROWS, text)["charges"]
    assert [row["amount"] for row in charges] == [900, 80, 20]


def test_columns_of_which_two_make_the_third_need_no_names() -> None:
    text = (
        "Text              Bumm     Wert/€      Preis\n"
        "Oak boards          12       3.50      42.00\n"
        "Brass hinges         4       7.25      29.00\n"
    )
    assert _output(ITEMS, text)["items"] == [
        {"text": "Oak boards", "quantity": 12, "unit_price": 3.5, "price": 42},
        {"text": "Brass hinges", "quantity": 4, "unit_price": 7.25, "price": 29},
    ]


def test_columns_that_prove_nothing_stay_unread() -> None:
    text = (
        "Text             Zimmer    Wert/€      Krach      Preis\n"
        "Oak boards          12       3.50        5        40.00\n"
        "Brass hinges         4       7.25        9        28.00\n"
    )
    rows = _output(ITEMS, text)["items"]
    assert [row["quantity"] for row in rows] == [None, None]
