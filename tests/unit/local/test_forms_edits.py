"""`/v1/edits` and its templates, from the request to the response."""

from __future__ import annotations

import base64
import io
from typing import Any

import docx
import pytest
import structlog
from pypdf import PdfReader
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from jobs_backend.errors import JobFailure
from tests.unit.conftest import RunJob
from tests.unit.documents.conftest import encoded, picture
from tests.unit.local.papers import declared, lines, pdf, seen_text
from workers.context import Context
from workers.endpoints import edits
from workers.forms import fields

FLAT = pdf(lines("Name: ______________________", "[ ] Newsletter"))
CONTEXT = Context("job_1", 1, "org_1", structlog.get_logger())


def sent(filename: str, content: bytes) -> dict[str, str]:
    return {"filename": filename, "url": f"data:;base64,{base64.b64encode(content).decode()}"}


def bytes_of(document: dict[str, str]) -> bytes:
    head, _, content = document["url"].partition(",")
    assert head == "data:application/pdf;base64"
    return base64.b64decode(content)


def values(body: dict[str, Any]) -> dict[str, str]:
    return {one["key"]: one["value"] for one in body["output"]["form_data"] if one["value"]}


def test_a_form_is_filled_in(run_job: RunJob) -> None:
    request = {
        "document": sent("my form.pdf", FLAT),
        "instructions": "Set the name to Ada Lovelace and tick the newsletter box",
        "model": "local",
    }
    body = run_job("/v1/edits", request)
    assert values(body) == {"name": "Ada Lovelace", "newsletter": "true"}
    assert body["data"] == body["output"]
    assert body["model"] == "local"
    assert body["usage"]["page_count"] == 1
    filled = body["output"]["filled_document"]
    assert filled["filename"] == "my form-filled.pdf"
    assert "Ada Lovelace" in seen_text(bytes_of(filled))


def test_the_same_request_gives_the_same_pdf(run_job: RunJob) -> None:
    request = {"document": sent("a.pdf", pdf(declared)), "instructions": "Full name: Ada"}
    first, second = (run_job("/v1/edits", request)["output"] for _ in range(2))
    assert first == second


def test_fields_are_found(run_job: RunJob) -> None:
    body = run_job("/v1/edits/templates/generate", {"document": sent("a.pdf", FLAT)})
    assert body["field_count"] == 2
    name, newsletter = body["form_schema"]["form_fields"]
    assert (name["key"], name["description"], name["type"]) == ("name", "Name", "text")
    assert (newsletter["type"], newsletter["value"]) == ("checkbox", None)
    assert body["annotated_pdf"]["filename"] == "a-annotated.pdf"
    assert len(PdfReader(io.BytesIO(bytes_of(body["annotated_pdf"]))).pages) == 1


def test_what_is_stored_of_a_template_is_enough_to_fill_it_in(run_job: RunJob) -> None:
    for content in (FLAT, pdf(declared)):
        found = run_job("/v1/edits/templates/generate", {"document": sent("a.pdf", content)})
        stored = found["form_schema"]["form_fields"]
        empty = edits.of_template("odd/name.docx", content, stored, CONTEXT)
        assert fields.as_json(empty.fields) == stored


def test_a_template_fills_its_own_fields_alone(run_job: RunJob) -> None:
    stored = [
        {
            "key": "code",
            "description": "Secret code",
            "type": "text",
            "value": None,
            "bbox": {"left": 0.5, "top": 0.5, "width": 0.2, "height": 0.03, "page": 1},
        }
    ]
    empty = edits.of_template("a.pdf", FLAT, stored, CONTEXT)
    request = {"model": "local", "instructions": "Secret code: 4711\nName: Ada"}
    body = edits.fill(empty, {**request, "config": {"color": "#000080"}}, CONTEXT)
    assert values(body) == {"code": "4711"}
    assert "4711" in seen_text(bytes_of(body["output"]["filled_document"]))


@pytest.mark.usefixtures("run_job")
def test_a_template_without_the_page_of_a_field_is_told() -> None:
    stored = {
        "key": "code",
        "description": "Secret code",
        "type": "text",
        "bbox": {"left": 0.5, "top": 0.5, "width": 0.2, "height": 0.03, "page": 2},
    }
    with pytest.raises(JobFailure) as raised:
        edits.of_template("a.pdf", FLAT, [stored], CONTEXT)
    assert raised.value.code == "template_unusable"
    assert "code" in raised.value.message


