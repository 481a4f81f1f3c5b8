"""Of what type the properties of a generated schema are."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import Extract, page
from workers.local import inference

TEXT, DATE = {"type": "string"}, {"type": "string", "format": "date"}


def _generated(*texts: str) -> dict[str, Any]:
    properties: dict[str, Any] = inference.infer([[page(text)] for text in texts])["properties"]
    return properties


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Sort code: 21-09-30", TEXT),
        ("Month of service: März 2024", TEXT),
        ("Notice period: 30 days", TEXT),
        ("Arrival: Monday, 3 March 2025 from 14:00", TEXT),
        ("Arrival: Monday, 3 March 2025", DATE),
        ("Refund: until 3 March 2025", TEXT),
        ("Taken: 03.03.2025 14:20", TEXT),
        ("Report date: 03.03.2025 14:20", {"type": "string", "format": "date-time"}),
        ("Number of nights: 4", {"type": "integer"}),
        ("Anzahl der Gäste: 4", {"type": "integer"}),
        ("Room number: 4", TEXT),
        ("Tax period: 4", {"type": "integer"}),
        ("Total: 4", {"type": "number"}),
        ("Stay: € 40", {"type": "number"}),
        ("Weight: 40 kg", {"type": "integer"}),
        ("Member: 47 036 892 816", TEXT),
    ],
)
def test_a_value_is_told_by_all_that_it_says(line: str, expected: dict[str, Any]) -> None:
    assert list(_generated(line).values()) == [expected]


def test_a_column_with_a_limit_is_of_texts() -> None:
    [rows] = _generated("Test|Result|Unit\nSodium|140|mmol\nLead|< 2|mg").values()
    assert rows["items"]["properties"]["result"] == TEXT


def test_an_empty_cell_may_be_null() -> None:
    [rows] = _generated("Name|Species|Died\nRex|Dog|2019-01-02\nTom|Cat|").values()
    assert rows["items"]["properties"]["died"] == {**DATE, "type": ["string", "null"]}
    assert rows["items"]["required"] == ["name", "species"]


def test_a_period_is_two_dates(extract: Extract) -> None:
    text = "Rental period: 1 May 2025 to 9 May 2025\nCar: Fiat\nDeposit: 300.00"
    found = _generated(text)
    assert found["rental_period_start"] == found["rental_period_end"] == DATE
    output = extract({"type": "object", "properties": found}, text)["output"]
    assert (output["rental_period_start"], output["rental_period_end"]) == (
        "2025-05-01",
        "2025-05-09",
    )
