"""Routes of what is stored once and used by its id: each kind has the same four."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, g
from marshmallow import EXCLUDE, Schema, fields, validate

from api import limits
from api.auth import require_key
from api.body import StrictBlueprint
from api.errors import ApiError
from api.responses import json_response

MAX_LIMIT = 100


class PageQuery(Schema):
    """Which page of a list."""

    class Meta:
        unknown = EXCLUDE

    after = fields.String(
        load_default=None,
        validate=[
            validate.ContainsNoneOf("\0", error="NUL characters are not allowed"),
            validate.Length(max=128, error="At most {max} characters are allowed"),
        ],
        metadata={"description": "The last one of the page before."},
    )
    limit = fields.Integer(
        load_default=20,
        validate=validate.Range(
            1, MAX_LIMIT, error="Input should be at least {min} and at most {max}"
        ),
    )


class Deleted(Schema):
    """What is no more."""

    id = fields.String(required=True)
    deleted = fields.Boolean(required=True)


@dataclass(frozen=True)
class Collection:
    """One kind of resource.

    Attributes:
        name: of one of them, in the singular, for operations and messages.
        path: of all of them.
        given: the schema of what creates one.
        shown: the schema of what is shown of one.
        create: makes one of an organization's id and what was given.
        show: one as `shown` has it.
        store: the module that keeps them: `find`, `list_page` and `delete`.
    """

    name: str
    path: str
    given: type[Schema]
    shown: type[Schema]
    create: Callable[[str, dict[str, Any]], Any]
    show: Callable[[Any], dict[str, Any]]
    store: Any

    def blueprint(self) -> StrictBlueprint:
        """Its routes."""
        made = StrictBlueprint(f"{self.name}s", __name__, url_prefix=self.path)
        made.before_request(require_key)
        made.before_request(limits.check_rate)
        for add in (self._add_create, self._add_list, self._add_find, self._add_delete):
            add(made)
        return made

    def _add_create(self, blueprint: StrictBlueprint) -> None:
        @blueprint.route("", methods=["POST"], endpoint="create")
        @blueprint.arguments(self.given)
        @blueprint.response(200, self.shown)
        def create(given: dict[str, Any]) -> Response:
            """Store one."""
            return json_response(self.show(self.create(g.organization_id, given)))

    def _add_list(self, blueprint: StrictBlueprint) -> None:
        @blueprint.route("", methods=["GET"], endpoint="list")
        @blueprint.arguments(PageQuery, location="query")
        @blueprint.response(200, _page_of(self.name, self.shown))
        def list_page(query: dict[str, Any]) -> Response:
            """List them, newest first."""
            limit = query["limit"]
            found = self.store.list_page(g.organization_id, limit=limit + 1, after=query["after"])
            data = [self.show(each) for each in found[:limit]]
            return json_response({"object": "list", "data": data, "has_more": len(found) > limit})

    def _add_find(self, blueprint: StrictBlueprint) -> None:
        @blueprint.route("/<resource_id>", methods=["GET"], endpoint="find")
        @blueprint.response(200, self.shown)
        def find(resource_id: str) -> Response:
            """Retrieve one."""
            found = self.store.find(g.organization_id, resource_id)
            if found is None:
                raise self._not_found()
            return json_response(self.show(found))

    def _add_delete(self, blueprint: StrictBlueprint) -> None:
        @blueprint.route("/<resource_id>", methods=["DELETE"], endpoint="delete")
        @blueprint.response(200, Deleted)
        def delete(resource_id: str) -> Response:
            """Delete one. Jobs that name it and are not over yet fail."""
            if not self.store.delete(g.organization_id, resource_id):
                raise self._not_found()
            return json_response({"id": resource_id, "deleted": True})

    def _not_found(self) -> ApiError:
        return ApiError(404, f"{self.name.capitalize()} not found", f"{self.name}_not_found")


def _page_of(name: str, shown: type[Schema]) -> type[Schema]:
    page: dict[str, Any] = {
        "object": fields.String(required=True, validate=validate.Equal("list")),
        "data": fields.List(fields.Nested(shown), required=True),
        "has_more": fields.Boolean(required=True),
    }
    return Schema.from_dict(page, name=f"{name.capitalize()}List")
