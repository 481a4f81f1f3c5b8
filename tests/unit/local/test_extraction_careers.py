"""CVs: whose they are, and what that person did where and when."""

from __future__ import annotations

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction, inference

TEXT = {"type": ["string", "null"]}
JOBS = {"type": "array", "items": schema(position=TEXT, employer=TEXT, start=TEXT, end=TEXT)}
CV = """Ida Bloom
ida@okapi.example | +44 7700 900123

Work experience
Head of Marketing, Okapi Ltd   March 2019 - present
Opened two branches; in 2020 the first abroad.
2014 - 2019   Analyst at Northwind
{more}
Education
BSc Physics, University of York   2013

Skills
Python, SQL, Excel
"""


def test_jobs_are_rows_with_their_times() -> None:
    found = extraction.extract(schema(name=TEXT, work_experience=JOBS), [page(CV)]).output
    assert found == {
        "name": "Ida Bloom",
        "work_experience": [
            {
                "position": "Head of Marketing",
                "employer": "Okapi Ltd",
                "start": "March 2019",
                "end": "present",
            },
            {"position": "Analyst", "employer": "Northwind", "start": "2014", "end": "2019"},
        ],
    }


def test_an_employer_may_stand_under_the_job() -> None:
    text = CV.format(more="Clerk   2012 - 2014\nRiver Bank plc\n")
    last = extraction.extract(schema(experience=JOBS), [page(text)]).output["experience"][-1]
    assert (last["position"], last["employer"]) == ("Clerk", "River Bank plc")


@pytest.mark.parametrize(
    "text", ["Ida Bloom\n\nEducation\nBSc Physics, York 2013", "Experience\nAnalyst, Okapi 2013"]
)
def test_one_section_makes_no_cv(text: str) -> None:
    found = extraction.extract(schema(name=TEXT, experience=JOBS), [page(text)]).output
    assert found == {"name": None, "experience": []}


def test_a_cv_has_a_schema_of_its_sections() -> None:
    pages = [page(CV.format(more=""))]
    found = inference.infer([pages])
    assert extraction.extract(found, pages).output == {
        "name": "Ida Bloom",
        "email": "ida@okapi.example",
        "phone": "+44 7700 900123",
        "work_experience": [
            {
                "title": "Head of Marketing",
                "company": "Okapi Ltd",
                "period": "March 2019 - present",
                "description": "Opened two branches; in 2020 the first abroad.",
            },
            {
                "title": "Analyst",
                "company": "Northwind",
                "period": "2014 - 2019",
                "description": None,
            },
        ],
        "education": [
            {"degree": "BSc Physics", "institution": "University of York", "period": "2013"}
        ],
        "skills": ["Python", "SQL", "Excel"],
    }
