"""Tables as real invoices have them: headers of several lines, remarks between rows, odd names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.documents.layout import Box
from workers.documents.page import Table, of_text
from workers.documents.tables import CELL_SEPARATOR
from workers.local import extraction

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
ROW = schema(description=TEXT, quantity=NUMBER, unit_price=NUMBER, total=NUMBER)


def _rows(row: dict[str, Any], *texts: str) -> Any:
    pages = [page(text, number) for number, text in enumerate(texts, 1)]
    wanted = schema(line_items={"type": "array", "items": row})
    return extraction.extract(wanted, pages).output["line_items"]


def _row(description: str, quantity: float, price: float, total: float) -> dict[str, Any]:
    return {
        "description": description,
        "quantity": quantity,
        "unit_price": price,
        "total": total,
    }


def test_a_header_of_two_lines_is_read_column_by_column() -> None:
    text = """
             Quan-    Price per
Article      tity     piece        Amount
Rivet        4        2.50         10.00
Washer       2        1.00         2.00
"""
    assert _rows(ROW, text) == [_row("Rivet", 4, 2.5, 10), _row("Washer", 2, 1, 2)]


def test_a_header_under_a_title_is_read_alone() -> None:
    text = """
Your order   Page 1
Article      Quantity  Price   Amount
Rivet        4         2.50    10.00
"""
    assert _rows(ROW, text) == [_row("Rivet", 4, 2.5, 10)]


def test_each_line_of_a_header_may_name_a_line_of_the_cells() -> None:
    text = """
Item no.           Quantity    Price     Amount
Description
R-100              4           2.50      10.00
Rivet
W-200              2           1.00      2.00
Washer
"""
    row = schema(item_number=TEXT, **ROW["properties"])
    assert _rows(row, text) == [
        {"item_number": "R-100", **_row("Rivet", 4, 2.5, 10)},
        {"item_number": "W-200", **_row("Washer", 2, 1, 2)},
    ]


def test_two_names_with_little_between_them_are_two_columns() -> None:
    text = """
Article      VAT Quantity   Price   Amount
Rivet        19 %    4      2.50    10.00
Washer       19 %    2      1.00    2.00
"""
    assert _rows(ROW, text) == [_row("Rivet", 4, 2.5, 10), _row("Washer", 2, 1, 2)]


def test_remarks_and_discounts_between_rows_end_no_table() -> None:
    text = """
Article      Quantity   Price     Amount
Deliveries of the first week:
Rivet        4          2.50      10.00
             Gross price: 3.00    Discount: 0.50

             Discount             16.7 %
Washer       2          1.00      2.00

Total                             12.00
"""
    assert _rows(ROW, text) == [_row("Rivet", 4, 2.5, 10), _row("Washer", 2, 1, 2)]


def test_the_rest_of_a_row_may_stand_in_its_next_line() -> None:
    text = """
Article      Quantity   Price     Amount
Rivet        4          2.50
of steel                          10.00

Washer       2          1.00
of brass                          2.00
"""
    assert _rows(ROW, text) == [
        _row("Rivet of steel", 4, 2.5, 10),
        _row("Washer of brass", 2, 1, 2),
    ]


def test_a_total_of_every_column_is_no_row() -> None:
    text = """
Article      Quantity   Price     Amount
Rivet        4          2.50      10.00
Total        4          2.50      10.00
"""
    assert _rows(ROW, text) == [_row("Rivet", 4, 2.5, 10)]


def test_of_two_prices_one_is_the_units_and_one_the_rows() -> None:
    german = (
        "Artikel     Menge    Nettopreis    Nettobetrag\nNiete       4        2,50          10,00"
    )
    french = (
        "Description  Quantité  Prix unitaire  Prix HT\nRivet        4         2,50           10,00"
    )
    assert _rows(ROW, german) == [_row("Niete", 4, 2.5, 10)]
    assert _rows(ROW, french) == [_row("Rivet", 4, 2.5, 10)]


def test_what_times_the_price_is_the_sum_is_the_quantity() -> None:
    text = """
