"""Which labels and tables a generated schema has, and that an extraction finds them again."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page
from workers.local import extraction, inference

CLAIM = """Claim number      K-17
Insured           {name}
Struck by         {cause}
Repaired          {repaired}
Own share         {share}
"""
INVOICE = """Okapi Ltd
7 Mill Lane, York YO1 7HH
Registered in York, VAT no. GB123456789

Invoice no.:   A-17

Bill to
Ada Roe
3 Quarry Lane
Leeds LS9 8AA

Description     Quantity    Price
Rope                   2     5.00
Hook                   1    20.00

Subtotal          30.00
VAT 20%            6.00
Total due         36.00

Please pay to IBAN DE89 3704 0044 0532 0130 00, or write to pay@okapi.example
"""


def _made(*texts: str) -> tuple[dict[str, Any], list[Any]]:
    # The properties of the schema of these documents, and what is extracted by it.
    documents = [[page(text)] for text in texts]
    found = inference.infer(documents)
    outputs = [extraction.extract(found, pages).output for pages in documents]
    return found["properties"], outputs


def test_labels_need_no_colons_where_values_stand_beside_them() -> None:
    one = CLAIM.format(name="Bo Hill", cause="Hail", repaired="No", share="$ 250.00")
    other = CLAIM.format(name="Tia Lund", cause="A branch", repaired="Yes", share="")
    found, outputs = _made(one, other)
    assert list(found) == ["claim_number", "insured", "struck_by", "repaired", "own_share"]
    assert found["own_share"] == {"type": ["number", "null"]}
    assert outputs == [
        {
            "claim_number": "K-17",
            "insured": "Bo Hill",
            "struck_by": "Hail",
            "repaired": False,
            "own_share": 250.0,
        },
        {
            "claim_number": "K-17",
            "insured": "Tia Lund",
            "struck_by": "A branch",
            "repaired": True,
            "own_share": None,
        },
    ]


def test_lines_of_two_texts_are_no_form_unless_a_label_is_known() -> None:
    assert _made("Boots     Hats\nGloves    Scarves\nSocks     Belts\n")[0] == {}


def test_two_labels_may_stand_beside_one_another() -> None:
    text = "Guest|Ida Bloom|Folio no.|F-17\nRoom|12|Arrival|3 May 2025\nKeys|2|Departure|5 May 2025"
    assert _made(text)[1] == [
        {
            "guest": "Ida Bloom",
            "folio_no": "F-17",
            "room": 12,
            "arrival": "2025-05-03",
            "keys": 2,
            "departure": "2025-05-05",
        }
    ]


def test_sender_recipient_tax_and_account_need_no_labels() -> None:
    [output] = _made(INVOICE)[1]
    assert output == {
        "vendor_name": "Okapi Ltd",
        "vendor_address": "7 Mill Lane, York YO1 7HH",
        "invoice_no": "A-17",
        "bill_to_name": "Ada Roe",
        "bill_to_address": "3 Quarry Lane\nLeeds LS9 8AA",
        "line_items": [
            {"description": "Rope", "quantity": 2, "price": 5},
            {"description": "Hook", "quantity": 1, "price": 20},
        ],
        "subtotal": 30,
        "vat": 6,
        "total_due": 36,
        "vendor_vat_number": "GB123456789",
        "iban": "DE89 3704 0044 0532 0130 00",
        "email": "pay@okapi.example",
    }


def test_an_address_behind_its_label_is_taken_whole() -> None:
    text = "Deliver to\nWarehouse, Gate 7, Quay Road, Leeds LS2 7DD\n\nTotal: 5.00"
    [output] = _made(f"Invoice no.: A-17\n\n{text}")[1]
    assert output["deliver_to_name"] == "Warehouse"
    assert output["deliver_to_address"] == "Gate 7, Quay Road, Leeds LS2 7DD"


@pytest.mark.parametrize(
    ("title", "name"), [("Offre n° 2025-17", "offre_no"), ("Order No. 2025-17", "order_no")]
)
def test_a_title_may_have_the_documents_number(title: str, name: str) -> None:
    assert _made(f"{title}\n\nTotal: 5.00")[1] == [{name: "2025-17", "total": 5}]


def test_a_label_and_its_amount_may_be_one_line_of_words() -> None:
    text = "Fee for May, see overleaf 9.50\nNet amount 8.00\nVAT 20% 1.60\nTotal 9.60 EUR"
    assert _made(text)[1] == [{"net_amount": 8, "vat": 1.6, "total": 9.6, "currency": "EUR"}]


def test_labels_above_their_values_are_no_table() -> None:
    text = (
        "Member number     Card         Nationality\n2019-B            K-17         French\n\n"
        "Policy number     Branch       Valid until\nP-9931            Lyon         1 May 2026\n"
    )
    found, [output] = _made(text)
    assert "rows" not in found
    assert output == {
        "member_number": "2019-B",
        "card": "K-17",
        "nationality": "French",
        "policy_number": "P-9931",
        "branch": "Lyon",
        "valid_until": "2026-05-01",
    }


def test_a_date_without_a_label_is_the_documents() -> None:
    text = "Okapi Ltd\n7 Mill Lane\nYork YO1 7HH\n\nYork, 3 May 2025\n\nDue date: 9 June 2025\n"
    output = _made(text)[1][0]
    assert (output["date"], output["due_date"]) == ("2025-05-03", "2025-06-09")


def test_rows_need_no_header_where_they_add_up() -> None:
    text = (
        "2 x Bun         3.00\n1 x Rye loaf    4.50\n\nSubtotal        7.50\nVAT 5%          0.36"
    )
    found, [output] = _made(f"CORNER BAKERY\n\n{text}")
    assert list(found) == ["vendor_name", "line_items", "subtotal", "vat"]
    assert output["line_items"] == [
        {"quantity": 2, "description": "Bun", "amount": 3},
        {"quantity": 1, "description": "Rye loaf", "amount": 4.5},
    ]


def test_every_table_is_an_array_of_its_own() -> None:
    text = (
        "Employee: Ida Bloom\n\nEarnings|Hours|Rate|Amount\nShifts|10|12.00|120.00\n"
        "Sundays|2|15.00|30.00\n\nWithheld|Amount\nTax|20.00\nMeals|9.50\n\nNet pay: 120.50"
    )
    found, [output] = _made(text)
    assert list(found) == ["employee", "line_items", "withheld", "net_pay"]
    assert output["withheld"] == [
        {"withheld": "Tax", "amount": 20},
        {"withheld": "Meals", "amount": 9.5},
    ]


def test_a_table_is_called_by_its_title() -> None:
    text = "Owner: Ida Bloom\n\nAnimals\nName|Species|Born\nRex|Dog|2019-01-02\nTom|Cat|2020-03-04"
    assert list(_made(text)[0]) == ["owner", "animals"]


def test_a_list_of_anything_is_rows() -> None:
    assert list(_made("item,quantity,price\nRope,2,5.00\nHook,1,20.00".replace(",", "|"))[0]) == [
        "rows"
    ]


def test_what_means_the_same_in_two_documents_is_one_property() -> None:
    found, outputs = _made(
        "Invoice number: A-1\nNet total: 10.00\nVAT 19%: 1.90",
        "Invoice #: B-2\nSubtotal: 20.00\nSales tax (4%): 0.80",
    )
    assert list(found) == ["invoice_number", "net_total", "vat"]
    assert [list(output.values()) for output in outputs] == [["A-1", 10, 1.9], ["B-2", 20, 0.8]]


def test_a_table_of_one_row_is_a_table() -> None:
    rows = "Item    Qty   Price   Amount\nBolt    4     2.50    10.00"
    text = f"Invoice no. A-17\n\n{rows}\n\nTotal 10.00"
    properties, [output] = _made(text)
    assert list(properties["line_items"]["items"]["properties"]) == [
        "item",
        "qty",
        "price",
        "amount",
    ]
    assert output["line_items"] == [{"item": "Bolt", "qty": 4, "price": 2.5, "amount": 10}]
