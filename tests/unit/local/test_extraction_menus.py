"""Rows of names and prices under headings, and labels in boxes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
DISH = {"name": TEXT, "price": NUMBER}
MENU = """The Okapi
Mill Lane 3, 88212 Ravensburg, tel. 0751 555 017

STARTERS

Beetroot soup (v)          4.50
with horseradish
Smoked trout               7.00

MAINS

Stuffed peppers (v)       12.50
Roast of the day          14.00
with dumplings
Potato cake (v)            9.80

(v) vegetarian dishes
"""


def rows(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "object", "properties": properties}}


def output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


def test_rows_belong_to_the_heading_that_is_called_as_the_array() -> None:
    found = output(schema(starters=rows(**DISH), mains=rows(**DISH)), MENU)
    assert [one["name"] for one in found["starters"]] == ["Beetroot soup", "Smoked trout"]
    assert [one["price"] for one in found["mains"]] == [12.5, 14, 9.8]


def test_a_mark_is_what_it_is_explained_to_be() -> None:
    wanted = schema(mains=rows(**DISH, vegetarian={"type": "boolean"}))
    assert [one["vegetarian"] for one in output(wanted, MENU)["mains"]] == [True, False, True]


def test_a_heading_that_is_nowhere_has_no_rows() -> None:
    assert output(schema(puddings=rows(**DISH)), MENU) == {"puddings": []}


def test_whose_it_is_stands_at_the_top() -> None:
    assert output(schema(restaurant=TEXT, phone=TEXT), MENU) == {
        "restaurant": "The Okapi",
        "phone": "0751 555 017",
    }


def test_headings_in_capitals_stand_over_what_they_are_of() -> None:
    text = (
        "NAMED INSURED        RATED DRIVERS\n"
        "Ada Roe              01 Ada Roe\n"
        "Jan Roe              02 Jan Roe"
    )
    wanted = schema(named_insured={"type": "array", "items": {"type": "string"}})
    assert output(wanted, text) == {"named_insured": ["Ada Roe", "Jan Roe"]}


def test_columns_of_labels_and_values_are_read_across() -> None:
    text = (
        "Betreiber|Wohnbau Okapi|Datum|12.06.2025\n"
        "Standort|Seestraße 40|Prüfer|Ada Roe\n"
        "Fabrik|L-4|Typ|B"
    )
    assert output(schema(betreiber=TEXT, pruefer=TEXT), text) == {
        "betreiber": "Wohnbau Okapi",
        "pruefer": "Ada Roe",
    }


@pytest.mark.parametrize(
    ("name", "kind", "text", "value"),
    [
        ("mileage", NUMBER, "Mileage (own car)   86 miles", 86),
        ("rent", NUMBER, "Rent (12 x 205.00)   2,460.00", 2460),
        ("siret", TEXT, "Tel. 0751 555 017 - SIRET 441 870 336 00027", "441 870 336 00027"),
        ("balanceDue", NUMBER, "Balance to pay   42.40", 42.4),
        ("reason_number", TEXT, "Reason: it came late and one of its 2 doors was broken", None),
        (
            "charge",
            {**NUMBER, "description": "null if none / nil"},
            "Extras  Nil\nOther  2 %",
            None,
        ),
    ],
)
def test_what_a_label_says_besides_is_no_value(
    name: str, kind: dict[str, Any], text: str, value: object
) -> None:
    assert output(schema(**{name: kind}), text) == {name: value}


def test_a_column_of_codes_is_that_of_the_items() -> None:
    text = (
        "Code      Description          Qty   Amount\n"
        "OAK-17    Oak table            1     310.00\n"
        "PIN-4     Pine chair           2     80.00"
    )
    wanted = schema(lines=rows(sku=TEXT, qty=NUMBER, amount=NUMBER))
    assert [one["sku"] for one in output(wanted, text)["lines"]] == ["OAK-17", "PIN-4"]


def test_a_code_may_have_letters_alone() -> None:
    text = (
        "Cat. no.   Description          Qty   Amount\n"
        "OAK-17     Oak table            1     310.00\n"
        "PIN-XL-G   Pine chair           2     80.00"
    )
    wanted = schema(lines=rows(catalogue_no={"type": "string"}, qty=NUMBER, amount=NUMBER))
    found = [one["catalogue_no"] for one in output(wanted, text)["lines"]]
    assert found == ["OAK-17", "PIN-XL-G"]


def test_a_name_is_that_of_the_only_person() -> None:
    assert output(schema(employee=TEXT), "Name: Ada Roe") == {"employee": "Ada Roe"}
    wanted = schema(employee=TEXT, manager_name=TEXT)
    assert output(wanted, "Name: Ada Roe")["employee"] is None
