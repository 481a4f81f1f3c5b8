"""Whom a letter is to, and who signed it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT = {"type": ["string", "null"]}
UNTITLED = {**TEXT, "description": "Name without title"}
BODY = "We are glad to tell you more of the boat.\n\n"


def output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


@pytest.mark.parametrize(
    ("name", "wanted", "addressed", "value"),
    [
        ("applicant", UNTITLED, "Miss Ada Roe", "Ada Roe"),
        ("accountHolder", TEXT, "Mrs Ada Roe", "Mrs Ada Roe"),
        ("mieter", TEXT, "Eheleute\nIda und Jan Roe", "Ida und Jan Roe"),
        ("client", TEXT, "Monsieur et Madame Le Roe", "Monsieur et Madame Le Roe"),
    ],
)
def test_a_letter_is_to_the_name_with_a_title(
    name: str, wanted: dict[str, Any], addressed: str, value: str
) -> None:
    text = f"Okapi Boats\n\n{addressed}\nThe Old Quay\n\nDear all,\n\n{BODY}"
    assert output(schema(**{name: wanted}), text) == {name: value}


def test_several_may_be_addressed() -> None:
    wanted = schema(borrowers={"type": "array", "items": UNTITLED})
    text = f"Okapi Boats\n\nMr. Jan Roe and Mrs. Ada Mary Roe\nThe Old Quay\n\n{BODY}"
    assert output(wanted, text) == {"borrowers": ["Jan Roe", "Ada Mary Roe"]}


def test_a_title_in_a_sentence_addresses_nobody() -> None:
    text = f"Okapi Boats\n\nMrs Roe told us that it leaks.\n\n{BODY}"
    assert output(schema(applicant=TEXT), text) == {"applicant": None}


@pytest.mark.parametrize("closing", ["Yours sincerely,", "Mit freundlichen Grüßen"])
def test_who_signed_stands_below_the_closing(closing: str) -> None:
    text = f"{BODY}{closing}\nFor Okapi Boats Ltd.\n\n(Ada Ito-Roe)\nHead of Repairs"
    assert output(schema(signatory=TEXT), text) == {"signatory": "Ada Ito-Roe"}


def test_who_holds_an_office_stands_above_or_before_it() -> None:
    text = f'"It floats," said Ada Roe, President and Chief Executive Officer.\n\n{BODY}'
    assert output(schema(ceo=TEXT), text) == {"ceo": "Ada Roe"}
    text = f"{BODY}Jan Ito            Ada Roe\nTutor del curso    Directora académica"
    assert output(schema(directora=TEXT), text) == {"directora": "Ada Roe"}
    assert output(schema(director=TEXT), BODY) == {"director": None}
