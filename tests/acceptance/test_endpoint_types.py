"""Every built-in endpoint type through the whole stack, on documents with a known answer."""

from __future__ import annotations

import base64
import io
from typing import Any

import httpx
import pypdfium2
import pytest
from jsonschema import Draft202012Validator
from reportlab.pdfgen.canvas import Canvas

from tests.acceptance.conftest import Stack, finish

INVOICE_SCHEMA = {
    "type": "object",
    "properties": {
        "invoice_number": {"type": "string"},
        "invoice_date": {"type": ["string", "null"], "format": "date"},
        "total": {"type": "number"},
        "delivery_note": {"type": ["string", "null"]},
    },
    "required": ["invoice_number", "total"],
}
KINDS = [
    {"name": "invoice", "description": "A bill with items and a total amount to be paid"},
    {"name": "contract", "description": "Terms and clauses that two parties sign"},
]


def _pdf(*pages: list[str]) -> dict[str, str]:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), invariant=True)
    for lines in pages:
        canvas.setFont("Helvetica", 11)
        for number, line in enumerate(lines):
            canvas.drawString(60, 780 - 22 * number, line)
        canvas.showPage()
    canvas.save()
    return _document("document.pdf", target.getvalue())


def _document(filename: str, content: bytes) -> dict[str, str]:
    encoded = base64.b64encode(content).decode()
    return {"filename": filename, "url": f"data:application/pdf;base64,{encoded}"}


def _invoice(number: str, total: str = "1,234.50") -> list[str]:
    return [
        "Invoice",
        f"Invoice number: {number}",
        "Invoice date: 12 March 2026",
        "Please pay the amount due within 14 days.",
        f"Total: {total} EUR",
    ]


CONTRACT = [
    "Contract of service",
    "This agreement is made between the two parties below.",
    "Clause 1: The provider delivers the service as agreed.",
    "Clause 2: Either party may terminate this contract.",
    "Signed by both parties:",
]


def _form() -> dict[str, str]:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), invariant=True)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(60, 780, "Application")
    for number, label in enumerate(("Full name", "City")):
        top = 740 - 40 * number
        canvas.drawString(60, top, f"{label}:")
        canvas.acroForm.textfield(
            name=label.lower().replace(" ", "_"), tooltip=label, x=180, y=top - 6, width=250,
            height=20,
        )  # fmt: skip
    canvas.drawString(60, 660, "Newsletter")
    canvas.acroForm.checkbox(name="newsletter", tooltip="Newsletter", x=180, y=656, size=16)
    canvas.save()
    return _document("form.pdf", target.getvalue())


def _run(http: httpx.Client, endpoint: str, **request: Any) -> dict[str, Any]:
    answer = http.post("/v1/jobs", json={"endpoint": endpoint, "request": request})
    assert answer.status_code == 200, answer.text
    return finish(http, answer.json())


def _body(http: httpx.Client, endpoint: str, **request: Any) -> dict[str, Any]:
    job = _run(http, endpoint, **request)
    assert job["status"] == "completed", job["error"]
    assert job["response"]["status_code"] == 200
    described = http.get("/openapi.json").json()
    name = _response_schema(described, endpoint)
    schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
    body: dict[str, Any] = job["response"]["body"]
    assert [problem.message for problem in Draft202012Validator(schema).iter_errors(body)] == []
    return body


def _response_schema(described: dict[str, Any], endpoint: str) -> str:
    [envelope] = [
        each
        for each in described["components"]["schemas"]["CreateJob"]["oneOf"]
        if each["title"] == endpoint
    ]
    return str(envelope["description"].split("#/components/schemas/")[1].rstrip("`."))


def test_parses(http: httpx.Client) -> None:
    body = _body(http, "/v1/parses", document=_pdf(_invoice("A-17"), CONTRACT))
    assert body["model"] == "local"
    assert body["id"].startswith("parse_")
    assert [page.splitlines()[0] for page in body["output"]["pages"]] == ["Invoice", CONTRACT[0]]
    assert body["usage"]["page_count"] == 2


def test_extractions(http: httpx.Client) -> None:
    document = _pdf(_invoice("A-17"))
    body = _body(http, "/v1/extractions", document=document, json_schema=INVOICE_SCHEMA)
    assert body["output"] == {
        "invoice_number": "A-17",
        "invoice_date": "2026-03-12",
        "total": 1234.5,
        "delivery_note": None,
    }
    assert body["sources"]["/invoice_number"]["page"] == 1
    assert body["sources"]["/invoice_number"]["text"] == "A-17"
    assert (body["id"][:5], body["model"], body["json_schema"]) == (
        "extr_",
        "local",
        INVOICE_SCHEMA,
    )


def test_an_extraction_invents_nothing(http: httpx.Client) -> None:
    schema = {
        "type": "object",
        "properties": {"blood_group": {"type": "string"}},
        "required": ["blood_group"],
    }
    job = _run(http, "/v1/extractions", document=_pdf(_invoice("A-17")), json_schema=schema)
    assert (job["status"], job["error"]["code"]) == ("failed", "extraction_failed")
    assert "blood_group" in job["error"]["message"]


