"""Papers of clubs, schools, employers and courts, and kinds of which one is the narrower."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.unit.local.conftest import page
from workers.local import meanings, sorting
from workers.local.kinds import Kind
from workers.local.terms import terms

PAPERS = {
    "bylaws": "§ 1 Name und Sitz\nDie Mitgliederversammlung wählt den Vorstand.\nGeschäftsjahr",
    "membership form": "Hiermit erkläre ich meinen Beitritt\nJahresbeitrag\nLastschriftmandat",
    "motivation letter": "I am applying for the position.\nMy skills\nThe hiring manager",
    "sworn declaration": "I declare under penalty of perjury that\ntrue and correct\nexecuted on",
    "privacy policy": "We collect personal data.\nCookies\nThird parties\nYour rights",
    "house rules": "Guests must not smoke.\nNo noise at all times.\nMembers only",
    "resolution": "Whereas the council met\nTherefore be it resolved\nadopted",
    "syllabus": "Instructor\nOffice hours\nGrading\nMidterm\nAcademic integrity",
    "worksheet": "Problem 1\nSolve it.\nShow that the points lie there.\nHint",
    "request for quotation": "Bidders send sealed bids.\nClosing date\nEligibility",
    "proof of enrollment": "Matrikelnummer 17\nFachsemester 3\nist immatrikuliert",
    "job posting": "Wir suchen Sie\nDeine Aufgaben\nAnforderungen\nVollzeit",
    "reimbursement request": "Auslagen für das Fest\nErstattung auf\nBelege liegen bei",
}


def verdict(text: str, kinds: Sequence[Kind]) -> str:
    return kinds[sorting.classify([page(text)], kinds).kind].name


@pytest.mark.parametrize("kind", PAPERS)
def test_bare_names_are_enough(kind: str) -> None:
    assert verdict(PAPERS[kind], [Kind("letter"), *map(Kind, PAPERS), Kind("form")]) == kind


def test_of_two_kinds_with_one_name_the_narrower_is_meant() -> None:
    for name in ("packing list", "certificate of insurance", "discharge summary"):
        meant = meanings.named_in(terms(name))
        assert meant is not None
        assert meant.kind == name
