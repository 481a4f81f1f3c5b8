"""What the sentences of agreements say: who agrees, from when to when, by whose law."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT = {"type": ["string", "null"]}
DATE = {"type": ["string", "null"], "format": "date"}
NUMBER = {"type": ["number", "null"]}
PARTY = {"type": "object", "properties": {"name": TEXT, "role": TEXT, "address": TEXT}}
PARTIES = {"type": "array", "items": PARTY}
NAMES = {"type": "array", "items": {"type": "string"}}

CONFIDENTIAL = """MUTUAL NON-DISCLOSURE AGREEMENT

This Mutual Non-Disclosure Agreement (this "Agreement") is entered into as of
March 3, 2024 (the "Effective Date") by and between Okapi Robotics, Inc., a
Delaware corporation with its principal place of business at 12 Harbor Street,
Boston, MA 02110 (the "Disclosing Party"), and Zebra Analytics GmbH, a company
organized under the laws of Germany with offices at Lindenallee 4, 20259 Hamburg
(the "Receiving Party").

1. Term. This Agreement shall remain in effect for a term of two (2) years from
the Effective Date and shall renew automatically for successive one (1) year
terms unless either party gives thirty (30) days' prior written notice.
2. Governing Law. This Agreement shall be governed by the laws of the
Commonwealth of Massachusetts, without regard to conflict of laws principles.
IN WITNESS WHEREOF, the parties hereto have executed this Agreement.
"""
LEASE = """RESIDENTIAL LEASE AGREEMENT

THIS LEASE AGREEMENT is made and entered into on this 1st day of June, 2023, by
and between Maria Gonzalez, residing at 45 Elm Road, Austin, Texas 78701
(hereinafter referred to as "Landlord") and John R. Smith and Ann Smith
(hereinafter referred to as "Tenant").

2. TERM. The term of this Lease shall be for twelve (12) months, commencing on
July 1, 2023 and ending on June 30, 2024.
3. RENT. Tenant shall pay Landlord a monthly rent of $1,850.00, due on the first
day of each month. A late fee of $75 shall be charged after the fifth day.
4. SECURITY DEPOSIT. Tenant shall deposit a security deposit in the amount of
$2,000.00 upon signing hereof.
"""
EMPLOYMENT = """EMPLOYMENT AGREEMENT

