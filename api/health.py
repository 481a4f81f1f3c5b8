"""Whether the process lives, and whether what it needs answers."""

from __future__ import annotations

from flask import Blueprint, Response

from api.responses import json_response
from jobs_backend.db import database
from jobs_backend.errors import BrokerUnavailable, DatabaseNotMigrated, DatabaseUnavailable
from workers.celery_app import ping

blueprint = Blueprint("health", __name__)

CHECK_SECONDS = 2


@blueprint.route("/healthz")
def healthz() -> Response:
    """Answers for as long as the process does."""
    return json_response({"status": "ok"})


@blueprint.route("/readyz")
def readyz() -> Response:
    """200 when Postgres, with its tables, and Redis answer in time, else 503; each is named."""
    checks = {"postgres": _postgres(), "redis": _redis()}
    is_ready = all(state == "ok" for state in checks.values())
    status = "ok" if is_ready else "unavailable"
    return json_response({"status": status, "checks": checks}, 200 if is_ready else 503)


def _postgres() -> str:
    try:
        database().ping(CHECK_SECONDS)
    except DatabaseNotMigrated:
        return "not migrated"
    except DatabaseUnavailable:
        return "unavailable"
    return "ok"


def _redis() -> str:
    try:
        ping()
    except BrokerUnavailable:
        return "unavailable"
    return "ok"
