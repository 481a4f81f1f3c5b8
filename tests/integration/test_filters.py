"""Every filter of a list, by itself and with others."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from jobs_backend import jobs, organizations, pages
from jobs_backend.submission import NewJob, submit

Sql = Callable[..., list[tuple[Any, ...]]]


def _document(name: str) -> dict[str, str]:
    return {"filename": name, "url": "data:,x"}


JOBS: dict[str, tuple[str, dict[str, Any], dict[str, str] | None]] = {
    "plain": ("/v1/echo", {"model": "small"}, None),
    "empty": ("/v1/anything", {}, {}),
    "project": ("/v1/anything", {"project_id": "proj_1", "model": "large"}, {"batch": "7"}),
    "workflow": ("/v1/anything", {}, {"workflow_id": "wf_1", "workflow_block_id": "b_1"}),
    "block": ("/v1/anything", {}, {"workflow_id": "wf_2", "block_id": "b_1", "batch": "7"}),
    "both": ("/v1/echo", {"project_id": "proj_1"}, {"workflow_id": "wf_1"}),
    "odd": (
        "/v1/anything",
        {"model": 5, "project_id": ["x"], "document": "no", "documents": 1},
        None,
    ),
    "invoice": ("/v1/anything", {"document": _document("Invoice_2024%.PDF")}, None),
    "several": (
        "/v1/anything",
        {"documents": [_document("a.docx"), _document("straße_ÄÖ.tar.gz"), {"filename": 3}]},
        None,
    ),
    "greek": ("/v1/anything", {"document": _document("ΟΔΟΣΑ ΣΟΦΟΣ.txt")}, None),
    "turkish": ("/v1/anything", {"document": _document("İSTANBUL plan.txt")}, None),
    "blocks": ("/v1/anything", {}, {"workflow_block_id": "b_2", "block_id": "b_3"}),
    "nameless": ("/v1/anything", {"document": _document("README")}, None),
    "old": ("/v1/echo", {"model": "small"}, None),
}  # fmt: skip


@pytest.fixture
def stored(organization: str, sql: Sql) -> dict[str, str]:
    """One job of each kind, and the same ones of somebody else's; names by id."""
    other = organizations.create_organization("somebody else")
    ids = {}
    for owner in (organization, other):
        for name, (endpoint, request, metadata) in JOBS.items():
            job = submit(NewJob(owner, endpoint, json.dumps(request), metadata))
            if owner == organization:
                ids[job.id] = name
            if name == "old":
                long_ago = datetime(2020, 2, 29, 23, 59, 59, 999999, timezone.utc)
                sql("UPDATE jobs SET created_at = %s WHERE id = %s", long_ago, job.id)
                sql("UPDATE job_facets SET created_at = %s WHERE job_id = %s", long_ago, job.id)
    return ids


@pytest.fixture
def find(client: FlaskClient, stored: dict[str, str]) -> Callable[[str], set[str]]:
    """The names of the jobs that a query finds, in both orders alike."""

    def search(query: str) -> set[str]:
        found = []
        for order in ("asc", "desc"):
            answer = client.get(f"/v1/jobs?{query}&order={order}&limit=100")
            assert answer.status_code == 200, answer.get_json()
            found.append([stored[job["id"]] for job in answer.get_json()["data"]])
        assert found[0] == found[1][::-1]
        return set(found[0])

    return search


