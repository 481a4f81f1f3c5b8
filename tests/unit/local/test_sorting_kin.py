"""Documents that are much alike, or say little of what they are: credit notes, papers, orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.unit.local.conftest import page
from tests.unit.local.papers import pdf
from workers.documents import reader
from workers.documents.page import Page
from workers.documents.source import Source
from workers.local import beginnings, partitions, sorting, splits
from workers.local.evidence import Sorter
from workers.local.kinds import Kind

BUSINESS = [Kind("invoice"), Kind("credit note"), Kind("delivery note")]
WORDS = "Menge   Einzelpreis   Betrag\nMwSt. 19 %\nGesamtbetrag 12,00\nZahlbar sofort\n"
ROWS = "Bolt   2   1.00\nNut   3   2.00\n"


def verdict(text: str, kinds: Sequence[Kind] = BUSINESS) -> str:
    return kinds[sorting.classify([page(text)], kinds).kind].name


def drawn(title: str, *lines: str, size: float = 10) -> Page:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 1.5 * size)
        canvas.drawString(60, 780, title)
        canvas.setFont("Helvetica", size)
        for number, line in enumerate(lines):
            canvas.drawString(60, 740 - 20 * number, line)

    source = Source("a.pdf", pdf(draw), "pdf")
    return next(page for page, _ in reader.laid_out(source, dpi=150))


@pytest.mark.parametrize(
    "title",
    ["RECHNUNGS-KORREKTUR", "Korrekturrechnung", "Facture d'avoir", "Credit note", "Gutschrift"],
)
def test_a_credit_note_says_what_an_invoice_says_and_its_name(title: str) -> None:
    assert verdict(f"{title}\nRechnungswährung EUR\nLeistungsdatum 1.2.2024\n{WORDS}") == (
        "credit note"
    )


def test_an_invoice_beside_credit_notes_stays_one() -> None:
    assert verdict(f"Rechnung\n{WORDS}") == "invoice"
    assert verdict(WORDS) == "invoice"


def test_a_large_title_may_have_the_documents_number() -> None:
    title = "Rechnungskorrektur Nr. RK2101 vom 16.09.2024"
    lines = ("Rechnungen an uns gehen an das Postfach", *WORDS.splitlines())
    kind = sorting.classify([drawn(title, *lines)], BUSINESS).kind
    assert BUSINESS[kind].name == "credit note"


def test_of_a_compound_the_last_part_says_what_it_is() -> None:
    scores = Sorter([Kind("invoice")]).scores(page("Rechnungsrabatt"))
    assert not scores.evidence[0]


def test_a_research_paper_is_no_medical_record() -> None:
    kinds = [Kind("medical record", "A clinical note or result"), Kind("research paper")]
    text = "Sleep and work\nAbstract\nThis study records results.\nKeywords: sleep\nReferences\n"
    assert verdict(text, kinds) == "research paper"


def test_blanks_are_of_a_form() -> None:
    kinds = [Kind("letter"), Kind("form", "What has fields to be filled in")]
    text = "Anexo\nDon/Doña ____________________ con domicilio en ______________\n"
    assert verdict(text, kinds) == "form"


def test_a_kind_that_is_known_by_its_name_is_not_what_its_description_lists() -> None:
    kinds = [Kind("court document", "A judgment, transcript or other paper"), Kind("diploma")]
    assert verdict("Transcript\nDegree awarded to", kinds) == "diploma"


def bundle(*texts: str) -> list[tuple[str, tuple[int, ...]]]:
    pages = [page(text, number) for number, text in enumerate(texts, 1)]
    parts = splits.split(pages, BUSINESS, None)
    return [(BUSINESS[part.kind].name, part.pages) for part in parts]


def test_two_invoices_may_be_for_one_order() -> None:
    first, second = (
        f"Invoice\nInvoice number: A-{n}\nOrder number: B-77\n{ROWS}Total due: 8.00\n"
        for n in (17, 18)
    )
    assert bundle(first, second) == [("invoice", (1,)), ("invoice", (2,))]


def test_a_number_that_another_document_had_last_says_nothing_of_a_continuation() -> None:
    first = "Invoice\nInvoice number: A-17\nDelivery number: L-31\nTotal due: 8.00\n"
    second = f"Invoice\nInvoice number: A-18\n{ROWS}"
    rest = "Delivery number: L-32\nSubtotal 7.00\nVAT 1.00\nAmount due 8.00\n"
    assert bundle(first, second, rest) == [("invoice", (1,)), ("invoice", (2, 3))]


def test_other_sizes_of_letters_speak_for_another_document() -> None:
    first = drawn("Invoice", "Invoice number: A-17", *ROWS.splitlines())
    lines = ("Sundry remarks", "on a quantity of goods", "and their unit price")
    same, other = (drawn("Remarks", *lines, size=size) for size in (10, 7))
    sorter = Sorter(BUSINESS)
    begins = [
        beginnings.weights([first, after], [sorter.scores(first), sorter.scores(after)])[1]
        for after in (same, other)
    ]
    assert begins[1] > begins[0] + 1


def parted(key: str, *texts: str) -> list[tuple[str, tuple[int, ...]]]:
    pages = [page(text, number) for number, text in enumerate(texts, 1)]
    return [(part.value, part.pages) for part in partitions.partition(pages, key)]


def test_a_document_number_is_the_invoices_beside_others() -> None:
    first = "Invoice\nInvoice number: A-17\nTotal due: 8.00\nPage 1 of 1"
    second = "Invoice\nDocument no: BN2024\nCustomer no: 12345\nTotal due: 9.00\nPage 1 of 1"
    assert parted("invoice number", first, second) == [("A-17", (1,)), ("BN2024", (2,))]


def test_who_sent_a_document_is_found_by_its_letterhead() -> None:
    first = "Okapi Ltd\n7 Mill Lane\nYork YO1 7HH\n\nInvoice\nTotal 5.00\nPage 1 of 2"
    rest = "Total carried over 9.00\nPage 2 of 2"
    second = "Tapir Ltd\n3 High Street\nYork YO1 7HZ\n\nInvoice\nTotal 6.00\nPage 1 of 1"
    assert parted("supplier", first, rest, second) == [("Okapi Ltd", (1, 2)), ("Tapir Ltd", (3,))]


def test_a_mere_legal_form_is_nobodys_name() -> None:
    assert parted("supplier", "Invoice\nSupplier Ltd\nTotal 5.00") == []


def test_a_credit_note_with_its_invoices_number_is_a_document_of_its_own() -> None:
    first = drawn("INVOICE", "Invoice no. 118820", "Invoice date 18 June 2026", *ROWS.splitlines())
    second = drawn("CREDIT NOTE", "Our invoice no. 118820", "Date 24 June 2026", *ROWS.splitlines())
    found = splits.split([first, replace(second, number=2)], BUSINESS, None)
    assert [(BUSINESS[part.kind].name, part.pages) for part in found] == [
        ("invoice", (1,)),
        ("credit note", (2,)),
    ]
