"""The published client as it is: every method of its `jobs`, every parameter, and its errors.

Each test runs with the synchronous and with the asynchronous client.
"""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from jobs_backend import config
from jobs_backend.local.servers import EmbeddedPostgres
from tests.acceptance.conftest import KEY, PROGRAM, Stack, long_document
from tests.conftest import eventually

pytestmark = pytest.mark.skipif(
    sys.version_info < (3, 11), reason="the published client needs Python 3.11"
)
ECHO = {"endpoint": "/v1/echo", "request": {"text": "hi"}}
HELLO = {"filename": "hello.txt", "url": "data:text/plain,Hello%20there"}


class _Jobs:
    """`client.jobs` of either client, called in the same way."""

    def __init__(self, resource: Any, run: Callable[[Any], Any]) -> None:
        self._resource, self._run = resource, run

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._resource, name)
        return lambda *arguments, **options: self._run(method(*arguments, **options))


Connect = Callable[..., _Jobs]


@pytest.fixture(params=["sync", "async"])
def connect(request: pytest.FixtureRequest, stack: Stack) -> Iterator[Connect]:
    """Makes clients; a key may be given, and how often they try again."""
    import retab

    logging.getLogger("httpx").setLevel(logging.WARNING)
    loop = asyncio.new_event_loop()
    made: list[Any] = []

    def make(key: str = KEY, **options: Any) -> _Jobs:
        base_url = f"{stack.facts['base_url']}/v1"
        kind = retab.Retab if request.param == "sync" else retab.AsyncRetab
        client = kind(api_key=key, base_url=base_url, **options)
        made.append(client)
        if request.param == "sync":
            return _Jobs(client.jobs, lambda answer: answer)
        return _Jobs(client.jobs, loop.run_until_complete)

    yield make
    for client in made:
        closing = client.close()
        if request.param == "async":
            loop.run_until_complete(closing)
    loop.close()


@pytest.fixture
def jobs(connect: Connect) -> _Jobs:
    return connect()


def test_a_job_from_create_to_its_result(jobs: _Jobs) -> None:
    created = jobs.create(
        endpoint="/v1/parses",
        request={"document": HELLO, "model": "retab-small"},
        metadata={"customer": "7"},
    )
    assert created.object == "job"
    assert created.status in ("validating", "queued")
    assert created.request == {"document": HELLO, "model": "retab-small"}
    assert created.metadata == {"customer": "7"}
    done = jobs.wait_for_completion(
        created.id,
        poll_interval_seconds=0.1,
        timeout_seconds=60,
        include_request=True,
        include_response=True,
    )
    assert (done.status, done.error) == ("completed", None)
    assert done.response.status_code == 200
    assert done.response.body["output"]["text"] == "Hello there"
    assert done.request == created.request
    assert done.created_at <= done.started_at <= done.completed_at < done.expires_at


def test_payloads_come_only_when_asked_for(jobs: _Jobs) -> None:
    created = jobs.create(**ECHO)
    jobs.wait_for_completion(created.id, poll_interval_seconds=0.1)
    plain = jobs.retrieve(created.id)
    assert (plain.status, plain.request, plain.response) == ("completed", None, None)
    with_request = jobs.retrieve(created.id, include_request=True)
    assert (with_request.request, with_request.response) == ({"text": "hi"}, None)
    with_response = jobs.retrieve(created.id, include_response=True)
    assert with_response.request is None
    assert with_response.response.body["text"] == "hi"
    full = jobs.retrieve_full(created.id)
    assert (full.request, full.response) == (with_request.request, with_response.response)


def test_a_failed_job_says_why_and_is_retried(jobs: _Jobs) -> None:
    created = jobs.create(endpoint="/v1/fails", request={"how": "failure"})
    failed = jobs.wait_for_completion(created.id, poll_interval_seconds=0.1)
    assert failed.status == "failed"
    assert (failed.error.code, failed.error.message) == ("out_of_paper", "There is no paper.")
    assert failed.error.details == {"tray": 2}
    again = jobs.retry(created.id)
    assert (again.id, again.status, again.error) == (created.id, "queued", None)
    assert jobs.wait_for_completion(created.id, poll_interval_seconds=0.1).status == "failed"


