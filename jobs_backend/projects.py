"""Projects: a schema that is stored once, for the evaluations that name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobs_backend import resources
from jobs_backend.resources import Kind, Resource


@dataclass(frozen=True)
class Project:
    """What a project's documents are read for; either may be None."""

    id: str
    name: str
    json_schema: dict[str, Any] | None
    subdocuments: list[dict[str, Any]] | None
    created_at: datetime


def create(
    organization_id: str,
    name: str,
    json_schema: dict[str, Any] | None,
    subdocuments: list[dict[str, Any]] | None,
) -> Project:
    """Store a project."""
    body = {"json_schema": json_schema, "subdocuments": subdocuments}
    return _project(resources.create(organization_id, Kind.PROJECT, name, body))


def find(organization_id: str, project_id: str) -> Project | None:
    """The organization's project of this id."""
    found = resources.find(organization_id, Kind.PROJECT, project_id)
    return None if found is None else _project(found)


def list_page(organization_id: str, *, limit: int, after: str | None = None) -> list[Project]:
    """The organization's projects, newest first; see `resources.list_page`."""
    return [
        _project(each)
        for each in resources.list_page(organization_id, Kind.PROJECT, limit=limit, after=after)
    ]


def delete(organization_id: str, project_id: str) -> bool:
    """Forget a project; False if there was none."""
    return resources.delete(organization_id, Kind.PROJECT, project_id) is not None


def _project(found: Resource) -> Project:
    return Project(
        found.id,
        found.name,
        found.body["json_schema"],
        found.body["subdocuments"],
        found.created_at,
    )
