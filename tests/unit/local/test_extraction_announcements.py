"""Press releases, certificates, and choices that sentences give."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
DATE = {"type": ["string", "null"], "format": "date"}
YES = {"type": ["boolean", "null"]}
RELEASE = "LYON, March 3, 2025 - Okapi Foods Corporation (NYSE: OKPF) today announced its results."


def choice(*options: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(options)}


def output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


def test_a_press_release_begins_with_who_and_when() -> None:
    wanted = schema(company=TEXT, ticker=TEXT, release_date=DATE)
    text = f"Okapi Foods Reports Results\n\n{RELEASE}\nThe quarter ended February 1, 2025.\n"
    assert output(wanted, text) == {
        "company": "Okapi Foods Corporation",
        "ticker": "OKPF",
        "release_date": "2025-03-03",
    }
    assert output(schema(ticker=TEXT), "The shop (open: MON) is shut.") == {"ticker": None}


@pytest.mark.parametrize("award", ["Awarded to", "This is to certify that", "Se otorga a"])
def test_a_certificate_says_whom_it_is_for(award: str) -> None:
    text = f"OKAPI ACADEMY\n\n{award}\n\nAda Ito Roe\n\nfor a course in sailing"
    assert output(schema(student=TEXT), text) == {"student": "Ada Ito Roe"}


def test_a_document_is_of_the_day_it_was_issued() -> None:
    text = "Okapi Verwaltung\nMill Lane 3, 88212 Ravensburg      Ravensburg, 22.05.2025\n"
    assert output(schema(erstelltAm=DATE), text) == {"erstelltAm": "2025-05-22"}
    text = "From: Ada Roe <ada@okapi.example>\nDate: Tue, 11 Nov 2025 20:47:13 -0600\n\nHello,"
    assert output(schema(sent_on=DATE), text) == {"sent_on": "2025-11-11"}


@pytest.mark.parametrize(
    ("name", "wanted", "text", "value"),
    [
        ("offerType", choice("final", "conditional"), "This offer is conditional.", "conditional"),
        ("freight_terms", choice("PREPAID", "COLLECT"), "CLEAN  FREIGHT COLLECT", "COLLECT"),
        ("refundable", YES, "Non-refundable. Changes cost 20.00.", False),
        ("betriebZulaessig", YES, "Mängel. Der Betrieb ist zulässig.", True),
        ("betriebZulaessig", YES, "Mängel. Der Betrieb ist nicht zulässig.", False),
        ("refundable", YES, "It is refundable only if your boat sinks.", None),
    ],
)
def test_a_sentence_may_choose(name: str, wanted: dict[str, Any], text: str, value: object) -> None:
    assert output(schema(**{name: wanted}), text) == {name: value}


def test_of_two_options_in_sentences_neither_is_chosen() -> None:
    text = "This offer is conditional. The other offer is provisional."
    wanted = schema(offer_type=choice("provisional", "conditional"))
    assert output(wanted, text) == {}


def test_a_telephone_number_is_known_by_its_groups() -> None:
    text = "The best number to reach me is\n913-555-0155, after noon."
    assert output(schema(callback_phone=TEXT), text) == {"callback_phone": "913-555-0155"}


def test_a_total_of_what_is_paid_is_the_total() -> None:
    text = "Base fare   EUR 318.14\nTotal   EUR 382.30"
    assert output(schema(base_fare=NUMBER, total_fare=NUMBER), text) == {
        "base_fare": 318.14,
        "total_fare": 382.3,
    }