def test_a_job_is_cancelled(jobs: _Jobs) -> None:
    created = jobs.create(endpoint="/v1/slow", request={"seconds": 60})
    cancelled = jobs.cancel(created.id)
    assert (cancelled.status, cancelled.response) == ("cancelled", None)
    assert cancelled.completed_at is not None
    slow = jobs.create(endpoint="/v1/slow", request={"seconds": 60})
    with pytest.raises(TimeoutError):
        jobs.wait_for_completion(slow.id, poll_interval_seconds=0.1, timeout_seconds=0.3)
    jobs.cancel(slow.id)


def test_lists_by_every_parameter(jobs: _Jobs) -> None:
    mark = {"mark": f"{time.time_ns()}"}
    today = f"{datetime.now(timezone.utc):%Y-%m-%d}"
    request = {
        "text": "x",
        "model": "retab-large",
        "project_id": "proj_1",
        "document": {**HELLO, "filename": "Invoice 7.PDF"},
    }
    metadata = {**mark, "workflow_id": "wf_1", "block_id": "block_1"}
    special = jobs.create(endpoint="/v1/anything", request=request, metadata=metadata)
    plain = [jobs.create(**ECHO, metadata=mark) for _ in range(3)]
    everyone = [special.id, *(job.id for job in plain)]
    for job_id in everyone:
        jobs.wait_for_completion(job_id, poll_interval_seconds=0.1)

    def found(**query: Any) -> list[str]:
        return [job.id for job in jobs.list(metadata=mark, **query).data]

    assert found() == everyone[::-1]
    assert found(order="asc") == everyone
    assert found(limit=1) == [everyone[-1]]
    assert found(after=everyone[2]) == everyone[1::-1]
    assert found(before=everyone[2]) == [everyone[3]]
    only_special: list[dict[str, Any]] = [
        {"id": special.id},
        {"endpoint": "/v1/anything"},
        {"source": "project"},
        {"source": "workflow"},
        {"project_id": "proj_1"},
        {"workflow_id": "wf_1"},
        {"workflow_block_id": "block_1"},
        {"model": "retab-large"},
        {"filename_contains": "invoice"},
        {"filename_regex": r"^Invoice \d\.PDF$"},
        {"document_type": ["pdf", "docx"]},
    ]
    for query in only_special:
        assert found(**query) == [special.id], query
    assert found(source="api") == everyone[:0:-1]
    assert len(found(status="completed", from_date=today, to_date=today)) == 4
    assert found(status="failed") == found(to_date="2020-01-01") == []
    whole = jobs.list(metadata=mark, include_request=True, include_response=True).data
    assert whole[-1].request == request
    assert whole[0].response.body["text"] == "hi"
    assert jobs.list(metadata=mark).data[0].request is None


def test_pages_are_walked_to_their_end(jobs: _Jobs) -> None:
    mark = {"mark": f"{time.time_ns()}"}
    created = [jobs.create(**ECHO, metadata=mark).id for _ in range(5)]
    seen: list[str] = []
    page = jobs.list(metadata=mark, limit=2)
    while True:
        seen += [job.id for job in page.data]
        if not page.has_more:
            break
        page = jobs.list(metadata=mark, limit=2, after=page.last_id)
    assert seen == created[::-1]


