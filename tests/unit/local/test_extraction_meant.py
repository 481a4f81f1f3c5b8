"""Labels and columns that call a property by other words than the schema does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT, NUMBER, WHOLE = ({"type": [kind, "null"]} for kind in ("string", "number", "integer"))
YES, DATE = {"type": ["boolean", "null"]}, {"type": ["string", "null"], "format": "date"}


def _output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


@pytest.mark.parametrize(
    ("name", "kind", "line", "value"),
    [
        ("inspector", TEXT, "Examined by: Ada Roe", "Ada Roe"),
        ("absence_reason", TEXT, "Purpose of leave: a wedding", "a wedding"),
        ("vehicle_registration", TEXT, "Fahrzeugkennzeichen: LX12 ABC", "LX12 ABC"),
        ("purchase_date", DATE, "Bought on|17 August 2024", "2024-08-17"),
        ("year_of_manufacture", WHOLE, "Year made|2009", 2009),
        ("driving_licence_required", YES, "Driving licence needed: yes", True),
        ("gross_weight", NUMBER, "Peso bruto: 1.815,50 kg", 1815.5),
    ],
)
def test_a_label_in_other_words_is_understood(
    name: str, kind: dict[str, Any], line: str, value: object
) -> None:
    assert _output(schema(**{name: kind}), line) == {name: value}


@pytest.mark.parametrize(
    ("name", "kind", "line"),
    [
        ("next_inspection_date", DATE, "Last examined: 8 August 2024"),
        ("serial_number", TEXT, "Shape of the cabinet: oval and deep"),
        ("start_time", TEXT, "Beginning of work: in the morning"),
        ("supervisor", TEXT, "Manager: 7 Mill Lane"),
        ("employee", TEXT, "Colour of the boat: red"),
    ],
)
def test_what_means_or_looks_like_something_else_is_left(
    name: str, kind: dict[str, Any], line: str
) -> None:
    assert _output(schema(**{name: kind}), line) == {name: None}


def test_a_label_that_means_two_properties_as_much_is_neither() -> None:
    wanted = schema(mooring_fee_paid_by=TEXT, mooring_fee_payer=TEXT)
    found = _output(wanted, "Mooring settled through: Ada Roe")
    assert found == {"mooring_fee_paid_by": None, "mooring_fee_payer": None}


def test_a_label_goes_to_what_it_means_most() -> None:
    wanted = schema(inspector=TEXT, owner=TEXT, next_inspection=DATE)
    text = "Examined by|Ada Roe\nOwned by|Okapi Ltd\nRe-examination due|2 May 2026"
    assert _output(wanted, text) == {
        "inspector": "Ada Roe",
        "owner": "Okapi Ltd",
        "next_inspection": "2026-05-02",
    }


def _rows(text: str, array: str, **properties: Any) -> list[list[Any]]:
    wanted = schema(**{array: {"type": "array", "items": schema(**properties)}})
    return [list(row.values()) for row in _output(wanted, text)[array]]


def test_columns_in_other_words_are_understood() -> None:
    text = (
        "Part examined|Finding|Observations\n"
        "Landing doors|OK|\n"
        "Suspension ropes|Defect|two broken wires\n"
        "Pit ladder|OK|rusty\n"
    )
    assert _rows(text, "checks", item=TEXT, result=TEXT, remark=TEXT) == [
        ["Landing doors", "OK", None],
        ["Suspension ropes", "Defect", "two broken wires"],
        ["Pit ladder", "OK", "rusty"],
    ]


def test_times_and_dates_go_to_what_asks_for_them_in_their_order() -> None:
    text = (
        "Day|Date|In|Out|Break (min)\n"
        "Mon|2025-06-09|07:30|16:00|30\n"
        "Tue|2025-06-10|08:00|17:30|60\n"
    )
    found = _rows(text, "entries", work_date=DATE, start_time=TEXT, end_time=TEXT, pause=WHOLE)
    assert found == [
        ["2025-06-09", "07:30", "16:00", 30],
        ["2025-06-10", "08:00", "17:30", 60],
    ]


def test_a_first_column_without_a_name_is_what_the_rows_are_about() -> None:
    text = "|Room|Mark\nEnglish|hall|B+\nBiology|lab|A\nHistory|attic|C\n"
    found = _rows(text, "subjects", subject=TEXT, grade=TEXT)
    assert found == [["English", "B+"], ["Biology", "A"], ["History", "C"]]


def test_the_rows_numbers_are_no_codes() -> None:
    text = "Item|Your ref|Description|Qty\n1|MF-0410|Hex bolt|1200\n2|MF-0977|Nyloc nut|800\n"
    found = _rows(text, "lines", part_no=TEXT, description=TEXT, qty=WHOLE)
    assert found == [["MF-0410", "Hex bolt", 1200], ["MF-0977", "Nyloc nut", 800]]


def test_lines_under_a_table_with_labels_are_read_beside_it() -> None:
    text = (
        "Date|In|Out|Hours worked\n"
        "2025-06-09|07:30|16:00|8\n"
        "2025-06-10|08:00|17:30|9\n"
        "Supervised by:|Johan Steyn||\n"
    )
    row = schema(work_date=DATE, start_time=TEXT, end_time=TEXT, hours=NUMBER)
    found = _output(schema(entries={"type": "array", "items": row}, supervisor=TEXT), text)
    assert found["supervisor"] == "Johan Steyn"
    assert len(found["entries"]) == 2


@pytest.mark.parametrize(
    ("options", "said", "meant"),
    [
        (["full_time", "part_time"], "Vollzeit", "full_time"),
        (["single", "married", "divorced"], "verheiratet", "married"),
        (["diesel", "gasoline", "electric"], "Petrol", "gasoline"),
        (["express", "standard"], "n/a", None),
        (["M", "F"], "Female", None),
        (["low", "normal", "urgent"], "as soon as the boat is back in the water again", None),
    ],
)
def test_an_option_in_other_words_is_understood(
    options: list[str], said: str, meant: str | None
) -> None:
    choice = {"type": ["string", "null"], "enum": [*options, None]}
    assert _output(schema(choice=choice), f"Choice: {said}") == {"choice": meant}


def test_what_stands_over_a_caption_is_its_value() -> None:
    lines = [*(f"Paragraph {number} of a long paper." for number in range(12)), ""]
    text = "\n".join([*lines, "Ada Roe           Nov 14, 2024", "Approved through  Date released"])
    wanted = schema(approving_person=TEXT, release_date=DATE)
    assert _output(wanted, text) == {
        "approving_person": "Ada Roe",
        "release_date": "2024-11-14",
    }


@pytest.mark.parametrize(
    ("last", "rows"), [("Full cost of the project|19,860", 3), ("Another hoist|4,160", 4)]
)
def test_a_last_row_that_sums_up_the_others_is_none(last: str, rows: int) -> None:
    text = f"Item|Cost\nTwo boats|13,200\nPontoon|4,160\nTraining|2,500\n{last}\n"
    assert len(_rows(text, "budget", item=TEXT, cost=NUMBER)) == rows


@pytest.mark.parametrize(
    ("name", "line", "value"),
    [
        ("serial_number", "S/N: NV8S-230914", "NV8S-230914"),
        ("manufacturing_date", "Mfg. date: 10 February 2024", "10 February 2024"),
        ("revision", "Rev: C", "C"),
    ],
)
def test_a_label_that_shortens_words_is_understood(name: str, line: str, value: str) -> None:
    assert _output(schema(**{name: TEXT}), line) == {name: value}