#         Article      Price     Amount
4.00      Rivet        2.50      10.00
2.00      Washer       1.00      2.00
"""
    assert _rows(ROW, text) == [_row("Rivet", 4, 2.5, 10), _row("Washer", 2, 1, 2)]
    numbered = text.replace("4.00 ", "1    ").replace("2.00  ", "2     ", 1)
    assert _rows(ROW, numbered)[0]["quantity"] is None


def test_a_quantity_may_have_its_unit_beside_it() -> None:
    text = "Article     Quantity    Price     Amount\nRivet       4Piece(s)   2.50      10.00"
    assert _rows(ROW, text) == [_row("Rivet", 4, 2.5, 10)]


def test_rows_go_on_over_the_page_above_another_table() -> None:
    first = """
Article      Quantity   Price     Amount
Rivet        4          2.50      10.00
"""
    second = """
Washer       2          1.00      2.00

Total                             12.00

Rate         Basis      Tax       Amount
19 %         12.00      2.28      14.28
"""
    assert _rows(ROW, first, second) == [_row("Rivet", 4, 2.5, 10), _row("Washer", 2, 1, 2)]


def test_words_may_begin_far_left_of_a_header_that_is_centred_over_them() -> None:
    text = """
                              Article                   Quantity   Price   Amount
Rivet                                                   4          2.50    10.00
Washer of the very longest kind that there ever was     2          1.00    2.00
"""
    assert [row["description"] for row in _rows(ROW, text)] == [
        "Rivet",
        "Washer of the very longest kind that there ever was",
    ]


def test_a_column_headed_by_a_currency_alone_holds_the_amounts() -> None:
    text = """
Description      Hours     Start     EUR
Small server     744       01-01     10.00
Large server     744       01-01     20.00
"""
    row = schema(description=TEXT, quantity=NUMBER, amount=NUMBER)
    assert _rows(row, text) == [
        {"description": "Small server", "quantity": 744, "amount": 10},
        {"description": "Large server", "quantity": 744, "amount": 20},
    ]


def test_a_column_of_units_that_holds_numbers_is_the_price() -> None:
    text = """
Product      Qty     Unit      Amount
Rivet        4       2.50      10.00
Washer       2       1.00      2.00
"""
    assert _rows(ROW, text) == [_row("Rivet", 4, 2.5, 10), _row("Washer", 2, 1, 2)]


def test_as_many_texts_as_columns_have_one_each() -> None:
    text = """
Description          Qty/Hr        Unit price        Total
Repair of a sink               8        90           720
Repair of a pump               2        50           100
"""
    assert _rows(ROW, text) == [
        _row("Repair of a sink", 8, 90, 720),
        _row("Repair of a pump", 2, 50, 100),
    ]


def test_a_sum_with_a_remark_before_it_is_no_row() -> None:
    text = """
Article      Unit      Qty     Price   Tax     Amount
Rivet        kg        4       2.50    0.00    10.00
Washer       kg        2       1.00    0.00    2.00
Our account:                           Invoice total   12.00
"""
    assert _rows(ROW, text) == [_row("Rivet", 4, 2.5, 10), _row("Washer", 2, 1, 2)]


def test_tables_side_by_side_under_one_header_are_two() -> None:
    text = """
Earnings | Amount | Deductions | Amount
Base pay | 900.00 | Pension | 40.00
Night shifts | 55.00 | Canteen | 12.50
Bonus | 30.00 | |
Total earnings | 985.00 | Total deductions | 52.50
"""
    row = schema(description=TEXT, amount=NUMBER)
    lists = {name: {"type": "array", "items": row} for name in ("earnings", "deductions")}
    wanted = schema(**lists, total_earnings=NUMBER, total_deductions=NUMBER)
    found = extraction.extract(wanted, [page(text)]).output
    assert [tuple(one.values()) for one in found["earnings"]] == [
        ("Base pay", 900.0),
        ("Night shifts", 55.0),
        ("Bonus", 30.0),
    ]
    assert [tuple(one.values()) for one in found["deductions"]] == [
        ("Pension", 40.0),
        ("Canteen", 12.5),
    ]
    assert (found["total_earnings"], found["total_deductions"]) == (985.0, 52.5)


def test_a_word_that_is_parted_at_a_lines_end_is_one() -> None:
    text = """
