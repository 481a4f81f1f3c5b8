"""What jobs may refer to by an id, each belonging to one organization."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from psycopg2.extras import Json

from jobs_backend.db import Row, database


class Kind(str, Enum):
    """What it is, and how its ids begin."""

    FILE = "file"
    TEMPLATE = "template"
    PROJECT = "project"

    @property
    def prefix(self) -> str:
        """What its ids begin with."""
        return {"file": "file", "template": "edittplt", "project": "proj"}[self.value]


@dataclass(frozen=True)
class Resource:
    """One of them; `body` is what its kind says of it."""

    id: str
    organization_id: str
    name: str
    body: dict[str, Any]
    created_at: datetime


def new_id(kind: Kind) -> str:
    """An id that nobody guesses."""
    return f"{kind.prefix}_{secrets.token_urlsafe(16)}"


def create(
    organization_id: str, kind: Kind, name: str, body: dict[str, Any], *, id: str | None = None
) -> Resource:
    """Keep a resource.

    Args:
        organization_id: whose it is.
        kind: what it is.
        name: for people.
        body: the rest.
        id: from `new_id`, where it had to be known before.
    """
    [row] = database().run(
        "create_resource",
        id=id or new_id(kind),
        organization_id=organization_id,
        kind=kind.value,
        name=name,
        body=Json(body),
    )
    return _resource(row)


def find(organization_id: str, kind: Kind, resource_id: str) -> Resource | None:
    """The organization's resource of this id."""
    return _one("find_resource", organization_id, kind, resource_id)


def delete(organization_id: str, kind: Kind, resource_id: str) -> Resource | None:
    """Forget a resource; what it was, or None if there was none."""
    return _one("delete_resource", organization_id, kind, resource_id)


def list_page(
    organization_id: str, kind: Kind, *, limit: int, after: str | None = None
) -> list[Resource]:
    """The organization's resources, newest first.

    Args:
        organization_id: whose they are.
        kind: what they are.
        limit: how many at the most.
        after: the id of the last one that is known already; an unknown one has none after it.
    """
    rows = database().run(
        "list_resources",
        organization_id=organization_id,
        kind=kind.value,
        limit=limit,
        after=after,
    )
    return [_resource(row) for row in rows]


def _one(statement: str, organization_id: str, kind: Kind, resource_id: str) -> Resource | None:
    if "\0" in resource_id:  # Postgres has no text with it
        return None
    rows = database().run(
        statement, id=resource_id, organization_id=organization_id, kind=kind.value
    )
    return _resource(rows[0]) if rows else None


def _resource(row: Row) -> Resource:
    return Resource(row["id"], row["organization_id"], row["name"], row["body"], row["created_at"])
