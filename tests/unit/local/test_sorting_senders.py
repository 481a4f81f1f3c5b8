"""Who sent the documents of a bundle, where no label beside the name says so."""

from __future__ import annotations

import pytest

from tests.unit.local.conftest import page
from workers.local import partitions, sender_lines
from workers.local.extraction.segments import Sheet

# Enough of them for what follows to stand at a page's foot.
ITEMS = "\n".join(f"Item {letter}     {letter}{letter}" for letter in "abcdefghijklmnopqrst")


def sent(*texts: str) -> list[tuple[str, tuple[int, ...]]]:
    pages = [page(text, number) for number, text in enumerate(texts, 1)]
    return [(part.value, part.pages) for part in partitions.partition(pages, "supplier")]


@pytest.mark.parametrize(
    "text",
    [
        "Handelsrechnung Nr. 17\n\nVerkäufer:\nGLN 4012345000009\nLief-Nr: 55\nOkapi GmbH\n"
        "Mühlweg 3\n88212 Ravensburg\n\nKäufer:\nTapir AG",
        "Invoice 17\n\nSeller:\nNumber : 1234\nOkapi GmbH\n7 Mill Lane\nYork YO1 7HH",
        "Rechnung 17\n\nVerkäufer:\nOkapi GmbH\nMühlweg3\nDE88212Ravensburg\n\nKäufer:\nTapir AG",
    ],
)
def test_a_name_stands_under_its_heading_behind_its_numbers(text: str) -> None:
    assert sent(text) == [("Okapi GmbH", (1,))]


def test_a_heading_over_no_name_says_nothing() -> None:
    sheet = Sheet(page("Stock\n\nSupplier\nbolts and nuts\nscrews\n\nTotal 5.00"))
    assert sender_lines.under_heading(sheet) is None


@pytest.mark.parametrize("mark", ["*", "\u00b7", "\u25cf"])
def test_a_return_address_names_who_sent_it(mark: str) -> None:
    line = f"Okapi GmbH {mark} Mill Lane 3 {mark} 88212 Ravensburg"
    assert sent(f"2024-03-01\n\n{line}\nJane Doe\n\nInvoice 17") == [("Okapi GmbH", (1,))]


def test_the_address_in_the_web_tells_which_line_is_the_senders_name() -> None:
    foot = "555-0101 sales@okapi-stores.example www.okapi-stores.example"
    text = f"All you ever need\nOkapi Stores\n\nInvoice 17\n{ITEMS}\n{foot}"
    assert sent(text) == [("Okapi Stores", (1,))]


def test_who_is_written_to_did_not_send_it() -> None:
    to = "Bill to:\nOkapi Stores\n7 Mill Lane\nYork YO1 7HH\nsales@okapi-stores.example"
    assert sent(f"Invoice 17\n\nMarch\n\nThank you\n\n{to}\n\n{ITEMS}\n{ITEMS}") == []


def test_a_firm_with_its_address_in_a_footer_sent_it() -> None:
    foot = "Okapi GmbH\nMill Lane 3\n88212 Ravensburg"
    assert sent(f"Invoice 17\n{ITEMS}\n\n{foot}") == [("Okapi GmbH", (1,))]
    assert sent(f"Invoice 17\n{ITEMS}\n\nVolksbank eG\nMill Lane 3\n88212 Ravensburg") == []


def test_a_legal_form_that_is_left_out_makes_no_other_sender() -> None:
    first = "Seller:\nOkapi GmbH\n7 Mill Lane\nYork YO1 7HH\n\nInvoice\nPage 1 of 1"
    second = first.replace("Okapi GmbH", "OKAPI")
    assert sent(first, second) == [("Okapi GmbH", (1, 2))]
    third = first.replace("GmbH", "AG")
    assert sent(first, third) == [("Okapi GmbH", (1,)), ("Okapi AG", (2,))]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Okapi GmbH", "Okapi"),
        ("Okapi GmbH & Co. KG", "Okapi"),
        ("Okapi Sons, Inc.", "Okapi Sons"),
        ("Ltd", "Ltd"),
    ],
)
def test_a_name_without_its_legal_form(name: str, plain: str) -> None:
    assert sender_lines.without_legal_form(name) == plain
