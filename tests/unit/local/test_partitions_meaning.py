"""Partitions by a key that no label is called as."""

from __future__ import annotations

import pytest

from tests.unit.local.conftest import page
from workers.local import partitions


def _parts(key: str, *texts: str) -> list[tuple[str, tuple[int, ...]]]:
    pages = [page(text, number) for number, text in enumerate(texts, 1)]
    return [(part.value, part.pages) for part in partitions.partition(pages, key)]


@pytest.mark.parametrize(
    ("key", "label", "first", "second"),
    [
        ("traveler", "Passenger", "Ada Roe", "Tom Fox"),
        ("animal", "Pet", "Bello", "Minka"),
        ("pilot", "Chauffeur", "Ada Roe", "Tom Fox"),
    ],
)
def test_the_label_that_means_the_key_parts_the_pages(
    key: str, label: str, first: str, second: str
) -> None:
    texts = (f"Report\n{label}: {first}\nhills", "more hills", f"Report\n{label}: {second}\nsea")
    assert _parts(key, *texts) == [(first, (1, 2)), (second, (3,))]


def test_a_label_that_means_something_else_parts_nothing() -> None:
    assert _parts("colour of the boat", "Parcel number: 4711", "Parcel number: 4712") == []


def test_what_is_the_same_on_all_pages_parts_nothing() -> None:
    assert _parts("traveler", "Passenger: Ada Roe", "Passenger: Ada Roe") == []