def docx_form() -> bytes:
    document = docx.Document()
    document.add_paragraph("Name: ____________________")
    table = document.add_table(rows=2, cols=2)
    for row, label in enumerate(("City", "Country")):
        table.cell(row, 0).text = label
    document.add_paragraph("☐ Newsletter")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("filename", "content"),
    [
        ("a.txt", "Name: ________\nCity: ........\n☐ Newsletter".encode()),
        ("a.csv", b"Name,,City,\n[ ] Newsletter,,,\n"),
        ("a.html", b"<p>Name: ______</p><p>[ ] Newsletter</p><table><tr><td>City<td></table>"),
        ("a.docx", docx_form()),
        ("a.png", encoded(picture("Name: ______________", "City: ______________"), "PNG")),
    ],
    ids=["text", "csv", "html", "docx", "png"],
)
def test_documents_of_other_kinds_become_a_pdf(
    run_job: RunJob, filename: str, content: bytes
) -> None:
    instructions = "Name: Ada\nCity: London" + (
        "\nNewsletter: yes" if "png" not in filename else ""
    )
    body = run_job("/v1/edits", {"document": sent(filename, content), "instructions": instructions})
    expected = {"name": "Ada", "city": "London", "newsletter": "true"}
    assert values(body) == {
        key: expected[key] for key in expected if "png" not in filename or key != "newsletter"
    }
    text = seen_text(bytes_of(body["output"]["filled_document"]))
    assert "Ada" in text
    assert "London" in text


def test_a_drawn_form_that_was_scanned_is_filled_in(run_job: RunJob) -> None:
    import pypdfium2

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(60, 780, "Your name")
        canvas.line(130, 778, 400, 778)
        canvas.drawString(60, 740, "City")
        canvas.rect(120, 734, 280, 22)
        canvas.rect(60, 700, 12, 12)
        canvas.drawString(80, 702, "Newsletter")

    image = pypdfium2.PdfDocument(pdf(draw))[0].render(scale=2.5).to_pil()
    found = run_job(
        "/v1/edits/templates/generate", {"document": sent("a.jpg", encoded(image, "JPEG"))}
    )["form_schema"]["form_fields"]
    assert [(one["key"], one["type"]) for one in found] == [
        ("your_name", "text"), ("city", "text"), ("newsletter", "checkbox")
    ]  # fmt: skip
    assert found[1]["bbox"]["left"] == pytest.approx(120 / 595, abs=0.01)


@pytest.mark.parametrize(
    ("filename", "content", "code"),
    [
        ("a.pdf", b"%PDF-1.4\nnothing else", "document_unreadable"),
        ("a.png", b"\x89PNG\r\n\x1a\nbroken", "document_unreadable"),
        ("a.bin", b"\0\1\2", "unsupported_document_type"),
    ],
)
def test_what_cannot_be_read_is_told(
    run_job: RunJob, filename: str, content: bytes, code: str
) -> None:
    with pytest.raises(JobFailure) as told:
        run_job("/v1/edits", {"document": sent(filename, content), "instructions": "Name: Ada"})
    assert told.value.code == code


def test_a_password_is_told_and_one_that_only_guards_changes_is_not_needed(
    run_job: RunJob,
) -> None:
    def locked(password: str) -> bytes:
        target = io.BytesIO()
        canvas = Canvas(
            target, encrypt=StandardEncryption(password, ownerPassword="owner", canModify=0)
        )
        canvas.drawString(60, 700, "Name: __________________")
        canvas.save()
        return target.getvalue()

    request = {"document": sent("a.pdf", locked("secret")), "instructions": "Name: Ada"}
    with pytest.raises(JobFailure) as told:
        run_job("/v1/edits", request)
    assert told.value.code == "document_encrypted"
    body = run_job("/v1/edits", {**request, "document": sent("a.pdf", locked(""))})
    assert values(body) == {"name": "Ada"}
    assert "Ada" in seen_text(bytes_of(body["output"]["filled_document"]))


@pytest.mark.slow
def test_a_form_with_too_many_fields_is_refused(run_job: RunJob) -> None:
    text = "\n".join(f"Q{n}: ____  R{n}: ____  S{n}: ____" for n in range(700))
    with pytest.raises(JobFailure) as told:
        run_job("/v1/edits/templates/generate", {"document": sent("a.txt", text.encode())})
    assert told.value.code == "document_too_large"


def test_a_document_without_fields_comes_back_as_it_is(run_job: RunJob) -> None:
    request = {"document": sent("a.pdf", pdf(lines("A letter."))), "instructions": "Name: Ada"}
    body = run_job("/v1/edits", request)
    assert body["output"]["form_data"] == []
    assert [warning["code"] for warning in body["warnings"]] == ["no_fields_found"]
    assert seen_text(bytes_of(body["output"]["filled_document"])).strip() == "A letter."


def test_it_is_told_where_nothing_was_understood(run_job: RunJob) -> None:
    form = sent("a.pdf", pdf(lines("Name: ______________", "City: ______________")))
    body = run_job("/v1/edits", {"document": form, "instructions": "Hello, how are you?"})
    assert [warning["code"] for warning in body["warnings"]] == ["nothing_filled_in"]
    body = run_job("/v1/edits", {"document": form, "instructions": "City: York"})
    assert body["warnings"] is None
    two = {"document": form, "instructions": "City: York\nShoe size: 42"}
    warnings = run_job("/v1/edits", two)["warnings"]
    assert [warning["code"] for warning in warnings] == ["instructions_not_used"]
    assert "Shoe size: 42" in warnings[0]["message"]