This Employment Agreement ("Agreement"), dated January 15, 2025, is between
Northwind Logistics LLC ("Employer") and Priya Raman ("Employee").
The parties hereto agree as follows:
1. Employee's employment shall commence on February 1, 2025.
2. Employer shall pay Employee a base salary of $98,500 per year.
3. Either party may terminate this Agreement by giving at least two (2) weeks'
notice. This Agreement is governed by Illinois law.
"""


def _output(text: str, *more: str, **properties: Any) -> dict[str, Any]:
    pages = [page(each, number) for number, each in enumerate((text, *more), 1)]
    output: dict[str, Any] = extraction.extract(schema(**properties), pages).output
    return output


def test_the_terms_of_an_agreement() -> None:
    asked = dict.fromkeys(("title", "term", "renewal_term", "notice_period"), TEXT)
    found = _output(CONFIDENTIAL, **asked, governing_law=TEXT, effective_date=DATE, end_date=DATE)
    assert found == {
        "title": "MUTUAL NON-DISCLOSURE AGREEMENT",
        "term": "two (2) years",
        "renewal_term": "one (1) year",
        "notice_period": "thirty (30) days",
        "governing_law": "Massachusetts",
        "effective_date": "2024-03-03",
        "end_date": None,
    }


def test_who_agrees_and_what_each_is_called() -> None:
    assert _output(CONFIDENTIAL, parties=PARTIES)["parties"] == [
        {
            "name": "Okapi Robotics, Inc.",
            "role": "Disclosing Party",
            "address": "12 Harbor Street, Boston, MA 02110",
        },
        {
            "name": "Zebra Analytics GmbH",
            "role": "Receiving Party",
            "address": "Lindenallee 4, 20259 Hamburg",
        },
    ]
    assert _output(EMPLOYMENT, parties=NAMES)["parties"] == [
        "Northwind Logistics LLC",
        "Priya Raman",
    ]


@pytest.mark.parametrize(
    "behind", [".\nRECITALS:\nWHEREAS, they", ". The parties", ";\nand they", ".\n1. Term"]
)
def test_an_address_ends_with_its_sentence(behind: str) -> None:
    text = CONFIDENTIAL.replace('Hamburg\n(the "Receiving Party").', f"Hamburg{behind} met.")
    text = text.replace("Zebra Analytics GmbH", 'Zebra Analytics GmbH ("Zebra")')
    assert _output(text, parties=PARTIES)["parties"][1] == {
        "name": "Zebra Analytics GmbH",
        "role": "Zebra",
        "address": "Lindenallee 4, 20259 Hamburg",
    }


def test_a_property_is_about_whom_the_agreement_calls_so() -> None:
    receiving = {"type": "object", "properties": {"name": TEXT, "address": TEXT}}
    found = _output(CONFIDENTIAL, receiving_party=receiving, party_a=TEXT)
    assert found["receiving_party"]["name"] == "Zebra Analytics GmbH"
    assert found["party_a"] == "Okapi Robotics, Inc."
    found = _output(LEASE, landlord_name=TEXT, lessee=TEXT, landlord_address=TEXT, licensor=TEXT)
    assert found == {
        "landlord_name": "Maria Gonzalez",
        "lessee": "John R. Smith and Ann Smith",
        "landlord_address": "45 Elm Road, Austin, Texas 78701",
        "licensor": None,
    }


def test_dates_and_sums_in_sentences() -> None:
    dates = {"agreement_date": DATE, "lease_start_date": DATE, "lease_end_date": DATE}
    sums = {"monthly_rent": NUMBER, "late_fee": NUMBER, "security_deposit": TEXT}
    assert _output(LEASE, **dates, **sums) == {
        "agreement_date": "2023-06-01",
        "lease_start_date": "2023-07-01",
        "lease_end_date": "2024-06-30",
        "monthly_rent": 1850,
        "late_fee": 75,
        "security_deposit": "$2,000.00",
    }
    found = _output(EMPLOYMENT, contract_date=DATE, start_date=DATE, base_salary=NUMBER)
    assert found == {
        "contract_date": "2025-01-15",
        "start_date": "2025-02-01",
        "base_salary": 98500,
    }


def test_a_period_as_a_number_is_of_the_unit_that_is_asked_for() -> None:
    whole = {"type": ["integer", "null"]}
    found = _output(
        CONFIDENTIAL, notice_period_days=whole, term_years=whole, renewal_term_months=whole
    )
    assert found == {"notice_period_days": 30, "term_years": 2, "renewal_term_months": None}


def test_a_value_says_where_it_stands_though_its_sentence_goes_on_over_the_page() -> None:
    first, second = CONFIDENTIAL.split("\nBoston")
    footer = "\nOkapi Robotics confidential"
    pages = [page(first + footer), page("\nBoston" + second + footer, 2)]
    filled = extraction.extract(schema(parties=PARTIES, governing_law=TEXT), pages)
    assert filled.output["parties"][0]["address"] == "12 Harbor Street, Boston, MA 02110"
    assert filled.sources["/parties/1/name"]["page"] == 2
    assert filled.sources["/governing_law"]["page"] == 2
    assert filled.sources["/governing_law"]["text"] == "Massachusetts"


@pytest.mark.parametrize(
    ("begins", "names"),
    [
        # As the British do.
        (
            "is dated 1 May 2020\nParties\n(1) Okapi Trading Limited, 7 Sirius Road, Leeds\n"
            "(2) ZEBRA FOODS PLC of 15 Central Way, London\nBackground",
            ["Okapi Trading Limited", "ZEBRA FOODS PLC"],
        ),
        # Each on a line of its own.
        (
            "is signed by the following:\nParty A: Okapi Technology Co., Ltd.\n"
            "Legal Representative: Lin\nParty B: Zebra Leasing Co., Ltd",
            ["Okapi Technology Co., Ltd.", "Zebra Leasing Co., Ltd"],
        ),
        # Nobody is called anything.
        (
            "is between Okapi Media, Inc., a Nevada corporation, and Zebra Films Ltd.",
            ["Okapi Media, Inc.", "Zebra Films Ltd"],
        ),
        # More than two, two of them under one name, and what is defined beside them.
        (
            'is dated May 1, 2020 (the "Execution Date") by and among Okapi LLC, an Ohio company '
            '("Okapi"), okapi.com, Inc.\nand Dr. Ada M. Roe ("Roe"), and Boys and Girls '
            'Association, with offices in Reno (collectively, the "Sellers") (the "Club"). '
            'The Food and Drug Administration ("FDA") is not one.',
            ["Okapi LLC", "okapi.com, Inc.", "Dr. Ada M. Roe", "Boys and Girls Association"],
        ),
    ],
)
def test_parties_are_named_in_many_ways(begins: str, names: list[str]) -> None:
    text = f"SUPPLY AGREEMENT\n\nThis Agreement {begins}\nThe parties hereto agree as follows:\n"
    text += "This Agreement is governed by the laws of England and Wales."
    assert _output(text, parties=NAMES)["parties"] == names


@pytest.mark.parametrize(
    ("says", "law"),
    [
        (
            "shall be governed by, and construed under, the laws of the State of New York.",
            "New York",
        ),
        ("IS GOVERNED BY THE LAWS OF THE STATE OF DELAWARE WITHOUT GIVING EFFECT TO", "DELAWARE"),
        ("is subject to the laws of England and Wales.", "England and Wales"),
        ("is governed by English law.", "English"),
        ("and the law of the Republic of Kenya shall govern it.", "Kenya"),
        ("shall be decided by the laws of the United States and State of Utah.", "Utah"),
        ("The law of the State of Iowa, U.S.A., but for its choice of law, shall govern.", "Iowa"),
        ("shall be governed by the laws of such state.", None),
    ],
)
def test_whose_law_governs(says: str, law: str | None) -> None:
    text = EMPLOYMENT.replace("is governed by Illinois law.", says)
    assert _output(text, governing_law=TEXT)["governing_law"] == law


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (
            "AMENDMENT NO. 2 TO THE\nDISTRIBUTION AGREEMENT",
            "AMENDMENT NO. 2 TO THE DISTRIBUTION AGREEMENT",
        ),
        ("Exhibit 10.3\nOutsourcing Agreement\nSection 1 Terms 4", "Outsourcing Agreement"),
        ("Exhibit 10.3", "Employment Agreement"),
        ("WORK AGREEMENT - OKAPI INC.", "WORK AGREEMENT"),
    ],
)
def test_what_an_agreement_is_called(heading: str, title: str) -> None:
    text = EMPLOYMENT.replace("EMPLOYMENT AGREEMENT", heading) + "\nTitle: President\n"
    assert _output(text, agreement_title=TEXT)["agreement_title"] == title


def test_a_letter_is_an_agreement_with_whom_it_is_to() -> None:
    text = """CONFIDENTIALITY AGREEMENT
