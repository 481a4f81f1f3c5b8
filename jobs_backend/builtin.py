"""The endpoint types that come with the project, declared as a user declares their own."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from jobs_backend import data_url
from jobs_backend.endpoints import Endpoint


def _check_url(url: str) -> None:
    if data_url.is_data_url(url):
        try:
            data_url.decode(url)
        except ValueError as problem:
            raise ValidationError(f"The data: URL is unusable: {problem}.") from None
    elif not url.lower().startswith("https://"):
        raise ValidationError("Must be a data: or https: URL.")


class DocumentRequest(Schema):
    """What every document endpoint takes. Fields of later API versions are let through."""

    class Meta:
        unknown = EXCLUDE


class MIMEData(DocumentRequest):
    """A file: its name and where its bytes are."""

    filename = fields.String(required=True, validate=validate.Length(min=1, max=255))
    url = fields.String(
        required=True,
        validate=_check_url,
        metadata={
            "description": "The content as a data: URL, or an https: URL to fetch it from.",
            "pattern": r"^([Dd][Aa][Tt][Aa]:[^,]*,|[Hh][Tt][Tt][Pp][Ss]://)",
        },
    )


class WholeNumber(fields.Integer):
    """A whole number, also where it is written as 192.0: JSON knows one kind of number."""

    def _validated(self, value: Any) -> int:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return int(super()._validated(value))


class ParseRequest(DocumentRequest):
    """`/v1/parses`: read a document's text, page by page, with its tables."""

    document = fields.Nested(MIMEData, required=True)
    model = fields.String(load_default="retab-small", validate=validate.Length(min=1, max=128))
    table_parsing_format = fields.String(
        load_default="html", validate=validate.OneOf(["markdown", "yaml", "html", "json"])
    )
    image_resolution_dpi = WholeNumber(
        load_default=192, strict=True, validate=validate.Range(min=96, max=300)
    )
    instructions = fields.String(load_default=None, allow_none=True)


class FileReference(Schema):
    """Which file was read."""

    id = fields.String(required=True)
    filename = fields.String(required=True)
    mime_type = fields.String(required=True)


class ParseOutput(Schema):
    """A document's text."""

    pages = fields.List(fields.String(), required=True)
    text = fields.String(required=True)


class ParseResponse(Schema):
    """`/v1/parses`: the document's text, whole and by page."""

    id = fields.String(required=True)
    file = fields.Nested(FileReference, required=True)
    model = fields.String(required=True)
    table_parsing_format = fields.String(required=True)
    image_resolution_dpi = fields.Integer(required=True)
    instructions = fields.String(required=True, allow_none=True)
    output = fields.Nested(ParseOutput, required=True)
    usage = fields.Dict(required=True)
    created_at = fields.String(required=True)


ENDPOINTS = [
    Endpoint(
        "/v1/parses",
        request=ParseRequest,
        response=ParseResponse,
        example={"document": {"filename": "hello.txt", "url": "data:text/plain,Hello%20there"}},
        handler="workers.endpoints.parses:run",
        soft_time_limit=900,
        time_limit=960,
    ),
]
