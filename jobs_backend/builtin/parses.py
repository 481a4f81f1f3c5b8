"""`/v1/parses`: a document's text."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from jobs_backend.builtin import common
from jobs_backend.endpoints import Endpoint


class ParseRequest(common.DocumentRequest):
    """`/v1/parses`: read a document's text, page by page, with its tables."""

    table_parsing_format = fields.String(
        load_default="html", validate=validate.OneOf(["markdown", "yaml", "html", "json"])
    )
    image_resolution_dpi = common.resolution()
    instructions = common.text()


class ParseOutput(Schema):
    """A document's text."""

    pages = fields.List(fields.String(), required=True)
    text = fields.String(required=True)


class ParseResponse(Schema):
    """`/v1/parses`: the document's text, whole and by page."""

    id = fields.String(required=True)
    file = fields.Nested(common.FileReference, required=True)
    model = fields.String(required=True)
    table_parsing_format = fields.String(required=True)
    image_resolution_dpi = fields.Integer(required=True)
    instructions = fields.String(required=True, allow_none=True)
    output = fields.Nested(ParseOutput, required=True)
    usage = fields.Nested(common.Usage, required=True)
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
