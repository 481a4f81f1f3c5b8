"""An endpoint type that does nothing, so that only the machinery is measured."""

from __future__ import annotations

from typing import Any

from jobs_backend.endpoints import Endpoint

ENDPOINTS = [Endpoint("/v1/noop", handler="benchmarks.endpoints:noop")]


def noop(_request: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Answer at once."""
    return {"ok": True}
