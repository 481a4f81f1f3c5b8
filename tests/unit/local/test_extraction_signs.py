"""Whose paper it is where neither a label nor an address says it: by what else the page tells."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction
from workers.local.extraction import tills
from workers.local.extraction.segments import Sheet

TEXT = {"type": ["string", "null"]}
SUMS = "\n\nInvoice no. 17\n\nTotal  5.00"


def _vendor(text: str, name: str = "vendor_name") -> Any:
    return extraction.extract(schema(**{name: TEXT}), [page(text)]).output[name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # The form of a firm at its beginning, and how it is registered above its address.
        (
            "SARL Okapi Conseil        FACTURE\nCapital de 5000\nSIREN : 519 887 657\n"
            "49 Rue Maurice\n33300 Bordeaux",
            "SARL Okapi Conseil",
        ),
        # A department behind its form, and its address in the web.
        ("Okapi AG Abteilung Buchhaltung\nkontakt@okapi.example\n\nSehr geehrte Damen", "Okapi AG"),
        # The title behind the name.
        ("Bright Signs Invoice 23536\nwww.brightsigns.example\nThank you", "Bright Signs"),
        # Its name once more at the end.
        (
            "Tax Invoice\n\nBlue Harbour Tours\n\nTo: Ada\n\nFor Blue Harbour Tours",
            "Blue Harbour Tours",
        ),
    ],
)
def test_the_name_with_the_most_signs_is_the_senders(text: str, name: str) -> None:
    assert _vendor(text + SUMS) == name


@pytest.mark.parametrize(
    "text",
    [
        "Weekly figures\nLondon and Paris",
        "Bill to\nOkapi Ltd\nhello@okapi.example",
        "hello@okapi.example\nGreen fields",
        "Dear Ada Roe\nada@roe.example",
    ],
)
def test_names_with_few_signs_are_nobodys(text: str) -> None:
    assert _vendor(text + SUMS) is None


def test_a_bank_says_that_it_is_one() -> None:
    text = "Okapi Savings Bank\nMrs Karine Plume\n\nMovements of June" + "\n\nFee  5.00" * 4
    assert _vendor(text, "bank_name") == "Okapi Savings Bank"


def test_a_firm_above_the_line_of_its_address_is_the_sender() -> None:
    text = "Okapi W.L.L      SALES\nMunawer St. 4 - Kings complex - 70010 Kuwait City\n\nTotal 5.00"
    assert _vendor(text) == "Okapi W.L.L"


def test_a_charge_is_no_change_and_an_invoice_no_receipt() -> None:
    text = (
        "Okapi Ltd\n7 Mill Lane\nYork YO1 7HH\n\nBill to: Ada Roe\n\nInterest charge   1.00\n"
        "Subtotal   4.00\nTotal   5.00\n" + "Late fees may apply to everything that is due.\n" * 20
    )
    wanted = schema(vendor_name=TEXT, vendor_address=TEXT)
    scan = replace(page(text), is_recognized=True)
    assert tills.is_receipt([Sheet(scan)]) is False
    assert extraction.extract(wanted, [scan]).output["vendor_name"] == "Okapi Ltd"
