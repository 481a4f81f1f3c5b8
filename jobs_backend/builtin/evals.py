"""`/v1/evals/extract/...`: the same work, on a project's stored schema or the one given."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from jobs_backend.builtin import common, sorting
from jobs_backend.endpoints import Endpoint

_DOCUMENT = {"filename": "letter.txt", "url": "data:text/plain,Total%3A%2012.50%20EUR"}
_SCHEMA = {"type": "object", "properties": {"total": {"type": "number"}}}


class EvalRequest(common.DocumentRequest):
    """What all of them take."""

    project_id = fields.String(required=True, validate=validate.Length(min=1, max=128))
    iteration_id = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=128)
    )
    n_consensus = common.consensus(16)
    image_resolution_dpi = common.resolution()
    instructions = common.text()
    metadata = fields.Dict(
        keys=fields.String(), values=fields.String(), load_default=dict, allow_none=True
    )


class EvalExtractRequest(EvalRequest):
    """`/v1/evals/extract/process` and `/extract`: fill the project's schema from a document."""

    json_schema = common.json_schema(required=False)


class EvalSplitRequest(EvalRequest):
    """`/v1/evals/extract/split`: split a bundle into the project's kinds of documents."""

    subdocuments = fields.List(
        fields.Nested(sorting.Subdocument),
        load_default=None,
        allow_none=True,
        validate=validate.Length(min=1, max=common.MAX_ITEMS),
    )


class Message(Schema):
    """What was said, as text and as an object."""

    class Meta:
        unknown = EXCLUDE

    role = fields.String(required=True)
    content = fields.String(required=True)
    parsed = fields.Dict(required=True)


class Choice(Schema):
    """One answer."""

    class Meta:
        unknown = EXCLUDE

    index = fields.Integer(required=True)
    finish_reason = fields.String(required=True)
    message = fields.Nested(Message, required=True)


class TokenUsage(Schema):
    """What it took, in the form of a chat completion."""

    class Meta:
        unknown = EXCLUDE

    prompt_tokens = fields.Integer(required=True)
    completion_tokens = fields.Integer(required=True)
    total_tokens = fields.Integer(required=True)


class EvalExtractResponse(Schema):
    """A parsed chat completion."""

    id = fields.String(required=True)
    object = fields.String(required=True, validate=validate.Equal("chat.completion"))
    created = fields.Integer(required=True)
    model = fields.String(required=True)
    choices = fields.List(fields.Nested(Choice), required=True)
    usage = fields.Nested(TokenUsage, required=True)
    likelihoods = fields.Raw(required=True, allow_none=True)


def _extract(path: str) -> Endpoint:
    example: dict[str, Any] = {
        "project_id": "proj_1",
        "document": _DOCUMENT,
        "json_schema": _SCHEMA,
    }
    return Endpoint(
        path,
        request=EvalExtractRequest,
        response=EvalExtractResponse,
        example=example,
        handler="workers.endpoints.evals:extract",
        soft_time_limit=900,
        time_limit=960,
    )


ENDPOINTS = [
    _extract("/v1/evals/extract/process"),
    _extract("/v1/evals/extract/extract"),
    Endpoint(
        "/v1/evals/extract/split",
        request=EvalSplitRequest,
        response=sorting.SplitResponse,
        example={
            "project_id": "proj_1",
            "document": _DOCUMENT,
            "subdocuments": [{"name": "invoice"}],
        },
        handler="workers.endpoints.evals:split",
        soft_time_limit=900,
        time_limit=960,
    ),
]
