"""The engine `upstream`: another service does the work, and its answer is the job's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jobs_backend.errors import JobFailure

if TYPE_CHECKING:
    from workers.context import Context, Response


def run(request: dict[str, Any], context: Context) -> Response:
    """Forward a request as it was submitted."""
    raise JobFailure("engine_not_available", "There is no engine of this name.")
