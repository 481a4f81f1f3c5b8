"""`/v1/edits` and its templates: forms that are filled, and found."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from jobs_backend.builtin import common
from jobs_backend.endpoints import Endpoint

_FORM = {"filename": "form.txt", "url": "data:text/plain,Name%3A%20____________"}


class EditConfig(common.Lenient):
    """How what is filled in looks."""

    color = fields.String(
        load_default="#000080",
        validate=validate.Regexp(r"^#[0-9a-fA-F]{6}$", error="Must be a color as #rrggbb."),
    )


def _config() -> fields.Nested:
    return fields.Nested(EditConfig, load_default=lambda: {"color": "#000080"})


class EditRequest(common.ModelRequest):
    """`/v1/edits`: fill a form by instructions."""

    instructions = common.needed_text()
    document = fields.Nested(common.MIMEData, load_default=None, allow_none=True)
    template_id = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(min=1, max=128)
    )
    config = _config()

    @validates_schema
    def _check_one_is_given(self, data: dict[str, Any], **_: Any) -> None:
        if (data.get("document") is None) == (data.get("template_id") is None):
            raise ValidationError("Exactly one of document and template_id is needed.", "document")


class FillRequest(common.ModelRequest):
    """`/v1/edits/templates/fill`: fill a stored template by instructions."""

    template_id = fields.String(required=True, validate=validate.Length(min=1, max=128))
    instructions = common.needed_text()
    config = _config()


def _share() -> common.Number:
    return common.Number(required=True, allow_nan=False, validate=validate.Range(min=0, max=1))


class Place(Schema):
    """Where a field lies, in shares of the page."""

    left = _share()
    top = _share()
    width = _share()
    height = _share()
    page = common.WholeNumber(
        required=True,
        strict=True,
        validate=validate.Range(min=1, max=100_000),
        metadata={"description": "From 1."},
    )


class FormField(Schema):
    """A field of a form."""

    key = common.needed_text()
    description = fields.String(required=True, validate=validate.Length(max=common.MAX_TEXT))
    type = fields.String(required=True, validate=validate.OneOf(["text", "checkbox"]))
    value = fields.String(allow_none=True, load_default=None)
    bbox = fields.Nested(Place, required=True)


class Edit(Schema):
    """A form that was filled in."""

    form_data = fields.List(fields.Nested(FormField), required=True)
    filled_document = fields.Nested(common.MIMEData, required=True)


class EditResponse(Schema):
    """`/v1/edits`: the form's fields with their values, and the PDF."""

    id = fields.String(required=True)
    model = fields.String(required=True)
    output = fields.Nested(Edit, required=True)
    data = fields.Nested(Edit, required=True, metadata={"description": "The same as output."})
    warnings = common.warnings()
    usage = fields.Nested(common.Usage, required=True)
    created_at = fields.String(required=True)


class GenerateRequest(common.DocumentRequest):
    """`/v1/edits/templates/generate`: find the fields of a form."""


class FormSchema(Schema):
    """The fields of a form."""

    form_fields = fields.List(fields.Nested(FormField), required=True)


class GenerateResponse(Schema):
    """`/v1/edits/templates/generate`: the fields, and the form with them drawn in."""

    form_schema = fields.Nested(FormSchema, required=True)
    annotated_pdf = fields.Nested(common.MIMEData, required=True)
    field_count = fields.Integer(required=True)
    model = fields.String(required=True)
    usage = fields.Nested(common.Usage, required=True)


ENDPOINTS = [
    Endpoint(
        "/v1/edits",
        request=EditRequest,
        response=EditResponse,
        example={"document": _FORM, "instructions": "Name: Ada Lovelace"},
        handler="workers.endpoints.edits:run",
    ),
    Endpoint(
        "/v1/edits/templates/fill",
        request=FillRequest,
        response=EditResponse,
        example={"template_id": "tmpl_example", "instructions": "Name: Ada Lovelace"},
        handler="workers.endpoints.edits:run",
    ),
    Endpoint(
        "/v1/edits/templates/generate",
        request=GenerateRequest,
        response=GenerateResponse,
        example={"document": _FORM},
        handler="workers.endpoints.edits:generate",
    ),
]
