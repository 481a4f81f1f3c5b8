"""What weighs how much: words of many kinds, titles of broader kinds, first pages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.unit.local.conftest import page
from workers.local import sorting, splits
from workers.local.kinds import Kind
from workers.local.terms import Lexicon

BILLS = [
    Kind("invoice", "Bill from a supplier"),
    Kind("utility bill", "Bill for electricity or water"),
]


def verdict(kinds: Sequence[Kind], *texts: str) -> str:
    pages = [page(text, number) for number, text in enumerate(texts, 1)]
    return kinds[sorting.classify(pages, kinds).kind].name


def test_words_of_many_kinds_papers_say_little_of_one() -> None:
    kinds = [
        Kind("shed list", "Number, date and account of a shed"),
        Kind("garden plan", "Where hedges grow"),
    ]
    assert verdict(kinds, "Number 5\nDate 1 May\nAccount 7\nwhere the hedges are to grow") == (
        "garden plan"
    )


def test_a_narrower_kind_may_call_itself_by_the_broader_ones_name() -> None:
    assert verdict(BILLS, "INVOICE\nMeter reading 4711\nConsumption 310 kWh\nAmount due 99.00") == (
        "utility bill"
    )
    assert verdict(BILLS, "INVOICE\nBolts 12.00\nConsumption of oil 1.00\nAmount due 13.00") == (
        "invoice"
    )


def test_what_the_first_page_says_weighs_twice_what_the_second_does() -> None:
    kinds = [Kind("cv"), Kind("scientific article")]
    first = (
        "Jane Roe\n\nWork experience at a mill\n\nEducation\n\nSkills\n\nLanguages\nUniversity\n"
    )
    assert verdict(kinds, first, "Journal articles\nOf mills in the north\n") == "cv"


def test_a_form_that_is_called_one_may_be_of_a_narrower_kind() -> None:
    kinds = [Kind("application form", "Form to apply"), Kind("invoice")]
    text = "FORM 12-B\n\nApplicant\nMarital status\nPlease complete\n"
    assert splits.split([page(text, 1)], kinds, None) == [splits.Part(0, (1,))]


FORMS = [
    Kind("w2", "What an employer states of wages each year"),
    Kind("tax_1099", "What a payer tells of dividends or other income"),
    Kind("W-9", "Request for a number of a taxpayer"),
]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Form 1099-MISC\nCopy 2\nTo be filed with the income tax return\n", "tax_1099"),
        ("Form W-2 Wage and Tax Statement\nTo be filed with the income tax return\n", "w2"),
        ("W9\nGive this form to the requester\nTaxpayer identification\n", "W-9"),
        ("Form W-9\nGive this form to the requester\nTaxpayer identification\n", "W-9"),
    ],
)
def test_a_form_with_a_number_is_told_by_it(text: str, name: str) -> None:
    assert verdict(FORMS, text) == name


def test_a_misread_word_begins_as_the_right_one() -> None:
    lexicon = Lexicon(("befund", "invoic"))
    assert lexicon.read("REFUND", True) == ("refund",)
    assert lexicon.read("lnvoice", True) == ("lnvoic",)
    assert lexicon.read("Befumd", True) == ("befund",)
