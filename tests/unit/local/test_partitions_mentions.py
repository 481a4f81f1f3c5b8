"""Values of a key that no label says, of labels beside their values, and of names in parts."""

from __future__ import annotations

import pytest

from tests.unit.local.conftest import page
from workers.local import mentions, partitions


def parted(key: str, instructions: str, *texts: str) -> list[tuple[str, tuple[int, ...]]]:
    pages = [page(text, number) for number, text in enumerate(texts, 1)]
    return [(part.value, part.pages) for part in partitions.partition(pages, key, instructions)]


def test_a_known_value_is_one_where_no_label_says_it() -> None:
    texts = (
        "Your boat insurance BX-771204 ends\n\nDear Mr Roe, it ends in May.",
        "CLAIM FORM\n\nPolicy number: BX-771204\nWhen: in May",
        "CLAIM FORM\n\nPolicy number: BX-880917\nWhen: in June",
        "Dear Mr Roe,\n\nwe write about BX-771204 again.\n",
    )
    expected = [("BX-771204", (1, 2, 4)), ("BX-880917", (3,))]
    assert parted("policy no.", "", *texts) == expected


def test_what_looks_like_a_value_that_few_things_look_like_is_one() -> None:
    texts = (
        "ORDER\n\nCase no. J9EX4471\nThe claim is adjourned.",
        "Dear Housing Officer,\n\nStrand Court - K4EX0118\nWe enclose it.",
        "Dear Mr Roe,\n\nwe write of 2 rooms and 17 chairs.",
    )
    assert parted("case number", "", *texts) == [("J9EX4471", (1,)), ("K4EX0118", (2, 3))]


@pytest.mark.parametrize("mentioned", ["Mr John Roe", "ROE, John", "John A. Roe"])
def test_a_name_is_the_same_in_all_its_forms(mentioned: str) -> None:
    texts = (
        "PAYSLIP\n\nEmployee: John Roe\nNet pay: 1,200.00",
        "PAYSLIP\n\nEmployee: Jane Doe\nNet pay: 1,300.00",
        f"CERTIFICATE\n\nWe certify that {mentioned}\nhas passed.",
    )
    found = parted("employee", "Name of the employee.", *texts)
    assert found == [("John Roe", (1, 3)), ("Jane Doe", (2,))]


def test_labels_beside_their_values_are_no_heads_of_columns() -> None:
    text = (
        "Container   ABCU 448170-3, 40HC   Lading   AB24058817\nGoods   612 cartons   Weight   9 kg"
    )
    found = parted("container", "Container number, as it stands on the box.", text)
    assert found == [("ABCU 448170-3", (1,))]


def test_a_name_may_be_asked_for_in_two_parts() -> None:
    text = "CONSENT\n\nSurname: Roe\nFirst names: Ann Mary\nWard: 7"
    assert parted("patient", "Name of the patient.", text) == [("Ann Mary Roe", (1,))]


def test_a_purchase_order_is_an_order_and_an_employer_is_no_employee() -> None:
    assert parted("order no.", "", "Purchase order 4500018907\nPrice 9") == [("4500018907", (1,))]
    slip = "Employee: Jane Doe\nEmployer's insurance 288.70\n"
    assert parted("employee", "Name of the employee.", slip) == [("Jane Doe", (1,))]


def test_identities_are_of_the_words_that_are_names() -> None:
    assert mentions.identity("Dr. ROE, Ann") == mentions.identity("Ann B. Roe") == "ann roe"
    assert mentions.identity("A 17") == mentions.identity("a-17")
    assert mentions.identity("Mr") == ""


@pytest.mark.parametrize(
    ("key", "line", "value"),
    [
        ("vehicle plate", "Kennzeichen: M-AB 1234", "M-AB 1234"),
        ("registration", "Vehicle registration WF20 KRD", "WF20 KRD"),
        ("immatriculation", "License plate: 1234 BCD, blue", "1234 BCD"),
        ("case no.", "Aktenzeichen 12 C 345/24", "12 C 345/24"),
        ("case no.", "Case no. AB", ""),
        ("tenant", "Locataire : Jane Roe", "Jane Roe"),
        ("booking number", "Reservierung Nr. 4471-B", "4471-B"),
    ],
)
def test_keys_are_printed_in_other_words(key: str, line: str, value: str) -> None:
    assert parted(key, "", f"PAPER\n\n{line}\nTotal 9") == ([(value, (1,))] if value else [])
