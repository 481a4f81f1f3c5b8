"""`/v1/edits` and its templates: forms that are filled in by instructions, and their fields."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from jobs_backend.errors import FileStoreUnavailable, JobFailure, RetryableFailure
from workers import engines
from workers.documents.source import Source
from workers.endpoints import reading
from workers.endpoints.reading import Document
from workers.forms import drawing, fields, form, unused, values
from workers.forms.fields import Field

if TYPE_CHECKING:
    from workers.context import Context

_TASK = (
    "Fill in the form that is given as a document. The schema has a property for each of its "
    "fields, whose description is the field's label. Take the values from the instructions alone. "
    "A field that the instructions say nothing about is null. A checkbox is 'true' or 'false'."
)


_NO_FIELDS = {
    "code": "no_fields_found",
    "message": "No field was found in the document, so that nothing was filled in.",
}
_NOTHING_FILLED = {
    "code": "nothing_filled_in",
    "message": "Nothing in the instructions was understood as the value of a field.",
}


@dataclass(frozen=True)
class Empty:
    """A form that is to be filled in.

    Attributes:
        document: as it was read.
        content: the PDF.
        fields: those that are on it.
    """

    document: Document
    content: bytes
    fields: tuple[Field, ...]


@engines.built_in
def run(request: dict[str, Any], context: Context) -> dict[str, Any]:
    """Fill in the request's document, or its template.

    Raises:
        JobFailure: there is no such template, or the document cannot be read; the code says why.
    """
    work = reading.Work()
    template_id = request.get("template_id")
    empty = _of_template(template_id, context) if template_id else _of_document(request, context)
    return fill(empty, request, context, work)


@engines.built_in
def generate(request: dict[str, Any], context: Context) -> dict[str, Any]:
    """Find the fields of the request's document. That is done here, whatever the engine.

    Raises:
        JobFailure: the document cannot be read; the code says why.
    """
    work = reading.Work()
    empty = _of_document(request, context)
    with reading.told_of_trouble(empty.document.source, context):
        annotated = drawing.annotated(empty.content, empty.fields)
    return {
        "form_schema": {"form_fields": fields.as_json(empty.fields)},
        "annotated_pdf": _as_mime_data(empty.document.source, "annotated", annotated),
        "field_count": len(empty.fields),
        "model": engines.LOCAL,
        "usage": work.usage(len(empty.document.pages)),
    }


def of_template(
    filename: str, content: bytes, form_fields: Sequence[dict[str, Any]], context: Context
) -> Empty:
    """A stored template as a form; its fields are what was stored, whatever else is on it.

    Args:
        filename: the PDF's.
        content: the empty PDF.
        form_fields: as the API has them.
        context: the job's.

    Raises:
        JobFailure: it cannot be read; or `template_unusable`: it lacks a field's page.
    """
    document = reading.read(_mime_data(f"{_stem(filename)}.pdf", content), context)
    with reading.told_of_trouble(document.source, context):
        found = fields.of_json(form_fields, form.read(document).fields)
    nowhere = [field.key for field in found if field.place.page > len(document.pages)]
    if nowhere:
        raise JobFailure(
            "template_unusable",
            f"The template has {len(document.pages)} pages, and no place for {nowhere[0]!r}.",
        )
    return Empty(document, content, tuple(found))


def fill(
    empty: Empty, request: dict[str, Any], context: Context, work: reading.Work | None = None
) -> dict[str, Any]:
    """Fill in a form by the request's instructions.

    Args:
        empty: the form.
        request: its `model`, `instructions` and `config` are read.
        context: the job's.
        work: when it began, if that was before now.
    """
    work = work or reading.Work()
    instructions = request["instructions"]
    question = engines.Question(
        task=_TASK,
        schema=_schema(empty.fields),
        documents=(empty.document,),
        instructions=instructions,
    )
    answer = engines.answer(
        request["model"],
        question,
        context,
        lambda: values.of_instructions(instructions, empty.fields),
    )
    filled = values.put(empty.fields, answer.output)
    with reading.told_of_trouble(empty.document.source, context):
        content = drawing.filled(empty.content, filled, request["config"]["color"])
    output = {
        "form_data": fields.as_json(filled),
        "filled_document": _as_mime_data(empty.document.source, "filled", content),
    }
    return {
        "id": reading.new_id("edit"),
        "model": answer.model,
        "output": output,
        "data": output,
        "warnings": _warnings(instructions, filled, answer.output),
        "usage": work.usage(len(empty.document.pages), **answer.usage),
        "created_at": reading.now(),
    }


def _warnings(
    instructions: str, filled: Sequence[Field], answers: dict[str, Any]
) -> list[dict[str, str]] | None:
    if not filled:
        return [_NO_FIELDS]
    if all(value is None for value in answers.values()):
        return [_NOTHING_FILLED]
    message = unused.told(instructions, filled, answers)
    return [{"code": "instructions_not_used", "message": message}] if message else None


def _of_template(template_id: str, context: Context) -> Empty:
    from jobs_backend import templates

    template = templates.find(context.organization_id, template_id)
    if template is None:
        raise JobFailure("template_not_found", f"There is no template {template_id}.")
    try:
        content = template.content
    except FileStoreUnavailable as problem:
        raise RetryableFailure(
            "file_store_unavailable", f"The template {template_id} cannot be read at the moment."
        ) from problem
    if content is None:
        raise JobFailure("template_not_found", f"The file of template {template_id} was deleted.")
    return of_template(template.filename, content, template.form_fields, context)


def _of_document(request: dict[str, Any], context: Context) -> Empty:
    document = reading.read(request["document"], context)
    with reading.told_of_trouble(document.source, context):
        found = form.read(document)
    context.log.info("fields_found", fields=len(found.fields))
    return Empty(document, found.content, found.fields)


def _schema(form_fields: Sequence[Field]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for field in form_fields:
        properties[field.key] = {"type": ["string", "null"], "description": _described(field)}
        choices = ("true", "false") if field.is_checkbox else field.options
        if choices:
            properties[field.key]["enum"] = [*dict.fromkeys(choices), None]
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _described(field: Field) -> str:
    around = [text for text in (field.section, field.group) if text]
    label = ": ".join((*around, field.description))
    notes = [field.printed] if field.printed else []
    notes += [f"row {field.row}"] if field.row else []
    return f"{label} ({', '.join(notes)})" if notes else label


def _as_mime_data(source: Source, suffix: str, content: bytes) -> dict[str, str]:
    return _mime_data(f"{_stem(source.filename)}-{suffix}.pdf", content)


def _stem(filename: str) -> str:
    return PurePath(filename.replace("\\", "/")).stem or "form"


def _mime_data(filename: str, content: bytes) -> dict[str, str]:
    encoded = base64.b64encode(content).decode()
    return {"filename": filename, "url": f"data:application/pdf;base64,{encoded}"}
