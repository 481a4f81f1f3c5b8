"""Rows that no header stands above, as tills print them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
ITEM = {"name": TEXT, "quantity": NUMBER, "unit_price": NUMBER, "price": NUMBER}


def array(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "items": schema(**properties)}


def till(*lines: str) -> str:
    """A strip of paper whose amounts end under one another; `;` stands before each."""
    parted = (line.partition(";") for line in lines)
    return "".join(f"{text:<32}{amount:>12}".rstrip() + "\n" for text, _, amount in parted)


def rows(text: str, **properties: Any) -> list[tuple[Any, ...]]:
    wanted = properties or ITEM
    output = extraction.extract(schema(items=array(**wanted)), [page(text)]).output
    return [tuple(item.values()) for item in output["items"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            till("Oak glue;4.00", "Brass hook", "  3 @ 2.25;6.75", "TOTAL;10.75"),
            [("Oak glue", None, None, 4.0), ("Brass hook", 3, 2.25, 6.75)],
        ),
        (
            till("  4.32 lb @ .99 /lb", "Plums;4.28 F", "COUPON;1.00-", "SUBTOTAL;3.28  "),
            [("Plums", 4.32, 0.99, 4.28), ("COUPON", None, None, -1.0)],
        ),
        (
            till("Plums;1.58 F", "  2.00 lb @ 0.79 /lb", "Milk;4.29 F", "TOTAL;5.87  "),
            [("Plums", 2, 0.79, 1.58), ("Milk", None, None, 4.29)],
        ),
        (
            till("2 x   Knödel      14,90;29,80", "1 x   Bier         4,60;4,60", "Summe;34,40"),
            [("Knödel", 2, 14.9, 29.8), ("Bier", 1, 4.6, 4.6)],
        ),
        (
            till("* Super E10", "   38,42 l x 1,689 EUR/l;64,89 A", "Kaffee;3,20 A", "Summe;68,09"),
            [("* Super E10", 38.42, 1.689, 64.89), ("Kaffee", None, None, 3.2)],
        ),
        (
            till("Steak;£28.50", "   medium", "Soup;£13.00", "Staff saving;-£4.00", "Total;£37.50"),
            [
                ("Steak", None, None, 28.5),
                ("Soup", None, None, 13),
                ("Staff saving", None, None, -4),
            ],
        ),
    ],
)
def test_a_row_goes_over_lines_that_say_how_many_at_what_price(
    text: str, expected: list[tuple[Any, ...]]
) -> None:
    assert rows(text) == expected


def test_rows_that_do_not_add_up_are_none() -> None:
    assert rows(till("Oak glue;4.00", "Brass hook;6.75", "TOTAL;11.75")) == []


def test_a_price_that_does_not_make_the_amount_is_left_out() -> None:
    text = till("Oak          3.10;4.00", "Brass        1.00;1.00", "TOTAL;5.00")
    assert rows(text) == [("Oak", None, None, 4.0), ("Brass", None, 1.0, 1.0)]


def test_what_stands_beside_the_rows_is_none_of_them() -> None:
    text = (
        "Brand refresh              2,400.00        PROJECT\n"
        "1 x 2,400.00                               Okapi\n"
        "Logo and letters\n"
        "Packaging                  2,370.00        FROM\n"
        "6 x 395.00                                 Okapi Ltd\n"
        "            Subtotal       4,770.00\n"
    )
    assert rows(text, title=TEXT, amount=NUMBER) == [("Brand refresh", 2400), ("Packaging", 2370)]


@pytest.mark.parametrize(
    "quantity",
    [{**NUMBER, "default": 1}, {**NUMBER, "description": "1 where none is printed"}],
)
def test_how_many_there_are_is_what_the_schema_says_where_nothing_is_printed(
    quantity: dict[str, Any],
) -> None:
    text = till("Glue;4.00", "Hook", "  2 @ 3.00;6.00", "TOTAL;10.00")
    assert rows(text, name=TEXT, quantity=quantity, amount=NUMBER) == [
        ("Glue", 1, 4.0),
        ("Hook", 2, 6.0),
    ]


@pytest.mark.parametrize("names", [("deductions", "payments"), ("payments", "deductions")])
def test_rows_belong_to_the_array_that_they_are_called_after(names: tuple[str, str]) -> None:
    text = (
        "Payments                            Deductions\n"
        "Basic Pay            2,150.00       PAYE Tax               266.40\n"
        "Night Allowance        120.00       National Insurance     103.71\n"
        "\n"
        "Total Payments       2,270.00       Total Deductions       370.11\n"
    )
    row = array(description=TEXT, amount=NUMBER)
    output = extraction.extract(schema(**dict.fromkeys(names, row)), [page(text)]).output
    assert [tuple(one.values()) for one in output["payments"]] == [
        ("Basic Pay", 2150),
        ("Night Allowance", 120),
    ]
    assert [tuple(one.values()) for one in output["deductions"]] == [
        ("PAYE Tax", 266.4),
        ("National Insurance", 103.71),
    ]


def test_many_rows_that_add_up_to_nothing_are_given_up_soon() -> None:
    assert rows(till(*(f"Thing {number};1.00" for number in range(2000)))) == []
