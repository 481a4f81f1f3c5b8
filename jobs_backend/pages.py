"""Lists of jobs, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg2.extras import Json

from jobs_backend import jobs
from jobs_backend.db import database
from jobs_backend.errors import UnknownCursor
from jobs_backend.job import Job


@dataclass(frozen=True)
class Page:
    """One page of a list, in the order asked for, and whether there is more on either side."""

    jobs: Sequence[Job]
    has_more: bool
    has_before: bool
    has_after: bool


def list_page(
    organization_id: str,
    *,
    before: str | None = None,
    after: str | None = None,
    limit: int = 20,
    newest_first: bool = True,
    job_id: str | None = None,
    status: str | None = None,
    endpoint: str | None = None,
    metadata: dict[str, str] | None = None,
    include_request: bool = False,
    include_response: bool = False,
) -> Page:
    """A page of the organization's jobs, ordered by (created_at, id).

    Args:
        before: the job that the page ends before; at most one of before and after.
        after: the job that the page starts after.
        limit: how many jobs at the most.
        newest_first: the order; False for oldest first.
        job_id, status, endpoint: only jobs that have exactly this.
        metadata: only jobs that have each of these pairs.
        include_request, include_response: which payloads to read.

    Returns:
        The page. `has_more` speaks of the direction in which the list is walked.

    Raises:
        UnknownCursor: the cursor is no job of this organization.
    """
    filters: dict[str, Any] = {
        "organization_id": organization_id,
        "id": job_id,
        "status": status,
        "endpoint": endpoint,
        "metadata": None if metadata is None else Json(metadata),
    }
    backwards = before is not None
    towards = _OLDER if newest_first != backwards else _NEWER
    cursor = _cursor(organization_id, "before" if backwards else "after", before or after)
    payloads = {"include_request": include_request, "include_response": include_response}
    rows = database().run(towards, **filters, **cursor, **payloads, limit=limit + 1)
    found = [Job.from_row(row) for row in rows[:limit]]
    has_more = len(rows) > limit
    behind = cursor["cursor_id"] is not None and _is_behind(towards, filters, found, cursor)
    if backwards:
        found.reverse()
    return Page(
        jobs=found,
        has_more=has_more,
        has_before=has_more if backwards else behind,
        has_after=behind if backwards else has_more,
    )


_OLDER, _NEWER = "list_older", "list_newer"


def _cursor(organization_id: str, parameter: str, job_id: str | None) -> dict[str, Any]:
    if job_id is None:
        return {"cursor_id": None, "cursor_created_at": None}
    job = jobs.get(organization_id, job_id)
    if job is None:
        raise UnknownCursor(parameter)
    return {"cursor_id": job.id, "cursor_created_at": job.created_at}


def _is_behind(
    towards: str, filters: dict[str, Any], found: Sequence[Job], cursor: dict[str, Any]
) -> bool:
    # Whether walking back from this page's first job would find one. On an empty page the cursor
    # itself stands for it, and may be what is found.
    if found:
        cursor = {"cursor_id": found[0].id, "cursor_created_at": found[0].created_at}
    rows = database().run(
        _NEWER if towards == _OLDER else _OLDER,
        **filters,
        **cursor,
        include_request=False,
        include_response=False,
        limit=1,
    )
    return bool(rows)
