"""Rows under a heading that names them, and further things that simple papers have."""

from __future__ import annotations

from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.unit.local.conftest import Extract, page, schema
from tests.unit.local.papers import pdf
from workers.local import extraction

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}


PAYSLIP = """
Okapi Ltd

Employee: Ada Roe
National Insurance No: QQ123456C

Earnings

Basic Salary: £3200.00
Overtime: £150.00
Gross Pay: £3350.00

Deductions

Tax: £450.00
Pension:    £120.00
Net Pay: £2780.00
"""


def test_a_heading_has_rows_of_labels_and_numbers_under_it() -> None:
    rows = {"type": "array", "items": schema(description=TEXT, amount=NUMBER)}
    wanted = schema(
        ni_number=TEXT,
        tax_code=TEXT,
        earnings=rows,
        gross_pay=NUMBER,
        deductions=rows,
        net_pay=NUMBER,
        bonuses=rows,
    )
    assert extraction.extract(wanted, [page(PAYSLIP)]).output == {
        "ni_number": "QQ123456C",
        "tax_code": None,
        "earnings": [
            {"description": "Basic Salary", "amount": 3200},
            {"description": "Overtime", "amount": 150},
        ],
        "gross_pay": 3350,
        "deductions": [
            {"description": "Tax", "amount": 450},
            {"description": "Pension", "amount": 120},
        ],
        "net_pay": 2780,
        "bonuses": [],
    }


def test_rows_under_a_heading_may_say_what_their_numbers_are_measured_in() -> None:
    text = "Test Results:\nHemoglobin: 14.5 g/dL (Normal: 13.5 - 17.5)\n- Sugar: 155 mg/dL (High)"
    row = schema(test=TEXT, value=NUMBER, unit=TEXT)
    found = extraction.extract(schema(results={"type": "array", "items": row}), [page(text)]).output
    assert [tuple(each.values()) for each in found["results"]] == [
        ("Hemoglobin", 14.5, "g/dL"),
        ("Sugar", 155, "mg/dL"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Results\nGlucose: 14.5 g/dL",  # a row alone is none
        "Results\nGlucose: fine\nSugar: 155 mg/dL",
        "Results: see below\nGlucose: 14.5 g/dL\nSugar: 155 mg/dL",
    ],
)
def test_what_is_no_heading_with_rows_has_none(text: str) -> None:
    row = schema(test=TEXT, value=NUMBER, unit=TEXT)
    found = extraction.extract(schema(results={"type": "array", "items": row}), [page(text)]).output
    assert found["results"] == []


def test_an_address_goes_on_in_the_next_line_however_far_below() -> None:
    text = """
Seller

Name:                 Okapi Ltd

Address:              7 Mill Lane

                      York YO1 7EP

Phone:                01904 112233
"""
    wanted = schema(seller=schema(name=TEXT, address=TEXT, phone=TEXT))
    assert _output(wanted, text)["seller"]["address"] == "7 Mill Lane\nYork YO1 7EP"


@pytest.mark.parametrize("label", ["Pay to:", "PAYTO:", "Remit to:", "Make checks payable to:"])
def test_whom_to_pay_is_told_by_its_label(label: str) -> None:
    text = f"INVOICE\n\nBilled to: Zebra Ltd\n\n{label} Okapi Ltd\n7 Mill Lane\nYork YO1 7EP"
    pay_to = schema(name=TEXT, address=TEXT)
    assert _output(schema(billed_to=TEXT, pay_to=pay_to), text) == {
        "billed_to": "Zebra Ltd",
        "pay_to": {"name": "Okapi Ltd", "address": "7 Mill Lane\nYork YO1 7EP"},
    }


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("ni_number", "National Insurance No"),
        ("employee_ssn", "Employee's social security number"),
        ("employer_ein", "Employer identification number (EIN)"),
    ],
)
def test_numbers_of_people_and_firms_are_known_by_their_short_names(name: str, label: str) -> None:
    assert _output(schema(**{name: TEXT}), f"{label}: 12-3456789") == {name: "12-3456789"}


def _output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


def test_the_number_of_a_box_stands_apart_from_its_label_and_its_value_at_its_bottom(
    extract: Extract,
) -> None:
    boxes = (
        ("1a Ordinary dividends", "1601.60", "1b Qualified dividends", "785.30"),
        ("3", "Nondividend income", "173", "4", "Federal tax withheld", "54.28"),
        ("5", "Section 199 dividends", "16", "6", "Investment expenses", "82"),
        ("7", "Foreign tax paid", "", "8", "Foreign country", ""),
        ("9 State wages paid 10 State tax", "24.40", "", "2.44"),
    )

    def draw(canvas: Canvas) -> None:
        for row, (left, right) in enumerate(map(_halves, boxes)):
            for side, (number, label, value) in enumerate((left, right)):
                x, y = 60 + 200 * side, 700 - 36 * row
                canvas.drawString(x, y, number)
                canvas.drawString(x + (16 if number and label else 0), y, label)
                canvas.drawString(x, y - 22, "$")
                canvas.drawRightString(x + 120, y - 22, value)

    wanted = {
        "ordinary_dividends": 1601.6,
        "qualified_dividends": 785.3,
        "nondividend_income": 173,
        "federal_tax_withheld": 54.28,
        "investment_expenses": 82,
        "foreign_tax_paid": None,
    }
    found = extract(schema(**dict.fromkeys(wanted, NUMBER)), pdf(draw), "form.pdf")
    assert found["output"] == wanted