Description         Quantity    Unit price    Total
Garden water-       2           3.00          6.00
ing can
Cut- and            1           4.00          4.00
"""
    assert _rows(ROW, text) == [_row("Garden watering can", 2, 3, 6), _row("Cut- and", 1, 4, 4)]


def test_bars_part_the_columns_of_a_table_in_letters() -> None:
    text = (
        "Description | Unit Price | Quantity | UOM | Amount\n"
        "--------------------------------------------------\n"
        "Oak boards  | 3.50       |    12000| EA  | 42000.00\n"
        "Hinges      | 7.25       |        4 | BOX | 29.00\n"
    )
    wanted = schema(line_items={"type": "array", "items": ROW})
    found = extraction.extract(wanted, [of_text(text, 1, CELL_SEPARATOR)]).output
    assert found["line_items"] == [
        _row("Oak boards", 12000, 3.5, 42000),
        _row("Hinges", 4, 7.25, 29),
    ]


def test_rows_go_on_after_the_subtotal_of_some() -> None:
    text = (
        "Description     Quantity     Unit Price     Amount\n"
        "--- Food ---\n"
        "Olive oil              1          10.00      10.00\n"
        "                           Subtotal  10.00\n"
        "--- Wood ---\n"
        "Oak boards             2           5.00      10.00\n"
        "                           Subtotal  10.00\n"
        "                           Total     20.00\n"
    )
    assert _rows(ROW, text) == [_row("Olive oil", 1, 10, 10), _row("Oak boards", 2, 5, 10)]


def test_what_a_delivery_says_may_stand_between_a_header_and_its_rows() -> None:
    text = (
        "Description              Quantity     Unit Price     Amount\n"
        "Note 17 of 3 May" + 70 * " " + "Site of K-2\n"
        "Oak boards                      2           5.00      10.00\n"
    )
    assert _rows(ROW, text) == [_row("Oak boards", 2, 5, 10)]


def test_a_text_may_go_on_in_ruled_rows_of_its_own() -> None:
    text = """
Quantity | Description | Unit price | Total
2 | Bench of oak | 3.00 | 6.00
 | with a back | |
1 | Table | 4.00 | 4.00
"""
    assert _rows(ROW, text) == [_row("Bench of oak with a back", 2, 3, 6), _row("Table", 1, 4, 4)]


def test_of_the_sums_of_all_columns_the_last_is_the_total() -> None:
    text = """
Description | Quantity | Unit price | Total
Bench | 2 | 30.00 zł | 60.00 zł
Table | 1 | 40.00 zł | 40.00 zł
Total | 3 | 70.00 zł | 100.00 zł
"""
    wanted = schema(line_items={"type": "array", "items": ROW}, total=NUMBER, tax=NUMBER)
    found = extraction.extract(wanted, [page(text)]).output
    assert found["line_items"] == [_row("Bench", 2, 30, 60), _row("Table", 1, 40, 40)]
    assert (found["total"], found["tax"]) == (100.0, None)


def test_two_short_words_under_two_names_are_two_cells() -> None:
    text = """
Description      Quantity  Unit      Unit price   Total  VAT
Bench                1.00 pc              30.00   30.00 21%
Table                2.00 pc              40.00   80.00 21%
"""
    row = schema(description=TEXT, quantity=NUMBER, unit=TEXT, total=NUMBER, vat_rate=NUMBER)
    assert [tuple(one.values()) for one in _rows(row, text)] == [
        ("Bench", 1, "pc", 30, 21),
        ("Table", 2, "pc", 80, 21),
    ]


def test_a_title_ends_where_its_first_line_does() -> None:
    text = """
