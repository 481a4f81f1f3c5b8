"""What stands under the texts of a table's rows, and above the rows of a group."""

from __future__ import annotations

from typing import Any

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
TEXTS = {"type": "array", "items": {"type": "string"}}


def _rows(text: str, **properties: Any) -> Any:
    wanted = schema(line_items={"type": "array", "items": schema(**properties)})
    return extraction.extract(wanted, [page(text)]).output["line_items"]


def test_a_line_under_a_text_tells_by_its_label_what_has_no_column() -> None:
    text = """
Description           Quantity    Amount
Rivet gun             2           90.00
SN R-117, SN R-118
Oak board             1           12.00
planed on both sides
"""
    assert _rows(text, description=TEXT, quantity=NUMBER, serial_numbers=TEXTS, amount=NUMBER) == [
        {
            "description": "Rivet gun",
            "quantity": 2,
            "serial_numbers": ["R-117", "R-118"],
            "amount": 90,
        },
        {
            "description": "Oak board planed on both sides",
            "quantity": 1,
            "serial_numbers": [],
            "amount": 12,
        },
    ]


def test_a_label_that_nothing_asks_for_leaves_its_line_to_the_text() -> None:
    text = """
Description           Quantity    Amount
Rivet gun             2           90.00
Colour: RAL 7016
"""
    assert _rows(text, description=TEXT, quantity=NUMBER, serial_numbers=TEXTS, amount=NUMBER) == [
        {
            "description": "Rivet gun Colour: RAL 7016",
            "quantity": 2,
            "serial_numbers": [],
            "amount": 90,
        }
    ]


def test_a_label_may_shorten_a_word_that_one_property_has() -> None:
    text = """
#    Item                  Quantity    Amount
1    Rivet gun             2           90.00
     Cat. R-117
2    Oak board             1           12.00
"""
    assert _rows(text, line_no=NUMBER, description=TEXT, catalogue_no=TEXT, amount=NUMBER) == [
        {"line_no": 1, "description": "Rivet gun", "catalogue_no": "R-117", "amount": 90},
        {"line_no": 2, "description": "Oak board", "catalogue_no": None, "amount": 12},
    ]


def test_a_label_may_stand_behind_the_text_of_a_cell() -> None:
    text = "Item | Qty | Total\nRivet gun, 2 speeds MPN: RG-17 | 2 | 90.00\nGlue | 1 | 4.00\n"
    assert _rows(text, description=TEXT, qty=NUMBER, part_number=TEXT, total=NUMBER) == [
        {"description": "Rivet gun, 2 speeds", "qty": 2, "part_number": "RG-17", "total": 90},
        {"description": "Glue", "qty": 1, "part_number": None, "total": 4},
    ]


def test_a_line_under_a_text_says_how_many_at_what_price_if_that_makes_the_amount() -> None:
    text = """
Date      Description           Amount
02 Mar    Buffet for guests     70.00
          4 x 17.50
02 Mar    Tables                30.00
          2 x 12.50
"""
    assert _rows(text, description=TEXT, quantity=NUMBER, price=NUMBER, amount=NUMBER) == [
        {"description": "Buffet for guests", "quantity": 4, "price": 17.5, "amount": 70},
        {"description": "Tables 2 x 12.50", "quantity": None, "price": None, "amount": 30},
    ]


GROUPED = [
    {"group": "Kitchen", "description": "Tiles", "quantity": 4, "amount": 40},
    {"group": "Kitchen", "description": "Grout", "quantity": 1, "amount": 5},
    {"group": "Bathroom", "description": "Mirror", "quantity": 1, "amount": 30},
]


def test_a_heading_is_the_group_of_the_rows_below_it() -> None:
    text = """
Description           Quantity    Amount

Kitchen

Tiles                 4           40.00
Grout                 1           5.00

Bathroom

Mirror                1           30.00
"""
    columns = {"description": TEXT, "quantity": NUMBER, "amount": NUMBER}
    assert _rows(text, group=TEXT, **columns) == GROUPED


def test_a_heading_may_have_a_row_of_cells_to_itself() -> None:
    text = """Description | Quantity | Amount
Kitchen | |
Tiles | 4 | 40.00
Grout | 1 | 5.00
Bathroom | |
Mirror | 1 | 30.00
"""
    columns = {"description": TEXT, "quantity": NUMBER, "amount": NUMBER}
    assert _rows(text, group=TEXT, **columns) == GROUPED
