"""Values out of instructions: lists, sentences, boxes; and nothing that was not said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.forms import values
from workers.forms.fields import CHECKBOX, TEXT, Field, Place, keyed

SOMEWHERE = Place(1, 0.1, 0.1, 0.2, 0.02)


def text(label: str, *options: str) -> Field:
    return Field(label, TEXT, SOMEWHERE, options=options)


def box(label: str, group: str = "") -> Field:
    return Field(label, CHECKBOX, SOMEWHERE, group=group)


FORM = keyed(
    [
        text("Full name"),
        text("Date of birth (DD/MM/YYYY)"),
        text("E-mail address"),
        text("Telephone"),
        text("City"),
        text("Country"),
        text("Company"),
        text("Comments"),
        box("Newsletter"),
        box("I agree to the terms and conditions"),
        box("male", "Gender"),
        box("female", "Gender"),
    ]
)
KEYS = {
    "name": "full_name",
    "born": "date_of_birth_dd_mm_yyyy",
    "mail": "e_mail_address",
    "phone": "telephone",
    "terms": "i_agree_to_the_terms_and_conditions",
    "female": "gender_female",
}


def said(instructions: str, form: list[Field] = FORM) -> dict[str, str]:
    found = values.of_instructions(instructions, form)
    assert set(found) == {field.key for field in form}
    return {key: value for key, value in found.items() if value is not None}


@pytest.mark.parametrize(
    ("instructions", "expected"),
    [
        ("Name: Ada Lovelace", {"name": "Ada Lovelace"}),
        ("name = Ada\ncity=London", {"name": "Ada", "city": "London"}),
        ("- **Full name**: Ada\n- E-mail: a@b.c", {"name": "Ada", "mail": "a@b.c"}),
        ("1. City: York\n2. Country: UK", {"city": "York", "country": "UK"}),
        ("Full name - Ada\nCity\tParis\nCountry | FR",
         {"name": "Ada", "city": "Paris", "country": "FR"}),
        ("Name: Ada, City: London; Country = UK",
         {"name": "Ada", "city": "London", "country": "UK"}),
        ("Comments: either, or: both", {"comments": "either, or: both"}),
        ("Comments:\nsee the letter\nCity: York", {"comments": "see the letter", "city": "York"}),
        ("Comments: I was there. It rained.", {"comments": "I was there. It rained."}),
        ("Date of birth: 12.05.1990", {"born": "12.05.1990"}),
        ("Company: https://example.org:80/a", {"company": "https://example.org:80/a"}),
        ('{"full_name": "Ada", "newsletter": true, "age": 3}',
         {"name": "Ada", "newsletter": "true"}),
        ('{"person": {"city": "York"}}', {"city": "York"}),
    ],
)  # fmt: skip
def test_lists(instructions: str, expected: dict[str, str]) -> None:
    assert said(instructions) == {KEYS.get(key, key): value for key, value in expected.items()}


@pytest.mark.parametrize(
    ("instructions", "expected"),
    [
        ("Set the name to Ada Lovelace and tick the newsletter box",
         {"name": "Ada Lovelace", "newsletter": "true"}),
        ("The date of birth is 12 May 1990.", {"born": "12/05/1990"}),
        ("My name is Ada Lovelace and I live in London.",
         {"name": "Ada Lovelace", "city": "London"}),
        ("Set the name to Marks and Spencer, the city to Leeds and the country to UK",
         {"name": "Marks and Spencer", "city": "Leeds", "country": "UK"}),
        ("Put 'Smith, Son and Co.' into the company field, write York for city",
         {"company": "Smith, Son and Co.", "city": "York"}),
        ("Please enter Berlin as the city; use Ada as name", {"city": "Berlin", "name": "Ada"}),
        ("His name is Dr. John Smith, and his email is j@s.com.",
         {"name": "Dr. John Smith", "mail": "j@s.com"}),
        ("I was born on 3 March 1990. My phone number is 555 1234!",
         {"born": "03/03/1990", "phone": "555 1234"}),
        ("name Ada Lovelace, email ada@x.org, phone 555-1234",
         {"name": "Ada Lovelace", "mail": "ada@x.org", "phone": "555-1234"}),
        ("The company should be Foo, Bar and Sons", {"company": "Foo, Bar and Sons"}),
        ("Fill in the city with San José", {"city": "San José"}),
        ("Change “City” to “Porto”", {"city": "Porto"}),
    ],
)  # fmt: skip
def test_sentences(instructions: str, expected: dict[str, str]) -> None:
    assert said(instructions) == {KEYS.get(key, key): value for key, value in expected.items()}


@pytest.mark.parametrize(
    ("instructions", "expected"),
    [
        ("Newsletter: yes", {"newsletter": "true"}),
        ("newsletter: no", {"newsletter": "false"}),
        ("Newsletter = X", {"newsletter": "true"}),
        ("Check the newsletter and terms and conditions boxes",
         {"newsletter": "true", "terms": "true"}),
        ("Untick newsletter", {"newsletter": "false"}),
        ("Do not tick the newsletter box.", {"newsletter": "false"}),
        ("The newsletter box is checked", {"newsletter": "true"}),
        ("I agree to the terms and conditions.", {"terms": "true"}),
        ("I don't want the newsletter", {"newsletter": "false"}),
        ("Tick the terms box", {"terms": "true"}),
        ("Gender: female", {"female": "true"}),
        ("The gender is female", {"female": "true"}),
        ("Select female", {"female": "true"}),
    ],
)  # fmt: skip
def test_boxes(instructions: str, expected: dict[str, str]) -> None:
    assert said(instructions) == {KEYS.get(key, key): value for key, value in expected.items()}


@pytest.mark.parametrize(
    "instructions",
    [
        "Fill in this form, please.",
        "Company name of my mother: Foo. Date: 5 May.",
        "Leave the city blank.",
        "City: blank",
        "The weather is fine and the train is late.",
        "Newsletter: perhaps",
        "Phone the office at noon, name the price, city by city.",
        "::: = = - | \t :",
        "{",
        "[]",
        "{}",
        ".",
    ],
)
def test_what_is_not_said_stays_empty(instructions: str) -> None:
    assert said(instructions) == {} or set(said(instructions)) == {"company"}


def test_the_last_word_counts() -> None:
    assert said("City: York\nCity: Leeds")["city"] == "Leeds"


def test_of_fields_with_one_name_the_first_that_is_empty_is_meant() -> None:
    form = keyed([text("Name"), text("Name"), text("Item")])
    assert said("Name: Ada\nName: Grace", form) == {"name": "Ada", "name_2": "Grace"}
    assert said("name_2: Grace", form) == {"name_2": "Grace"}
    assert said("Item 3: bolt", form) == {}


def test_a_whole_name_fills_its_parts_where_only_these_are_asked_for() -> None:
    form = keyed([text("First name"), text("Surname")])
    expected = {"first_name": "Ada King", "surname": "Lovelace"}
    assert said("My name is Ada King Lovelace", form) == expected


def test_a_choice_is_one_of_its_options_or_nothing() -> None:
    form = keyed([text("Colour", "Dark red", "Green")])
    assert said("Colour: dark-red", form) == {"colour": "Dark red"}
    assert said("Colour: blue", form) == {}


def test_small_mistakes_in_names_are_forgiven() -> None:
    form = keyed([text("Delivery address"), text("Purchase order")])
    expected = {"delivery_address": "Leeds", "purchase_order": "4711"}
    assert said("Delivery adress: Leeds\nPurchase oder: 4711", form) == expected


def test_others_values_are_put_as_far_as_they_fit() -> None:
    answer = {"newsletter": True, "city": " York ", "country": None, "age": "3", "full_name": ""}
    found = {field.key: field.value for field in values.put(FORM, answer) if field.value}
    assert found == {"newsletter": "true", "city": "York"}


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_taken(instructions: str) -> None:
    said(instructions)


@pytest.mark.slow
def test_long_instructions_and_large_forms_are_read_in_time() -> None:
    form = keyed([text(f"Question {n} about topic {n % 17}") for n in range(2000)])
    lines = [f"question {n} about topic {n % 17}: answer {n}, and more" for n in range(0, 2000, 4)]
    found = said("\n".join(lines), form)
    assert len(found) == 500
    said("a and b, c; " * 8000, form)
    said("is " * 33_000, FORM)


def _in_row(label: str, top: float, *lefts: float) -> list[Field]:
    return [Field(label, TEXT, Place(1, left, top, 0.1, 0.02)) for left in lefts]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("123-45-6789", ["123", "45", "6789", None, None, None]),
        ("123 / 45 / 6789", ["123", "45", "6789", None, None, None]),
        ("123456789", ["123456789", None, None, None, None, None]),
        ("123-45", ["123-45", None, None, None, None, None]),
        ("Ada Mary Roe", ["Ada Mary Roe", None, None, None, None, None]),
    ],
)
def test_a_number_in_parts_is_written_in_places_of_one_name(
    value: str, expected: list[str | None]
) -> None:
    label = "Social security number"
    lefts = (0.1, 0.22, 0.34)
    form = keyed([*_in_row(label, 0.1, *lefts), *_in_row(label, 0.3, *lefts)])
    found = values.of_instructions(f"{label}: {value}", form)
    assert [found[field.key] for field in form] == expected


def test_the_first_words_of_a_long_label_name_its_field() -> None:
    form = keyed(
        [
            text("1 Name (as on your return). Name is required on this line; leave it not blank"),
            text("2 Business name/disregarded entity name, if different from above"),
            text("5 Address (number, street, and apt. or suite no.) See instructions"),
            text("Name"),
        ]
    )
    said = "Name: Ada\nBusiness name: Roe LLC\nAddress: 7 Mill Lane"
    found = list(values.of_instructions(said, form).values())
    assert found == [None, "Roe LLC", "7 Mill Lane", "Ada"]
    assert list(values.of_instructions("Name: Ada", form[:3]).values()) == ["Ada", None, None]


def test_places_far_apart_that_have_one_name_are_several_peoples() -> None:
    form = keyed(_in_row("Date of birth", 0.1, 0.1, 0.4, 0.7))
    found = values.of_instructions("Date of birth: 3/4/2024", form)
    assert list(found.values()) == ["3/4/2024", None, None]


@pytest.mark.parametrize(
    "label", ["Name of your employer", "Name, address and phone of employer", "Name/Title of agent"]
)
def test_the_first_word_of_somebody_elses_label_is_not_enough(label: str) -> None:
    assert set(values.of_instructions("Name: Ada Roe", keyed([text(label)])).values()) == {None}
