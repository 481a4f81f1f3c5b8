"""What stands in columns: headings over their middles, sums in large print, two parties."""

from __future__ import annotations

from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.unit.local.conftest import Extract, page, schema
from tests.unit.local.papers import pdf
from workers.local import extraction

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}


def _output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


def test_headings_over_the_middles_of_columns_are_those_of_the_names_under_them() -> None:
    text = """\
                    BILL TO                                   SHIP TO
OKAPI INC.                              Tapir Warehouse
1600 Baker Parkway                      2200 Outer Loop
Mountain View, CA 94043                 Louisville, KY 40219
"""
    wanted = schema(customer_name=TEXT, customer_address=TEXT)
    assert _output(wanted, text) == {
        "customer_name": "OKAPI INC.",
        "customer_address": "1600 Baker Parkway\nMountain View, CA 94043",
    }


def test_a_vat_number_in_the_clients_column_is_not_the_suppliers() -> None:
    text = """\
Supplier                               Client
Okapi Ltd                              Tapir Energy
Company no.: 5242971 / VAT number:     Company no.: 77 / VAT number: IE 1234521X
"""
    wanted = schema(seller=schema(vat_id=TEXT), buyer=schema(vat_id=TEXT))
    assert _output(wanted, text) == {"buyer": {"vat_id": "IE 1234521X"}}


def test_a_remark_may_stand_before_a_sum_under_a_table() -> None:
    text = """\
Item      Description      Price     Quantity     Total
Tea       One pot          2.00      2            4.00
Cake      With cream       3.00      1            3.00
Paid in cash, thank you              Subtotal without tax     7.00
"""
    rows = {"type": "array", "items": schema(description=TEXT)}
    assert _output(schema(subtotal=NUMBER, items=rows), text)["subtotal"] == 7


def test_a_payslip_is_from_an_employer_to_an_employee() -> None:
    text = """\
CO.
Okapi Corp.                        Period ending: 3/18/2024
475 Mill Avenue
York, PA 10101

                                   Ada Roe
                                   101 Main Street
                                   York, PA 12345

Gross Pay      452.43
Net Pay        291.90
"""
    wanted = schema(employer=TEXT, employee_name=TEXT)
    assert _output(wanted, text) == {"employer": "Okapi Corp.", "employee_name": "Ada Roe"}


def test_a_sum_in_large_print_may_begin_lower_than_its_label(extract: Extract) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Subtotal")
        canvas.drawString(400, 700, "20.000")
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 674, "TOTAL")
        canvas.setFont("Helvetica", 18)
        canvas.drawString(400, 666, "21.500 KWD")

    output = extract(schema(subtotal=NUMBER, total=NUMBER), pdf(draw), "a.pdf")["output"]
    assert output == {"subtotal": 20, "total": 21.5}


def test_a_share_may_stand_between_a_tax_and_its_amount() -> None:
    text = "Net          10.00\nVAT    19%    1.90\nTotal        11.90"
    wanted = schema(tax=NUMBER, tax_rate=NUMBER, total=NUMBER)
    assert _output(wanted, text) == {"tax": 1.9, "tax_rate": 19, "total": 11.9}


def test_of_two_columns_of_words_that_which_no_row_leaves_empty_names_the_item() -> None:
    text = """\
Item      Description     Price     Quantity     Total
Tea       One pot         2.00      2            4.00
Cake                      3.00      1            3.00
Soup      With bread      5.00      1            5.00
"""
    rows = {"type": "array", "items": schema(description=TEXT, quantity=NUMBER)}
    items = _output(schema(items=rows), text)["items"]
    assert [row["description"] for row in items] == ["Tea", "Cake", "Soup"]


def test_the_total_less_its_tax_is_the_net_whatever_that_is_called() -> None:
    text = "Worth of it: $1,200.00\nTax: $100.00\nTotal amount: $1,300.00"
    wanted = schema(net_total=NUMBER, tax_total=NUMBER, grand_total=NUMBER)
    expected = {"net_total": 1200, "tax_total": 100, "grand_total": 1300}
    assert _output(wanted, text) == expected
    assert _output(wanted, text.replace("1,200", "1,250")) == expected | {"net_total": None}


def test_a_header_may_tell_the_currency_by_its_sign() -> None:
    text = "Item     Price (€)     Total (€)\nTea      2.00          4.00"
    assert _output(schema(currency=TEXT), text) == {"currency": "EUR"}


