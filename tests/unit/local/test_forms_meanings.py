"""Fields that are meant by other words than their labels', in any of the encoder's languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workers.forms import values
from workers.forms.fields import CHECKBOX, TEXT, Field, Place, keyed


def text(label: str, section: str = "") -> Field:
    return Field(label, TEXT, Place(1, 0.1, 0.1, 0.4, 0.03), section=section)


def box(label: str, group: str = "") -> Field:
    return Field(label, CHECKBOX, Place(1, 0.1, 0.1, 0.02, 0.02), group=group)


def filled(instructions: str, fields: list[Field]) -> dict[str, str]:
    found = values.of_instructions(instructions, fields)
    return {key: value for key, value in found.items() if value}


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
