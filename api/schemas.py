"""What may come in and what goes out, for validation and for the API's description alike."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate, validates_schema

from api import strict_json
from jobs_backend.endpoints import registry
from jobs_backend.job import Status

MAX_METADATA_PAIRS, MAX_METADATA_KEY, MAX_METADATA_VALUE = 16, 64, 512
MAX_LIMIT, MAX_LIMIT_WITH_RESPONSES = 100, 20


def _known_endpoint(path: str) -> None:
    if path not in registry():
        raise ValidationError(f"Input should be one of {', '.join(map(repr, sorted(registry())))}")


def _metadata_within_limits(metadata: dict[str, str]) -> None:
    problems: dict[str, list[str]] = {}
    if len(metadata) > MAX_METADATA_PAIRS:
        raise ValidationError(f"At most {MAX_METADATA_PAIRS} pairs are allowed")
    for key, value in metadata.items():
        if len(key) > MAX_METADATA_KEY:
            problems[key[:MAX_METADATA_KEY]] = [f"At most {MAX_METADATA_KEY} characters in a key"]
        elif len(value) > MAX_METADATA_VALUE:
            problems[key] = [f"At most {MAX_METADATA_VALUE} characters in a value"]
    if problems:
        raise ValidationError(problems)


class _Strings(fields.Dict):
    """A mapping of strings to strings, whose errors are named by their key alone."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(keys=fields.String(), values=fields.String(), **kwargs)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(value, dict):
            wrong = {
                key: ["Input should be a valid string"]
                for key, item in value.items()
                if not isinstance(item, str)
            }
            if wrong:
                raise ValidationError(wrong)
        return super()._deserialize(value, *args, **kwargs)  # type: ignore[no-untyped-call]


class CreateJob(Schema):
    """The envelope of a new job."""

    endpoint = fields.String(required=True, validate=_known_endpoint)
    request = fields.Dict(
        required=True, metadata={"description": "The body that the endpoint type takes."}
    )
    metadata = _Strings(
        load_default=None,
        allow_none=True,
        validate=_metadata_within_limits,
        metadata={"description": "At most 16 pairs; keys of 64, values of 512 characters."},
    )


class Payloads(Schema):
    """Which payloads to show."""

    class Meta:
        unknown = EXCLUDE

    include_request = fields.Boolean(load_default=False)
    include_response = fields.Boolean(load_default=False)


def _id() -> fields.String:
    # Postgres has no text with NUL in it, and so no id either.
    no_nul = validate.ContainsNoneOf("\0", error="NUL characters are not allowed")
    return fields.String(load_default=None, validate=no_nul)


class _Pairs(fields.Field[dict[str, str]]):
    """Metadata as a JSON object in a string."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> dict[str, str]:
        try:
            pairs = strict_json.loads(str(value).encode(), max_depth=2)
        except strict_json.InvalidJson as problem:
            raise ValidationError(f"Input should be a JSON object: {problem}") from None
        if not isinstance(pairs, dict) or not all(isinstance(v, str) for v in pairs.values()):
            raise ValidationError("Input should be a JSON object of strings")
        return pairs


def _later() -> fields.Raw:
    # To ignore a filter would list what was not asked for, and perhaps have it cancelled.
    def refuse(_value: Any) -> None:
        raise ValidationError("This filter is not supported yet")

    return fields.Raw(validate=refuse)


class ListJobs(Payloads):
    """The query of a list."""

    before = _id()
    after = _id()
    limit = fields.Integer(
        load_default=20,
        validate=validate.Range(
            1, MAX_LIMIT, error="Input should be at least {min} and at most {max}"
        ),
    )
    order = fields.String(
        load_default="desc",
        validate=validate.OneOf(["asc", "desc"], error="Input should be one of {choices}"),
    )
    id = _id()
    job_id = _id()
    status = fields.String(
        load_default=None,
        validate=validate.OneOf(
            [status.value for status in Status], error="Input should be one of {choices}"
        ),
    )
    endpoint = fields.String(load_default=None, validate=_known_endpoint)
    metadata = _Pairs(load_default=None)
    source = _later()
    project_id = _later()
    workflow_id = _later()
    workflow_block_id = _later()
    model = _later()
    filename_contains = _later()
    filename_regex = _later()
    document_type = _later()
    from_date = _later()
    to_date = _later()

    @validates_schema
    def _fits_together(self, data: dict[str, Any], **_: Any) -> None:
        if data["before"] is not None and data["after"] is not None:
            raise ValidationError("before and after exclude each other", "before")
        if data["include_response"] and data["limit"] > MAX_LIMIT_WITH_RESPONSES:
            raise ValidationError(
                f"Input should be at most {MAX_LIMIT_WITH_RESPONSES} with include_response", "limit"
            )


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
