"""Who is who in sentences: for whom somebody writes, who writes, and what others are."""

from __future__ import annotations

import pytest

from tests.unit.local.form_fields import box, filled, text
from workers.forms import roles
from workers.forms.fields import keyed

SCHOOL = keyed(
    [
        text("Child's full name"),
        box("Girl", "Sex"),
        box("Boy", "Sex"),
        text("Name of parent or guardian"),
        text("Relationship to child"),
        text("Allergies"),
    ]
)
OFFICE = keyed(
    [
        text("Name"),
        text("Department"),
        text("Manager"),
        text("Contact person"),
        text("Business address"),
        text("Deputy during absence"),
    ]
)
CHILD, PARENT, KIN = "child_s_full_name", "name_of_parent_or_guardian", "relationship_to_child"


@pytest.mark.parametrize(
    "instructions",
    [
        "I'd like to enrol my daughter Ada Jane Roe. I am her mother, Eve Roe. "
        "Ada is allergic to nuts.",
        "My daughter's name is Ada Jane Roe. My name is Eve Roe and I am the child's mother. "
        "She is allergic to nuts.",
        "I am Eve Roe, the mother of Ada. My daughter Ada Jane Roe is new. "
        "Ada is allergic to nuts.",
    ],
)
def test_tells_a_child_from_who_writes_for_it(instructions: str) -> None:
    assert filled(instructions, SCHOOL) == {
        CHILD: "Ada Jane Roe",
        "sex_girl": "true",
        PARENT: "Eve Roe",
        KIN: "mother",
        "allergies": "nuts",
    }


def test_a_child_is_no_parent() -> None:
    assert filled("Please register my son Tom Roe.", SCHOOL) == {
        CHILD: "Tom Roe",
        "sex_boy": "true",
    }
    fields = keyed([text("Name of parent or guardian"), text("School")])
    assert filled("Please register my son Tom Roe.", fields) == {}


def test_of_two_children_neither_is_taken() -> None:
    assert roles.ward("I register my son Tom Roe and my daughter Ada Roe.") is None


def test_leaves_named_values_as_they_are() -> None:
    ward = roles.Ward("Ada Roe", "daughter")
    told = "Notes: Ada is shy. Ada is six.\nAda is shy."
    assert roles.with_pronouns(told, ward) == "Notes: Ada is shy. Ada is six.\nShe is shy."


@pytest.mark.parametrize(
    ("instructions", "key", "expected"),
    [
        ("Please write to Ada Roe, she is the contact person.", "contact_person", "Ada Roe"),
        ("Ada Roe is our contact person.", "contact_person", "Ada Roe"),
        ("My manager is Ada Roe, who has agreed.", "manager", "Ada Roe"),
        ("Ask my manager, Ada Roe.", "manager", "Ada Roe"),
        ("Ada Roe will be my deputy while I am away.", "deputy_during_absence", "Ada Roe"),
        ("I'm Ada Roe from Quality Assurance.", "department", "Quality Assurance"),
        ("I work in Quality Assurance.", "department", "Quality Assurance"),
        (
            "The business address is 4 Mill Lane, Leeds LS1 5AB.",
            "business_address",
            "4 Mill Lane, Leeds LS1 5AB",
        ),
        (
            "Our address is Havnevej 21, 4600 K\u00f8ge.",
            "business_address",
            "Havnevej 21, 4600 K\u00f8ge",
        ),
    ],
)
def test_a_value_is_the_part_that_is_one(instructions: str, key: str, expected: str) -> None:
    assert filled(instructions, OFFICE)[key] == expected


def test_a_pronoun_is_no_value() -> None:
    fields = keyed([text("Name"), text("Who will stand in for you?")])
    found = filled("Ada Roe will stand in for me while I am away.", fields)
    assert found.get("who_will_stand_in_for_you") in (None, "Ada Roe")


def test_what_is_wanted_answers_yes() -> None:
    fields = keyed([box("Yes", "Breakfast"), box("No", "Breakfast")])
    assert filled("We would like breakfast.", fields) == {"breakfast_yes": "true"}