def test_schemas_generate(http: httpx.Client) -> None:
    documents = [_pdf(_invoice("A-17")), _pdf(_invoice("B-2", "99.00"))]
    body = _body(http, "/v1/schemas/generate", documents=documents)
    assert (body["object"], body["strict"]) == ("schema", True)
    properties = body["json_schema"]["properties"]
    assert {"invoice_number", "total"} <= set(properties)
    Draft202012Validator.check_schema(body["json_schema"])


def test_classifications(http: httpx.Client) -> None:
    body = _body(http, "/v1/classifications", document=_pdf(CONTRACT), categories=KINDS)
    assert body["output"]["category"] == "contract"
    assert body["output"]["reasoning"]
    assert body["id"].startswith("cls_")


def test_splits(http: httpx.Client) -> None:
    document = _pdf(_invoice("A-17"), CONTRACT)
    body = _body(http, "/v1/splits", document=document, subdocuments=KINDS)
    assert body["output"] == [
        {"name": "invoice", "pages": [1]},
        {"name": "contract", "pages": [2]},
    ]
    assert body["id"].startswith("split_")


def test_partitions(http: httpx.Client) -> None:
    document = _pdf(_invoice("A-17"), _invoice("A-17"), _invoice("B-2"))
    instructions = "One part for each invoice"
    body = _body(
        http,
        "/v1/partitions",
        document=document,
        key="invoice number",
        instructions=instructions,
    )
    assert body["output"] == [{"key": "A-17", "pages": [1, 2]}, {"key": "B-2", "pages": [3]}]
    assert (body["id"][:5], body["key"]) == ("part_", "invoice number")


INSTRUCTIONS = "Full name: Ada Lovelace\nCity: Zürich\nNewsletter: yes"


def _check_filled(body: dict[str, Any]) -> None:
    assert body["output"] == body["data"]
    values = {field["key"]: field["value"] for field in body["output"]["form_data"]}
    assert values == {"full_name": "Ada Lovelace", "city": "Zürich", "newsletter": "true"}
    content = base64.b64decode(body["output"]["filled_document"]["url"].partition(",")[2])
    pdf = pypdfium2.PdfDocument(content)
    pdf.init_forms()
    text = pdf[0].get_textpage().get_text_range()
    assert "Ada Lovelace" in text
    assert "Zürich" in text
    pdf.close()


def test_edits(http: httpx.Client) -> None:
    body = _body(http, "/v1/edits", document=_form(), instructions=INSTRUCTIONS)
    assert body["id"].startswith("edit_")
    _check_filled(body)


def test_edits_templates(http: httpx.Client) -> None:
    generated = _body(http, "/v1/edits/templates/generate", document=_form())
    fields = generated["form_schema"]["form_fields"]
    assert [field["key"] for field in fields] == ["full_name", "city", "newsletter"]
    assert generated["field_count"] == 3
    assert generated["annotated_pdf"]["url"].startswith("data:application/pdf;base64,")
    stored = http.post(
        "/v1/edits/templates",
        json={"name": "Application", "document": _form(), "form_fields": fields},
    ).json()
    for endpoint in ("/v1/edits/templates/fill", "/v1/edits"):
        _check_filled(_body(http, endpoint, template_id=stored["id"], instructions=INSTRUCTIONS))


def test_a_template_that_is_unknown_fails_the_job(http: httpx.Client) -> None:
    job = _run(http, "/v1/edits/templates/fill", template_id="none", instructions="Name: A")
    assert (job["status"], job["error"]["code"]) == ("failed", "template_not_found")


@pytest.mark.parametrize("path", ["/v1/evals/extract/process", "/v1/evals/extract/extract"])
def test_evals_extract(http: httpx.Client, path: str) -> None:
    project = http.post(
        "/v1/projects", json={"name": "Invoices", "json_schema": INVOICE_SCHEMA}
    ).json()
    for schema in ({}, {"json_schema": INVOICE_SCHEMA}):
        body = _body(
            http,
            path,
            project_id=project["id"],
            document=_pdf(_invoice("A-17")),
            **schema,
        )
        assert body["object"] == "chat.completion"
        assert body["choices"][0]["message"]["parsed"]["invoice_number"] == "A-17"


def test_evals_extract_split(http: httpx.Client) -> None:
    project = http.post("/v1/projects", json={"name": "Bundles", "subdocuments": KINDS}).json()
    body = _body(
        http,
        "/v1/evals/extract/split",
        project_id=project["id"],
        document=_pdf(_invoice("A-17"), CONTRACT),
    )
    assert [part["pages"] for part in body["output"]] == [[1], [2]]
    job = _run(http, "/v1/evals/extract/split", project_id="proj_none", document=_pdf(CONTRACT))
    assert (job["status"], job["error"]["code"]) == ("failed", "project_not_found")


def test_a_stored_file_is_a_document(stack: Stack, http: httpx.Client) -> None:
    file = http.post("/v1/files", json=_pdf(CONTRACT)).json()
    body = _body(http, "/v1/parses", document={"id": file["id"]})
    assert body["file"]["filename"] == "document.pdf"
    assert CONTRACT[0] in body["output"]["text"]