Product                                       Amount
Chimney                                       10.00
Cap and pointing of the whole chimney
A chimney sweeps brush of more than           20.00
one kind of bristle
"""
    assert _rows(schema(product=TEXT, amount=NUMBER), text) == [
        {"product": "Chimney", "amount": 10},
        {"product": "A chimney sweeps brush of more than one kind of bristle", "amount": 20},
    ]


def test_a_line_of_bars_alone_parts_a_header_from_its_rows() -> None:
    text = "Name      Role\n| | | | | |\nAda       Boss\nBo        Clerk"
    wanted = schema(rows={"type": "array", "items": schema(name=TEXT, role=TEXT)})
    found = extraction.extract(wanted, [of_text(text, 1, CELL_SEPARATOR)]).output["rows"]
    assert found == [{"name": "Ada", "role": "Boss"}, {"name": "Bo", "role": "Clerk"}]


def test_tables_under_one_another_with_a_header_each_are_each_its_own() -> None:
    text = """
Earnings               Hours    Rate    Current     Year to date
Regular                80.00   29.75   2,380.00        26,180.00
Overtime                4.50   44.63     200.84         1,294.27
Holiday                 0.00    0.00       0.00           714.00
Gross pay                              2,580.84        28,188.27
Taxes                                   Current     Year to date
Federal tax                              241.16         2,618.40
Medicare                                  37.42           408.73
State tax                                 96.20         1,053.10
Total taxes                              374.78         4,080.23
Deductions                              Current     Year to date
Pension                                  129.04         1,409.41
Medical                                   62.50           687.50
Dental                                     8.25            90.75
Total deductions                         199.79         2,187.66
Net pay                                2,006.27        21,920.34
"""
    row = schema(name=TEXT, current=NUMBER, ytd=NUMBER)
    arrays = {one: {"type": "array", "items": row} for one in ("earnings", "taxes", "deductions")}
    found = extraction.extract(schema(**arrays, net_pay=NUMBER), [page(text)]).output
    names = {one: [each["name"] for each in found[one]] for one in arrays}
    assert names == {
        "earnings": ["Regular", "Overtime", "Holiday"],
        "taxes": ["Federal tax", "Medicare", "State tax"],
        "deductions": ["Pension", "Medical", "Dental"],
    }
    assert [each["current"] for each in found["taxes"]] == [241.16, 37.42, 96.2]
    assert found["net_pay"] == 2006.27


def test_an_item_may_cost_as_much_as_all_before_it() -> None:
    text = """
Description       Amount
Oak board          10.00
Pine board         20.00
Birch board        30.00
Walnut board       60.00
Glue                5.00
"""
    row = schema(description=TEXT, amount=NUMBER)
    wanted = schema(items={"type": "array", "items": row})
    found = extraction.extract(wanted, [page(text)]).output["items"]
    assert [one["amount"] for one in found] == [10, 20, 30, 60, 5]


def test_a_table_beside_two_others_has_its_own_sums() -> None:
    text = """
Payments         Units    Rate    Amount   Deductions    Amount   Totals       Year to date
Basic salary    162.50   14.60  2,372.50   PAYE tax      324.04   Gross pay       18,204.40
Overtime          8.00   21.90    175.20   Insurance     129.58   Tax paid         1,993.20
Allowance                         120.00   Pension       133.39
"""
    row = schema(description=TEXT, amount=NUMBER)
    wanted = schema(deductions={"type": "array", "items": row})
    found = extraction.extract(wanted, [page(text)]).output["deductions"]
    assert [tuple(one.values()) for one in found] == [
        ("PAYE tax", 324.04),
        ("Insurance", 129.58),
        ("Pension", 133.39),
    ]


def test_hidden_digits_and_days_in_labels_lead_to_nothing() -> None:
    text = """
Beginning balance on May 1         $1,804.55
Ending balance on May 31           $1,554.86

