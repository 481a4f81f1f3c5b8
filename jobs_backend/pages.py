"""Lists of jobs, page by page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from psycopg2 import DataError
from psycopg2.extras import Json

from jobs_backend import facets, jobs, patterns
from jobs_backend.db import database
from jobs_backend.errors import StatementTooSlow, UnknownCursor, UnusablePattern
from jobs_backend.job import ACTIVE, Job

# What may have to look at every file name of an organization gets no more than this.
SEARCH_SECONDS = 2


@dataclass(frozen=True)
class Filters:
    """Which jobs to list: those that have all of this. None and () mean any.

    Args:
        job_id, status, endpoint, model, project_id, workflow_id, workflow_block_id: exactly this.
        source: `project` for jobs whose request names a project, `workflow` for those whose
            metadata names a workflow, `api` for all others.
        metadata: each of these pairs.
        filename_contains: a part of the name of one of its documents, in any case.
        filename_regex: a regular expression, of Postgres, that the name of one of its documents
            contains a match of.
        document_types: the extension of one of its documents is one of these.
        from_date, to_date: created on such a day or between them, by UTC.
    """

    job_id: str | None = None
    status: str | None = None
    endpoint: str | None = None
    source: str | None = None
    model: str | None = None
    project_id: str | None = None
    workflow_id: str | None = None
    workflow_block_id: str | None = None
    metadata: dict[str, str] | None = None
    filename_contains: str | None = None
    filename_regex: str | None = None
    document_types: Sequence[str] = ()
    from_date: date | None = None
    to_date: date | None = None


@dataclass(frozen=True)
class Page:
    """One page of a list, in the order asked for, and whether there is more on either side."""

    jobs: Sequence[Job]
    has_more: bool
    has_before: bool
    has_after: bool


def list_page(
    organization_id: str,
    filters: Filters,
    *,
    before: str | None = None,
    after: str | None = None,
    limit: int = 20,
    newest_first: bool = True,
    include_request: bool = False,
    include_response: bool = False,
) -> Page:
    """A page of the organization's jobs, ordered by (created_at, id).

    Args:
        organization_id: whose jobs.
        filters: which of them.
        before: the job that the page ends before; at most one of before and after.
        after: the job that the page starts after.
        limit: how many jobs at the most.
        newest_first: the order; False for oldest first.
        include_request, include_response: which payloads to read.

    Returns:
        The page. `has_more` speaks of the direction in which the list is walked.

    Raises:
        UnknownCursor: the cursor is no job of this organization.
        UnusablePattern: filename_regex is none, or takes too long.
    """
    backwards = before is not None
    newer = newest_first == backwards
    cursor = _cursor(
        organization_id, "before" if backwards else "after", before if backwards else after
    )
    wanted = _parameters(organization_id, filters)
    payloads = {"include_request": include_request, "include_response": include_response}
    found = _walk({**wanted, **cursor, **payloads}, newer=newer, limit=limit + 1)
    has_more = len(found) > limit
    found = found[:limit]
    behind = cursor["cursor_id"] is not None and _is_behind(wanted, newer, found, cursor)
    if backwards:
        found.reverse()
    return Page(
        jobs=found,
        has_more=has_more,
        has_before=has_more if backwards else behind,
        has_after=behind if backwards else has_more,
    )


def _cursor(organization_id: str, parameter: str, job_id: str | None) -> dict[str, Any]:
    if job_id is None:
        return {"cursor_id": None, "cursor_created_at": None}
    job = jobs.get(organization_id, job_id)
    if job is None:
        raise UnknownCursor(parameter)
    return {"cursor_id": job.id, "cursor_created_at": job.created_at}


def _parameters(organization_id: str, filters: Filters) -> dict[str, Any]:
    by_index = _terms(organization_id, filters)
    scalars = {
        "endpoint": filters.endpoint,
        "source": filters.source,
        "model": filters.model,
        "project_id": filters.project_id,
        "workflow_id": filters.workflow_id,
        "workflow_block_id": filters.workflow_block_id,
        "filename_like": _like(filters.filename_contains),
        "filename_regex": filters.filename_regex,
    }
    is_of_facets = any(value is not None for value in {**by_index, **scalars}.values())
    # By a status alone jobs are found by an index of their own.
    by_facet = is_of_facets or filters.status is None
    return {
        **scalars,
        **by_index,
        "by_facet": by_facet,
        # Of what has ended there is ever more; of what has not there is little.
        "order_by_facet": by_facet and filters.status not in ACTIVE,
        "organization_id": organization_id,
        "id": filters.job_id,
        "status": filters.status,
        "metadata": None if filters.metadata is None else Json(filters.metadata),
        "document_types": list(filters.document_types) or None,
        "from_time": filters.from_date and _midnight(filters.from_date),
        "to_time": filters.to_date and _midnight(filters.to_date, days_later=1),
    }


def _terms(organization_id: str, filters: Filters) -> dict[str, list[int] | None]:
    pieces = [filters.filename_contains or "", *patterns.literals(filters.filename_regex or "")]
    every = {
        *facets.pair_terms(organization_id, filters.metadata or {}),
        *facets.block_terms(organization_id, filter(None, [filters.workflow_block_id])),
        *(term for piece in pieces for term in facets.gram_terms(organization_id, piece)),
    }
    some = facets.type_terms(organization_id, filters.document_types)
    return {"all_terms": sorted(every) or None, "any_terms": some or None}


def _like(part: str | None) -> str | None:
    return None if part is None else "%" + re.sub(r"([\\%_])", r"\\\1", part) + "%"


def _midnight(day: date, days_later: int = 0) -> datetime | None:
    try:
        day += timedelta(days=days_later)
    except OverflowError:
        return None  # after the last day that there is comes nothing
    return datetime.combine(day, time(), timezone.utc)


def _walk(parameters: dict[str, Any], *, newer: bool, limit: int) -> list[Job]:
    is_search = parameters["filename_like"] or parameters["filename_regex"]
    timeout = SEARCH_SECONDS if is_search else None
    try:
        rows = database().run("list", timeout=timeout, **parameters, newer=newer, limit=limit)
    except DataError as problem:  # the only text that Postgres has to understand
        raise UnusablePattern("filename_regex", "is no regular expression") from problem
    except StatementTooSlow as problem:
        if not is_search:
            raise
        name = "filename_regex" if parameters["filename_regex"] else "filename_contains"
        raise UnusablePattern(name, "takes too long; say more of the name") from problem
    found = [Job.from_row(row) for row in rows]
    return sorted(found, key=lambda job: (job.created_at, job.id), reverse=not newer)


def _is_behind(
    wanted: dict[str, Any], newer: bool, found: Sequence[Job], cursor: dict[str, Any]
) -> bool:
    # Whether walking back from this page's first job would find one. On an empty page the cursor
    # itself stands for it, and may be what is found.
    if found:
        cursor = {"cursor_id": found[0].id, "cursor_created_at": found[0].created_at}
    payloads = {"include_request": False, "include_response": False}
    return bool(_walk({**wanted, **cursor, **payloads}, newer=not newer, limit=1))
