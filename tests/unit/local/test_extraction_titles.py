"""Tables that look alike: whose rows are whose is said by what stands above and around them."""

from __future__ import annotations

from typing import Any

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
ROW = schema(item=TEXT, current=NUMBER, ytd=NUMBER)


def _output(text: str, *names: str) -> dict[str, list[list[Any]]]:
    wanted = schema(**{name: {"type": "array", "items": ROW} for name in names})
    found = extraction.extract(wanted, [page(text)]).output
    return {name: [list(row.values()) for row in found[name]] for name in names}


PAYSLIP = """
EARNINGS
                          Current Period     Year-To-Date
Base pay                  900.00             1800.00
Night shifts              55.00              110.00

DEDUCTIONS
                          Current Period     Year-To-Date
Pension                   40.00              80.00
Canteen                   12.50              25.00               VOLUNTARY DEDUCTIONS
Medical                   3.00               6.00                Gifts      5.00
"""


def test_a_title_says_whose_rows_they_are() -> None:
    assert _output(PAYSLIP, "deductions", "earnings") == {
        "deductions": [["Pension", 40, 80], ["Canteen", 12.5, 25], ["Medical", 3, 6]],
        "earnings": [["Base pay", 900, 1800], ["Night shifts", 55, 110]],
    }


def test_without_a_title_tables_with_the_same_columns_are_one() -> None:
    rows = _output(PAYSLIP.replace("DEDUCTIONS\n", "\n").replace("EARNINGS\n", "\n"), "lines")
    assert [row[0] for row in rows["lines"]] == [
        *("Base pay", "Night shifts", "Pension", "Canteen", "Medical"),
    ]
