"""What users do with the published client's later, generated form; a program of its own.

Both forms are packages of one name, so this runs with the later one first on its path:

    python later_client.py <base URL> <key> <sync or async> < <data URL of a long document>
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import retab

HELLO = {"filename": "hello.txt", "url": "data:text/plain,Hello%20there"}
PARSE: dict[str, Any] = {"endpoint": "/v1/parses", "request": {"document": HELLO}}
TERMINAL = ("completed", "failed", "cancelled", "expired")
DEADLINE_SECONDS = 60


def main(base_url: str, key: str, kind: str) -> None:
    """Run everything with one kind of client."""
    long = {"document": {"filename": "long.pdf", "url": sys.stdin.read()}}
    if kind == "sync":
        with retab.Retab(api_key=key, base_url=base_url) as client:
            everything(client.jobs, lambda answer: answer, list, long)
        return
    loop = asyncio.new_event_loop()
    client = retab.AsyncRetab(api_key=key, base_url=base_url)

    async def walk(page: Any) -> list[Any]:
        return [job async for job in page]

    everything(
        client.jobs,
        loop.run_until_complete,
        lambda page: loop.run_until_complete(walk(page)),
        long,
    )
    loop.run_until_complete(client.close())
    loop.close()


def everything(
    jobs: Any, run: Callable[[Any], Any], walk: Callable[[Any], list[Any]], long: dict[str, Any]
) -> None:
    """Every method, with every parameter, one after the other."""
    mark = f"{time.time_ns()}"
    created = run(jobs.create(**PARSE, metadata={"mark": mark}))
    assert created.status in ("validating", "queued")
    assert created.metadata == {"mark": mark}

    done = _ended(jobs, run, created.id)
    assert (done.status, done.error, done.cancelled, done.attempt_count) == (
        *("completed", None, False),
        1,
    )
    assert done.response.body["output"]["text"] == "Hello there"
    assert done.request["document"] == HELLO
    _check_times(done)

    others = [run(jobs.create(**PARSE, metadata={"mark": mark})).id for _ in range(3)]
    for job_id in others:
        _ended(jobs, run, job_id)
    wanted = {"metadata": f'{{"mark": "{mark}"}}'}
    page = run(jobs.list(**wanted, limit=2))
    assert [job.id for job in page.data] == [others[2], others[1]]
    assert (page.list_metadata.before, page.list_metadata.after) == (None, others[1])
    assert [job.id for job in walk(page)] == [*others[::-1], created.id]
    assert page.has_more
    last = run(jobs.list(**wanted, after=others[1]))
    assert (last.has_more, last.list_metadata.before) == (False, others[0])

    today = f"{datetime.now(timezone.utc):%Y-%m-%d}"
    one = run(
        jobs.list(
            **wanted,
            job_id=created.id,
            status="completed",
            endpoint="/v1/parses",
            source="api",
            filename_regex="^hello",
            filename_contains="LLO",
            document_type=["txt", "pdf"],
            from_date=today,
            to_date=today,
            order="asc",
            include_request=True,
            include_response=True,
            access_token="told nowhere",  # what older forms sent: ignored
        )
    )
    assert [job.id for job in one.data] == [created.id]
    assert one.data[0].response == done.response
    for nothing in ("project_id", "workflow_id", "workflow_block_id", "model"):
        assert run(jobs.list(**wanted, **{nothing: "other"})).data == []

    _check_refusals(jobs, run, created.id)
    # `jobs.cancel` and `jobs.retry` post without a body.
    slow = run(jobs.create(endpoint="/v1/parses", request=long, metadata={"mark": mark}))
    cancelled = run(jobs.cancel(slow.id))
    assert (cancelled.status, cancelled.cancelled) == ("cancelled", True)
    assert isinstance(cancelled.completed_at, datetime)
    assert _ended(jobs, run, run(jobs.retry(slow.id)).id).status == "completed"


def _ended(jobs: Any, run: Callable[[Any], Any], job_id: str) -> Any:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while run(jobs.get(job_id)).status not in TERMINAL:
        assert time.monotonic() < deadline, f"{job_id} did not end"
        time.sleep(0.05)
    return run(jobs.get(job_id, include_request=True, include_response=True))


def _check_times(job: Any) -> None:
    moments = [job.created_at, job.started_at, job.completed_at, job.expires_at]
    assert moments == sorted(moments)
    assert all(isinstance(moment, datetime) for moment in moments)
    assert abs(datetime.now(timezone.utc) - job.created_at) < timedelta(minutes=2)
    assert job.last_attempt_at >= job.created_at


def _check_refusals(jobs: Any, run: Callable[[Any], Any], done_id: str) -> None:
    cases = [
        (lambda: jobs.get("job_none"), retab.exceptions.NotFoundError, "Job not found"),
        (lambda: jobs.cancel(done_id), retab.exceptions.APIError, "Cannot cancel job"),
        (lambda: jobs.retry(done_id), retab.exceptions.APIError, "Cannot retry job"),
        (lambda: jobs.list(limit=0), retab.exceptions.ValidationError, "422"),
    ]
    for call, kind, said in cases:
        with pytest.raises(kind, match=said) as raised:
            run(call())
        assert raised.value.request_id


if __name__ == "__main__":
    main(*sys.argv[1:])