Date     Description                              Amount      Balance
05/01    Online transfer to savings ...8810      -250.00     1,554.55
05/30    Interest payment                           0.31     1,554.86
"""
    row = schema(description=TEXT, amount=NUMBER)
    moves = {"type": "array", "items": row}
    wanted = schema(beginning_balance=NUMBER, ending_balance=NUMBER, transactions=moves)
    assert extraction.extract(wanted, [page(text)]).output == {
        "beginning_balance": 1804.55,
        "ending_balance": 1554.86,
        "transactions": [
            {"description": "Online transfer to savings ...8810", "amount": -250},
            {"description": "Interest payment", "amount": 0.31},
        ],
    }


def test_what_is_carried_over_a_page_is_no_row() -> None:
    first = """
Article                 Quantity  Price   Amount
Rivet                   4         2.50    10.00
Carried forward                           10.00
"""
    second = """
Article                 Quantity  Price   Amount
Brought forward                           10.00
Washer                  2         1.00    2.00
"""
    assert _rows(ROW, first, second) == [_row("Rivet", 4, 2.5, 10), _row("Washer", 2, 1, 2)]


def test_lines_between_columns_alone_leave_the_rows_to_their_lines() -> None:
    text = """
Article      Quantity  Price   Amount
Rivet        4         2.50    10.00
Washer       2         1.00    2.00
"""
    plain = page(text)
    lefts, right = (0, 13, 23, 31), 40
    bounds = [*zip(lefts, (*lefts[1:], right), strict=True)]
    texts = (
        ("Article", "Quantity", "Price", "Amount"),
        ("Rivet\nWasher", "4\n2", "2.50\n1.00", "10.00\n2.00"),
    )
    rows = tuple(
        tuple(
            Box(cell, left, top, end, bottom) for cell, (left, end) in zip(row, bounds, strict=True)
        )
        for row, (top, bottom) in zip(texts, ((1, 2), (2, 4)), strict=True)
    )
    wanted = schema(line_items={"type": "array", "items": ROW})
    drawn = replace(plain, tables=(Table(rows),))
    assert extraction.extract(wanted, [drawn]).output["line_items"] == [
        _row("Rivet", 4, 2.5, 10),
        _row("Washer", 2, 1, 2),
    ]


def test_a_text_begins_where_the_one_above_it_does_however_far_its_name_is() -> None:
    text = """
                                                 Article      Quantity   Amount
Rivet of steel with a flat head, galvanized              4          10.00
Washer                                                   2          2.00
"""
    assert [row["description"] for row in _rows(ROW, text)] == [
        "Rivet of steel with a flat head, galvanized",
        "Washer",
    ]


def test_a_table_ends_where_other_columns_are_named() -> None:
    text = """
Meter      Previous   Current   Usage
M-117      100        140       40

Charges for this period
                      Quantity  Price   Amount
Water                 40        2.00    80.00
Sewage                40        1.00    40.00
"""
    readings = schema(meter=TEXT, previous=NUMBER, current=NUMBER, usage=NUMBER)
    charges = schema(description=TEXT, quantity=NUMBER, price=NUMBER, amount=NUMBER)
    wanted = schema(
        readings={"type": "array", "items": readings}, charges={"type": "array", "items": charges}
    )
    assert extraction.extract(wanted, [page(text)]).output == {
        "readings": [{"meter": "M-117", "previous": 100, "current": 140, "usage": 40}],
        "charges": [
            {"description": "Water", "quantity": 40, "price": 2, "amount": 80},
            {"description": "Sewage", "quantity": 40, "price": 1, "amount": 40},
        ],
    }


def test_of_two_tables_alike_each_array_has_one() -> None:
    text = """
Item | Qty | Price each | Total
Laptop | 2 | 700.00 | 1400.00
Dock | 2 | 90.00 | 180.00

Item | Qty | Price each | Per month
Support | 2 | 20.00 | 40.00
Backup | 1 | 9.00 | 9.00
"""
    columns = {"description": TEXT, "qty": NUMBER, "unit_price": NUMBER, "line_total": NUMBER}
    each = {"type": "array", "items": schema(**columns)}
    output = extraction.extract(schema(one_off=each, recurring=each), [page(text)]).output
    assert {name: [row["description"] for row in rows] for name, rows in output.items()} == {
        "one_off": ["Laptop", "Dock"],
        "recurring": ["Support", "Backup"],
    }


def test_a_code_close_behind_a_number_has_a_column_of_its_own() -> None:
    text = """
