"""Large `data:` URLs of requests: kept in the file store, put back wherever a request is read.

Where they stood in a request is noted beside it, and not in it: nothing that a client sends can be
taken for such a note.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from jobs_backend import data_url, json_text, log, store
from jobs_backend.config import settings
from jobs_backend.errors import FileStoreUnavailable
from jobs_backend.job import Job
from jobs_backend.pauses import Pauses

_log = log.get(__name__)

Place = list[str | int]


def take_out(
    organization_id: str, job_id: str, request: dict[str, Any]
) -> tuple[str, list[Place]] | None:
    """Keep a request's large contents in the file store.

    Args:
        organization_id: whose it is.
        job_id: of the job that is about to be stored.
        request: as it was submitted.

    Returns:
        The request as JSON text without them, and where they are missing; None where all of it is
        to be stored as it is, also because the file store is away.
    """
    places = list(_large(request, [], Pauses())) if settings().offload_bytes else []
    if not places:
        return None
    rest = copy.deepcopy(request)
    try:
        for number, place in enumerate(places):
            holder, last = _holder(rest, place)
            store.write(_path(organization_id, job_id, number), holder[last].encode())
            holder[last] = ""
    except FileStoreUnavailable as problem:
        _log.warning("offload_failed", job_id=job_id, reason=str(problem))
        forget(organization_id, job_id, places)
        return None
    return json_text.dumps(rest).decode(), places


def restored(job: Job) -> str | None:
    """A job's request as it was submitted, as JSON text; None where it was not read.

    Raises:
        FileStoreUnavailable: what is missing in it cannot be read.
    """
    if not job.offloaded or job.request is None:
        return job.request
    request = json.loads(job.request)
    for number, place in enumerate(job.offloaded):
        holder, last = _holder(request, place)
        holder[last] = store.read(_path(job.organization_id, job.id, number)).decode()
    return json_text.dumps(request).decode()


def forget(organization_id: str, job_id: str, places: list[Place] | None) -> None:
    """Remove what was kept for a job whose request is no more, or was never stored.

    Args:
        organization_id: whose it was.
        job_id: the job's id.
        places: where contents were taken out of its request; nothing is done where there are none.
    """
    if not places:
        return
    try:
        store.remove(_folder(organization_id, job_id))
    except FileStoreUnavailable as problem:
        _log.warning("offloaded_not_removed", job_id=job_id, reason=str(problem))


def _large(holder: Any, place: Place, pauses: Pauses) -> Iterator[Place]:
    # An own stack instead of recursion is not needed: how deep a request nests is limited.
    for key, item in holder.items() if isinstance(holder, dict) else enumerate(holder):
        pauses.after_value()
        if isinstance(item, str):
            if len(item) >= settings().offload_bytes and data_url.is_data_url(item):
                yield [*place, key]
        elif isinstance(item, (dict, list)):
            yield from _large(item, [*place, key], pauses)


def _holder(request: Any, place: Place) -> tuple[Any, Any]:
    for step in place[:-1]:
        request = request[step]
    return request, place[-1]


def _path(organization_id: str, job_id: str, number: int) -> str:
    return f"{_folder(organization_id, job_id)}/{number}"


def _folder(organization_id: str, job_id: str) -> str:
    return f"{organization_id}/jobs/{job_id}"
