"""Statements of accounts: their balances, the years of their rows, and the signs of amounts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction
from workers.local.extraction import debits

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
DATE = {"type": ["string", "null"], "format": "date"}


def rows(text: str, **properties: Any) -> list[tuple[Any, ...]]:
    array = {"type": "array", "items": schema(**properties)}
    output = extraction.extract(schema(movements=array), [page(text)]).output
    return [tuple(row.values()) for row in output["movements"]]


def test_letters_behind_amounts_are_their_signs_and_balances_are_no_rows() -> None:
    text = (
        "Datum     Vorgang                                Betrag\n"
        "-------------------------------------------------------\n"
        "          alter Kontostand vom 31.10.2024    1.845,20 H\n"
        "04.11.    Stadtwerke                            89,90 S\n"
        "15.11.    Gutschrift                           250,00 H\n"
        "          neuer Kontostand vom 30.11.2024    2.005,30 H\n"
        "-------------------------------------------------------\n"
    )
    assert rows(text, datum=DATE, vorgang=TEXT, betrag=NUMBER) == [
        ("2024-11-04", "Stadtwerke", -89.9),
        ("2024-11-15", "Gutschrift", 250),
    ]


@pytest.mark.parametrize(
    ("cells", "less"),
    [
        (["89,90 S", "250,00 H"], "S"),
        (["12.00 DR", "5.00 CR"], "DR"),
        (["12.00", "5.00 CR", "7.10"], "CR"),
        (["12.00 CR", "5.00 CR"], None),
        (["3.20 S", "4.10 S"], None),
        (["3.20", "4.10"], None),
    ],
)
def test_letters_tell_a_sign_only_beside_others(cells: list[str], less: str | None) -> None:
    assert debits.mark(cells) == less


def test_a_single_letter_tells_a_sign_of_balances_alone() -> None:
    cells = ["59.08 D", "705.92"]
    assert debits.mark(cells, "balance") == "D"
    assert debits.mark(cells, "amount") is None


def test_a_sort_code_is_no_year_of_the_rows() -> None:
    text = (
        "Sort code 20-11-43     1 Nov 2024 to 30 Nov 2024\n\n"
        "Date      Details          Paid out     Balance\n"
        "01 Nov    Council             142.00      858.00\n"
        "03 Nov    Market               58.00      800.00\n"
    )
    assert rows(text, date=DATE, details=TEXT, balance=NUMBER) == [
        ("2024-11-01", "Council", 858),
        ("2024-11-03", "Market", 800),
    ]


def test_a_line_drawn_in_letters_is_no_part_of_the_last_row() -> None:
    text = (
        "Item                     Qty       Total\n"
        "----------------------------------------\n"
        "Wall cabinet               1      189.00\n"
        "Engineer (days)            2    1,040.00\n"
        "----------------------------------------\n"
        "Subtotal                        1,229.00\n"
    )
    assert rows(text, item=TEXT, qty=NUMBER, total=NUMBER) == [
        ("Wall cabinet", 1, 189),
        ("Engineer (days)", 2, 1040),
    ]


def test_a_movement_says_of_what_kind_it_is_above_what_it_is_for() -> None:
    text = (
        "Buchungstag   Verwendungszweck          Betrag EUR\n"
        "01.07.2025    Dauerauftrag                612,00 S\n"
        "              Miete Juli\n"
        "15.07.2025    Gehalt                    1.688,72 H\n"
        "              Okapi GmbH\n"
    )
    row = schema(buchungstag=DATE, buchungsart=TEXT, verwendungszweck=TEXT, betrag=NUMBER)
    wanted = schema(buchungen={"type": "array", "items": row})
    assert extraction.extract(wanted, [page(text)]).output["buchungen"] == [
        {
            "buchungstag": "2025-07-01",
            "buchungsart": "Dauerauftrag",
            "verwendungszweck": "Miete Juli",
            "betrag": -612,
        },
        {
            "buchungstag": "2025-07-15",
            "buchungsart": "Gehalt",
            "verwendungszweck": "Okapi GmbH",
            "betrag": 1688.72,
        },
    ]