def test_errors_come_out_in_their_classes(jobs: _Jobs, connect: Connect, stack: Stack) -> None:
    from retab import exceptions

    done = jobs.create(**ECHO)
    jobs.wait_for_completion(done.id, poll_interval_seconds=0.1)
    cases: list[tuple[Callable[[], Any], type[Exception], int, str]] = [
        (lambda: connect("jk_wrong").list(), exceptions.AuthenticationError, 401, "unauthorized"),
        (
            lambda: connect(_read_only_key(stack)).create(**ECHO),
            exceptions.PermissionDeniedError,
            403,
            "forbidden",
        ),
        (lambda: jobs.retrieve("job_none"), exceptions.NotFoundError, 404, "job_not_found"),
        (lambda: jobs.cancel(done.id), exceptions.APIError, 400, "job_status_conflict"),
        (
            lambda: jobs.create(endpoint="/v1/echo", request={}),
            exceptions.APIError,
            400,
            "invalid_request",
        ),
        (
            lambda: jobs.create(endpoint="/v1/unknown", request={}),
            exceptions.ValidationError,
            422,
            "validation_error",
        ),
        (lambda: jobs.list(limit=0), exceptions.ValidationError, 422, "validation_error"),
    ]
    for call, kind, status, code in cases:
        with pytest.raises(kind) as raised:
            call()
        error: Any = raised.value
        assert error.status_code == status
        assert error.request_id
        body = json.loads(error.body)
        assert (body["code"], body["request_id"]) == (code, error.request_id)
        if isinstance(body["detail"], str):
            assert error.message == body["detail"]


def _read_only_key(stack: Stack) -> str:
    made = subprocess.run(
        [PROGRAM, "keys", "create", "--organization", "readers", "--scope", "jobs:read"],
        env=config.environment(JOBS_DATABASE_URL=stack.facts["database_url"]),
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout.splitlines()[-1]


def test_a_job_that_changed_meanwhile_is_a_conflict_error(jobs: _Jobs, stack: Stack) -> None:
    from retab import exceptions

    created = jobs.create(endpoint="/v1/fails", request={"how": "failure"})
    jobs.wait_for_completion(created.id, poll_interval_seconds=0.1)
    with (
        closing(psycopg2.connect(stack.facts["database_url"])) as connection,
        connection.cursor() as cursor,
        ThreadPoolExecutor(1) as thread,
    ):
        # Somebody's retry is about to be committed: what the cancellation sees is over, what it
        # then finds is not.
        cursor.execute(
            "UPDATE jobs SET status = 'queued', completed_at = NULL, error = NULL WHERE id = %s",
            (created.id,),
        )
        answer = thread.submit(jobs.cancel, created.id)
        eventually(lambda: _blocked(stack))
        connection.commit()
        with pytest.raises(exceptions.ConflictError, match="please retry") as raised:
            answer.result()
    assert raised.value.status_code == 409
    assert json.loads(raised.value.body)["code"] == "job_status_changed"


def _blocked(stack: Stack) -> bool:
    with (
        closing(psycopg2.connect(stack.facts["database_url"])) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        [(count,)] = cursor.fetchall()
    return bool(count)


def test_limits_and_outages_come_out_in_their_classes(tmp_path: Path) -> None:
    from retab import exceptions

    postgres = EmbeddedPostgres(tmp_path / "postgres")
    limited = Stack(tmp_path / "data", database_url=postgres.start(), JOBS_RATE_LIMIT="2/hour")
    limited.start()
    try:
        _error(limited)
        _error(limited)
        raised = _error(limited)
        assert type(raised) is exceptions.RateLimitError
        assert raised.status_code == 429
        assert json.loads(raised.body)["code"] == "rate_limited"
        postgres.stop()
        raised = eventually(lambda: _error(limited, 503))
        assert type(raised) is exceptions.InternalServerError
        body = json.loads(raised.body)
        assert body["code"] == "database_unavailable"
        assert body["request_id"] == raised.request_id
    finally:
        limited.stop()
        postgres.stop()


def _error(stack: Stack, status: int = 429) -> Any:
    """What listing raises, if it has this status."""
    import retab

    base_url = f"{stack.facts['base_url']}/v1"
    with closing(retab.Retab(api_key=KEY, base_url=base_url, max_retries=0)) as client:
        try:
            client.jobs.list()
        except retab.exceptions.APIError as error:
            return error if error.status_code == status else None
    return None


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_the_later_generated_form_works_as_it_is(stack: Stack, kind: str) -> None:
    later = Path(sys.prefix) / "published-client-later"
    assert later.is_dir(), "run `make install`"
    program = Path(__file__).with_name("later_client.py")
    ran = subprocess.run(
        [sys.executable, str(program), stack.facts["base_url"], KEY, kind],
        env=config.environment(PYTHONPATH=str(later)),
        input=long_document(100),
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert ran.returncode == 0, ran.stderr
