"""Papers of offices of all sorts are told by their words, where they do not say what they are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.unit.local.conftest import page
from workers.local import sorting, splits
from workers.local.kinds import Kind

OFFICES = (
    "menu",
    "patent",
    "packing_list",
    "delivery_note",
    "explanation_of_benefits",
    "insurance_claim_form",
    "police_report",
    "court_opinion",
    "court_filing",
    "datasheet",
    "lab_report",
    "discharge_summary",
    "boarding_pass",
    "work_order",
)
PAPERS = {
    "menu": "The Old Mill\nStarters\nTomato soup  6\nGarlic bread  5\nMains\nGrilled fish  19",
    "patent": "An apparatus comprising a lever\nInventor: J. Doe\nWhat is claimed is\nprior art",
    "packing_list": "Carton no  Gross weight\n1  12 kg\nMarks and numbers\nPacked by: J. Doe",
    "explanation_of_benefits": "Amount billed  Allowed amount  Plan paid\nPatient responsibility",
    "police_report": "Reporting officer: J. Doe\nSuspect\nVictim\nNarrative of the offense",
    "court_opinion": "The appellant contends this.\nWe hold otherwise.\nAffirmed. Circuit judge",
    "court_filing": "Attorneys for plaintiff\nCause of action\nPrayer for relief",
    "datasheet": "Absolute maximum ratings\nSupply voltage  5 V\nPin configuration",
    "lab_report": "Specimen  Reference range\nHemoglobin 14 g/dl\nPlatelets 200",
    "discharge_summary": "Date of admission 1 May\nHospital course\nDischarge medications",
    "boarding_pass": "Passenger DOE/J\nFlight XY 12  Gate B4  Seat 3A\nBoarding time 9:40",
    "work_order": "Technician: J. Doe\nWork performed: valve changed\nCompleted by",
}


def verdict(kinds: Sequence[Kind], text: str) -> str:
    return kinds[sorting.classify([page(text)], kinds).kind].name


def split(kinds: Sequence[Kind], *texts: str) -> list[tuple[str, tuple[int, ...]]]:
    pages = [page(text, number) for number, text in enumerate(texts, 1)]
    return [(kinds[part.kind].name, part.pages) for part in splits.split(pages, kinds, None)]


@pytest.mark.parametrize("kind", PAPERS)
def test_bare_names_are_enough(kind: str) -> None:
    assert verdict([Kind(name) for name in OFFICES], PAPERS[kind]) == kind


def test_words_of_any_text_say_little_although_a_description_has_them() -> None:
    kinds = [
        Kind("pond plan", "A page that people use"),
        Kind("hut register", "Of sheds with their hinges"),
    ]
    text = "People use this page\nhinges and sheds"
    assert verdict(kinds, text) == "hut register"


def test_a_heading_alone_makes_no_document_of_another_kind() -> None:
    kinds = [Kind("explanation of benefits"), Kind("receipt")]
    text = "CORRESPONDENCE\n\nProvider  Copay  Deductible\nClaim number 7"
    assert split(kinds, text) == [("explanation of benefits", (1,))]
    letter = "CORRESPONDENCE\n\nDear Mr Smith,\nI am writing to you.\nYours sincerely, kind regards"
    assert split(kinds, letter) == []


def test_words_alone_make_no_document_of_another_kind_so_soon() -> None:
    kinds = [Kind("receipt"), Kind("patent")]
    text = "Cash  Cashier 7\nCheese, soup and garlic bread, grilled"
    assert split(kinds, text) == [("receipt", (1,))]
    assert split(kinds, f"MENU\n{text}") == []


def test_a_broader_kind_that_nobody_asked_for_takes_no_narrower_one() -> None:
    kinds = [Kind("utility bill"), Kind("menu")]
    bill = "FACTURE\n\nConsommation 310 kWh\nCompteur 4711\nTVA\nTotal TTC 99,00"
    assert split(kinds, bill) == [("utility bill", (1,))]


def test_an_abbreviation_over_a_box_is_no_title() -> None:
    kinds = [Kind("purchase order"), Kind("bill of lading")]
    text = "PO\n\nShipper: Doe Ltd\nConsignee: Roe Ltd\nFreight collect\nBill of lading number 7"
    assert verdict(kinds, text) == "bill of lading"