Article      Quantity  Price     Net Cost code
Rivet        4         2.50    10.00 LAB310
Washer       2         1.00     2.00 LAB310
"""
    row = schema(description=TEXT, quantity=NUMBER, net_amount=NUMBER, cost_code=TEXT)
    assert _rows(row, text) == [
        {"description": "Rivet", "quantity": 4, "net_amount": 10, "cost_code": "LAB310"},
        {"description": "Washer", "quantity": 2, "net_amount": 2, "cost_code": "LAB310"},
    ]


def test_sums_beside_a_table_are_none_of_its_cells() -> None:
    text = """
Rate      Goods     Tax          Total net       150.00
20 %      100.00    20.00        Total tax        22.50
 5 %       50.00     2.50        Invoice total   172.50
"""
    each = schema(rate=NUMBER, goods=NUMBER, tax=NUMBER)
    wanted = schema(
        taxes={"type": "array", "items": each}, total_net=NUMBER, total_tax=NUMBER, total=NUMBER
    )
    assert extraction.extract(wanted, [page(text)]).output == {
        "taxes": [
            {"rate": 20, "goods": 100, "tax": 20},
            {"rate": 5, "goods": 50, "tax": 2.5},
        ],
        "total_net": 150,
        "total_tax": 22.5,
        "total": 172.5,
    }


def test_a_code_and_a_text_may_stand_far_apart_under_one_name() -> None:
    text = """
Article                                                  Quantity   Amount
R-1170       Rivet of steel, with a flat head            4          10.00
             galvanized
W-2080       Washer                                      2          2.00
"""
    row = schema(item_number=TEXT, description=TEXT, quantity=NUMBER, amount=NUMBER)
    assert _rows(row, text) == [
        {
            "item_number": "R-1170",
            "description": "Rivet of steel, with a flat head galvanized",
            "quantity": 4,
            "amount": 10,
        },
        {"item_number": "W-2080", "description": "Washer", "quantity": 2, "amount": 2},
    ]


def test_under_a_subtotal_only_what_begins_as_rows_do_is_one() -> None:
    text = """
Article      Quantity       Price    Amount
Rivet        4              2.50      10.00
Washer       2              1.00       2.00
             Subtotal                 12.00
             Deposit kept 15 %        -1.80
             Total                    10.20
"""
    wanted = schema(line_items={"type": "array", "items": ROW}, subtotal=NUMBER, total=NUMBER)
    assert extraction.extract(wanted, [page(text)]).output == {
        "line_items": [_row("Rivet", 4, 2.5, 10), _row("Washer", 2, 1, 2)],
        "subtotal": 12,
        "total": 10.2,
    }


def test_a_row_that_names_nothing_where_all_others_do_is_none() -> None:
    text = """
Phone            User         Plan       Total
For the account                 6.00      9.21
509-555-0161     Ada Roe       65.00     97.65
509-555-0162     Ida Roe       50.00     71.29
"""
    row = schema(phone=TEXT, user=TEXT, plan=NUMBER, total=NUMBER)
    assert _rows(row, text) == [
        {"phone": "509-555-0161", "user": "Ada Roe", "plan": 65, "total": 97.65},
        {"phone": "509-555-0162", "user": "Ida Roe", "plan": 50, "total": 71.29},
    ]


@pytest.mark.parametrize("name", ["Transport", "Report", "Vortrag", "Übertrag auf Depot"])
def test_what_is_sold_is_not_carried_over_a_page(name: str) -> None:
    text = f"""
Description         Quantity   Amount
Rivets              4          10.00
{name:<20}1          50.00
"""
    row = schema(description=TEXT, quantity=NUMBER, amount=NUMBER)
    assert [one["description"] for one in _rows(row, text)] == ["Rivets", name]
