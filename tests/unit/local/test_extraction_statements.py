"""Dates and numbers that sentences state."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

NUMBER, WHOLE = {"type": ["number", "null"]}, {"type": ["integer", "null"]}
DATE = {"type": ["string", "null"], "format": "date"}
LETTER = """Okapi Sailing School

We are glad to offer you a berth on the course starting on 14 June 2025. The course fee for
members is £1,480.00, of which we ask for a deposit of £250 by 2 May 2025. The boat holds about
1,200 litres, and our school employs 34 people. This offer is valid until 9 May 2025.
"""
RESULTS = """Okapi Foods reported its results today for the quarter.

Net sales rose to $412.5 million from $380.1 million a year earlier, and gross margin widened to
29.4%. Net income was $31.0 million, or $0.62 per diluted share, compared with $27.5 million, or
$0.55 per diluted share, in the quarter before. The board declared a dividend of $0.11 per share,
payable June 3, 2025 to shareholders of record on May 12, 2025.
"""


def output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("startDate", DATE, "2025-06-14"),
        ("courseFee", NUMBER, 1480),
        ("depositAmount", NUMBER, 250),
        ("depositDeadline", DATE, "2025-05-02"),
        ("validUntil", DATE, "2025-05-09"),
        ("employees", WHOLE, 34),
        ("mooring_fee", NUMBER, None),
        ("mooringDeadline", DATE, None),
        ("end_date", DATE, None),
    ],
)
def test_a_sentence_says_what_a_property_is_named_after(
    name: str, kind: dict[str, Any], value: object
) -> None:
    assert output(schema(**{name: kind}), LETTER) == {name: value}


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("net_sales", {**NUMBER, "description": "USD millions"}, 412.5),
        ("net_sales", NUMBER, 412_500_000),
        ("net_sales_prior_year", {**NUMBER, "description": "USD millions"}, 380.1),
        ("gross_margin_pct", NUMBER, 29.4),
        ("diluted_eps", NUMBER, 0.62),
        ("diluted_eps_prior_year", NUMBER, 0.55),
        ("dividend_payable", DATE, "2025-06-03"),
        ("record_date", DATE, "2025-05-12"),
    ],
)
def test_results_are_told_from_those_before(name: str, kind: dict[str, Any], value: object) -> None:
    assert output(schema(**{name: kind}), RESULTS) == {name: value}


def test_a_day_to_pay_by_is_due() -> None:
    text = "Bitte überweisen Sie den offenen Betrag auf unser Konto bis zum 30.06.2025. Danke."
    assert output(schema(zahlbarBis=DATE), text) == {"zahlbarBis": "2025-06-30"}
    text = "Die Mängel an der Anlage sind bis zum 31.07.2025 zu beseitigen."
    assert output(schema(maengelBis=DATE, zahlbarBis=DATE), text) == {
        "maengelBis": "2025-07-31",
        "zahlbarBis": None,
    }


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("order_number", "The third repair of my order 30044718 failed again.", "30044718"),
        ("policy_number", "It was insured by policy no. VH-33.122 until last May.", "VH-33.122"),
        ("student_id", "The fee for every student in 2025/26 is the same as before.", None),
        ("order_number", "My order of the boat with 12 oars came late again.", None),
    ],
)
def test_what_something_is_known_by_follows_it_in_a_sentence(
    name: str, text: str, value: object
) -> None:
    assert output(schema(**{name: {"type": ["string", "null"]}}), text) == {name: value}


def test_a_year_is_no_number_of_months() -> None:
    text = "The warranty of the boat lasts for 2 years from the day on which it was sold."
    wanted = schema(warranty_months=WHOLE, warranty_years=WHOLE)
    assert output(wanted, text) == {"warranty_months": None, "warranty_years": 2}