June 23, 2010
Zebra Energy Inc.
5075 Westheimer, Houston, Texas 77056

Ladies and Gentlemen:

In connection with a possible transaction with Okapi Limited (the "Company"), Zebra Energy Inc.
hereby agrees as follows. Its advisor, Gnu Securities LLC ("Gnu"), may be told.
For a period of one (1) year from the date hereof you will hire nobody of ours.
This letter agreement shall terminate two years after the date hereof.
"""
    assert _output(text, parties=NAMES, effective_date=DATE, term=TEXT) == {
        "parties": ["Zebra Energy Inc.", "Okapi Limited"],
        "effective_date": "2010-06-23",
        "term": "two years",
    }
    assert _output(text, agreement_date=DATE, effective_date=DATE) == {
        "agreement_date": "2010-06-23",
        "effective_date": None,
    }


def test_a_date_with_a_label_is_believed_rather_than_a_sentence() -> None:
    text = EMPLOYMENT.replace(
        "EMPLOYMENT AGREEMENT", "EMPLOYMENT AGREEMENT\nStart date: 2025-03-01"
    )
    assert _output(text, start_date=DATE)["start_date"] == "2025-03-01"


def test_another_document_is_read_as_ever() -> None:
    text = (
        "INVOICE\nOkapi Ltd\nDate: 2024-05-02\nTitle: Garden works\nNotice period: none\n"
        "Total: 80.00\nAll deliveries hereof are governed by our terms of May 1, 2020.\n"
    )
    assert _output(text, date=DATE, title=TEXT, total=NUMBER, parties=NAMES) == {
        "date": "2024-05-02",
        "title": "Garden works",
        "total": 80,
        "parties": [],
    }


def test_an_order_with_terms_on_its_back_keeps_what_its_labels_say() -> None:
    front = "PURCHASE ORDER\nDate: 2024-05-02\nDelivery fee: 7.00\nAmount due: 87.00\n"
    back = """TERMS OF AGREEMENT
This Agreement is entered into as of May 1, 2020 between Okapi Inc. ("Buyer") and Zebra Ltd.
("Seller"). A delivery fee of $9 is due hereunder; the amount due is never less than $20.
"""
    asked = {"date": DATE, "delivery_fee": NUMBER, "amount_due": NUMBER, "seller": TEXT}
    assert _output(front, back, **asked) == {
        "date": "2024-05-02",
        "delivery_fee": 7,
        "amount_due": 87,
        "seller": "Zebra Ltd.",
    }
