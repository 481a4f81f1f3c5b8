"""`/v1/partitions`, from request to response, and how values of a key are found."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from jobs_backend.errors import JobFailure
from tests.unit.conftest import RunJob


def request(pages: list[str], key: str, instructions: str = "x", **more: Any) -> dict[str, Any]:
    url = "data:text/plain," + quote("\f".join(pages))
    return {
        "document": {"filename": "a.txt", "url": url},
        "key": key,
        "instructions": instructions,
        "model": "local",
        **more,
    }


def partition(run_job: RunJob, *arguments: Any, **options: Any) -> list[tuple[str, list[int]]]:
    body = run_job("/v1/partitions", request(*arguments, **options))
    assert body["consensus"] == {"choices": [body["output"]], "likelihoods": None}
    return [(part["key"], part["pages"]) for part in body["output"]]


@pytest.mark.parametrize(
    "text",
    [
        "Invoice number: A-17",
        "Invoice No. A-17",
        "INVOICE #A-17",
        "Invoice # A-17",
        "Inv. no.: A-17",
        "Invoice number      A-17",
        "Invoice number\nA-17",
        "Date          Invoice number    Customer\n1 May 2024    A-17              Doe",
        "Rechnungsnummer: A-17",
        "Rechnungs-Nr. A-17",
        "Rechnung Nr. A-17",
        "Facture n° A-17",
        "Numéro de facture : A-17",
        "N.º de factura: A-17",
        "Numero fattura A-17",
        "Invoice A-17",
        "Your invoice number is A-17.",
        "Customer number: 88\nInvoice number: A-17\nOrder number: 99",
        "InvoiceNumber:A-17",
    ],
)
def test_a_value_is_found_by_its_label(run_job: RunJob, text: str) -> None:
    assert partition(run_job, [f"Northwind\n{text}\nTotal 9"], "invoice number") == [("A-17", [1])]


@pytest.mark.parametrize(
    "text",
    [
        "Employee name: Jane Doe",
        "Employee: Jane Doe",
        "Employee name    Jane Doe    Department    Sales",
        "Employee name\nJane Doe",
        "Name of employee: Jane Doe",
        "Name: Jane Doe",
        "Mitarbeiter: Jane Doe",
        "Employee number: 17\nEmployee name: Jane Doe",
        "Employee name: Jane Doe Department: Sales",
    ],
)
def test_a_name_is_found_by_its_label(run_job: RunJob, text: str) -> None:
    assert partition(run_job, [f"Northwind\n{text}"], "employee name") == [("Jane Doe", [1])]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("account number", "Kontonummer    A-17"),
        ("customer number", "Kundennummer: A-17"),
        ("customer number", "Kunden-Nr. A-17"),
        ("order number", "Auftragsnummer: A-17"),
        ("employee id", "Personalnummer A-17"),
        ("contract number", "Vertragsnummer: A-17"),
        ("account number", "Numéro de compte : A-17"),
        ("policy number", "Número de póliza: A-17"),
        ("purchase order number", "PO #A-17"),
        ("Rechnungsnummer", "Rechnungs-Nr.: A-17"),
        ("Kundennummer", "Kundennr. A-17"),
        ("Kontonummer", "Girokonto Nr. A-17"),
        ("factuurnummer", "Factuurnr. A-17"),
        ("delivery note number", "DELIVERY NOTE A-17"),
    ],
)
def test_a_key_is_found_in_other_languages(run_job: RunJob, key: str, text: str) -> None:
    assert partition(run_job, [f"Northwind\n{text}\nTotal 9"], key) == [("A-17", [1])]


def test_pages_without_a_value_go_on_with_the_part_before(run_job: RunJob) -> None:
    pages = ["Invoice no: 1", "Bolts", "", "Invoice no: 2", "Nuts"]
    expected = [("1", [1, 2, 3]), ("2", [4, 5])]
    assert partition(run_job, ["A cover", *pages][1:], "invoice_number") == expected


def test_a_page_that_begins_another_document_is_in_no_part(run_job: RunJob) -> None:
    quote = "QUOTATION\nWe are pleased to offer\n\nPage 1 of 1"
    pages = ["INVOICE\nInvoice no: 1\n\nPage 1 of 1", quote, "INVOICE\nInvoice no: 2"]
    assert partition(run_job, pages, "invoice number") == [("1", [1]), ("2", [3])]


def test_the_same_value_again_is_the_same_part(run_job: RunJob) -> None:
    pages = ["Invoice no: A 1", "Invoice no: B 2", "Invoice no: A-1"]
    assert partition(run_job, pages, "Invoice Number") == [("A 1", [1, 3]), ("B 2", [2])]


def test_a_page_of_several_values_belongs_to_each_or_to_the_first(run_job: RunJob) -> None:
    pages = ["Invoice no: 1\nInvoice no: 2", "Nuts"]
    assert partition(run_job, pages, "invoice number") == [("1", [1]), ("2", [1, 2])]
    alone = partition(run_job, pages, "invoice number", allow_overlap=False)
    assert alone == [("1", [1]), ("2", [2])]


def test_a_value_low_on_a_page_leaves_room_for_the_part_before(run_job: RunJob) -> None:
    rest = "\n".join(f"item {number} 9.00" for number in "abcdefgh")
    pages = ["Policy number: 1\nstart", f"{rest}\nPolicy number: 2\nstart", "end"]
    assert partition(run_job, pages, "policy number") == [("1", [1, 2]), ("2", [2, 3])]
    alone = partition(run_job, pages, "policy number", allow_overlap=False)
    assert alone == [("1", [1]), ("2", [2, 3])]


def test_a_label_in_the_instructions_is_looked_for(run_job: RunJob) -> None:
    pages = ["Our sign: X-1", "more", "Our sign: X-2"]
    found = partition(run_job, pages, "bundle", 'One part each; the number stands at "Our sign".')
    assert found == [("X-1", [1, 2]), ("X-2", [3])]


def test_mentions_and_other_numbers_are_no_values(run_job: RunJob) -> None:
    pages = [
        "Invoice number: A-17\nInvoice date: 12.05.2024\nInvoice total: 99.00",
        "Please pay invoice A-17 within 30 days.\nNumber of invoices: 3",
    ]
    assert partition(run_job, pages, "invoice number") == [("A-17", [1, 2])]


def test_the_first_page_joins_its_later_pages(run_job: RunJob) -> None:
    pages = ["Terms\n\nPage 1 of 2", "Contract no: 5\n\nPage 2 of 2", "Contract no: 6\nPage 1 of 1"]
    assert partition(run_job, pages, "contract number") == [("5", [1, 2]), ("6", [3])]


@pytest.mark.parametrize("key", ["invoice number", "}{ %s", "?", "of the", "请", "x" * 5000])
@pytest.mark.parametrize("pages", [[" "], ["A letter"], ["", " "], ["Number: {}"]])
def test_nothing_is_invented(run_job: RunJob, pages: list[str], key: str) -> None:
    with pytest.raises(JobFailure) as failure:
        run_job("/v1/partitions", request(pages, key))
    assert failure.value.code == "partition_failed"
    assert key[:100] in failure.value.message


def test_a_table_of_values_gives_each(run_job: RunJob) -> None:
    table = "Employee name,Hours,Pay\nJane Doe,10,100\nJohn Roe,20,200\n"
    body = run_job(
        "/v1/partitions",
        {
            "document": {"filename": "a.csv", "url": "data:text/csv," + quote(table)},
            "key": "employee name",
            "instructions": "x",
            "model": "local",
        },
    )
    assert [part["key"] for part in body["output"]] == ["Jane Doe", "John Roe"]
