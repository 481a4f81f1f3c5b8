"""What may come in and what goes out, for validation and for the API's description alike."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from jobs_backend.endpoints import registry
from jobs_backend.job import Status

MAX_METADATA_PAIRS, MAX_METADATA_KEY, MAX_METADATA_VALUE = 16, 64, 512


def known_endpoint(path: str) -> None:
    if path not in registry():
        raise ValidationError(f"Input should be one of {', '.join(map(repr, sorted(registry())))}")


class _Metadata(fields.Dict):
    """A mapping of strings to strings within limits, every error of which is named by its key."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(keys=fields.String(), values=fields.String(), **kwargs)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(value, dict):
            if len(value) > MAX_METADATA_PAIRS:
                raise ValidationError(f"At most {MAX_METADATA_PAIRS} pairs are allowed")
            problems = {
                key[:MAX_METADATA_KEY]: [problem]
                for key, item in value.items()
                if (problem := _problem(key, item))
            }
            if problems:
                raise ValidationError(problems)
        return super()._deserialize(value, *args, **kwargs)  # type: ignore[no-untyped-call]


def _problem(key: str, item: Any) -> str | None:
    if len(key) > MAX_METADATA_KEY:
        return f"At most {MAX_METADATA_KEY} characters in a key"
    if not isinstance(item, str):
        return "Input should be a valid string"
    if len(item) > MAX_METADATA_VALUE:
        return f"At most {MAX_METADATA_VALUE} characters in a value"
    return None


class CreateJob(Schema):
    """The envelope of a new job."""

    endpoint = fields.String(required=True, validate=known_endpoint)
    request = fields.Dict(
        required=True, metadata={"description": "The body that the endpoint type takes."}
    )
    metadata = _Metadata(
        load_default=None,
        allow_none=True,
        metadata={"description": "At most 16 pairs; keys of 64, values of 512 characters."},
    )


class FieldError(Schema):
    """One wrong field."""

    type = fields.String(required=True)
    loc = fields.List(fields.Raw(), required=True, metadata={"description": "Where it is."})
    msg = fields.String(required=True)


class Detail(fields.Raw):
    """A sentence, or the list of wrong fields of a 422."""


class Error(Schema):
    """Every error."""

    detail = Detail(
        required=True,
        metadata={
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"$ref": "#/components/schemas/FieldError"}},
            ]
        },
    )
    code = fields.String(
        required=True, metadata={"description": "Stable, and for programs to branch on."}
    )
    request_id = fields.String(required=True)


class Failure(Schema):
    """Why a job failed, or what a warning says."""

    code = fields.String(required=True)
    message = fields.String(required=True)
    details = fields.Dict(allow_none=True)


class Response(Schema):
    """What a completed job gave."""

    status_code = fields.Integer(required=True)
    body = fields.Dict(required=True)


class Job(Schema):
    """A job."""

    id = fields.String(required=True)
    object = fields.String(required=True, validate=validate.Equal("job"))
    status = fields.String(
        required=True, validate=validate.OneOf([status.value for status in Status])
    )
    endpoint = fields.String(required=True)
    request = fields.Dict(required=True, allow_none=True)
    response = fields.Nested(Response, required=True, allow_none=True)
    error = fields.Nested(Failure, required=True, allow_none=True)
    warnings = fields.List(fields.Nested(Failure), required=True, allow_none=True)
    created_at = fields.Integer(required=True, metadata={"description": "Unix seconds."})
    expires_at = fields.Integer(required=True)
    started_at = fields.Integer(required=True, allow_none=True)
    completed_at = fields.Integer(required=True, allow_none=True)
    last_attempt_at = fields.Integer(required=True, allow_none=True)
    organization_id = fields.String(required=True)
    metadata = fields.Dict(
        keys=fields.String(), values=fields.String(), required=True, allow_none=True
    )
    cancelled = fields.Boolean(required=True)
    attempt_count = fields.Integer(required=True)
    last_failure_code = fields.String(required=True, allow_none=True)


class Progress(Schema):
    """How far a running job has come."""

    done = fields.Integer(required=True)
    total = fields.Integer(required=True)
    message = fields.String(required=True, allow_none=True)


class JobWithProgress(Job):
    """A job, and how far it has come."""

    progress = fields.Nested(
        Progress,
        required=True,
        allow_none=True,
        metadata={"description": "Of a running job whose handler tells it, else null."},
    )


class Cursors(Schema):
    """Where the pages beside this one begin, or null."""

    before = fields.String(required=True, allow_none=True)
    after = fields.String(required=True, allow_none=True)


class JobList(Schema):
    """A page of jobs."""

    object = fields.String(required=True, validate=validate.Equal("list"))
    data = fields.List(fields.Nested(Job), required=True)
    first_id = fields.String(required=True, allow_none=True)
    last_id = fields.String(required=True, allow_none=True)
    has_more = fields.Boolean(required=True)
    list_metadata = fields.Nested(Cursors, required=True)
