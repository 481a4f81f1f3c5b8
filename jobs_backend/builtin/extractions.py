"""`/v1/extractions` and `/v1/schemas/generate`: data out of documents, and the schema for it."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from jobs_backend.builtin import common
from jobs_backend.endpoints import Endpoint

_LETTER = {
    "filename": "letter.txt",
    "url": "data:text/plain,Invoice%20number%3A%20A-17%0ATotal%3A%2012.50%20EUR",
}
_SCHEMA = {
    "type": "object",
    "properties": {
        "invoice_number": {"type": "string"},
        "total": {"type": ["number", "null"]},
    },
    "required": ["invoice_number"],
}


class ExtractionRequest(common.DocumentRequest):
    """`/v1/extractions`: fill a JSON Schema from a document."""

    json_schema = common.json_schema()
    image_resolution_dpi = common.resolution()
    instructions = common.text()
    n_consensus = common.consensus(16)
    metadata = fields.Dict(
        keys=fields.String(), values=fields.String(), load_default=dict, allow_none=True
    )
    additional_messages = fields.List(
        fields.Dict(), load_default=None, allow_none=True, validate=validate.Length(max=100)
    )
    chunking_keys = fields.Dict(load_default=None, allow_none=True)


class ExtractionResponse(Schema):
    """`/v1/extractions`: the object that was wanted, and where its values stood."""

    id = fields.String(required=True)
    file = fields.Nested(common.FileReference, required=True)
    model = fields.String(required=True)
    json_schema = fields.Dict(required=True)
    output = fields.Dict(required=True, metadata={"description": "It fits the json_schema."})
    sources = fields.Dict(
        required=True,
        metadata={
            "description": "For each found leaf, by its JSON pointer: page (from 1), text, and "
            "bbox in shares of the page."
        },
    )
    consensus = fields.Nested(common.Consensus, required=True)
    usage = fields.Nested(common.Usage, required=True)
    image_resolution_dpi = fields.Integer(required=True)
    instructions = fields.String(required=True, allow_none=True)
    n_consensus = fields.Integer(required=True)
    metadata = fields.Dict(required=True)
    created_at = fields.String(required=True)


class SchemaRequest(common.ModelRequest):
    """`/v1/schemas/generate`: find the JSON Schema that fits some documents."""

    documents = fields.List(
        fields.Nested(common.MIMEData),
        required=True,
        validate=validate.Length(min=1, max=common.MAX_DOCUMENTS),
    )
    instructions = common.text()
    image_resolution_dpi = common.resolution()
    reasoning_effort = fields.String(
        load_default="minimal",
        validate=validate.OneOf(["none", "minimal", "low", "medium", "high", "xhigh"]),
    )


class SchemaResponse(Schema):
    """`/v1/schemas/generate`: the schema."""

    object = fields.String(required=True, validate=validate.Equal("schema"))
    created_at = fields.String(required=True)
    json_schema = fields.Dict(required=True)
    strict = fields.Boolean(required=True)
    warnings = common.warnings()
    model = fields.String(required=True)
    usage = fields.Nested(common.Usage, required=True)


ENDPOINTS = [
    Endpoint(
        "/v1/extractions",
        request=ExtractionRequest,
        response=ExtractionResponse,
        example={"document": _LETTER, "json_schema": _SCHEMA},
        handler="workers.endpoints.extractions:run",
        soft_time_limit=900,
        time_limit=960,
    ),
    Endpoint(
        "/v1/schemas/generate",
        request=SchemaRequest,
        response=SchemaResponse,
        example={"documents": [_LETTER]},
        handler="workers.endpoints.schemas:run",
        soft_time_limit=900,
        time_limit=960,
    ),
]
