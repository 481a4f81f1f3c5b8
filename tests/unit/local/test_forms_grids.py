"""Rows of boxes that share their answers."""

from __future__ import annotations

import pytest

from tests.unit.local.form_fields import box
from workers.forms import values
from workers.forms.fields import keyed

GRID = keyed(
    [box(f"{row} {choice}", row) for row in ("Food", "Room") for choice in ("Poor", "Fair", "Good")]
)


@pytest.mark.parametrize(
    ("said", "ticked"),
    [
        ("Food: good\nRoom: fair", {"food_food_good", "room_room_fair"}),
        ("The food was good, the room only fair.", {"food_food_good", "room_room_fair"}),
        ("I found the room poor.", {"room_room_poor"}),
        ("It was a good day.", set()),
    ],
)
def test_a_rating_is_of_the_row_that_is_named_before_it(said: str, ticked: set[str]) -> None:
    found = values.of_instructions(said, GRID)
    assert {key for key, value in found.items() if value} == ticked
