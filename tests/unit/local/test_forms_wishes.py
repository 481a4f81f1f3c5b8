"""Boxes that sentences tick, and whom they are about."""

from __future__ import annotations

import pytest

from tests.unit.local.form_fields import box, filled, text
from workers.forms.fields import keyed

WISHES = keyed(
    [
        box("The gardener may enter without us"),
        box("Copy of the passport enclosed"),
        box("Yes", "Do you keep animals?"),
        box("No", "Do you keep animals?"),
        box("Mornings", "When?"),
        box("Evenings", "When?"),
    ]
)


@pytest.mark.parametrize(
    ("said", "ticked"),
    [
        (
            "Hello. Your gardener may come in when we are out.",
            {"the_gardener_may_enter_without_us"},
        ),
        ("I attach a copy of my passport.", {"copy_of_the_passport_enclosed"}),
        ("Adjunto una copia del pasaporte.", {"copy_of_the_passport_enclosed"}),
        ("The gardener may not enter without us.", set()),
        ("We keep no animals at all.", {"do_you_keep_animals_no"}),
        ("The garden has two gates, and the passport office is near.", set()),
    ],
)
def test_a_clause_ticks_the_box_that_it_means(said: str, ticked: set[str]) -> None:
    assert filled(said, WISHES) == dict.fromkeys(ticked, "true")


@pytest.mark.parametrize(
    ("said", "labels", "expected"),
    [
        ("Please prepare the sheet for Ada Roe.", ("Name", "Town"), {"name": "Ada Roe"}),
        ("Bitte f\u00fcllen Sie den Antrag f\u00fcr Ada Roe aus.", ("Nachname", "Vorname"),
         {"nachname": "Roe", "vorname": "Ada"}),
        ("Rellene la hoja para Luc\u00eda Gil Mar\u00edn.", ("Nombre", "Apellidos"),
         {"nombre": "Luc\u00eda", "apellidos": "Gil Mar\u00edn"}),
        ("We want to enrol our daughter Ada Roe.", ("Surname", "First name(s)"),
         {"surname": "Roe", "first_name_s": "Ada"}),
        ("This is an order for Roe Ltd.", ("Surname", "First name(s)"), {}),
        ("Prepare it for Monday.", ("Name",), {}),
    ],
)  # fmt: skip
def test_whom_a_text_is_about_is_named(
    said: str, labels: tuple[str, ...], expected: dict[str, str]
) -> None:
    assert filled(said, keyed([text(label) for label in labels])) == expected


def test_a_whole_address_is_written_in_its_parts() -> None:
    form = keyed([text("Stra\u00dfe, Hausnummer"), text("PLZ"), text("Wohnort")])
    assert filled("Sie wohnt in der Lindenallee 14, 15378 Herzfelde.", form) == {
        "strasse_hausnummer": "Lindenallee 14",
        "plz": "15378",
        "wohnort": "Herzfelde",
    }
