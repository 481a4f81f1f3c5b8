"""What a page's look says of its kind, where its words say little."""

from __future__ import annotations

import pytest

from tests.unit.local.conftest import page
from workers.local import signs, sorting, splits
from workers.local.evidence import Sorter
from workers.local.kinds import Kind

KINDS = [Kind("invoice"), Kind("form"), Kind("statistical report")]


def verdict(text: str, *more: Kind) -> str:
    kinds = [*more, *KINDS]
    return kinds[sorting.classify([page(text)], kinds).kind].name


@pytest.mark.parametrize(
    "blank",
    ["________", "..........", "\u2026\u2026\u2026\u2026", "\u2610", "[ ]", "Yes  No", "ja / nein"],
)
def test_blanks_to_fill_in_make_a_form(blank: str) -> None:
    rows = "\n".join(
        f"{what} of the bird {blank} here" for what in ("Colour", "Size", "Song", "Nest")
    )
    assert verdict(f"What our items look like\n{rows}") == "form"


def test_a_table_of_contents_has_no_blanks() -> None:
    rows = "\n".join(f"Chapter {n} .................... {n}" for n in range(1, 9))
    assert not list(signs.of_page(page(rows)))


def test_a_contract_with_blanks_is_still_a_contract() -> None:
    rows = "\n".join(f"{what} ____________" for what in ("Tenant", "Landlord", "Place", "Day"))
    assert verdict(f"Lease agreement\n\nThe tenant pays the rent.\n{rows}", Kind("contract")) == (
        "contract"
    )


def test_a_page_full_of_figures_is_statistics() -> None:
    rows = "\n".join(
        f"Region {n}   " + "   ".join(str(n * k) for k in range(1, 9)) for n in range(30)
    )
    assert verdict(f"Birds seen by items\n{rows}") == "statistical report"
    assert not list(signs.of_page(page(rows[:200])))


def test_what_ends_with_a_colon_labels_something_and_is_no_title() -> None:
    sorter = Sorter([Kind("receipt")])
    assert sorter.scores(page("RECEIPT\nBolts 5.00")).title
    assert not sorter.scores(page("RECEIPT TOTALS:\nBolts 5.00")).title


def test_another_date_on_a_page_without_a_head_begins_no_document() -> None:
    first = "Invoice\nInvoice number: A-17\nDate: 2024-03-01\nBolts 5.00\n"
    rest = "Bolts as ordered\nDate: 2024-02-07\nbolts and nuts\nTotal due: 8.00\n"
    assert parts(first, rest) == [(1, 2)]
    assert parts(first, f"Invoice\n{rest}") == [(1,), (2,)]


def test_a_copy_of_what_began_before_begins_anew() -> None:
    first = "Bolts and nuts as ordered, with thanks for all of it\nInvoice number: A-17\n"
    first += "Total due: 8.00 by the end of this month, to the account below\n"
    rest = "All of it remains ours until it is paid in full\n"
    assert parts(first, rest, first, rest) == [(1, 2), (3, 4)]


def parts(*texts: str) -> list[tuple[int, ...]]:
    pages = [page(text, number) for number, text in enumerate(texts, 1)]
    return [part.pages for part in splits.split(pages, KINDS, None)]
