"""`/v1/schemas/generate`: the schema that documents fit."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.conftest import RunJob
from tests.unit.local.conftest import Extract, document, page
from workers.local import inference

INVOICE = """Invoice number: {number}
Invoice date: 2024-03-0{day}
Customer: Northwind
Paid: {paid}
Discount %: {discount}

Description          Qty    Unit price     Amount
Bolt, M8              10          1.50      15.00
Nut and washer         7          0.25       1.75
Total: 16.75
"""


def _generate(run_job: RunJob, *texts: str) -> dict[str, Any]:
    documents = [document(f"{n}.txt", text) for n, text in enumerate(texts)]
    return run_job("/v1/schemas/generate", {"documents": documents, "model": "local"})


def test_fields_and_tables_become_properties(run_job: RunJob) -> None:
    body = _generate(run_job, INVOICE.format(number="A-1", day=1, paid="yes", discount=5))
    assert body["strict"] is True
    found = body["json_schema"]
    assert list(found["properties"]) == [
        "invoice_number",
        "invoice_date",
        "customer",
        "paid",
        "discount",
        "line_items",
        "total",
    ]
    assert found["properties"]["invoice_number"] == {"type": "string"}
    assert found["properties"]["invoice_date"] == {"type": "string", "format": "date"}
    assert found["properties"]["paid"] == {"type": "boolean"}
    assert found["properties"]["discount"] == {"type": "integer"}
    assert found["properties"]["total"] == {"type": "number"}
    row = found["properties"]["line_items"]["items"]
    assert row["properties"] == {
        "description": {"type": "string"},
        "qty": {"type": "integer"},
        "unit_price": {"type": "number"},
        "amount": {"type": "number"},
    }
    assert found["additionalProperties"] is row["additionalProperties"] is False


def test_several_documents_are_taken_together(run_job: RunJob) -> None:
    first = INVOICE.format(number="A-1", day=1, paid="yes", discount=5)
    second = INVOICE.format(number="A-2", day=2, paid="no", discount="2.5")
    second = second.replace("Customer: Northwind\n", "Order number: 17\n")
    found = _generate(run_job, first, second)["json_schema"]
    assert found["properties"]["discount"] == {"type": "number"}
    assert not {"customer", "order_number"} & set(found["required"])
    assert {"invoice_number", "invoice_date", "line_items", "total"} <= set(found["required"])
    nullable = {name for name, part in found["properties"].items() if "null" in part["type"]}
    assert nullable == {"customer", "order_number"}


def test_the_schema_extracts_what_it_came_from(run_job: RunJob, extract: Extract) -> None:
    text = INVOICE.format(number="A-1", day=1, paid="no", discount=5)
    found = _generate(run_job, text)["json_schema"]
    output = extract(found, text)["output"]
    assert set(output) == set(found["properties"])
    assert output["invoice_number"] == "A-1"
    assert output["paid"] is False
    assert len(output["line_items"]) == 2


def test_tables_of_any_kind_become_rows() -> None:
    found = inference.infer([[page("Name|Species|Born\nRex|Dog|2019-01-02\nTom|Cat|2020-03-04")]])
    [rows] = found["properties"].values()
    assert rows["items"]["properties"] == {
        "name": {"type": "string"},
        "species": {"type": "string"},
        "born": {"type": "string", "format": "date"},
    }
    assert rows["items"]["required"] == ["name", "species", "born"]


def test_names_are_plain_words() -> None:
    assert inference.snake_case("Straße & Hausnummer:") == "strasse_hausnummer"
    assert inference.snake_case("Date d'échéance") == "date_d_echeance"
    assert inference.snake_case("Invoice No.") == "invoice_no"
    assert inference.snake_case("请求") == "请求"


def test_empty_documents_have_an_empty_schema() -> None:
    for pages in ([], [page("")]):
        assert inference.infer([pages])["properties"] == {}


def _told(run_job: RunJob, instructions: str) -> dict[str, Any]:
    text = INVOICE.format(number="A-1", day=1, paid="yes", discount=5)
    request = {"documents": [document("a.txt", text)], "model": "local"}
    return run_job("/v1/schemas/generate", {**request, "instructions": instructions})


@pytest.mark.parametrize(
    ("instructions", "names"),
    [
        ("Only the invoice number and the total, please", ["invoice_number", "total"]),
        ("Bitte nur Rechnungsdatum, Kunde und Summe.", ["invoice_date", "customer", "total"]),
        ("I need just the line items", ["line_items"]),
    ],
)
def test_instructions_may_name_all_that_is_wanted(
    run_job: RunJob, instructions: str, names: list[str]
) -> None:
    body = _told(run_job, instructions)
    assert list(body["json_schema"]["properties"]) == body["json_schema"]["required"] == names
    assert body["warnings"] is None


@pytest.mark.parametrize("instructions", ["Call everything in French", "Only the weather"])
def test_other_instructions_are_not_followed_and_that_is_said(
    run_job: RunJob, instructions: str
) -> None:
    body = _told(run_job, instructions)
    assert len(body["json_schema"]["properties"]) == 7
    assert [warning["code"] for warning in body["warnings"]] == ["instructions_not_followed"]