# Of the 200 letters an odd number has to be an even one: there are 68,685,050 ways to find out.
BURNS = r"^(a*)(a*)(a*)(a*)\1\2\3\4ab$"
TODAY = f"{datetime.now(timezone.utc):%Y-%m-%d}"
EVERYTHING = set(JOBS)
FILTERS = [
    ("", EVERYTHING),
    ("status=validating", EVERYTHING),
    ("status=queued", set()),
    ("endpoint=/v1/echo", {"plain", "both", "old"}),
    ("source=project", {"project", "both"}),
    ("source=workflow", {"workflow", "block", "both"}),
    ("source=api", EVERYTHING - {"project", "workflow", "block", "both"}),
    ("project_id=proj_1", {"project", "both"}),
    ("project_id=x", set()),
    ("workflow_id=wf_1", {"workflow", "both"}),
    ("workflow_block_id=b_1", {"workflow", "block"}),
    ("model=small", {"plain", "old"}),
    ("model=5", set()),
    ("filename_contains=invoice", {"invoice"}),
    ("filename_contains=%25", {"invoice"}),
    ("filename_contains=_2024%25.", {"invoice"}),
    ("filename_contains=x2024", set()),
    ("filename_contains=STRASSE", set()),
    ("filename_contains=STRA%C3%9FE_%C3%A4", {"several"}),
    ("filename_contains=pd", {"invoice"}),
    ("filename_contains=", {"invoice", "several", "nameless", "greek", "turkish"}),
    ("filename_contains=ΟΔΟΣ", {"greek"}),
    ("filename_contains=δοσ", {"greek"}),
    ("filename_contains=ΟΣ.", {"greek"}),
    ("filename_regex=ΔΟΣ", {"greek"}),
    ("filename_contains=İSTANBUL", {"turkish"}),
    ("workflow_block_id=b_2", {"blocks"}),
    ("workflow_block_id=b_3", {"blocks"}),
    ("filename_regex=^a", {"several"}),
    ("filename_regex=^[A-Z]%2B$", {"nameless"}),
    ("filename_regex=(?i)^invoice_%5Cd{4}.*%5C.pdf$", {"invoice"}),
    ("filename_regex=invoice", set()),
    ("filename_regex=Invoice|README", {"invoice", "nameless"}),
    ("filename_regex=%5CyREADME%5CM", {"nameless"}),
    ("document_type=pdf", {"invoice"}),
    ("document_type=.PDF", {"invoice"}),
    ("document_type=pdf,docx", {"invoice", "several"}),
    ("document_type=pdf&document_type=gz", {"invoice", "several"}),
    ("document_type=tar", set()),
    ("from_date=2020-03-01", EVERYTHING - {"old"}),
    ("from_date=2020-02-29&to_date=2020-02-29", {"old"}),
    ("to_date=2020-02-28", set()),
    (f"from_date={TODAY}", EVERYTHING - {"old"}),
    ("to_date=9999-12-31", EVERYTHING),
    ("from_date=0001-01-01", EVERYTHING),
    ('metadata={"batch":"7"}', {"project", "block"}),
    ('metadata={"batch":"7","block_id":"b_1"}', {"block"}),
    ('metadata={"batch":"77"}', set()),
    ("metadata={}", EVERYTHING),
    ('model=large&source=project&metadata={"batch":"7"}&endpoint=/v1/anything', {"project"}),
    ("endpoint=/v1/echo&from_date=2020-03-01", {"plain", "both"}),
    ("access_token=x&operation_name=y", EVERYTHING),
]


@pytest.mark.parametrize(
    ("query", "names"), FILTERS, ids=lambda it: it if isinstance(it, str) else ""
)
def test_a_filter_finds_what_has_it_and_nothing_else(
    find: Callable[[str], set[str]], query: str, names: set[str]
) -> None:
    assert find(query) == names


