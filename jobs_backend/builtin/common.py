"""What several endpoint types take and return."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, pre_load, validate

from jobs_backend import data_url

DEFAULT_MODEL = "retab-small"
# Documents of one request, and texts of one field.
MAX_DOCUMENTS, MAX_TEXT = 100, 100_000
MAX_ITEMS = 200


def is_file_id(url: str) -> bool:
    """Whether it is no URL, but the id of a stored file."""
    return re.fullmatch(r"file_[\w-]{1,64}", url, re.ASCII) is not None


def _check_url(url: str) -> None:
    if data_url.is_data_url(url):
        try:
            data_url.decode(url)
        except ValueError as problem:
            raise ValidationError(f"The data: URL is unusable: {problem}.") from None
    elif not url.lower().startswith("https://") and not is_file_id(url):
        raise ValidationError("Must be a data: or https: URL, or the id of a file.")


class Lenient(Schema):
    """Fields of later API versions are let through."""

    class Meta:
        unknown = EXCLUDE


class MIMEData(Lenient):
    """A file: its name and where its bytes are. `{"id": "file_..."}` is short for a stored one."""

    @pre_load
    def _spell_out(self, data: Any, **_: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("id"), str) and "url" not in data:
            return {"filename": data["id"], **data, "url": data["id"]}
        return data

    filename = fields.String(required=True, validate=validate.Length(min=1, max=255))
    url = fields.String(
        required=True,
        validate=_check_url,
        metadata={
            "description": "The content as a data: URL, an https: URL to fetch it from, or the id "
            "of a file that was stored by `POST /v1/files`.",
            "pattern": r"^([Dd][Aa][Tt][Aa]:[^,]*,|[Hh][Tt][Tt][Pp][Ss]://|file_[\w-]+$)",
        },
    )


class WholeNumber(fields.Integer):
    """A whole number, also where it is written as 192.0: JSON knows one kind of number."""

    def _validated(self, value: Any) -> int:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return int(super()._validated(value))


class Truth(fields.Boolean):
    """True or false, and nothing that may be taken for either."""

    def _deserialize(self, value: Any, *arguments: Any, **options: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Number(fields.Float):
    """A number, and no text that reads like one."""

    def _validated(self, value: Any) -> float:
        if isinstance(value, (str, bool)):
            raise self.make_error("invalid", input=value)
        return float(super()._validated(value))


def text(**options: Any) -> fields.String:
    """A text that may be left out."""
    return fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=MAX_TEXT), **options
    )


def needed_text() -> fields.String:
    """A text that has to be there."""
    return fields.String(required=True, validate=validate.Length(min=1, max=MAX_TEXT))


def warnings() -> fields.List[dict[str, Any]]:
    """What a response says beside its result."""
    return fields.List(
        fields.Dict(),
        allow_none=True,
        metadata={"description": "Each with a code and a message, as a job's."},
    )


def resolution() -> WholeNumber:
    """At how many dots an inch scanned pages are read."""
    return WholeNumber(load_default=192, strict=True, validate=validate.Range(min=96, max=300))


def consensus(most: int) -> WholeNumber:
    """How many times a model is asked; what it mostly says is the answer."""
    return WholeNumber(load_default=1, strict=True, validate=validate.Range(min=1, max=most))


class ModelRequest(Lenient):
    """What every endpoint type takes."""

    model = fields.String(load_default=DEFAULT_MODEL, validate=validate.Length(min=1, max=128))


class DocumentRequest(ModelRequest):
    """What those take that read one document."""

    document = fields.Nested(MIMEData, required=True)


def json_schema(required: bool = True) -> fields.Dict:
    """A JSON Schema of an object."""
    options: dict[str, Any] = (
        {"required": True} if required else {"load_default": None, "allow_none": True}
    )
    return fields.Dict(
        keys=fields.String(),
        validate=_check_json_schema,
        metadata={"description": "A JSON Schema of the object that is wanted."},
        **options,
    )


def _check_json_schema(schema: dict[str, Any]) -> None:
    kind = schema.get("type", "object")
    if kind != "object" and kind != ["object"]:
        raise ValidationError("Must be the JSON Schema of an object.")
    if "properties" in schema and not isinstance(schema["properties"], dict):
        raise ValidationError("properties: Must be an object.")


class FileReference(Schema):
    """Which file was read."""

    id = fields.String(required=True)
    filename = fields.String(required=True)
    mime_type = fields.String(required=True)


class Usage(Schema):
    """What the work took."""

    class Meta:
        unknown = EXCLUDE

    credits = fields.Float(required=True)
    page_count = fields.Integer(required=True)
    duration_seconds = fields.Float(metadata={"description": "Of the work itself."})
    input_tokens = fields.Integer(metadata={"description": "Where a language model was asked."})
    output_tokens = fields.Integer()


class Consensus(Schema):
    """What a model said each time, and how much of it was the same."""

    choices = fields.List(fields.Raw(), required=True)
    likelihoods = fields.Raw(
        allow_none=True,
        metadata={"description": "For each leaf of the output, how many of the choices agree."},
    )
