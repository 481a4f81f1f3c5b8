"""Fields of one name under several headings; ways, rows and people told in sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.local.form_fields import box, filled, text
from workers.forms import matching, wording
from workers.forms.fields import Field, keyed


def under(headings: tuple[str, ...], labels: tuple[str, ...]) -> list[Field]:
    return keyed([text(label, heading) for heading in headings for label in labels])


SALE = under(("SELLER'S VEHICLE", "BUYER'S VEHICLE"), ("Make", "Registration"))
LEASE = under(("Vermieter", "Mieter"), ("Name", "Geburtsort", "Geburtsdatum"))


def test_a_line_is_for_the_heading_whose_word_it_has() -> None:
    said = "Buyer registration: AB12 CDE\nSeller make: Fiat\nSeller registration: XY9 ZZZ"
    assert filled(said, SALE) == {
        "buyer_s_vehicle_registration": "AB12 CDE",
        "seller_s_vehicle_make": "Fiat",
        "seller_s_vehicle_registration": "XY9 ZZZ",
    }


def test_who_is_told_by_a_heading_has_the_name_under_it() -> None:
    said = "Der Mieter ist Jonas Brandt, geboren am 3. Mai 1990 in Bonn."
    assert filled(said, LEASE)["mieter_name"] == "Jonas Brandt"


@pytest.mark.parametrize(
    ("said", "born", "place"),
    [
        ("Carla Sforza, nata a Pavia il 3 maggio 1990.", "3 maggio 1990", "Pavia"),
        ("Carla Sforza, nata il 3 maggio 1990 a Pavia.", "3 maggio 1990", "Pavia"),
    ],
)
def test_when_and_where_somebody_was_born(said: str, born: str, place: str) -> None:
    form = keyed([text("Data di nascita"), text("Luogo di nascita")])
    assert filled(said, form) == {"data_di_nascita": born, "luogo_di_nascita": place}


def test_a_way_fills_the_two_places_for_its_ends() -> None:
    form = keyed([text("From (airport)"), text("To (airport)"), text("Date from")])
    way = {"from_airport": "Leeds Bradford", "to_airport": "Cork"}
    assert filled("I flew from Leeds Bradford to Cork.", form) == way
    assert filled("From: Leeds Bradford\nTo: Cork", form) == way


def test_a_name_alone_is_a_persons_who_is_asked_for_in_more_words() -> None:
    form = keyed([text("Name of person insured"), text("Name of your bank")])
    assert filled("Name: Ada Roe", form) == {"name_of_person_insured": "Ada Roe"}


def test_rows_are_told_by_their_number() -> None:
    columns = ("Day", "Visited", "Bill no", "Price (£)")
    form = keyed([text(label, row=row) for row in (1, 2, 3) for label in columns])
    said = (
        "First visit: 4 May 2025, Leeds depot, bill no. 17, 12.50. "
        "Second visit: 5 May 2025, York depot, bill no. 18, 9.00."
    )
    found = filled(said, form)
    assert found["visited"] == "Leeds depot"
    assert found["bill_no"] == "17"
    assert found["visited_2"] == "York depot"
    assert found["day_2"] == "5 May 2025"


@pytest.mark.parametrize(
    ("said", "choices", "expected"),
    [
        ("My claim is about a theft.", ("Theft or loss", "Fire", "Flood"), "Theft or loss"),
        ("Sono sposata.", ("Celibe/nubile", "Sposato/a", "Vedovo/a"), "Sposato/a"),
        ("Wants the copy of the will.", ("Copy of the will", "Copy of the deed"),
         "Copy of the will"),
    ],
)  # fmt: skip
def test_a_choice_is_told_by_one_of_its_names(
    said: str, choices: tuple[str, ...], expected: str
) -> None:
    form = keyed([box(choice, "Claim") for choice in choices])
    ticked = [field.choice for field in form if field.key in filled(said, form)]
    assert ticked == [expected]


def test_one_is_a_count_before_it_is_a_yes() -> None:
    form = keyed([text("Number of bedrooms in the house")])
    assert list(filled("Number of bedrooms: 1", form).values()) == ["1"]


def test_a_short_word_behind_a_blank_goes_on_with_its_name() -> None:
    form = keyed([text("Fait \u00e0"), text("le")])
    said = "Fait \u00e0 : Nantes\nFait le : 3 mai 2025"
    assert filled(said, form) == {"fait_a": "Nantes", "le": "3 mai 2025"}


def test_who_says_whose_mother_she_is_is_the_parent() -> None:
    child = text("Name", "1 Pupil")
    form = keyed([child, text("Full name", "2 Parent or guardian"),
                  text("Relationship to pupil", "2 Parent or guardian")])  # fmt: skip
    found = filled("I am Nora Quill, his mother. He has a nut allergy.", form)
    assert found == {"full_name": "Nora Quill", "relationship_to_pupil": "mother"}


def test_place_and_date_of_signing_are_no_town() -> None:
    form = keyed([text("Wohnort"), text("Ort, Datum")])
    assert filled("Ort: Jena", form) == {"wohnort": "Jena"}


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("It is for May Chu. Send it to her.", 2),
        ("Ask Dr. Roe of St. Ives.", 1),
        ("She knows Wu. She called.", 2),
        ("Passport no. C77. It was late.", 2),
        ("Documento n. C77 rilasciato.", 1),
    ],
)
def test_where_sentences_end(said: str, parts: int) -> None:
    assert len(wording.SENTENCE_END.split(said)) == parts


def test_what_is_put_next_to_a_name_is_not_its_value() -> None:
    form = keyed([text("Signature"), replace(text("Colour"), key="")])
    assert filled("Put the stamp next to the signature.", form) == {}


def test_a_town_is_no_whole_address() -> None:
    form = keyed([text("Name"), text("Wohnort")])
    assert filled("Sie wohnt in Mühlweg 3, 07743 Jena.", form).get("wohnort") in (None, "Jena")


def test_sentences_go_on_with_whom_they_are_about() -> None:
    form = under(("First vehicle", "Other vehicle"), ("Registration number", "Insurer"))
    said = (
        "The other vehicle has the registration number XY34 ZZZ. Its insurer is Zurich. "
        "The first vehicle has the registration number AB12 CDE and the insurer is Aviva."
    )
    assert filled(said, form) == {
        "first_vehicle_registration_number": "AB12 CDE",
        "first_vehicle_insurer": "Aviva",
        "other_vehicle_registration_number": "XY34 ZZZ",
        "other_vehicle_insurer": "Zurich",
    }


@pytest.mark.parametrize(
    ("said", "street", "postcode", "town"),
    [
        ("Sie wohnt in der Lindenstraße 5, 04109 Leipzig.", "Straße", "PLZ", "Ort"),
        ("Nous habitons 14 rue Pasteur, 69007 Lyon.", "Adresse", "Code postal", "Ville"),
        ("Vive en la calle Mayor 12, 28013 Madrid.", "Domicilio", "Código postal", "Localidad"),
        ("Abita in via Mazzini 7, 37121 Verona.", "Indirizzo", "CAP", "Comune"),
    ],
)
def test_where_somebody_lives(said: str, street: str, postcode: str, town: str) -> None:
    found = list(filled(said, keyed([text(street), text(postcode), text(town)])).values())
    assert len(found) == 3
    assert said.endswith(f"{found[0]}, {found[1]} {found[2]}.")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Je suis sa mère, Nora Petit, et j'accepte.", ["Nora Petit", "mère"]),
        ("Je suis son père, Jean Petit.", ["Jean Petit", "père"]),
    ],
)
def test_who_signs_for_a_child(said: str, expected: list[str]) -> None:
    form = [text("Nom et prénom", "Responsable légal"), text("Lien de parenté")]
    assert list(filled(said, keyed(form)).values()) == expected


def test_a_name_beside_a_first_name_is_the_last() -> None:
    form = keyed([text("Name"), text("Vorname")])
    assert filled("Bitte den Antrag für Frau Dr. Ida Kern ausfüllen.", form) == {
        "name": "Kern",
        "vorname": "Ida",
    }


def test_an_account_is_no_telephone_and_a_value_ends_before_a_day() -> None:
    form = keyed([text("IBAN"), text("Teléfono"), text("Nato a")])
    said = "Paga desde ES91 2100 0418 4502 0005 1332. Era nato a Verona il 9 giugno 1968."
    assert filled(said, form) == {"iban": "ES91 2100 0418 4502 0005 1332", "nato_a": "Verona"}


def test_beyond_what_can_be_compared_the_very_same_names_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(matching, "MAX_COMPARED", 0)
    form = keyed([text("Shoe size"), text("Hat")])
    assert filled("Shoe size: 42", form) == {"shoe_size": "42"}
