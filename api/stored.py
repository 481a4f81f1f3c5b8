"""The kinds of resources: files, templates of forms, projects."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from api.errors import ApiError
from api.resources import Collection
from jobs_backend import data_url, files, projects, templates
from jobs_backend.builtin import common, edits, sorting

MAX_FIELDS = 2_000


def _name() -> fields.String:
    return fields.String(
        required=True,
        validate=[
            validate.Length(min=1, max=256),
            validate.ContainsNoneOf("\0", error="NUL characters are not allowed"),
        ],
    )


class NewFile(Schema):
    """A file as it comes."""

    filename = _name()
    url = fields.String(
        required=True,
        metadata={"description": "The content, as a data: URL.", "pattern": "^data:[^,]*,"},
    )


class File(Schema):
    """A stored file; documents are given by its id: `{"id": "file_..."}`."""

    id = fields.String(required=True)
    object = fields.String(required=True, validate=validate.Equal("file"))
    filename = fields.String(required=True)
    mime_type = fields.String(required=True)
    bytes = fields.Integer(required=True)
    created_at = fields.Integer(required=True, metadata={"description": "Unix seconds."})


class NewTemplate(Schema):
    """A form to be filled many times."""

    name = _name()
    document = fields.Nested(NewFile, required=True)
    form_fields = fields.List(
        fields.Nested(edits.FormField), required=True, validate=validate.Length(1, MAX_FIELDS)
    )


class Template(Schema):
    """A stored form."""

    id = fields.String(required=True)
    object = fields.String(required=True, validate=validate.Equal("edit_template"))
    name = fields.String(required=True)
    form_fields = fields.List(fields.Nested(edits.FormField), required=True)
    file_id = fields.String(required=True)
    filename = fields.String(required=True)
    field_count = fields.Integer(required=True)
    created_at = fields.Integer(required=True)


class NewProject(Schema):
    """What a project's documents are read for."""

    name = _name()
    json_schema = common.json_schema(required=False)
    subdocuments = fields.List(
        fields.Nested(sorting.Subdocument),
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, common.MAX_ITEMS),
    )

    @validates_schema
    def _says_something(self, data: dict[str, Any], **_: Any) -> None:
        if data["json_schema"] is None and data["subdocuments"] is None:
            raise ValidationError("json_schema or subdocuments is needed", "json_schema")


class Project(Schema):
    """A stored project."""

    id = fields.String(required=True)
    object = fields.String(required=True, validate=validate.Equal("project"))
    name = fields.String(required=True)
    json_schema = fields.Dict(required=True, allow_none=True)
    subdocuments = fields.List(fields.Nested(sorting.Subdocument), required=True, allow_none=True)
    created_at = fields.Integer(required=True)


def _save_file(organization_id: str, given: dict[str, Any]) -> files.File:
    data = _decoded(given)
    return files.save(
        organization_id,
        given["filename"],
        data.content,
        data.mime_type or "application/octet-stream",
    )


def _show_file(file: files.File) -> dict[str, Any]:
    return {
        "id": file.id,
        "object": "file",
        "filename": file.filename,
        "mime_type": file.mime_type,
        "bytes": file.size,
        "created_at": _seconds(file.created_at),
    }


def _create_template(organization_id: str, given: dict[str, Any]) -> templates.Template:
    document = given["document"]
    content = _decoded(document).content
    if b"%PDF-" not in content[:1024]:
        raise ApiError(400, "document: Must be a PDF", "invalid_request")
    return templates.create(
        organization_id, given["name"], given["form_fields"], document["filename"], content
    )


def _show_template(template: templates.Template) -> dict[str, Any]:
    return {
        "id": template.id,
        "object": "edit_template",
        "name": template.name,
        "form_fields": template.form_fields,
        "file_id": template.file_id,
        "filename": template.filename,
        "field_count": len(template.form_fields),
        "created_at": _seconds(template.created_at),
    }


def _create_project(organization_id: str, given: dict[str, Any]) -> projects.Project:
    return projects.create(organization_id, **given)


def _show_project(project: projects.Project) -> dict[str, Any]:
    return {
        "id": project.id,
        "object": "project",
        "name": project.name,
        "json_schema": project.json_schema,
        "subdocuments": project.subdocuments,
        "created_at": _seconds(project.created_at),
    }


def _decoded(given: dict[str, Any]) -> data_url.Data:
    try:
        data = data_url.decode(given["url"])
    except ValueError as problem:
        raise ApiError(400, f"url: Must be a data: URL: {problem}", "invalid_request") from None
    if not data.content:
        raise ApiError(400, "url: It holds nothing", "invalid_request")
    return data


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


COLLECTIONS = (
    Collection("file", "/v1/files", NewFile, File, _save_file, _show_file, files),
    Collection(
        "template",
        "/v1/edits/templates",
        NewTemplate,
        Template,
        _create_template,
        _show_template,
        templates,
    ),
    Collection(
        "project", "/v1/projects", NewProject, Project, _create_project, _show_project, projects
    ),
)