def test_codes_in_every_row_name_no_item() -> None:
    text = """\
Item         Description     Price     Quantity     Total
POT-17       One pot         2.00      2            4.00
CAKE-18                      3.00      1            3.00
SOUP-19      With bread      5.00      1            5.00
"""
    rows = {"type": "array", "items": schema(description=TEXT, quantity=NUMBER)}
    items = _output(schema(items=rows), text)["items"]
    assert [row["description"] for row in items] == ["One pot", None, "With bread"]


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("2 Stück", "Pauschal", [(2, "Stück"), (None, "Pauschal")]),
        ("2Unit(s)", "10Liter(s)", [(2, "Unit(s)"), (10, "Liter(s)")]),
        ("2", "1.5", [(2, None), (1.5, None)]),
        ("2 x", "1 EUR", [(2, None), (1, None)]),
    ],
)
def test_a_quantity_may_say_its_unit(first: str, second: str, wanted: list[Any]) -> None:
    text = f"""\
Bezeichnung           Menge           Einzel/€        Gesamt/€
Anker groß            {first:16}100,00          200,00
Anfahrt weit          {second:16}20,00           20,00
"""
    row = schema(description=TEXT, quantity=NUMBER, unit=TEXT, unit_price=NUMBER, total=NUMBER)
    rows = _output(schema(items={"type": "array", "items": row}), text)["items"]
    assert [(each["quantity"], each.get("unit")) for each in rows] == wanted
    assert [each["unit_price"] for each in rows] == [100, 20]


def test_amounts_are_no_units() -> None:
    text = """\
Description        Quantity       Price/unit       Amount
Anchor             3              4.55             13.65
"""
    row = schema(description=TEXT, unit=TEXT, unit_price=NUMBER)
    rows = _output(schema(items={"type": "array", "items": row}), text)["items"]
    assert rows == [{"description": "Anchor", "unit": None, "unit_price": 4.55}]


def test_the_boxes_of_a_form_hold_their_values_wherever_these_stand() -> None:
    text = """\
a Employee's number     1 Wages, tips               2 Income tax withheld
     A-17                          37160.56                        3894.54
b Plan number           3 Care wages                4 Care tax withheld
     B-4                           36000.00                        2303.95
c Employer's name, address and ZIP code
  Okapi Ltd
  7 Mill Lane
  York, PA 17401
5 Other tips            6 Allocated tips
               302.30              14.20
"""
    wanted = {
        "wages_tips": 37160.56,
        "income_tax_withheld": 3894.54,
        "care_wages": 36000,
        "care_tax_withheld": 2303.95,
        "allocated_tips": 14.2,
    }
    employer = schema(name=TEXT, address=TEXT)
    found = _output(schema(employer=employer, **dict.fromkeys(wanted, NUMBER)), text)
    assert found == {
        **wanted,
        "employer": {"name": "Okapi Ltd", "address": "7 Mill Lane\nYork, PA 17401"},
    }


def test_columns_that_no_name_tells_stand_in_the_schemas_order() -> None:
    text = """\
LIBELLE                     BASE         TAUX        A PAYER     Taux Pat.     Mt Pat.
Total brut                                           7184.27
Maladie                     7184.27                              13.00 %       -933.96
Retraite                    3666.00      6.90 %      -252.95     8.55 %        -313.44
"""
    row = schema(
        label=TEXT,
        base=NUMBER,
        employee_rate=NUMBER,
        employee_amount=NUMBER,
        employer_rate=NUMBER,
        employer_amount=NUMBER,
    )
    rows = _output(schema(contributions={"type": "array", "items": row}), text)["contributions"]
    assert [list(each.values()) for each in rows] == [
        ["Maladie", 7184.27, None, None, 13, -933.96],
        ["Retraite", 3666, 6.9, -252.95, 8.55, -313.44],
    ]


def test_the_order_of_columns_says_nothing_against_their_names() -> None:
    text = """\
Position      Bezeichnung            Menge      Rabatt      Betrag
1             Anker                  2          5.00        95.00
2             Boje                   1          0.00        40.00
"""
    row = schema(
        position=NUMBER, description=TEXT, quantity=NUMBER, unit_price=NUMBER, total=NUMBER
    )
    rows = _output(schema(items={"type": "array", "items": row}), text)["items"]
    assert [each["unit_price"] for each in rows] == [None, None]


def test_a_statement_says_the_year_once_and_the_date_before_the_text() -> None:
    text = """\
Statement from 1 December 2023 to 15 January 2024

Date         Operations                        Debit        Credit
28/12        Rent of a boat                    520.00
29/12 Card payment                             12.50
02/01 Salary                                                1240.00
"""
    row = schema(
        date={"type": ["string", "null"], "format": "date"},
        label=TEXT,
        debit=NUMBER,
        credit=NUMBER,
    )
    rows = _output(schema(transactions={"type": "array", "items": row}), text)["transactions"]
    assert [list(each.values()) for each in rows] == [
        ["2023-12-28", "Rent of a boat", 520, None],
        ["2023-12-29", "Card payment", 12.5, None],
        ["2024-01-02", "Salary", None, 1240],
    ]


