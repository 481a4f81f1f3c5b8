"""The built-in endpoint types with a language model, through their schemas and handlers."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from jobs_backend.errors import JobFailure
from tests.unit.engines import fake_model as fake
from tests.unit.engines.fake_model import FakeServer

RunJob = Callable[..., dict[str, Any]]
LETTER = {"filename": "a.txt", "url": "data:text/plain,Ada%20owes%2012.50.%0CMore."}
KINDS = [{"name": "letter"}, {"name": "bill"}]
SCHEMA = {"type": "object", "properties": {"total": {"type": "number"}}, "required": ["total"]}


@pytest.fixture
def run_asked(run_job: RunJob, settings: Callable[..., None], server: FakeServer) -> RunJob:
    settings(JOBS_ENGINE="openai", OPENAI_BASE_URL=f"{server.url}/v1", OPENAI_API_KEY="sk-1")

    def run(path: str, request: dict[str, Any], *said: Any) -> dict[str, Any]:
        server.replies = [fake.answers(each) for each in said]
        body = run_job(path, request)
        assert body["model"] == "retab-small"
        usage = body["usage"]
        assert usage.get("input_tokens", usage.get("prompt_tokens")) == 10 * len(said)
        return body

    return run


def test_extractions(run_asked: RunJob) -> None:
    request = {"document": LETTER, "json_schema": SCHEMA, "n_consensus": 3}
    said = ({"total": 12.5}, {"total": 12.5}, {"total": 13})
    body = run_asked("/v1/extractions", request, *said)
    assert body["output"] == {"total": 12.5}
    assert body["consensus"]["likelihoods"] == {"total": pytest.approx(2 / 3)}
    assert len(body["consensus"]["choices"]) == 3
    assert body["sources"] == {}


def test_classifications(run_asked: RunJob) -> None:
    said = {"reasoning": "It owes.", "category": "bill"}
    body = run_asked("/v1/classifications", {"document": LETTER, "categories": KINDS}, said)
    assert body["output"] == said
    assert body["consensus"] == {"choices": [said], "likelihood": 1.0}


def test_generated_schemas(run_asked: RunJob, server: FakeServer) -> None:
    body = run_asked("/v1/schemas/generate", {"documents": [LETTER]}, SCHEMA)
    assert body["json_schema"] == SCHEMA
    server.replies = [fake.answers({"type": "nonsense"})]
    with pytest.raises(JobFailure) as raised:
        run_asked("/v1/schemas/generate", {"documents": [LETTER]}, {"type": "nonsense"})
    assert raised.value.code == "model_answer_invalid"


def test_edits(run_asked: RunJob) -> None:
    target = io.BytesIO()
    canvas = Canvas(target, invariant=True)
    canvas.acroForm.textfield(name="city", tooltip="City", x=100, y=700, width=200, height=20)
    canvas.showPage()
    canvas.save()
    url = f"data:application/pdf;base64,{base64.b64encode(target.getvalue()).decode()}"
    request = {"document": {"filename": "form.pdf", "url": url}, "instructions": "I live in Bonn."}
    body = run_asked("/v1/edits", request, {"city": "Bonn"})
    assert [field["value"] for field in body["output"]["form_data"]] == ["Bonn"]


def test_splits(run_asked: RunJob) -> None:
    kinds = [{"name": "letter", "allow_multiple_instances": True}, {"name": "bill"}]
    request = {"document": LETTER, "subdocuments": kinds, "n_consensus": 3}
    first, second = {"name": "letter", "pages": [1]}, {"name": "letter", "pages": [2]}
    said = {"parts": [first, second]}
    other = {"parts": [first, {"name": "bill", "pages": [2]}]}
    body = run_asked("/v1/splits", request, said, said, other)
    assert body["output"] == [first, second]
    assert body["consensus"]["choices"].count([first, second]) == 2
    assert len(body["consensus"]["likelihoods"]) == 2


def test_what_a_split_may_not_say_is_put_right(run_asked: RunJob) -> None:
    # A page in two parts, one that there is not, and two parts of a kind of which there is one.
    parts = [
        {"name": "letter", "pages": [1, 7]},
        {"name": "bill", "pages": [1]},
        {"name": "letter", "pages": [2]},
    ]
    body = run_asked("/v1/splits", {"document": LETTER, "subdocuments": KINDS}, {"parts": parts})
    assert body["output"] == [{"name": "letter", "pages": [1, 2]}]


@pytest.mark.parametrize(
    ("allow_overlap", "pages_of_second"), [(True, [1, 2]), (False, [2])], ids=["shared", "apart"]
)
def test_partitions(run_asked: RunJob, allow_overlap: bool, pages_of_second: list[int]) -> None:
    request = {
        "document": LETTER,
        "key": "debtor",
        "instructions": "One part for each.",
        "allow_overlap": allow_overlap,
    }
    parts = [{"key": "Ada", "pages": [1]}, {"key": " Eve ", "pages": [1, 2]}]
    body = run_asked("/v1/partitions", request, {"parts": parts})
    assert body["key"] == "debtor"
    assert body["output"] == [
        {"key": "Ada", "pages": [1]},
        {"key": "Eve", "pages": pages_of_second},
    ]


def test_a_document_without_the_key_says_so(run_asked: RunJob) -> None:
    request = {"document": LETTER, "key": "ISBN", "instructions": "One part for each."}
    with pytest.raises(JobFailure) as raised:
        run_asked("/v1/partitions", request, {"parts": []})
    assert raised.value.code == "partition_failed"


def test_evals(run_asked: RunJob) -> None:
    request = {"project_id": "proj_1", "document": LETTER, "json_schema": SCHEMA}
    for path in ("/v1/evals/extract/process", "/v1/evals/extract/extract"):
        body = run_asked(path, request, {"total": 12.5})
        assert body["choices"][0]["message"]["parsed"] == {"total": 12.5}
    request = {"project_id": "proj_1", "document": LETTER, "subdocuments": KINDS}
    part = {"name": "bill", "pages": [1]}
    body = run_asked("/v1/evals/extract/split", request, {"parts": [part]})
    assert body["output"] == [part]
