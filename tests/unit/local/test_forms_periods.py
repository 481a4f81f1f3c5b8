"""Both ends of a period that sentences tell, and the day on which they were written."""

from __future__ import annotations

import pytest

from tests.unit.local.form_fields import filled, text
from workers.forms.fields import keyed

PAIRS = [
    ("First day of leave", "Last day of leave"),
    ("Start date", "End date"),
    ("Check-in", "Check-out"),
    ("Date of arrival", "Date of departure"),
    ("Valid from", "Valid until"),
]
TOLD = [
    "I want to take annual leave from 6 July 2026 to 17 July 2026.",
    "It begins on 6 July 2026 and ends on 17 July 2026.",
    "We arrive on 6 July 2026 and leave on 17 July 2026.",
    "It should be valid from 6 July 2026 until 17 July 2026.",
    "I am away between 6 July 2026 and 17 July 2026.",
    "We need it from 6 to 17 July 2026.",
]


@pytest.mark.parametrize("labels", PAIRS)
@pytest.mark.parametrize("instructions", TOLD)
def test_fills_both_ends_whatever_they_are_called(
    instructions: str, labels: tuple[str, str]
) -> None:
    fields = keyed([text("Name"), *map(text, labels)])
    found = filled(instructions, fields)
    assert [found.get(field.key) for field in fields[1:]] == ["6 July 2026", "17 July 2026"]


def test_what_was_named_counts_more_than_a_period() -> None:
    fields = keyed([text("Start date"), text("End date")])
    instructions = "Start date: 1 May 2026\nI am away from 6 July 2026 to 17 July 2026."
    assert filled(instructions, fields)["start_date"] == "1 May 2026"


def test_of_two_periods_neither_is_taken() -> None:
    fields = keyed([text("Valid from"), text("Valid until")])
    instructions = "From 6 July 2026 to 17 July 2026, or from 1 May 2026 to 9 May 2026."
    assert filled(instructions, fields) == {}


@pytest.mark.parametrize("label", ["Date of request", "Date", "Today's date"])
@pytest.mark.parametrize("instructions", ["I'm asking today, 4 May 2026.", "Today is 4 May 2026."])
def test_takes_the_day_on_which_somebody_writes(label: str, instructions: str) -> None:
    fields = keyed([text("Date of birth"), text(label)])
    assert filled(instructions, fields) == {fields[1].key: "4 May 2026"}
