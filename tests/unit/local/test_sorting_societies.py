"""Papers of clubs, schools, employers and courts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.unit.local.conftest import page
from workers.local import sorting
from workers.local.kinds import Kind

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
