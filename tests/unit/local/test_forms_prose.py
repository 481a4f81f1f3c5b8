"""Instructions as people write them: what they tell of somebody, mention, and deny."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.local.test_forms_values import box, said, text
from workers.forms import asked, values
from workers.forms.fields import keyed

PERSON = keyed(
    [
        text("First name"),
        text("Middle name"),
        text("Surname"),
        text("Date of birth (DD/MM/YYYY)"),
        text("Place of birth"),
        text("Nationality"),
        text("Occupation"),
        text("Employer"),
        text("Number of children"),
        text("Telephone"),
        text("E-mail"),
        text("Address"),
        text("City"),
        text("Postcode"),
        text("Country"),
        text("Policy number"),
        text("Emergency contact name"),
        text("Relationship"),
        text("Emergency contact phone"),
    ]
)
BORN = "date_of_birth_dd_mm_yyyy"
QUESTIONS = keyed(
    [
        box("Yes", "Do you smoke?"),
        box("No", "Do you smoke?"),
        box("Yes", "Cash advance requested"),
        box("No", "Cash advance requested"),
        box("Single", "Marital status"),
        box("Married", "Marital status"),
        box("Train", "Means of transport"),
        box("Plane", "Means of transport"),
        box("ISO 9001", "Certificates"),
        box("ISO 14001", "Certificates"),
        box("E-mail", "How shall we contact you"),
        box("Phone", "How shall we contact you"),
        box("I consent to emergency surgery"),
        text("Size of the shirt", "S", "M", "L"),
        text("Workshop", "Data governance in practice", "Stream processing"),
    ]
)


@pytest.mark.parametrize(
    ("instructions", "expected"),
    [
        ("Please fill this in for Ada Mary Roe, born 5 May 1990 in York, England.",
         {"first_name": "Ada", "middle_name": "Mary", "surname": "Roe", BORN: "05/05/1990",
          "place_of_birth": "York, England"}),
        ("Sign up Jan van den Berg. He's Dutch and works as a baker at Okapi Ltd.",
         {"first_name": "Jan", "surname": "van den Berg", "nationality": "Dutch",
          "occupation": "baker", "employer": "Okapi Ltd"}),
        ("I'm Prof. Ines Prado from Okapi Ltd. I have two children.",
         {"first_name": "Ines", "surname": "Prado", "employer": "Okapi Ltd",
          "number_of_children": "2"}),
        ("She lives at 7 Mill Lane, Leeds, LS1 5AB, ada@x.org, phone 020 7946 0018, and works "
         "as an architect.",
         {"address": "7 Mill Lane", "city": "Leeds", "postcode": "LS1 5AB", "e_mail": "ada@x.org",
          "telephone": "020 7946 0018", "occupation": "architect"}),
        ("Our address is Hauptweg 3, Turku, Finland; you can reach us on +358 40 555 1212 or at "
         "ada@x.org.",
         {"address": "Hauptweg 3", "city": "Turku", "country": "Finland",
          "telephone": "+358 40 555 1212", "e_mail": "ada@x.org"}),
        ("Her policy is OK-77 and in an emergency call her brother Tom Roe on 020 7946 0019.",
         {"policy_number": "OK-77", "emergency_contact_name": "Tom Roe", "relationship": "brother",
          "emergency_contact_phone": "020 7946 0019"}),
        ("If anything happens, call his wife Ada Roe, 020 7946 0019.",
         {"emergency_contact_name": "Ada Roe", "relationship": "wife",
          "emergency_contact_phone": "020 7946 0019"}),
    ],
)  # fmt: skip
def test_what_is_told_of_somebody(instructions: str, expected: dict[str, str]) -> None:
    assert said(instructions, PERSON) == expected


@pytest.mark.parametrize(
    ("instructions", "ticked"),
    [
        ("Do you smoke: No", {"do_you_smoke_no": "true"}),
        ("Do you smoke? Yes", {"do_you_smoke_yes": "true"}),
        ("Do you smoke: nein", {"do_you_smoke_no": "true"}),
        ("He doesn't smoke, and no cash advance.",
         {"do_you_smoke_no": "true", "cash_advance_requested_no": "true"}),
        ("She smokes but is not married.", {"do_you_smoke_yes": "true"}),
        ("She is married and doesn't smoke.",
         {"marital_status_married": "true", "do_you_smoke_no": "true"}),
        ("She never smoked and is married.",
         {"marital_status_married": "true", "do_you_smoke_no": "true"}),
        ("She is a baker, married, and goes by train.",
         {"marital_status_married": "true", "means_of_transport_train": "true"}),
        ("We are certified to ISO 14001.", {"certificates_iso_14001": "true"}),
        ("My phone is 020 7946 0018.", {}),
        ("Please contact me by phone.", {"how_shall_we_contact_you_phone": "true"}),
        ("He consents to transfusions and to emergency surgery.",
         {"i_consent_to_emergency_surgery": "true"}),
        ("He consents to transfusions, but not to emergency surgery.", {}),
        ("Size M for the shirt, and the workshop on data governance.",
         {"size_of_the_shirt": "M", "workshop": "Data governance in practice"}),
    ],
)  # fmt: skip
def test_what_is_mentioned_is_ticked(instructions: str, ticked: dict[str, str]) -> None:
    assert said(instructions, QUESTIONS) == ticked


@pytest.mark.parametrize(
    ("label", "told", "part"),
    [
        ("Telephone", "020 7946 0018, and ask for Tom", "020 7946 0018"),
        ("Fax", "419-555-0101) to send", "419-555-0101"),
        ("E-mail", "a@x.org. She likes cats.", "a@x.org"),
        ("Date of birth", "08/17/1975, a teacher", "08/17/1975"),
        ("Date of birth (YYYY-MM-DD)", "17 August 1975", "1975-08-17"),
        ("Date of birth (day-month-year)", "17 August 1975", "17-08-1975"),
        ("Geburtsdatum (TT.MM.JJJJ)", "17. August 1975", "17.08.1975"),
        ("Date de naissance (JJ/MM/AAAA)", "5 mai 1994", "05/05/1994"),
        ("Date (MM/DD/YY)", "5 May 1994", "05/05/94"),
        ("Date", "5 May 1994", "5 May 1994"),
        ("Duration (number of days)", "14 days in all", "14"),
        ("Number of children", "three", "3"),
        ("Monthly rent", "$1,450 a month", "$1,450"),
        ("Net income (€)", "3.420 euros", "3.420"),
        ("Personnel no.", "2207, Quality", "2207"),
        ("BIC / SWIFT", "SWIFT: BCLOITMM", "BCLOITMM"),
        ("Phone or e-mail", "a@x.org, or call me", "a@x.org, or call me"),
        ("Telephone", "none", "none"),
        ("Comments", "3 of them, and more", "3 of them, and more"),
    ],
)
def test_of_what_is_said_a_field_takes_what_it_asks_for(label: str, told: str, part: str) -> None:
    assert asked.part(label, told) == part


SECTIONS = keyed(
    [
        *(
            replace(text(label), section="Old address")
            for label in ("Street", "Town / City", "Zip")
        ),
        *(
            replace(text(label), section="New address")
            for label in ("Street", "Town / City", "Zip")
        ),
        *(replace(text(label), section="Landlord") for label in ("Name", "Phone")),
        text("Dates of stay from"),
        text("to"),
        text("Your e-mail"),
        replace(text("PO"), printed="Purchase order no."),
    ]
)


@pytest.mark.parametrize(
    ("instructions", "expected"),
    [
        ("Old address: 7 Mill Lane, Leeds, LS1 5AB\nNew address: 3 Quay Road, York, YO1 7AA",
         ["7 Mill Lane", "Leeds", "LS1 5AB", "3 Quay Road", "York", "YO1 7AA"]),
        ("New address zip: YO1 7AA", [None, None, None, None, None, "YO1 7AA"]),
        ("My landlord is Tom Roe (020 7946 0018).",
         [None] * 6 + ["Tom Roe", "020 7946 0018"]),
        ("They stay from 1 July 2025 to 5 July 2025.", [None] * 8 + ["1 July 2025", "5 July 2025"]),
        ("From: Ada <ada@x.org>\nTo: office@x.org\nSubject: a form\n\nPlease fill it in.",
         [None] * 10 + ["ada@x.org"]),
        ("Purchase order no.: PO-77", [None] * 11 + ["PO-77"]),
    ],
)  # fmt: skip
def test_sections_periods_and_what_is_there_but_once(
    instructions: str, expected: list[str | None]
) -> None:
    found = list(values.of_instructions(instructions, SECTIONS).values())
    assert found == expected + [None] * (len(SECTIONS) - len(expected))


@pytest.mark.parametrize(
    ("instructions", "expected"),
    [
        ("She's insured through Okapi Mutual (member ID SM99, group 4471) and she is retired.",
         {"insurance_company": "Okapi Mutual", "member_id": "SM99", "group_number": "4471"}),
        ("He is going to Vienna for an audit, two nights in a hotel.",
         {"destination": "Vienna", "purpose_of_trip": "audit", "number_of_nights": "2"}),
        ("Costs: travel 240, meals 310", {"travel": "240", "meals": "310"}),
        ("Okapi S.r.l., founded 1998, 48 employees",
         {"company": "Okapi S.r.l", "year_founded": "1998", "number_of_employees": "48"}),
        ("She weighs 70 kg.", {}),
        ("I live at 7 Mill Lane, York YO1 7AA and pay $1,450 a month there.",
         {"current_address": "7 Mill Lane, York YO1 7AA", "monthly_rent": "$1,450"}),
        ("She takes aspirin 10 mg.", {"list_all_medications_you_take": "aspirin 10 mg"}),
    ],
)  # fmt: skip
def test_what_is_told_in_passing(instructions: str, expected: dict[str, str]) -> None:
    labels = ["Insurance company", "Member ID", "Group number", "Destination", "Purpose of trip"]
    labels += ["Number of nights", "Travel", "Meals", "Company", "Year founded"]
    labels += ["Number of employees", "Current address", "Monthly rent"]
    labels += ["List all medications you take"]
    assert said(instructions, keyed([text(label) for label in labels])) == expected


def test_a_last_name_of_two_words_is_no_part_of_the_first_name() -> None:
    form = keyed([text("First name"), text("Surname")])
    instructions = "Please complete it for Ines Prado Roe (surname Prado Roe)."
    assert said(instructions, form) == {"first_name": "Ines", "surname": "Prado Roe"}


def test_what_is_told_of_one_is_not_written_where_another_is_meant() -> None:
    form = keyed([text("Name of approving manager"), text("Landlord's phone")])
    assert said("Sign up Ada Roe. You can reach her on 020 7946 0018.", form) == {}


def test_what_is_named_counts_more_than_what_is_told() -> None:
    form = keyed([text("Occupation")])
    assert said("Occupation: baker\nShe works as a cook.", form) == {"occupation": "baker"}


FREE = keyed(
    [
        text("Name"),
        text("Phone"),
        text("Home address"),
        text("Postcode"),
        text("Date of the visit"),
        text("Number of guests"),
        text("Deposit (£)"),
        box("Yes", "Wheelchair access needed?"),
        box("No", "Wheelchair access needed?"),
        box("14 days", "Payment terms"),
        box("30 days", "Payment terms"),
        box("S", "Shirt size"),
        box("M", "Shirt size"),
    ]
)


@pytest.mark.parametrize(
    ("instructions", "expected"),
    [
        ("Hello,\nthe visit is planned for the 6th of May, 2025, and three guests will come.\n"
         "Cheers, Ada Roe",
         {"name": "Ada Roe", "date_of_the_visit": "6th of May, 2025",
          "number_of_guests": "3"}),
        ("I'm at flat 6, 81 Tanner Street, Leeds, LS9 8EF - 07700 900394. They took a deposit of "
         "50 pounds.",
         {"phone": "07700 900394", "postcode": "LS9 8EF", "deposit": "50",
          "home_address": "flat 6, 81 Tanner Street, Leeds"}),
        ("Call 07700 900394 or 07700 900395.", {}),
        ("They'd like to be paid within 14 days because it's Ada's.",
         {"payment_terms_14_days": "true"}),
        ("I'm in need of wheelchair access since I've never walked well.",
         {"wheelchair_access_needed_yes": "true"}),
        ("We skip the wheelchair access.", {"wheelchair_access_needed_no": "true"}),
    ],
)  # fmt: skip
def test_what_stands_there_but_once(instructions: str, expected: dict[str, str]) -> None:
    assert said(instructions, FREE) == expected


TABLE = keyed(
    [
        replace(text(label), row=row)
        for row in (1, 2, 3)
        for label in ("Date", "Description", "Amount")
    ]
)


@pytest.mark.parametrize(
    ("instructions", "expected"),
    [
        ("Expenses:\n- 3 May 2025, train to Kiel, 38.50\n- 4 May 2025, lunch, 1,042.00",
         ["3 May 2025", "train to Kiel", "38.50", "4 May 2025", "lunch", "1,042.00"]),
        ("We took, as you know, a train", []),
        ("one, two, three, four", []),
        ("Row 2 description: lunch", [None] * 4 + ["lunch"]),
    ],
)  # fmt: skip
def test_lines_of_cells_fill_the_rows_of_a_table(
    instructions: str, expected: list[str | None]
) -> None:
    found = list(values.of_instructions(instructions, TABLE).values())
    assert found == expected + [None] * (len(TABLE) - len(expected))


def test_json_says_what_it_says_and_nothing_more() -> None:
    instructions = '{"payment_terms_14_days": true, "note": "Ada Roe, 7 Mill Lane, 30 days"}'
    assert said(instructions, FREE) == {"payment_terms_14_days": "true"}


def test_a_last_line_is_a_name_where_a_letter_ends() -> None:
    form = keyed([text("Name"), text("Company")])
    assert said("Please fill it in.\n\nAda Roe", form) == {"name": "Ada Roe"}
    assert said("Company:\nOkapi Trading", form) == {"company": "Okapi Trading"}
    assert said("The one that we have\nOkapi Trading", form) == {}
