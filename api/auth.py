"""Who is calling: an API key of an organization."""

from __future__ import annotations

from flask import Response, current_app, g, request

from api.errors import ApiError
from jobs_backend import organizations


def require_key() -> Response | None:
    """Let a request in if its key is known, and note whose it is in `g.organization_id`.

    Raises:
        ApiError: 401, the same for a key that is missing, unknown or revoked; 403 for one that may
            not do this.
    """
    if request.method == "OPTIONS":
        # A browser asks without a key what it may ask. It is told that, and no more is looked at.
        return current_app.make_default_options_response()
    key = organizations.authenticate(_presented())
    if key is None:
        raise _unauthorized("Invalid API key")
    scope = "jobs:read" if request.method in ("GET", "HEAD") else "jobs:write"
    if scope not in key.scopes and "admin" not in key.scopes:
        raise ApiError(403, f"This API key lacks the scope {scope}")
    g.organization_id = key.organization_id
    return None


def _presented() -> str:
    key = request.headers.get("Api-Key", "")
    if not key:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        key = token.strip() if scheme.lower() == "bearer" else ""
    if not key:
        raise _unauthorized(
            "Missing API key: send it as 'Api-Key: ...' or 'Authorization: Bearer ...'"
        )
    return key


def _unauthorized(detail: str) -> ApiError:
    return ApiError(401, detail, headers={"WWW-Authenticate": 'Bearer realm="jobs"'})