def _halves(row: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if len(row) == 6:
        return row[:3], row[3:]
    return ("", row[0], row[1]), ("", row[2], row[3])


def test_labels_in_one_box_are_read_to_the_right_of_each(extract: Extract) -> None:
    def draw(canvas: Canvas) -> None:
        for left, top, width in ((50, 640, 360), (410, 640, 130), (50, 540, 490)):
            canvas.rect(left, top, width, 100)
        for number, (label, value) in enumerate(
            [("Contract #", "4711"), ("Advertiser", "Ada Roe (9)"), ("Agency", "Okapi Media (3)")]
        ):
            canvas.drawString(60, 720 - 24 * number, label)
            canvas.drawString(160, 720 - 24 * number, value)
        canvas.drawString(420, 720, "Spots")
        canvas.drawString(60, 600, "Comments")

    response = extract(schema(advertiser=TEXT), pdf(draw), "order.pdf")
    assert response["output"] == {"advertiser": "Ada Roe (9)"}


def test_tables_with_the_same_columns_are_told_by_the_words_over_them() -> None:
    text = (
        "Deposits and Additions\nDate      Description           Amount\n"
        "03/07/25  Payroll Okapi         1,620.00\n03/28/25  Mobile deposit           25.75\n"
        "Total Deposits and Additions    1,645.75\n\n"
        "Withdrawals and Fees\nDate      Description           Amount\n"
        "03/03/25  Check 1042              950.00\n03/05/25  Oak Market              112.37\n"
        "Total Withdrawals and Fees      1,062.37\n"
    )
    row = {"date": {"type": "string"}, "description": {"type": "string"}, "amount": NUMBER}
    array = {"type": "array", "items": schema(**row)}
    output = extraction.extract(schema(deposits=array, withdrawals=array), [page(text)]).output
    assert [each["amount"] for each in output["deposits"]] == [1620, 25.75]
    assert [each["amount"] for each in output["withdrawals"]] == [950, 112.37]


def test_tables_side_by_side_may_have_other_numbers_of_columns_and_rows() -> None:
    text = (
        "Earnings    Rate    Hours    Current      Deductions    Current\n"
        "Regular    28.50    80.00    2,280.00     Income Tax     271.80\n"
        "Overtime   42.75     6.00      256.50     Pension        157.26\n"
        "                                          Dental          14.20\n"
        "Total earnings               2,536.50     Total deductions  443.26\n"
    )
    array = {"type": "array", "items": schema(type={"type": "string"}, current=NUMBER)}
    output = extraction.extract(schema(earnings=array, deductions=array), [page(text)]).output
    assert [tuple(each.values()) for each in output["earnings"]] == [
        ("Regular", 2280),
        ("Overtime", 256.5),
    ]
    assert [tuple(each.values()) for each in output["deductions"]] == [
        ("Income Tax", 271.8),
        ("Pension", 157.26),
        ("Dental", 14.2),
    ]


def test_a_column_that_is_called_twice_makes_no_second_table_of_numbers() -> None:
    text = (
        "Item      Quantity    Amount     Discount    Amount\n"
        "Oak            2       10.00         1.00      9.00\n"
        "Glue           1        5.00         0.50      4.50\n"
    )
    array = {"type": "array", "items": schema(item={"type": "string"}, discount=NUMBER)}
    output = extraction.extract(schema(items=array), [page(text)]).output
    assert [tuple(each.values()) for each in output["items"]] == [("Oak", 1), ("Glue", 0.5)]


def test_each_bullet_of_a_list_is_one_value_up_to_the_next_heading() -> None:
    text = (
        "Scope of work\n- Tear off one layer\n- Install shingles, colour Oak,\nand dispose\n"
        "- Replace the vent\nPricing\nItem      Price\nVent      10.00\n"
    )
    wanted = schema(scope_of_work={"type": "array", "items": {"type": "string"}})
    assert extraction.extract(wanted, [page(text)]).output["scope_of_work"] == [
        "Tear off one layer",
        "Install shingles, colour Oak, and dispose",
        "Replace the vent",
    ]


def test_a_rows_number_is_no_part_of_the_text_that_it_is_close_to() -> None:
    text = (
        "Sl No.  Description         Quantity    Amount\n"
        "  1 Panel light                   60    900.00\n"
        "  2 Copper wire 2.5 (90 m)        12    560.00\n"
        "  3 Switch                       150    375.00\n"
    )
    row = schema(description=TEXT, amount=NUMBER)
    output = extraction.extract(schema(items={"type": "array", "items": row}), [page(text)]).output
    assert [each["description"] for each in output["items"]] == [
        "Panel light",
        "Copper wire 2.5 (90 m)",
        "Switch",
    ]
