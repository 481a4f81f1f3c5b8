"""Numbers, dates and other values, as people write them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.local.conftest import page, schema
from workers.local import extraction
from workers.local.extraction import labels, numbers, schemas
from workers.local.extraction.values import Values


def _read(rules: dict[str, Any], text: str, *texts: str, name: str = "value") -> Any:
    node = schemas.tree(schema(**{name: rules})).properties[name]
    found = Values([text, *texts]).read(node, text)
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,56", 1234.56),
        ("1,234.56", 1234.56),
        ("1 234,56", 1234.56),
        ("1\u202f234,56 €", 1234.56),
        ("1'234.50 CHF", 1234.5),
        ("12.345.678", 12345678),
        ("(12.00)", -12),
        ("-12", -12),
        ("\N{MINUS SIGN}5,00 €", -5),
        ("12.50-", -12.5),
        ("-$5", -5),
        ("EUR 5", 5),
        ("USD12.5", 12.5),
        ("19 %", 19),
        ("19% 4.75", 4.75),
        ("10 pcs", 10),
        ("1,39,000", 139000),
        ("Rs. 12,34,567", 1234567),
        ("$50/hr", 50),
        ("12,50 €/Std.", 12.5),
        (".5", 0.5),
    ],
)
def test_numbers_of_every_locale(text: str, number: float) -> None:
    assert _read({"type": "number"}, text) == number


@pytest.mark.parametrize(
    "text",
    [
        "A-17",
        "2024-01-01",
        "+49 30 1234",
        "see page twelve",
        "1.2.3.4",
        "",
        "twelve",
        "50/hr",
        "12/2024",
    ],
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert _read({"type": "number"}, text) is None


def test_a_doubtful_sign_is_read_as_in_the_rest_of_the_document() -> None:
    assert _read({"type": "number"}, "1.234", "12,50", "9,99") == 1234
    assert _read({"type": "number"}, "1.234", "12.50") == 1.234
    assert _read({"type": "number"}, "1,234", "12.50") == 1234


def test_numbers_outside_of_the_schema_are_not_found() -> None:
    assert _read({"type": "integer"}, "12.5") is None
    assert _read({"type": "integer"}, "12.0") == 12
    assert _read({"type": "number", "maximum": 10}, "11") is None
    assert _read({"type": "number", "maximum": 1}, "19%") == 0.19
    assert _read({"type": "number"}, "19%", name="tax_amount") is None


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05",
        "05.03.2024",
        "5.3.24",
        "5/3/2024",
        "March 5, 2024",
        "5th of March 2024",
        "5. März 2024",
        "Hamburg, den 5. März 2024",
        "5 mars 2024",
        "5 de marzo de 2024",
        "5 marzo 2024",
        "5 maart 2024",
        "05-Mar-24",
    ],
)
def test_dates_of_six_languages(text: str) -> None:
    assert _read({"type": "string", "format": "date"}, text) == "2024-03-05"


def test_months_stand_first_where_another_date_says_so() -> None:
    rules = {"type": "string", "format": "date"}
    assert _read(rules, "03/05/2024", "12/31/2024") == "2024-03-05"
    assert _read(rules, "03/05/2024", "31/12/2024") == "2024-05-03"


def test_dates_without_a_format_stay_as_written() -> None:
    assert _read({"type": "string"}, "5. März 2024", name="due_date") == "5. März 2024"
    assert _read({"type": "string", "description": "the date"}, "on 5 May 2024") == "5 May 2024"
    stamp = {"type": "string", "format": "date-time"}
    assert _read(stamp, "5 May 2024, 14:30") == "2024-05-05T14:30:00"


def test_a_date_that_is_none_is_not_found() -> None:
    assert _read({"type": "string", "format": "date"}, "2024-02-31") is None
    assert _read({"type": "string", "format": "date"}, "soon") is None


def test_enums_take_what_is_meant() -> None:
    rules = {"enum": ["in_stock", "sold_out", 3, None]}
    assert _read(rules, "In stock") == "in_stock"
    assert _read(rules, "SOLD-OUT") == "sold_out"
    assert _read(rules, "3 ") == 3
    assert _read(rules, "unknown") is None
    assert _read({"enum": ["EUR", "USD"]}, "€ 12") == "EUR"


@pytest.mark.parametrize(
    ("text", "value"), [("Yes", True), ("nein", False), ("☒", True), ("?", None)]
)
def test_booleans(text: str, value: bool | None) -> None:
    assert _read({"type": "boolean"}, text) is value


def test_patterns_and_lengths_are_kept() -> None:
    assert _read({"type": "string", "pattern": "^[A-Z]-\\d+$"}, "A-17") == "A-17"
    assert _read({"type": "string", "pattern": "^[A-Z]-\\d+$"}, "17") is None
    assert _read({"type": "string", "maxLength": 3}, "long") is None


@given(st.text(max_size=60))
def test_any_text_is_read_or_not(text: str) -> None:
    numbers.read(text, None)
    labels.tokens(text)
    _read({"type": ["string", "number", "boolean"], "format": "date"}, text)


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    st.sampled_from([",.", "., ", "' ."]),
)
def test_written_numbers_come_back(number: Any, signs: str) -> None:
    group, point = signs[0], "." if signs[0] != "." else ","
    text = f"{abs(number):,.2f}".replace(",", "_").replace(".", point).replace("_", group)
    text = f"-{text}" if number < 0 else text
    found = numbers.read(text, point)
    assert found is not None
    assert found.value == number


@pytest.mark.parametrize(
    "told", ["ABN: 51 824 753 556", "Perth, Australia", "GSTIN: 29ABCDE1234F1Z5"]
)
def test_days_stand_first_where_other_dollars_are_paid(told: str) -> None:
    rules = {"type": "string", "format": "date"}
    assert _read(rules, "02/03/2024", "$ 5.00", told) == "2024-03-02"


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Factura: N.º 2025/041", "invoice_number", "2025/041"),
        ("Fattura: N. OC/25/18 del 9 luglio 2025", "invoice_number", "OC/25/18"),
        ("NIF: 20448117-T", "tax_id", "20448117-T"),
        ("CIF: B-26410938", "tax_id", "B-26410938"),
        ("BTW nr: NL8099.14.551.B01", "tax_id", "NL8099.14.551.B01"),
    ],
)
def test_what_is_beside_a_number_is_no_part_of_it(text: str, name: str, value: str) -> None:
    wanted = schema(**{name: {"type": ["string", "null"]}})
    assert extraction.extract(wanted, [page(text)]).output == {name: value}


def test_the_sum_of_a_tables_columns_is_less_sure_than_one_alone() -> None:
    text = "Total        71.00\n\nTotal   60.00   5.50   5.50\n"
    wanted = schema(total={"type": ["number", "null"]})
    assert extraction.extract(wanted, [page(text)]).output == {"total": 71}