@pytest.mark.parametrize("required", [(), ("date", "description")])
def test_a_statement_says_the_date_of_several_movements_once(required: tuple[str, ...]) -> None:
    text = """\
Date         Description         Credits      Debits      Balance

2/4/2022     Life insurance      445.00                   9500.45
             Water bill                       312.85      9187.60
2/3/2022     Rental deposit      3000.00                  12187.60
             Retail store                     125.00      12062.60
"""
    row = schema(
        *required,
        date={"type": ["string", "null"] if not required else "string", "format": "date"},
        description=TEXT,
        money_in=NUMBER,
        money_out=NUMBER,
        running_balance=NUMBER,
    )
    rows = _output(schema(transactions={"type": "array", "items": row}), text)["transactions"]
    assert [list(each.values()) for each in rows] == [
        ["2022-04-02", "Life insurance", 445, None, 9500.45],
        ["2022-04-02", "Water bill", None, 312.85, 9187.6],
        ["2022-03-02", "Rental deposit", 3000, None, 12187.6],
        ["2022-03-02", "Retail store", None, 125, 12062.6],
    ]


def test_a_date_that_an_item_lacks_is_not_made_up() -> None:
    text = """\
Date         Description         Amount

2/4/2022     Life insurance      445.00
             Water bill          312.85
"""
    row = schema(
        date={"type": ["string", "null"], "format": "date"}, description=TEXT, amount=NUMBER
    )
    rows = _output(schema(items={"type": "array", "items": row}), text)["items"]
    assert [each["date"] for each in rows] == ["2022-04-02", None]


@pytest.mark.parametrize(
    ("header", "alone"),
    [("Service    ", ("Design of pages", None)), ("Description", (None, "Design of pages"))],
)
def test_below_the_name_of_an_item_stands_what_it_is(header: str, alone: tuple[Any, Any]) -> None:
    text = f"""\
{header}                     Quantity      Amount
Web hosting                     1             90.00
Up to 100 MB
Design of pages                 2             40.00
"""
    row = schema(name=TEXT, details=TEXT, quantity=NUMBER, amount=NUMBER)
    rows = _output(schema(services={"type": "array", "items": row}), text)["services"]
    assert [(each["name"], each["details"]) for each in rows] == [
        ("Web hosting", "Up to 100 MB"),
        alone,
    ]


def test_two_numbers_under_two_words_are_two_columns() -> None:
    text = """\
Date          From         To           Cubic Weight     Fare       Total
2024-01-01    Mascot       Sydney       0.5      187     11.00      11.50
2024-02-02    Bondi        Perth        5.0      1086    12.00      12.50
"""
    row = schema(origin=TEXT, destination=TEXT, cubic_metres=NUMBER, weight_kg=NUMBER, fare=NUMBER)
    row["properties"] = {"date": TEXT, **row["properties"], "total": NUMBER}
    rows = _output(schema(jobs={"type": "array", "items": row}), text)["jobs"]
    assert [list(each.values()) for each in rows] == [
        ["2024-01-01", "Mascot", "Sydney", 0.5, 187, 11, 11.5],
        ["2024-02-02", "Bondi", "Perth", 5, 1086, 12, 12.5],
    ]


@pytest.mark.parametrize("code", ["[{}]", "*{}*", "({})", "{}"])
def test_a_code_may_begin_what_its_item_is_called(code: str) -> None:
    text = f"""\
Description                       Quantity      Amount
{code.format("FURN_7777") + " Office chair":34}1             70.00
{code.format("OAK-1758") + " Oak panel":34}2             40.00
"""
    row = schema(product_code=TEXT, product_name=TEXT, quantity=NUMBER, amount=NUMBER)
    rows = _output(schema(items={"type": "array", "items": row}), text)["items"]
    assert [(each["product_code"], each["product_name"]) for each in rows] == [
        ("FURN_7777", "Office chair"),
        ("OAK-1758", "Oak panel"),
    ]


def test_a_name_that_begins_with_a_number_has_no_code() -> None:
    text = """\
Description                       Quantity      Amount
2000W heater                      1             70.00
Oak panel                         2             40.00
"""
    row = schema(product_code=TEXT, description=TEXT, quantity=NUMBER, amount=NUMBER)
    rows = _output(schema(items={"type": "array", "items": row}), text)["items"]
    assert [each["product_code"] for each in rows] == [None, None]
