"""What the queries of the GET routes may say."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from marshmallow import (
    EXCLUDE,
    Schema,
    ValidationError,
    fields,
    post_load,
    validate,
    validates_schema,
)

from api import strict_json
from api.schemas import known_endpoint
from jobs_backend.job import Status

MAX_LIMIT, MAX_LIMIT_WITH_RESPONSES = 100, 20
MAX_WAIT_SECONDS = 60
MAX_TEXT, MAX_REGEX, MAX_TYPES = 512, 256, 20
# The parameters of a list that are no filters.
PAGING = ("before", "after", "limit", "newest_first", "include_request", "include_response")


class _Query(Schema):
    """Unknown parameters are ignored, as the documented API does."""

    class Meta:
        unknown = EXCLUDE


class Wait(_Query):
    """How long to wait for the job's end."""

    wait = fields.Float(
        load_default=0,
        allow_nan=False,
        validate=validate.Range(
            0, MAX_WAIT_SECONDS, error="Input should be at least {min} and at most {max}"
        ),
        metadata={
            "description": "Seconds to wait for the job to be over; then it is answered as it is."
        },
    )


class Payloads(_Query):
    """Which payloads to show."""

    include_request = fields.Boolean(load_default=False)
    include_response = fields.Boolean(load_default=False)


def _text(description: str, longest: int = MAX_TEXT) -> fields.String:
    # Postgres has no text with NUL in it.
    checks = [
        validate.ContainsNoneOf("\0", error="NUL characters are not allowed"),
        validate.Length(max=longest, error="At most {max} characters are allowed"),
    ]
    return fields.String(load_default=None, validate=checks, metadata={"description": description})


class _Pairs(fields.String):
    """Metadata as a JSON object in a string."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        try:
            pairs = strict_json.loads(str(value), max_depth=2, max_values=len(value))
        except strict_json.InvalidJson as problem:
            raise ValidationError(f"Input should be a JSON object: {problem}") from None
        if not isinstance(pairs, dict) or not all(isinstance(v, str) for v in pairs.values()):
            raise ValidationError("Input should be a JSON object of strings")
        return pairs


class _Day(fields.Date):
    """A day as YYYY-MM-DD, and in no other way of writing one."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> date:
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value), re.ASCII):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise ValidationError("Input should be a date, as YYYY-MM-DD")


def _day(description: str) -> _Day:
    return _Day(load_default=None, metadata={"description": description})


class Retrieve(Payloads, Wait):
    """The query of one job."""


class ListJobs(Payloads):
    """The query of a list."""

    before = _text("The job that the page ends before.")
    after = _text("The job that the page starts after.")
    limit = fields.Integer(
        load_default=20,
        validate=validate.Range(
            1, MAX_LIMIT, error="Input should be at least {min} and at most {max}"
        ),
        metadata={"description": f"At most {MAX_LIMIT_WITH_RESPONSES} with include_response."},
    )
    order = fields.String(
        load_default="desc",
        validate=validate.OneOf(["asc", "desc"], error="Input should be one of {choices}"),
        metadata={"description": "By creation: newest first, or oldest first."},
    )
    id = _text("Exactly this job.")
    job_id = _text("Exactly this job.")
    status = fields.String(
        load_default=None,
        validate=validate.OneOf(
            [status.value for status in Status], error="Input should be one of {choices}"
        ),
    )
    endpoint = fields.String(load_default=None, validate=known_endpoint)
    source = fields.String(
        load_default=None,
        validate=validate.OneOf(
            ["api", "project", "workflow"], error="Input should be one of {choices}"
        ),
        metadata={
            "description": "`project`: the request has a project_id; `workflow`: the metadata has "
            "a workflow_id; `api`: neither."
        },
    )
    project_id = _text("The request's project_id.")
    workflow_id = _text("The metadata's workflow_id.")
    workflow_block_id = _text("The metadata's workflow_block_id or block_id.")
    model = _text("The request's model.")
    filename_contains = _text("A part of a document's file name, in any case.")
    filename_regex = _text(
        "A regular expression (of Postgres) for a document's file name; `(?i)` in front of it "
        "ignores case.",
        MAX_REGEX,
    )
    document_type = fields.List(
        fields.String(validate=validate.Length(max=MAX_TEXT)),
        load_default=None,
        metadata={
            "description": "The extension of a document's file name, such as `pdf`; several as "
            "`pdf,docx` or by repeating the parameter."
        },
    )
    from_date = _day("Created on this day (UTC) or later.")
    to_date = _day("Created on this day (UTC) or earlier.")
    metadata = _Pairs(
        load_default=None,
        metadata={"description": "A JSON object; each of its pairs must be there exactly."},
    )

    @validates_schema
    def _fits_together(self, data: dict[str, Any], **_: Any) -> None:
        if data["before"] is not None and data["after"] is not None:
            raise ValidationError("before and after exclude each other", "before")
        if data["include_response"] and data["limit"] > MAX_LIMIT_WITH_RESPONSES:
            raise ValidationError(
                f"Input should be at most {MAX_LIMIT_WITH_RESPONSES} with include_response", "limit"
            )
        both = (data["id"], data["job_id"])
        if None not in both and both[0] != both[1]:
            raise ValidationError("id and job_id are the same filter, and differ", "job_id")

    @post_load
    def _in_our_terms(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        data["newest_first"] = data.pop("order") == "desc"
        data["job_id"] = data.pop("id") or data["job_id"]
        data["metadata"] = data["metadata"] or None  # that no pair is missing is true of all
        data["document_types"] = _types(data.pop("document_type"))
        paging = {name: data.pop(name) for name in PAGING}
        return {"filters": data, **paging}


def _types(given: list[str] | None) -> list[str]:
    if given is None:
        return []
    parts = (part.strip().removeprefix(".").lower() for each in given for part in each.split(","))
    types = sorted({part for part in parts if part})
    if not types or len(types) > MAX_TYPES or any("\0" in each for each in types):
        raise ValidationError(f"Input should be 1 to {MAX_TYPES} file extensions", "document_type")
    return types
