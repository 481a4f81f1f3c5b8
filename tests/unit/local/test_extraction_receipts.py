"""What receipts say without labels: the shop, its address, the date, and what was paid."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
DATE = {"type": ["string", "null"], "format": "date"}
RECEIPT = schema(merchant_name=TEXT, address=TEXT, date=DATE, total=NUMBER)
HEAD = "CORNER BAKERY\n(0012345-K)\nNO 7, JALAN MERAH,\nTAMAN BIRU,\n43000 KAJANG\nTEL:03-1234567\n"
ITEMS = "TAX INVOICE\nDoc No   CS0001   Date: 17/03/2018\nItem   Qty   Amount\nBun   2   18.87\n"
PAID = "CASH   50.00\nCHANGE   29.95\nTHANK YOU\n"


def output(text: str, json_schema: dict[str, Any] | None = None) -> Any:
    read = replace(page(text + "\n" * 40), is_recognized=True)
    return extraction.extract(json_schema or RECEIPT, [read]).output


def test_a_receipt_says_who_sold_where_when_and_for_how_much() -> None:
    assert output(HEAD + ITEMS + "Total Sales (Inclusive of GST)   20.05\n" + PAID) == {
        "merchant_name": "CORNER BAKERY",
        "address": "NO 7, JALAN MERAH,\nTAMAN BIRU,\n43000 KAJANG",
        "date": "2018-03-17",
        "total": 20.05,
    }


@pytest.mark.parametrize(
    ("sums", "total"),
    [
        ("Total Item(s): 10\nTotal   20.00\n" + PAID, 20.0),
        ("Total Excl. of GST   18.87\nTotal GST   1.13\nTotal   20.00\n" + PAID, 20.0),
        ("Total   20.04\nRounding Adj   0.01\nAmount To Be Paid   20.05\n" + PAID, 20.05),
        ("Total Sales   20.04\nRounding   20.05\n" + PAID, 20.05),
        ("Qty: 1   Total RM   20.05\n" + PAID, 20.05),
        ("TOTAL\n20.05\n" + PAID, 20.05),
        ("Totai Saies   20.05\n" + PAID, 20.05),
        ("Zwischensumme   18,00\nSumme   19,50\nBar   20,00\nRückgeld   0,50\n", 19.5),
        ("Total Savings   3.00\nGrand Total   20.00\nVISA   20.00\nCHANGE   0.00\n", 20.0),
        ("Total   20.00\n" + PAID + "GST Summary   Amount   Tax\nTotal   18.87   1.13\n", 20.0),
        ("T0T4L   2?.??\nCASH   20.05\nCHANGE   0.00\n\nTotal Qty   1\nSub Total   18.00\n", 20.05),
    ],
)
def test_what_was_paid_is_the_total(sums: str, total: float) -> None:
    assert output(HEAD + ITEMS + sums)["total"] == total


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("ana lee\nCORNER BAKERY\n1 High Street\n", "CORNER BAKERY"),
        ("SUSHI BAR\nMORI FOODS SDN BHD (123456-V)\n1 High Street\n", "MORI FOODS SDN BHD"),
        ("NAILS, SCREWS &\nTOOLS\n1 High Street\n", "NAILS, SCREWS & TOOLS"),
        ("31802013\nCORNER BAKERY\n1 High Street\n", "CORNER BAKERY"),
        ("OFF JALAN MERAH\n43000 KAJANG\n", None),
    ],
)
def test_the_shop_is_named_over_its_address(head: str, name: str | None) -> None:
    assert output(head + ITEMS + "Total   20.05\n" + PAID)["merchant_name"] == name


def test_the_number_of_a_shop_is_no_part_of_its_name() -> None:
    head = "CORNER MARKET #1182\n2901 N ELM BLVD\nAUSTIN TX 78705\n"
    assert output(head + ITEMS + "Total   20.05\n" + PAID)["merchant_name"] == "CORNER MARKET"


def test_a_date_may_be_glued_to_the_time() -> None:
    text = "SHOP\nDate 09/02/201811:40\nTotal 5.00\nCash 5.00\nChange 0.00\n"
    assert output(text)["date"] == "2018-02-09"


def test_of_several_dates_the_one_with_the_time_of_day_is_the_receipts() -> None:
    text = HEAD + "Offer ends 31-03-18\n17-03-18 15:02 TILL 4\nTotal   20.05\n" + PAID
    assert output(text)["date"] == "2018-03-17"


def test_a_shop_that_issued_the_receipt_is_no_date() -> None:
    name = {"type": ["string", "null"], "description": "Name of the shop that issued the receipt"}
    found = output(HEAD + ITEMS + "Total   20.05\n" + PAID, schema(merchant_name=name))
    assert found == {"merchant_name": "CORNER BAKERY"}


def test_what_no_till_printed_is_no_receipt() -> None:
    text = "Okapi\n1 High Street\nMinutes of the meeting\nTotal   20.05\n" + "\n" * 40
    found = extraction.extract(schema(address=TEXT, total=NUMBER), [page(text)]).output
    assert found == {"address": None, "total": 20.05}


def test_an_amount_is_nobodys_name() -> None:
    assert output("Supplies:   23.64\n", schema(supplier_name=TEXT)) == {"supplier_name": None}


def test_a_sheet_of_paper_that_speaks_of_a_change_is_no_receipt() -> None:
    text = "Change of rate in March   9.10\nCost of water used   41.00\nTotal to pay   45.10\n"
    text += "Total cost of water used   41.00\n"
    sheet = replace(page(text), width=595, height=842)
    wanted = schema(total_to_pay=NUMBER)
    assert extraction.extract(wanted, [sheet]).output == {"total_to_pay": 45.1}


@pytest.mark.parametrize("times", ["", "x ", "\N{MULTIPLICATION SIGN} "])
def test_how_many_may_stand_before_what_was_bought(times: str) -> None:
    text = f"2 {times}Rye loaf   8.00\n3 {times}Bun        2.97\n"
    text = f"CORNER BAKERY\n{text}Sub-Total   10.97\nTotal   10.97\n"
    row = schema(name=TEXT, quantity=NUMBER, price=NUMBER)
    assert output(text, schema(items={"type": "array", "items": row})) == {
        "items": [
            {"name": "Rye loaf", "quantity": 2, "price": 8.0},
            {"name": "Bun", "quantity": 3, "price": 2.97},
        ]
    }
