"""Classifications, splits and partitions by the engine `local`, on pages of plain text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from jobs_backend.errors import JobFailure

RunJob = Callable[..., dict[str, Any]]

INVOICE = "Invoice\nInvoice number: {}\nPlease pay the amount due.\nTotal: 12.00 EUR"
CONTRACT = (
    "Contract of service\nThis agreement is made between two parties.\nClause 1: Work.\nSigned:"
)
LETTER = "Dear Mrs Smith,\nthank you for your visit.\nYours sincerely,"
KINDS = [
    {"name": "invoice", "description": "A bill with an amount to be paid"},
    {"name": "contract", "description": "Terms that two parties sign"},
]


def _document(*pages: str) -> dict[str, str]:
    return {"filename": "a.txt", "url": "data:text/plain;charset=utf-8," + quote("\f".join(pages))}


def _split(run_job: RunJob, *pages: str, many: bool = False) -> list[tuple[str, list[int]]]:
    kinds = [{**kind, "allow_multiple_instances": many} for kind in KINDS]
    body = run_job("/v1/splits", {"document": _document(*pages), "subdocuments": kinds})
    assert body["consensus"]["choices"] == [body["output"]]
    return [(part["name"], part["pages"]) for part in body["output"]]


def _partition(run_job: RunJob, *pages: str, **request: Any) -> list[tuple[str, list[int]]]:
    request = {"key": "invoice number", "instructions": "One part each", **request}
    body = run_job("/v1/partitions", {"document": _document(*pages), **request})
    return [(part["key"], part["pages"]) for part in body["output"]]


def _classify(run_job: RunJob, *pages: str, **request: Any) -> dict[str, str]:
    request = {"categories": KINDS, **request}
    body = run_job("/v1/classifications", {"document": _document(*pages), **request})
    output: dict[str, str] = body["output"]
    return output


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Rechnung\nRechnungsnummer: 4711\nGesamtbetrag: 12,00 EUR\nMwSt. 19 %", "invoice"),
        ("Kontoauszug\nAlter Saldo: 5,00\nBuchung\nNeuer Saldo: 7,00", "bank_statement"),
        ("Bulletin de paie\nSalaire brut: 4 000\nSalaire net: 3 000", "payslip"),
        ("Curriculum vitae\nExperience\nEducation\nSkills", "cv"),
    ],
)
def test_a_bare_name_is_enough_for_a_well_known_kind(
    run_job: RunJob, text: str, category: str
) -> None:
    names = ("letter", "invoice", "cv", "bank_statement", "payslip")
    found = _classify(run_job, text, categories=[{"name": name} for name in names])
    assert found["category"] == category


def test_only_the_first_pages_count_where_that_is_asked_for(run_job: RunJob) -> None:
    pages = (INVOICE.format("A-1"), *[CONTRACT] * 9)
    assert _classify(run_job, *pages, first_n_pages=1)["category"] == "invoice"
    assert _classify(run_job, *pages)["category"] == "contract"


@pytest.mark.parametrize("name", [" ", "🦆", "a" * 256, "x_y-z", "(", "page"])
def test_names_may_be_anything(run_job: RunJob, name: str) -> None:
    assert _classify(run_job, CONTRACT, categories=[{"name": name}])["category"] == name


def test_a_bundle_is_cut_into_its_documents(run_job: RunJob) -> None:
    pages = (INVOICE.format("A-1"), CONTRACT, "Clause 2: Pay.", "Further remarks.")
    assert _split(run_job, *pages) == [("invoice", [1]), ("contract", [2, 3, 4])]


def test_a_kind_has_one_part_or_one_for_each_document(run_job: RunJob) -> None:
    pages = (INVOICE.format("A-1"), INVOICE.format("B-2"), CONTRACT, INVOICE.format("C-3"))
    assert _split(run_job, *pages) == [("invoice", [1, 2, 4]), ("contract", [3])]
    assert _split(run_job, *pages, many=True) == [
        ("invoice", [1]),
        ("invoice", [2]),
        ("contract", [3]),
        ("invoice", [4]),
    ]


def test_page_numbers_hold_a_document_together(run_job: RunJob) -> None:
    first, second = f"{CONTRACT}\nPage 1 of 2", "Total amount of the invoice\nPage 2 of 2"
    assert _split(run_job, first, second) == [("contract", [1, 2])]
    places = (("A-1", 1), ("A-1", 2), ("B-2", 1), ("B-2", 2))
    numbered = [f"{INVOICE.format(number)}\nPage {n} of 2" for number, n in places]
    assert _split(run_job, *numbered, many=True) == [("invoice", [1, 2]), ("invoice", [3, 4])]


def test_a_page_of_no_kind_that_begins_anew_is_left_out(run_job: RunJob) -> None:
    pages = (INVOICE.format("A-1"), f"{LETTER}\nPage 1 of 1", CONTRACT)
    assert _split(run_job, *pages) == [("invoice", [1]), ("contract", [3])]
    assert _split(run_job, "", "xyzzy") == []


def test_pages_go_by_the_value_of_a_key(run_job: RunJob) -> None:
    pages = (INVOICE.format("A-1"), "More of it.", INVOICE.format("B-2"), INVOICE.format("A-1"))
    assert _partition(run_job, *pages) == [("A-1", [1, 2, 4]), ("B-2", [3])]


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("Rechnungs-Nr.: 4711", "invoice_number", "4711"),
        ("Rechnungsnummer 4711", "invoice number", "4711"),
        ("Invoice #: INV-9", "invoice number", "INV-9"),
        ("Facture no 12-B", "invoice number", "12-B"),
        ("Employee name: Ada Lovelace", "Employee Name", "Ada Lovelace"),
        ("Date: 3 May 2026     Invoice no.: X-1", "invoice number", "X-1"),
        ("Please quote the invoice number in all letters", "invoice number", None),
        ("Order number: A-17", "invoice number", None),
    ],
)
def test_values_stand_beside_or_below_their_label(
    run_job: RunJob, text: str, key: str, value: str | None
) -> None:
    if value is None:
        with pytest.raises(JobFailure) as raised:
            _partition(run_job, text, key=key, instructions="-")
        assert raised.value.code == "partition_failed"
        assert key in raised.value.message
        return
    assert _partition(run_job, text, key=key) == [(value, [1])]


def test_a_page_of_several_values_belongs_to_all_or_to_the_first(run_job: RunJob) -> None:
    both = f"{INVOICE.format('A-1')}\n{INVOICE.format('B-2')}"
    assert _partition(run_job, both) == [("A-1", [1]), ("B-2", [1])]
    assert _partition(run_job, both, allow_overlap=False) == [("A-1", [1])]


def test_the_instructions_may_name_the_label(run_job: RunJob) -> None:
    pages = ("Matter: Smith", "Matter: Jones")
    found = _partition(run_job, *pages, key="case", instructions='By the "Matter" of each page')
    assert found == [("Smith", [1]), ("Jones", [2])]
