"""Endpoint types for tests, declared as a user's own package declares them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from marshmallow import Schema, fields, validate

from jobs_backend.endpoints import Endpoint
from jobs_backend.errors import JobFailure


class EchoRequest(Schema):
    """A request with a default, so that tests see who fills it in."""

    text = fields.String(required=True)
    times = fields.Integer(load_default=1, validate=validate.Range(1, 10))


ENDPOINTS = [
    Endpoint("/v1/echo", request=EchoRequest, handler="tests.endpoints:echo"),
    Endpoint("/v1/anything", handler="tests.endpoints:anything", queue="others"),
    Endpoint("/v1/slow", handler="tests.endpoints:slow", queue="others"),
    Endpoint("/v1/limited", handler="tests.endpoints:slow", soft_time_limit=1, time_limit=30),
    Endpoint("/v1/fails", handler="tests.endpoints:fails", queue="others"),
    Endpoint("/v1/missing-handler", handler="tests.no_such_module:run", queue="others"),
]


def echo(request: dict[str, Any], context: Any) -> dict[str, Any]:
    """Say it back, and who it was said by."""
    context.log.info("echoing")
    return {
        "text": request["text"] * request["times"],
        "job_id": context.job_id,
        "attempt": context.attempt,
        "organization_id": context.organization_id,
        "cancelled": context.cancelled,
    }


def anything(request: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Give the request back."""
    return request


def slow(request: dict[str, Any], context: Any) -> dict[str, Any]:
    """Work for `seconds`, leaving `started` behind where a path is given."""
    if "started" in request:
        Path(request["started"]).touch()
    deadline = time.monotonic() + request["seconds"]
    while time.monotonic() < deadline:
        context.progress(1, 2)
        time.sleep(0.02)
    return {"pid": os.getpid()}


def fails(request: dict[str, Any], _context: Any) -> Any:
    """Fail in the way that the request names."""
    return _WAYS[request["how"]]()


def _raise(error: BaseException) -> Any:
    raise error


_WAYS: dict[str, Any] = {
    "failure": lambda: _raise(JobFailure("out_of_paper", "There is no paper.", {"tray": 2})),
    "crash": lambda: _raise(RuntimeError("secret: /etc/passwd")),
    "memory": lambda: _raise(MemoryError()),
    "system_exit": lambda: _raise(SystemExit(1)),
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "no_object": lambda: ["no", "object"],
    "no_json": lambda: {"when": object()},
    "not_a_number": lambda: {"value": float("nan")},
    "surrogate": lambda: {"text": "half \ud800 of it"},
    "too_large": lambda: {"text": "x" * 3_000_000},
}
