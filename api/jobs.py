"""The routes under /v1/jobs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from flask import Response, g
from marshmallow import ValidationError

from api import schemas, validation
from api.auth import require_key
from api.body import StrictBlueprint
from api.errors import ApiError
from api.responses import job_object, json_response
from jobs_backend import jobs, log, pages
from jobs_backend.endpoints import Endpoint, registry
from jobs_backend.errors import (
    BrokerUnavailable,
    DatabaseUnavailable,
    EndpointNotRegistered,
    UnknownCursor,
)
from jobs_backend.job import ACTIVE, RETRYABLE, Job, Status
from workers.celery_app import send, stop

_log = log.get(__name__)

blueprint = StrictBlueprint("jobs", __name__, url_prefix="/v1/jobs", description="Jobs")
blueprint.before_request(require_key)


@blueprint.route("", methods=["POST"])
@blueprint.arguments(schemas.CreateJob)
@blueprint.response(200, schemas.Job)
@blueprint.alt_response(202, schema=schemas.Job)
def create(envelope: dict[str, Any]) -> Response:
    """Submit a job. It is stored before this answers; 202 says that it will be queued later."""
    _check_request(registry()[envelope["endpoint"]], envelope["request"])
    request = json.dumps(envelope["request"], ensure_ascii=False, separators=(",", ":"))
    job = jobs.submit(
        g.organization_id,
        envelope["endpoint"],
        request,
        envelope["metadata"],
        request_id=g.request_id,
    )
    job, is_sent = _dispatch(job)
    body = job_object(job, request=request, dispatch_delayed=not is_sent)
    return json_response(body, 200 if is_sent else 202)


@blueprint.route("")
@blueprint.arguments(schemas.ListJobs, location="query")
@blueprint.response(200, schemas.JobList)
def list_jobs(query: dict[str, Any]) -> Response:
    """List jobs, newest first unless asked otherwise."""
    try:
        page = pages.list_page(
            g.organization_id,
            before=query["before"],
            after=query["after"],
            limit=query["limit"],
            newest_first=query["order"] == "desc",
            job_id=query["id"] or query["job_id"],
            status=query["status"],
            endpoint=query["endpoint"],
            metadata=query["metadata"],
            include_request=query["include_request"],
            include_response=query["include_response"],
        )
    except UnknownCursor as problem:
        detail = validation.as_list({problem.parameter: str(problem)}, "query")
        raise ApiError(422, detail) from None
    first_id = page.jobs[0].id if page.jobs else None
    last_id = page.jobs[-1].id if page.jobs else None
    body = {
        "object": "list",
        "data": [job_object(job) for job in page.jobs],
        "first_id": first_id,
        "last_id": last_id,
        "has_more": page.has_more,
        "list_metadata": {
            "before": first_id if page.has_before else None,
            "after": last_id if page.has_after else None,
        },
    }
    return json_response(body)


@blueprint.route("/<job_id>")
@blueprint.arguments(schemas.Payloads, location="query")
@blueprint.response(200, schemas.Job)
def retrieve(query: dict[str, Any], job_id: str) -> Response:
    """Retrieve a job, with the payloads that are asked for."""
    return json_response(job_object(_found(jobs.get(g.organization_id, job_id, **query))))


@blueprint.route("/<job_id>/status")
@blueprint.response(200, schemas.Job)
def status(job_id: str) -> Response:
    """Retrieve a job without its payloads: the cheap one to poll."""
    return json_response(job_object(_found(jobs.get(g.organization_id, job_id))))


@blueprint.route("/<job_id>/cancel", methods=["POST"])
@blueprint.response(200, schemas.Job)
def cancel(job_id: str) -> Response:
    """Cancel a job. The row says so before this answers, and stays so; the work is then stopped."""
    job = jobs.cancel(g.organization_id, job_id)
    if job is None:
        raise _refused("cancel", job_id, ACTIVE)
    if job.found_status is Status.IN_PROGRESS:
        _stop(job)
    return json_response(job_object(job))


@blueprint.route("/<job_id>/retry", methods=["POST"])
@blueprint.response(200, schemas.Job)
@blueprint.alt_response(202, schema=schemas.Job)
def retry(job_id: str) -> Response:
    """Run a job again that failed, was cancelled or expired. 202: it will be queued later."""
    job = jobs.retry(g.organization_id, job_id)
    if job is None:
        raise _refused("retry", job_id, RETRYABLE)
    job, is_sent = _dispatch(job)
    return json_response(job_object(job, dispatch_delayed=not is_sent), 200 if is_sent else 202)


def _check_request(endpoint: Endpoint, request: dict[str, Any]) -> None:
    try:
        endpoint.load_request(request)
    except ValidationError as problem:
        wrong = validation.as_sentence(problem.normalized_messages())
        raise ApiError(
            400, f"Invalid request body for {endpoint.path}: {wrong}", "invalid_request"
        ) from None


def _dispatch(job: Job) -> tuple[Job, bool]:
    is_sent = True
    try:
        send(job)
    except (BrokerUnavailable, EndpointNotRegistered) as problem:
        _log.warning("dispatch_delayed", job_id=job.id, reason=str(problem))
        is_sent = False
    try:
        noted = jobs.mark_dispatched(job) if is_sent else jobs.mark_undelivered(job)
    except DatabaseUnavailable as problem:
        # The job is stored, so it is accepted; without this note it is sent once more.
        _log.warning("dispatch_not_noted", job_id=job.id, reason=str(problem))
        noted = None
    # No row means that a worker was faster than this note: the job was queued, and is further now.
    return noted or (replace(job, status=Status.QUEUED) if is_sent else job), is_sent


def _stop(job: Job) -> None:
    try:
        stop(job)
    except BrokerUnavailable as problem:
        # The attempt finds out by its next heartbeat.
        _log.warning("stop_not_sent", job_id=job.id, reason=str(problem))


def _refused(verb: str, job_id: str, allowed: frozenset[Status]) -> ApiError:
    # Why the guard refused, as far as a second look can tell.
    job = _found(jobs.get(g.organization_id, job_id))
    if job.status in allowed and job.purged_at is not None:
        return ApiError(400, f"Cannot {verb} {job.status} job: its data was deleted", "job_purged")
    if job.status in allowed:
        return ApiError(409, "Job status changed, please retry", "job_status_changed")
    return ApiError(400, f"Cannot {verb} job in '{job.status}' status", "job_status_conflict")


def _found(job: Job | None) -> Job:
    if job is None:
        raise ApiError(404, "Job not found", "job_not_found")
    return job