@pytest.mark.parametrize("parameter", ["id", "job_id"])
def test_one_job_is_found_by_either_name_of_its_id(
    client: FlaskClient, stored: dict[str, str], parameter: str
) -> None:
    wanted = next(iter(stored))
    answer = client.get(f"/v1/jobs?{parameter}={wanted}").get_json()
    assert [job["id"] for job in answer["data"]] == [wanted]
    assert client.get(f"/v1/jobs?{parameter}=job_unknown").get_json()["data"] == []


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("query", ["", "endpoint=/v1/anything", "source=api", "document_type=pdf"])
def test_a_filtered_list_is_walked_both_ways(
    client: FlaskClient, stored: dict[str, str], order: str, query: str
) -> None:
    whole = _ids(client.get(f"/v1/jobs?{query}&order={order}&limit=100").get_json())
    forwards, cursor = [], ""
    while True:
        page = client.get(f"/v1/jobs?{query}&order={order}&limit=2{cursor}").get_json()
        forwards += _ids(page)
        if page["list_metadata"]["after"] is None:
            break
        cursor = f"&after={page['last_id']}"
    backwards = _ids(page)
    while page["list_metadata"]["before"] is not None:
        page = client.get(
            f"/v1/jobs?{query}&order={order}&limit=2&before={page['first_id']}"
        ).get_json()
        backwards = _ids(page) + backwards
    assert forwards == backwards == whole


def test_pages_stay_exact_while_jobs_come_and_move(client: FlaskClient, organization: str) -> None:
    old = [submit(NewJob(organization, "/v1/anything", "{}")).id for _ in range(9)]
    seen, cursor = [], ""
    while True:
        page = client.get(f"/v1/jobs?endpoint=/v1/anything&limit=2{cursor}").get_json()
        seen += _ids(page)
        submit(NewJob(organization, "/v1/anything", "{}"))
        jobs.cancel(organization, old[len(seen) % 9])
        if not page["has_more"]:
            break
        cursor = f"&after={page['last_id']}"
    assert seen == old[::-1]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("source=hosted", "source"),
        ("before=", "before"),
        ("after=", "after"),
        ("filename_regex=(", "filename_regex"),
        ("filename_regex=" + "a" * 257, "filename_regex"),
        ("filename_regex=%00", "filename_regex"),
        ("filename_contains=" + "a" * 513, "filename_contains"),
        ("from_date=2024-02-30", "from_date"),
        ("from_date=20240201", "from_date"),
        ("to_date=2024-2-1", "to_date"),
        ("to_date=yesterday", "to_date"),
        ("document_type=", "document_type"),
        ("document_type=,.,", "document_type"),
        ("document_type=a%00b", "document_type"),
        ("document_type=" + ",".join(map(str, range(21))), "document_type"),
        ("id=job_a&job_id=job_b", "job_id"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_422(client: FlaskClient, query: str, field: str) -> None:
    answer = client.get(f"/v1/jobs?{query}")
    assert answer.status_code == 422
    assert answer.get_json()["detail"][0]["loc"] == ["query", field]


def test_a_regular_expression_cannot_burn_the_processor(
    client: FlaskClient, organization: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(
        NewJob(organization, "/v1/anything", json.dumps({"document": _document("a" * 200 + "b")}))
    )
    monkeypatch.setattr(pages, "SEARCH_SECONDS", 0.2)
    answer = client.get("/v1/jobs", query_string={"filename_regex": BURNS})
    assert answer.status_code == 422
    assert "takes too long" in answer.get_json()["detail"][0]["msg"]
    assert client.get("/v1/jobs").status_code == 200


@pytest.mark.parametrize(
    "text", ["'", '"', "\\", "%", "_", "'; DROP TABLE jobs; --", "\r\n\x1b[31m"]
)
def test_what_means_something_to_sql_is_text_here(client: FlaskClient, text: str) -> None:
    texts = ("project_id", "workflow_id", "workflow_block_id", "model", "filename_contains")
    for name in (*texts, "id", "job_id", "filename_regex", "document_type"):
        answer = client.get(f"/v1/jobs?{urlencode({name: text})}")
        assert answer.status_code in (200, 422), name
        assert name == "filename_regex" or answer.status_code == 200
    pair = client.get("/v1/jobs", query_string={"metadata": json.dumps({text: text})})
    assert pair.status_code == 200


def _ids(page: dict[str, Any]) -> list[str]:
    return [job["id"] for job in page["data"]]
