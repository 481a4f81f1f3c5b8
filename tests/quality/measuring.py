"""Running handlers without servers, and counting what they get right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog

from jobs_backend import config, log
from jobs_backend.endpoints import registry
from jobs_backend.errors import JobFailure
from workers.context import Context

Row = tuple[str, int, int]


def run(path: str, **request: Any) -> dict[str, Any] | None:
    """The response of a built-in endpoint type, or None where its job failed."""
    config.set_environment(
        JOBS_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none", JOBS_LOG_LEVEL="error"
    )
    log.configure()
    endpoint = registry()[path]
    context = Context("job_1", 1, "org_1", structlog.get_logger(), path, request)
    try:
        body: dict[str, Any] = endpoint.import_handler()(endpoint.load_request(request), context)
    except JobFailure:
        return None
    return body


def total(name: str, counts: Iterable[tuple[int, int]]) -> Row:
    """One line of the table: what, how many were right, of how many."""
    pairs = list(counts)
    return name, sum(right for right, _ in pairs), sum(every for _, every in pairs)


def print_table(rows: Iterable[Row]) -> None:
    """Print the lines as Markdown."""
    print("| what | right | of | share |\n|---|---|---|---|")
    for name, right, every in rows:
        print(f"| {name} | {right} | {every} | {right / every:.1%} |", flush=True)
