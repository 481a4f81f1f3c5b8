"""`/v1/classifications`, from request to response."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.unit.conftest import RunJob

INVOICE = "Northwind Ltd\nINVOICE\nInvoice number: A-17\nDue date: 1 May\nTotal due: 99.00"
CONTRACT = (
    "SERVICE AGREEMENT\nThis agreement is made between the parties named hereinafter.\n"
    "1. Scope\nThe supplier writes an invoice each month.\n2. Termination\nWith notice of a month."
)
LETTER = (
    "Ms J. Doe\n12 Mill Lane\n\nDear Mr Smith,\n\nyour invoice was paid.\n\n"
    "Yours sincerely,\nJ. Doe"
)


def request(text: str, *names: str, **options: Any) -> dict[str, Any]:
    categories = [{"name": name} for name in names]
    url = f"data:text/plain,{quote(text)}"
    return {
        "document": {"filename": "a.txt", "url": url},
        "categories": categories,
        "model": "local",
        **options,
    }


@pytest.mark.parametrize(
    ("text", "category"), [(INVOICE, "invoice"), (CONTRACT, "contract"), (LETTER, "letter")]
)
def test_bare_names_are_enough_for_well_known_kinds(
    run_job: RunJob, text: str, category: str
) -> None:
    body = run_job("/v1/classifications", request(text, "contract", "letter", "invoice"))
    assert body["output"]["category"] == category
    assert body["model"] == "local"
    assert body["consensus"] == {"choices": [body["output"]], "likelihood": None}
    assert body["usage"]["page_count"] == 1


def test_the_reasoning_quotes_words_and_page_and_names_the_runner_up(run_job: RunJob) -> None:
    body = run_job("/v1/classifications", request("\f" + INVOICE, "letter", "invoice"))
    assert "“INVOICE” (page 2)" in body["output"]["reasoning"]
    assert "runner-up was letter" in body["output"]["reasoning"]


@pytest.mark.parametrize("name", ["Invoices", "vendor_invoice", "SupplierInvoice", "Rechnungen"])
def test_a_name_is_answered_as_it_was_given(run_job: RunJob, name: str) -> None:
    body = run_job("/v1/classifications", request(INVOICE, "Contracts", name))
    assert body["output"]["category"] == name


def test_a_description_decides_where_the_names_say_nothing(run_job: RunJob) -> None:
    categories = [
        {"name": "A", "description": "Minutes of the gardening club with planting dates"},
        {"name": "B", "description": "Recipes with their ingredients and baking times"},
    ]
    text = "Plum cake\nIngredients: plums, flour, sugar\nBaking time: 40 minutes"
    body = run_job("/v1/classifications", request(text) | {"categories": categories})
    assert body["output"]["category"] == "B"


def test_instructions_describe_a_kind_that_they_name(run_job: RunJob) -> None:
    text = "Tulips and daffodils, 40 bulbs each"
    hints = "Everything about bulbs and tulips is 'beta'."
    body = run_job("/v1/classifications", request(text, "alpha", "beta", instructions=hints))
    assert body["output"]["category"] == "beta"


def test_only_the_first_pages_are_read(run_job: RunJob) -> None:
    text = LETTER + "\f" + INVOICE
    body = run_job("/v1/classifications", request(text, "invoice", "letter", first_n_pages=1))
    assert body["output"]["category"] == "letter"
    assert body["usage"]["page_count"] == 1


@pytest.mark.parametrize("rest", ["other", "Other documents", "Sonstiges", "none_of_the_above"])
def test_what_fits_none_is_of_the_kind_for_the_rest(run_job: RunJob, rest: str) -> None:
    body = run_job("/v1/classifications", request(LETTER, "payslip", rest, "passport"))
    assert body["output"]["category"] == rest
    body = run_job("/v1/classifications", request(INVOICE, "invoice", rest))
    assert body["output"]["category"] == "invoice"


@pytest.mark.parametrize("text", [" ", "\f\f", "?!", "§§ 1", "x" * 5000])
def test_any_document_gets_an_answer(run_job: RunJob, text: str) -> None:
    body = run_job("/v1/classifications", request(text, "invoice", "}{ %s \\ <b>", "\u202e", "请"))
    assert body["output"]["category"] == "invoice"
    assert "is a guess" in body["output"]["reasoning"]


def test_one_category_and_many_are_fine(run_job: RunJob) -> None:
    assert run_job("/v1/classifications", request(LETTER, "x"))["output"]["category"] == "x"
    names = [f"kind {number}" for number in range(199)]
    body = run_job("/v1/classifications", request(LETTER, *names, "letter"))
    assert body["output"]["category"] == "letter"


def test_a_name_given_twice_is_one(run_job: RunJob) -> None:
    body = run_job("/v1/classifications", request(INVOICE, "invoice", "invoice"))
    assert body["output"]["category"] == "invoice"
