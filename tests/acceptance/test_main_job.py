"""The main job over HTTP: submit, run, read back; with documents and with a user's own types."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import sys
import time
from contextlib import closing
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.acceptance.conftest import KEY, ROOT, Stack, document, finish, submit
from tests.conftest import eventually

needs_retab = pytest.mark.skipif(
    sys.version_info < (3, 11), reason="the published client needs Python 3.11"
)
SAMPLE = ROOT / "examples" / "sample.pdf"


def test_a_document_is_parsed_by_v1_parses(http: httpx.Client) -> None:
    job = finish(http, submit(http, "/v1/parses", {"document": document(SAMPLE)}))
    assert job["status"] == "completed", job["error"]
    body = job["response"]["body"]
    for phrase in (ROOT / "examples" / "sample_expected.txt").read_text().splitlines():
        assert phrase in body["output"]["text"]
    assert "<table>" in body["output"]["text"]
    assert body["file"]["filename"] == "sample.pdf"
    assert job["attempt_count"] == 1
    assert job["request"]["document"] == document(SAMPLE)


@pytest.mark.parametrize(
    ("filename", "url", "code"),
    [
        ("a.pdf", "data:application/pdf;base64,JVBERi0xLjQK", "document_unreadable"),
        ("a.pdf", "data:application/pdf;base64,", "document_empty"),
        ("a.pdf", "https://127.0.0.1/a.pdf", "document_url_forbidden"),
        ("a.xyz", "data:application/x-unknown;base64,AAECAwQF", "unsupported_document_type"),
    ],
)
def test_a_document_that_cannot_be_read_fails_with_its_own_code(
    http: httpx.Client, filename: str, url: str, code: str
) -> None:
    request = {"document": {"filename": filename, "url": url}}
    job = finish(http, submit(http, "/v1/parses", request))
    assert job["status"] == "failed"
    assert job["error"]["code"] == job["last_failure_code"] == code
    assert job["response"] is None


def test_half_a_pdf_fails_or_is_read_but_never_crashes(http: httpx.Client, tmp_path: Path) -> None:
    half = tmp_path / "half.pdf"
    half.write_bytes(SAMPLE.read_bytes()[: SAMPLE.stat().st_size // 2])
    job = finish(http, submit(http, "/v1/parses", {"document": document(half)}))
    assert job["status"] == "failed"
    assert job["error"]["code"] == "document_unreadable"


def test_a_users_own_type_runs_beside_the_built_in_ones(http: httpx.Client, stack: Stack) -> None:
    job = finish(http, submit(http, "/v1/echo", {"text": "ab", "times": 2}))
    assert job["response"] == {
        "status_code": 200,
        "body": {
            "text": "abab",
            "job_id": job["id"],
            "attempt": 1,
            "organization_id": stack.facts["organization_id"],
            "cancelled": False,
        },
    }


def test_a_handler_over_its_time_limit_ends_as_timeout(http: httpx.Client) -> None:
    job = finish(http, submit(http, "/v1/limited", {"seconds": 60}))
    assert job["error"]["code"] == "timeout"
    assert "1 second" in job["error"]["message"]


def test_the_request_id_is_on_the_workers_lines_of_the_job(
    http: httpx.Client, stack: Stack
) -> None:
    body = {"endpoint": "/v1/echo", "request": {"text": "x"}}
    answer = http.post("/v1/jobs", json=body, headers={"X-Request-Id": "trace-me"})
    job = finish(http, answer.json())

    def entries() -> list[dict[str, Any]]:
        lines = [line for line in stack.log("worker").splitlines() if job["id"] in line]
        return [json.loads(line) for line in lines if line.startswith("{")]

    eventually(lambda: any(entry["event"] == "job_ended" for entry in entries()))
    assert {entry["request_id"] for entry in entries()} == {"trace-me"}
    assert {entry["attempt"] for entry in entries()} == {1}
    assert "echoing" in {entry["event"] for entry in entries()}


def test_a_traceback_is_in_the_log_and_not_in_the_row(http: httpx.Client, stack: Stack) -> None:
    job = finish(http, submit(http, "/v1/fails", {"how": "crash"}))
    assert "passwd" not in json.dumps(job["error"])
    eventually(lambda: "passwd" in stack.log("worker"))


def test_a_body_over_the_limit_is_answered_and_the_connection_goes_on(http: httpx.Client) -> None:
    body = b'{"x": "' + b"a" * 40_000_000 + b'"}'
    headers = {"Content-Type": "application/json"}
    assert http.post("/v1/jobs", content=body, headers=headers).status_code == 413
    assert http.post("/v1/jobs", content=iter([body]), headers=headers).status_code == 413
    assert http.get("/v1/jobs").status_code == 200


def test_a_large_request_and_response_come_through_whole(http: httpx.Client) -> None:
    text = "x" * 20_000_000
    job = finish(http, submit(http, "/v1/anything", {"text": text}))
    assert job["status"] == "completed", job["error"]
    assert job["request"] == job["response"]["body"] == {"text": text}


def test_bad_input_leaves_no_traceback_in_the_log(http: httpx.Client, stack: Stack) -> None:
    headers = {"Content-Type": "application/json"}
    before = stack.log("web").count("Traceback")
    for body in (b"{", b"[" * 100_000, b'"\\ud800"', b'{"a": 1e999}', b"\xff", b'{"a":1,"a":2}'):
        answer = http.post("/v1/jobs", content=body, headers=headers)
        assert 400 <= answer.status_code < 500
    assert stack.log("web").count("Traceback") == before


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"GET /" + b"x" * 9000 + b" HTTP/1.1", 414),
        (b"GET / HTTP/1.1\r\nA: " + b"x" * 9000, 431),
        (b"nonsense", 400),
        (b"GET / HTTP/1.1\r\nA b: c", 400),
    ],
)
def test_what_is_not_http_is_answered_with_json(
    stack: Stack, request_line: bytes, status: int
) -> None:
    address = httpx.URL(stack.facts["base_url"])
    with socket.create_connection((address.host, address.port), timeout=10) as connection:
        connection.sendall(request_line + b"\r\n\r\n")
        answer = HTTPResponse(connection)
        answer.begin()
        body = json.loads(answer.read())
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/json"
    assert body["request_id"] == answer.headers["X-Request-Id"]
    assert "x" * 10 not in json.dumps(body)


def test_jobs_are_run_in_parallel_and_each_once(http: httpx.Client) -> None:
    started = time.monotonic()
    jobs = [submit(http, "/v1/slow", {"seconds": 1}) for _ in range(4)]
    ended = [finish(http, job) for job in jobs]
    assert {job["status"] for job in ended} == {"completed"}
    assert {job["attempt_count"] for job in ended} == {1}
    assert time.monotonic() - started < 4


@needs_retab
def test_the_published_client_works_with_another_base_url_and_key(stack: Stack) -> None:
    import retab

    with closing(retab.Retab(api_key=KEY, base_url=f"{stack.facts['base_url']}/v1")) as client:
        _use_the_published_client(client)


def _use_the_published_client(client: Any) -> None:
    import retab

    created = client.jobs.create(
        endpoint="/v1/parses",
        request={"document": document(SAMPLE), "table_parsing_format": "markdown"},
        metadata={"batch": "retab"},
    )
    assert created.status in ("validating", "queued")
    done = client.jobs.wait_for_completion(created.id, poll_interval_seconds=0.1)
    assert done.status == "completed"
    assert done.response is not None
    parsed = retab.types.parses.Parse.model_validate(done.response.body)
    assert parsed.table_parsing_format == "markdown"
    assert client.jobs.retrieve(created.id).response is None
    assert client.jobs.retrieve_full(created.id).request is not None
    page = client.jobs.list(limit=1, status="completed", endpoint="/v1/parses")
    assert page.data[0].id == created.id
    with pytest.raises(retab.exceptions.NotFoundError):
        client.jobs.retrieve("job_none")


@needs_retab
def test_the_published_async_client_works_too(stack: Stack) -> None:
    import retab

    async def use() -> str:
        client = retab.AsyncRetab(api_key=KEY, base_url=f"{stack.facts['base_url']}/v1")
        job = await client.jobs.create(endpoint="/v1/echo", request={"text": "hi"})
        done = await client.jobs.wait_for_completion(job.id, poll_interval_seconds=0.1)
        listed = await client.jobs.list(id=job.id)
        await client.close()
        assert [each.id for each in listed.data] == [job.id]
        return done.status

    logging.getLogger("httpx").setLevel(logging.WARNING)
    assert asyncio.run(use()) == "completed"
