"""The routes under /v1/jobs."""

from __future__ import annotations

from typing import Any

from flask import Response, g, request
from marshmallow import ValidationError

from api import limits, queries, schemas, validation
from api.accepting import accept, dispatch
from api.auth import require_key
from api.body import StrictBlueprint, read_json
from api.errors import ApiError
from api.responses import job_object, json_response
from api.waiting import wait_until_over
from jobs_backend import idempotency, jobs, log, pages
from jobs_backend.endpoints import Endpoint, registry
from jobs_backend.errors import (
    BrokerUnavailable,
    IdempotencyKeyReused,
    UnknownCursor,
    UnusablePattern,
)
from jobs_backend.job import ACTIVE, RETRYABLE, Job, Status
from jobs_backend.submission import NewJob
from workers.celery_app import stop

_log = log.get(__name__)

MAX_IDEMPOTENCY_KEY = 255
# Flask's name of the route that the key is for.
CREATE = "jobs.create"

blueprint = StrictBlueprint("jobs", __name__, url_prefix="/v1/jobs", description="Jobs")
blueprint.before_request(require_key)
blueprint.before_request(limits.check_rate)


@blueprint.before_request
def _replay() -> Response | None:
    # Before anything else is asked of the request: the job was accepted as it was then.
    if request.endpoint != CREATE or "Idempotency-Key" not in request.headers:
        return None
    g.idempotency_key = _idempotency_key(read_json(request))
    try:
        job = idempotency.find(g.organization_id, g.idempotency_key)
    except IdempotencyKeyReused:
        raise _reused() from None
    return None if job is None else _replayed(job)


@blueprint.route("", methods=["POST"])
@blueprint.arguments(schemas.CreateJob())
@blueprint.response(200, schemas.Job)
@blueprint.alt_response(202, schema=schemas.Job)
def create(envelope: dict[str, Any]) -> Response:
    """Submit a job. It is stored before this answers; 202 says that it will be queued later."""
    key = g.get("idempotency_key")
    _check_request(registry()[envelope["endpoint"]], envelope["request"])
    limits.check_queue()
    text = read_json(request).texts["request"]
    try:
        job, is_sent = accept(
            NewJob(
                g.organization_id,
                envelope["endpoint"],
                text,
                envelope["metadata"],
                parsed=envelope["request"],
                key=key,
                request_id=g.request_id,
            )
        )
    except IdempotencyKeyReused:
        raise _reused() from None
    if job.is_replay:
        return _replayed(job)
    body = job_object(job, request=text, dispatch_delayed=not is_sent)
    return json_response(body, 200 if is_sent else 202)


@blueprint.route("")
@blueprint.arguments(queries.ListJobs(), location="query")
@blueprint.response(200, schemas.JobList)
def list_jobs(query: dict[str, Any]) -> Response:
    """List jobs, newest first unless asked otherwise."""
    try:
        page = pages.list_page(g.organization_id, pages.Filters(**query.pop("filters")), **query)
    except (UnknownCursor, UnusablePattern) as problem:
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
@blueprint.arguments(queries.Retrieve(), location="query")
@blueprint.response(200, schemas.JobWithProgress)
def retrieve(query: dict[str, Any], job_id: str) -> Response:
    """Retrieve a job, with the payloads that are asked for; `wait` has it answer at its end."""
    _wait(job_id, query.pop("wait"))
    return _shown(jobs.get(g.organization_id, job_id, **query))


@blueprint.route("/<job_id>/status")
@blueprint.arguments(queries.Wait(), location="query")
@blueprint.response(200, schemas.JobWithProgress)
def status(query: dict[str, Any], job_id: str) -> Response:
    """Retrieve a job without its payloads: the cheap one to poll."""
    _wait(job_id, query["wait"])
    return _shown(jobs.get(g.organization_id, job_id))


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
    job, is_sent = dispatch(job)
    return json_response(job_object(job, dispatch_delayed=not is_sent), 200 if is_sent else 202)


def _shown(job: Job | None) -> Response:
    found = _found(job)
    return json_response(job_object(found) | {"progress": found.progress})


def _wait(job_id: str, seconds: float) -> None:
    if seconds and _found(jobs.get(g.organization_id, job_id)).status in ACTIVE:
        wait_until_over(g.organization_id, job_id, seconds)


def _idempotency_key(body: Any) -> idempotency.Key:
    text = request.headers["Idempotency-Key"]
    if not (0 < len(text) <= MAX_IDEMPOTENCY_KEY and text.isascii() and text.isprintable()):
        problem = f"Input should be 1 to {MAX_IDEMPOTENCY_KEY} printable ASCII characters"
        raise ApiError(422, validation.as_list({"Idempotency-Key": problem}, "header"))
    # No metadata is the same as none.
    return idempotency.key_for(text, {"metadata": None, **body} if isinstance(body, dict) else body)


def _reused() -> ApiError:
    detail = "This Idempotency-Key was used with another body"
    return ApiError(422, detail, "idempotency_key_reuse")


def _replayed(job: Job) -> Response:
    status = 202 if job.dispatch_delayed else 200
    response = json_response(job_object(job), status)
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _check_request(endpoint: Endpoint, request: dict[str, Any]) -> None:
    try:
        endpoint.load_request(request)
    except ValidationError as problem:
        wrong = validation.as_sentence(problem.normalized_messages())
        raise ApiError(
            400, f"Invalid request body for {endpoint.path}: {wrong}", "invalid_request"
        ) from None


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
