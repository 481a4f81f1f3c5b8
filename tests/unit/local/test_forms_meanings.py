"""Fields that are meant by other words than their labels', in any of the encoder's languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.local.form_fields import box, filled, text
from workers.forms.fields import keyed

BOOKING = keyed(
    [
        text("Lead traveller"),
        text("Date of birth"),
        text("Vehicle registration"),
        text("User name (login)"),
        text("Invoice reference"),
        text("Number of guests"),
        text("Why did you choose us?"),
        box("Send me offers by e-mail"),
        box("I have read the house rules"),
        box("Yes", "Do you bring a dog?"),
        box("No", "Do you bring a dog?"),
        text("Signature"),
    ]
)
JOINING = keyed(
    [
        text("Geburtsdatum"),
        text("Wohnort"),
        text("Arbeitgeber"),
        box("Ich möchte den Rundbrief erhalten"),
        box("Ja", "Haben Sie Haustiere?"),
        box("Nein", "Haben Sie Haustiere?"),
    ]
)


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("Born: 3 May 1988", "date_of_birth", "3 May 1988"),
        ("Car reg: AB12 CDE", "vehicle_registration", "AB12 CDE"),
        ("Login: adaroe", "user_name_login", "adaroe"),
        ("Invoice ref. = PO-7", "invoice_reference", "PO-7"),
        ("How many people - 4", "number_of_guests", "4"),
        ("Reason for choosing us: the garden", "why_did_you_choose_us", "the garden"),
        ("House rules read: yes", "i_have_read_the_house_rules", "true"),
        ("Dogs: no", "do_you_bring_a_dog_no", "true"),
    ],
)
def test_a_line_fills_the_field_that_its_name_means(line: str, key: str, value: str) -> None:
    assert filled(line, BOOKING) == {key: value}


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("Geboren am: 3.5.1988", "geburtsdatum", "3.5.1988"),
        ("Firma, in der ich arbeite: Roe GmbH", "arbeitgeber", "Roe GmbH"),
        ("Rundbrief: ja", "ich_mochte_den_rundbrief_erhalten", "true"),
        ("Date of birth: 3 May 1988", "geburtsdatum", "3 May 1988"),
    ],
)
def test_a_line_may_be_in_another_language_than_the_form(line: str, key: str, value: str) -> None:
    assert filled(line, JOINING) == {key: value}


@pytest.mark.parametrize(
    "line",
    [
        "Shoe size: 43",
        "Favourite dish: soup",
        "Born: in a small village",  # no date
        "Car reg: yes",  # nothing to write
        "From: Ada <ada@x.org>",
    ],
)
def test_a_line_that_means_no_field_or_does_not_fit_fills_nothing(line: str) -> None:
    assert filled(line, BOOKING) == {}


def test_lines_are_given_to_fields_together() -> None:
    form = keyed([text("Visitor name"), text("Person visited"), text("Visit date")])
    assert filled("Visiting: Tom Roe\nVisitor: Ada Roe\nDay of the visit: 3 May 2025", form) == {
        "visitor_name": "Ada Roe",
        "person_visited": "Tom Roe",
        "visit_date": "3 May 2025",
    }


def test_a_section_tells_whose_a_field_is() -> None:
    form = keyed([text("Surname", "1 The child"), text("Full name", "2 Parent or guardian")])
    assert filled("Child family name: Roe\nMother's whole name: Ada Doe", form) == {
        "surname": "Roe",
        "full_name": "Ada Doe",
    }


def test_fields_that_mean_the_same_stay_empty() -> None:
    form = keyed([text("Spouse's employer", "A"), text("Employer of spouse", "B")])
    assert filled("Workplace: Roe Ltd", form) == {}


def test_what_was_filled_in_is_not_changed() -> None:
    form = [replace(field) for field in BOOKING]
    found = filled("Date of birth: 3 May 1988\nBorn: 4 May 1988", form)
    assert found == {"date_of_birth": "3 May 1988"}


HIRING = keyed(
    [
        text("Employer"),
        text("Date of birth"),
        text("Vehicle registration"),
        text("Office / room"),
        text("Language spoken at home"),
        text("What did you enjoy most?"),
        text("Return by"),
        text("Monthly rent"),
        text("Person visited"),
        text("Ticket number"),
        text("Assigned to", "Service desk use"),
    ]
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("She works at Leeds City Council.", {"employer": "Leeds City Council"}),
        ("Mein Arbeitgeber ist die Roe GmbH.", {"employer": "Roe GmbH"}),
        ("He came by car, registration AB12 CDE.", {"vehicle_registration": "AB12 CDE"}),
        ("I sit in room B2.118.", {"office_room": "B2.118"}),
        ("At home we speak Igbo.", {"language_spoken_at_home": "Igbo"}),
        (
            "Thanks. What I liked most: the long walks.",
            {"what_did_you_enjoy_most": "the long walks"},
        ),
        ("She must bring it back by 24 March 2025.", {"return_by": "24 March 2025"}),
        ("La renta es de 780 euros.", {"monthly_rent": "780 euros"}),
        ("Est\u00e1 de visita con Linda Farrow.", {"person_visited": "Linda Farrow"}),
    ],
)
def test_a_sentence_fills_the_field_that_it_means(sentence: str, expected: dict[str, str]) -> None:
    assert filled(sentence, HIRING) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "We have two cats, by the way.",
        "He was given badge number 47.",  # a number, and not the ticket's
        "My account number is 31926819.",
        "It was issued by Brian Tully.",  # the desk's own
        "She does not work at Leeds City Council.",
        "My birth certificate is attached.",
        "Please take 42.50 each time.",
    ],
)
def test_a_sentence_that_means_no_field_fills_nothing(sentence: str) -> None:
    assert filled(sentence, HIRING) == {}
