"""What people write to an office for: letters and e-mails that are told by their matter."""

from __future__ import annotations

import pytest

from tests.unit.local.conftest import page
from workers.local import meanings, sorting, splits
from workers.local.kinds import Kind
from workers.local.terms import Lexicon, terms

DESK = [Kind("complaint_letter"), Kind("leave_request"), Kind("reservation_request"), Kind("other")]


def verdict(kinds: list[Kind], text: str) -> str:
    return kinds[sorting.classify([page(text, 1)], kinds).kind].name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dear Sir,\n\nwe are disappointed and ask for a refund.\n", "complaint_letter"),
        ("Hi Jo,\n\nmay I take annual leave in May? I have nine days left.\n", "leave_request"),
        ("Madame,\n\nnous souhaiterions deux chambres pour trois nuits.\n", "reservation_request"),
        ("The recipe needs flour and butter, and an hour of patience.\n", "other"),
    ],
)
def test_a_letter_is_of_the_matter_that_it_is_about(text: str, expected: str) -> None:
    assert verdict(DESK, text) == expected


def test_that_a_page_is_a_letter_speaks_against_no_matter_that_comes_as_one() -> None:
    kinds = [Kind("petition_request", "A citizen asks for a bench in the park"), Kind("other")]
    text = "Dear Sir or Madam,\n\nplease think of benches in the park.\n\nYours faithfully,"
    assert verdict(kinds, text) == "petition_request"


def test_each_e_mail_is_a_document_of_its_own() -> None:
    mail = "From: {0}@home.example\nTo: desk@office.example\nSubject: printer\n\nIt does not work."
    pages = [page(mail.format(name), number) for number, name in enumerate(("ann", "bob"), 1)]
    kinds = [Kind("fault_report"), Kind("access_request")]
    assert splits.split(pages, kinds, None) == [splits.Part(0, (1,)), splits.Part(0, (2,))]


def test_a_form_filled_in_anew_is_another_document() -> None:
    form = (
        "Roe Bakers Ltd\nEmployee: {0}\nTax code: 1257L\nBasic pay: {1}\nPension: 5%\nGross: {1}\n"
        "Net pay: {1}\nPaid by transfer\n"
    )
    pages = [page(form.format("A. Roe", 2100), 1), page(form.format("B. Doe", 2200), 2)]
    found = splits.split(pages, [Kind("payslip"), Kind("letter")], None)
    assert found == [splits.Part(0, (1,)), splits.Part(0, (2,))]


def test_a_kind_may_be_named_in_other_words() -> None:
    meant = meanings.alike(terms("lab result"))
    assert meant is not None
    assert meant.kind == "lab report"
    assert meanings.alike(terms("report")) is None


def test_a_noun_made_of_a_name_is_another_word() -> None:
    lexicon = Lexicon(terms("contract recept"))
    assert lexicon.read("contractor", False)[-1] == "or"
    assert lexicon.read("reception", False)[-1] == "ion"


def test_who_asks_in_a_description_writes_letters() -> None:
    kinds = [Kind("benches", "A citizen asks for a bench in the park"), Kind("other")]
    text = "Dear Sir or Madam,\n\nplease think of the park.\n\nYours faithfully,"
    assert verdict(kinds, text) == "benches"


def test_a_table_that_goes_on_is_no_form_filled_in_anew() -> None:
    head = "Roe Mills\nItem  Price\n"
    goods = ("Lamp", "Sheet", "Lamp", "Bolt", "Hinge", "Sheet", "Spool", "Bolt", "Hinge", "Spool")
    rows = "".join(f"{item} {number * 37}.00\n" for number, item in enumerate(goods, 1))
    texts = (
        f"INVOICE\nInvoice no: 17\n{head}{rows}",
        f"{head}{rows}{rows}",
        f"{head}{rows}Total 9",
    )
    pages = [page(text, number) for number, text in enumerate(texts, 1)]
    assert splits.split(pages, [Kind("invoice"), Kind("letter")], None) == [
        splits.Part(0, (1, 2, 3))
    ]


def test_a_salutation_says_only_that_something_is_a_letter() -> None:
    kinds = [
        Kind("Complaint", "A customer is unhappy with us and wants something put right."),
        Kind("Invoice", "Somebody wants to be paid for goods or services."),
        Kind("Job application", "Somebody would like to work for us."),
        Kind("Advertising", "Flyers and letters that want to sell us something."),
    ]
    text = (
        "Dear Sir or Madam,\n\nnobody came on 14 April. I am very disappointed, and I expect you "
        "to refund the charge.\n\nYours faithfully,\n"
    )
    assert verdict(kinds, text) == "Complaint"
