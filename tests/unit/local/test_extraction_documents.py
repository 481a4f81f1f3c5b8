"""`/v1/extractions` on whole documents."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobs_backend.errors import JobFailure
from tests.quality import drawings
from tests.quality.business import paper
from tests.quality.extraction import SCHEMA as WHOLE_SCHEMA
from tests.unit.conftest import RunJob
from tests.unit.local.conftest import Extract, document, page, schema
from workers.local import extraction

SCHEMA = {
    **WHOLE_SCHEMA,
    "properties": {name: WHOLE_SCHEMA["properties"][name] for name in paper(0, "en").truth},
}


@pytest.mark.parametrize("head", [drawings.labels_left, drawings.labels_above, drawings.boxed])
@pytest.mark.parametrize("locale", ["en", "de", "fr"])
def test_an_invoice_as_a_pdf(extract: Extract, head: drawings.Draw, locale: str) -> None:
    made = paper(71, locale)
    body = extract(SCHEMA, drawings.pdf(made, head, drawings.borderless), "a.pdf")
    assert body["output"] == made.truth
    assert body["sources"]["/invoice_number"]["text"] == made.truth["invoice_number"]
    assert body["sources"]["/line_items/0/unit_price"]["text"] == made.rows[0][2]
    assert body["consensus"] == {"choices": [made.truth], "likelihoods": None}


@pytest.mark.parametrize(
    ("name", "draw"),
    [("a.docx", drawings.docx), ("a.xlsx", drawings.xlsx), ("a.txt", drawings.text)],
)
def test_an_invoice_as_another_document(extract: Extract, name: str, draw: drawings.Any) -> None:
    made = paper(72, "en")
    assert extract(SCHEMA, draw(made), name)["output"] == made.truth


def test_sources_lie_where_the_words_do(extract: Extract) -> None:
    made = paper(73, "en")
    body = extract(SCHEMA, drawings.pdf(made, drawings.labels_left, drawings.ruled), "a.pdf")
    found = body["sources"]["/invoice_number"]
    assert found["page"] == 1
    assert found["bbox"]["left"] == pytest.approx(190 / drawings.WIDTH, abs=0.001)
    assert 0 < found["bbox"]["height"] < 0.03


@pytest.mark.slow
def test_a_noisy_scan_is_read_as_well(extract: Extract) -> None:
    made = paper(74, "en", row_count=3)
    content = drawings.pdf(made, drawings.labels_left, drawings.ruled)
    found = extract(SCHEMA, drawings.scan(content, 1), "a.png")["output"]
    assert found["invoice_number"] == made.truth["invoice_number"]
    assert found["total"] == made.truth["total"]
    assert [item["total"] for item in found["line_items"]] == [
        item["total"] for item in made.truth["line_items"]
    ]


def test_a_bad_schema_fails_before_the_document_is_read(run_job: RunJob) -> None:
    request = {
        "document": document("a.pdf", b"%PDF-broken"),
        "json_schema": {"properties": {"a": {"$ref": "https://example.com"}}},
        "model": "local",
    }
    with pytest.raises(JobFailure) as raised:
        run_job("/v1/extractions", request)
    assert raised.value.code == "invalid_json_schema"


@pytest.mark.slow
def test_large_schemas_and_documents_take_seconds(extract: Extract) -> None:
    properties = {f"measured_value_{n}": {"type": ["number", "null"]} for n in range(400)}
    lines = [f"Measured value {n}: {n}.5" for n in range(1500)]
    pages = ["\n".join(lines[n : n + 50]) for n in range(0, len(lines), 50)]
    found = extract(schema(**properties), "\f".join(pages))["output"]
    assert found["measured_value_7"] == 7.5
    assert found["measured_value_399"] == 399.5


ANY_TEXT = st.text(alphabet=st.sampled_from("ab1:. \n|€-,%[]x日"), max_size=200)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ANY_TEXT, ANY_TEXT)
def test_any_text_gives_an_answer(first: str, second: str) -> None:
    wanted = schema(
        a={"type": ["string", "null"]},
        b={"type": ["number", "null"]},
        ab={"type": "array", "items": schema(a={"type": "string"}, b={"type": "number"})},
        x={"type": "array", "items": {"type": "string"}},
    )
    found = extraction.extract(wanted, [page(first), page(second, 2)])
    again = extraction.extract(wanted, [page(first), page(second, 2)])
    assert found.output == again.output
    assert set(found.output) >= {"a", "b", "ab", "x"}
