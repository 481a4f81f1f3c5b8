"""What a résumé says of a person, of work and of schools."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT = {"type": ["string", "null"]}
JOB = {"title": TEXT, "employer": TEXT, "start": TEXT, "end": TEXT}
DEGREE = {"degree": TEXT, "school": TEXT, "year": {"type": ["integer", "null"]}}
TOP = "ADA ROE\nLeeds, Yorkshire • (0113) 496 0017 • ada@okapi.example\n\n"
SCHOOLS = "Education\n\nB.Sc., Chemistry, University of Leeds, 2012\n\nSkills\nTitration, Dutch\n"


def rows(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "object", "properties": properties}}


def output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


def test_the_top_says_who_it_is() -> None:
    wanted = schema("full_name", full_name={"type": "string"}, city=TEXT, state=TEXT, phone=TEXT)
    assert output(wanted, f"{TOP}Summary\nA chemist who sails.\n\n{SCHOOLS}") == {
        "full_name": "ADA ROE",
        "city": "Leeds",
        "state": "Yorkshire",
        "phone": "(0113) 496 0017",
    }


@pytest.mark.parametrize(
    "jobs",
    [
        "Head Chemist, Dyes   May 2019 - Present\nOkapi Ltd\n- Led nine people\n"
        "Laboratory Assistant   June 2014 - April 2019\nMill Hospital\n- Kept the stores",
        "Okapi Ltd   May 2019 - Present\nHead Chemist, Dyes\n"
        "Mill Hospital   June 2014 - April 2019\nLaboratory Assistant",
        "Head Chemist, Dyes at Okapi Ltd (May 2019 - Present)\n"
        "Laboratory Assistant at Mill Hospital (June 2014 - April 2019)",
    ],
)
def test_jobs_are_told_by_their_periods(jobs: str) -> None:
    text = f"{TOP}Work experience\n\n{jobs}\n\n{SCHOOLS}"
    assert output(schema(employment=rows(**JOB)), text) == {
        "employment": [
            {"title": "Head Chemist, Dyes", "employer": "Okapi Ltd", "start": "May 2019"}
            | {"end": None},
            {"title": "Laboratory Assistant", "employer": "Mill Hospital", "start": "June 2014"}
            | {"end": "April 2019"},
        ]
    }


def test_schools_are_told_by_their_years() -> None:
    text = f"{TOP}Profile\nA chemist who sails.\n\n{SCHOOLS}"
    assert output(schema(education=rows(**DEGREE)), text) == {
        "education": [{"degree": "B.Sc., Chemistry", "school": "University of Leeds", "year": 2012}]
    }


def test_another_document_has_no_such_parts() -> None:
    text = "Okapi Ltd\n\nEducation\n\nA course at the University of Leeds in 2012 costs 90.00.\n"
    assert output(schema(full_name=TEXT, education=rows(**DEGREE)), text) == {
        "full_name": None,
        "education": [],
    }
