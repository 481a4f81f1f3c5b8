"""`/v1/splits`, from request to response, and how its pages are told apart."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.unit.conftest import RunJob
from tests.unit.local.test_classifications import CONTRACT, INVOICE, LETTER

CONTRACT_END = "3. Liability\nNone of the parties pays for the other.\n4. Payment\nBy invoice."
SECOND_INVOICE = INVOICE.replace("A-17", "A-18")
KINDS = ("invoice", "contract", "letter")


def request(pages: list[str], *names: str, several: bool = False, **more: Any) -> dict[str, Any]:
    kinds = [{"name": name, "allow_multiple_instances": several} for name in names]
    url = "data:text/plain," + quote("\f".join(pages))
    return {
        "document": {"filename": "a.txt", "url": url},
        "subdocuments": kinds,
        "model": "local",
        **more,
    }


def split(run_job: RunJob, *arguments: Any, **options: Any) -> list[tuple[str, list[int]]]:
    body = run_job("/v1/splits", request(*arguments, **options))
    assert body["consensus"] == {"choices": [body["output"]], "likelihoods": None}
    return [(part["name"], part["pages"]) for part in body["output"]]


def test_parts_come_in_order_and_pages_join_what_they_continue(run_job: RunJob) -> None:
    pages = [LETTER, CONTRACT, CONTRACT_END, INVOICE]
    expected = [("letter", [1]), ("contract", [2, 3]), ("invoice", [4])]
    assert split(run_job, pages, *KINDS) == expected


def test_several_of_a_kind_are_parts_of_their_own_only_if_allowed(run_job: RunJob) -> None:
    pages = [INVOICE, SECOND_INVOICE, LETTER, INVOICE.replace("A-17", "A-19")]
    assert split(run_job, pages, *KINDS) == [("invoice", [1, 2, 4]), ("letter", [3])]
    assert split(run_job, pages, *KINDS, several=True) == [
        ("invoice", [1]),
        ("invoice", [2]),
        ("letter", [3]),
        ("invoice", [4]),
    ]


def test_the_same_number_on_the_next_page_continues_a_document(run_job: RunJob) -> None:
    pages = [INVOICE, INVOICE.replace("99.00", "98.00"), SECOND_INVOICE]
    assert split(run_job, pages, *KINDS, several=True) == [("invoice", [1, 2]), ("invoice", [3])]


@pytest.mark.parametrize(
    "numbers",
    [
        ("Page 1 of 2", "Page 2 of 2", "Page 1 of 1"),
        ("Seite 1 von 2", "Seite 2 von 2", "Seite 1 von 1"),
        ("page 1 sur 2", "page 2 sur 2", "page 1 sur 1"),
        ("1/2", "2/2", "1/1"),
        ("- 1 -", "- 2 -", "- 1 -"),
    ],
)
def test_page_numbers_tell_where_a_document_begins(
    run_job: RunJob, numbers: tuple[str, ...]
) -> None:
    pages = [f"INVOICE\nBolts 9.00\nNuts 7.00\nSome text\nMore text\n{own}" for own in numbers]
    assert split(run_job, pages, "invoice", several=True) == [
        ("invoice", [1, 2]),
        ("invoice", [3]),
    ]


def test_numbers_that_run_through_the_bundle_part_nothing(run_job: RunJob) -> None:
    pages = [
        f"{text}\n\nPage {number} of 3"
        for number, text in enumerate([INVOICE, CONTRACT, LETTER], 1)
    ]
    expected = [("invoice", [1]), ("contract", [2]), ("letter", [3])]
    assert split(run_job, pages, *KINDS) == expected


def test_documents_of_other_kinds_are_left_out(run_job: RunJob) -> None:
    payslip = "PAYSLIP\nEmployee: J. Doe\nGross pay 1,000\nNet pay 700\nPay period: May"
    pages = [INVOICE, payslip, LETTER]
    assert split(run_job, pages, "invoice", "letter") == [("invoice", [1]), ("letter", [3])]
    assert split(run_job, pages, "invoice", "other", "letter")[1] == ("other", [2])
    assert split(run_job, [payslip], "passport") == []


def test_blank_pages_join_what_is_before_them(run_job: RunJob) -> None:
    pages = [INVOICE, "", LETTER, ""]
    assert split(run_job, pages, *KINDS) == [("invoice", [1, 2]), ("letter", [3, 4])]


@pytest.mark.parametrize("pages", [[" "], [" ", " "], ["?"], ["1"] * 3, ["{} %s"]])
def test_any_bundle_gets_an_answer(run_job: RunJob, pages: list[str]) -> None:
    assert split(run_job, pages, "invoice", "}{ \\") == []


@pytest.mark.slow
def test_hundreds_of_pages_and_kinds_are_fine(run_job: RunJob) -> None:
    pages = [INVOICE.replace("A-17", f"B-{number}") for number in range(300)]
    names = [f"kind {number}" for number in range(199)]
    found = split(run_job, pages, *names, "invoice", several=True)
    assert found == [("invoice", [number]) for number in range(1, 301)]


SILENT = "Northwind\nFurther remarks stand here.\nWhat was said before holds."


def test_pages_that_say_nothing_go_on_with_the_document_before(run_job: RunJob) -> None:
    letter = LETTER.partition("Yours")[0].replace("invoice", "garden")
    pages = [CONTRACT, letter, SILENT, SILENT, SILENT]
    assert split(run_job, pages, *KINDS) == [("contract", [1]), ("letter", [2, 3, 4, 5])]


def test_the_same_first_line_joins_a_page_to_the_one_before(run_job: RunJob) -> None:
    pages = [f"Harbour Bank plc\n{LETTER}", "Harbour Bank plc\nSome words", INVOICE]
    assert split(run_job, pages, *KINDS) == [("letter", [1, 2]), ("invoice", [3])]


def test_dates_and_counts_are_no_page_numbers(run_job: RunJob) -> None:
    rows = "ACCOUNT STATEMENT\nOpening balance 9.00\n03/04  Grocer  5.00\n03/05  Baker  6.00"
    fax = "Some words\nPages: 14\nmore words"
    pages = [rows, CONTRACT, fax]
    expected = [("bank statement", [1]), ("contract", [2, 3])]
    assert split(run_job, pages, "bank statement", *KINDS) == expected


def test_a_description_may_list_the_kinds_that_are_meant(run_job: RunJob) -> None:
    passport = "PASSPORT\nPassport No. 123\nSurname\nDOE\nNationality\nFRENCH"
    document = request([INVOICE, passport], "invoice", "papers")
    document["subdocuments"][1]["description"] = "Passport, identity card or driving licence"
    body = run_job("/v1/splits", document)
    assert [part["name"] for part in body["output"]] == ["invoice", "papers"]


def test_a_salutation_makes_a_letter(run_job: RunJob) -> None:
    letter = "Town hall\nSehr geehrte Damen und Herren,\nzu Ihrem Antrag fehlt ein Ausweis."
    kinds = ("application form", "id card", "letter")
    assert split(run_job, [letter], *kinds) == [("letter", [1])]
