"""Submitting a job: what is taken, and what is refused with which words."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Create = Callable[..., TestResponse]
Sql = Callable[..., list[tuple[Any, ...]]]

FIELDS = {
    "id": str,
    "object": str,
    "status": str,
    "endpoint": str,
    "request": dict,
    "response": type(None),
    "error": type(None),
    "warnings": type(None),
    "created_at": int,
    "expires_at": int,
    "started_at": type(None),
    "completed_at": type(None),
    "last_attempt_at": type(None),
    "organization_id": str,
    "metadata": dict,
    "cancelled": bool,
    "attempt_count": int,
    "last_failure_code": type(None),
}


def test_the_answer_is_a_job_object(create: Create, organization: str) -> None:
    answer = create(metadata={"batch": "7"})
    assert answer.status_code == 200
    job = answer.json
    assert {name: type(value) for name, value in job.items()} == FIELDS
    assert re.fullmatch(r"job_[A-Za-z0-9_-]{21,22}", job["id"])
    assert job["status"] == "queued"
    assert job["request"] == {"text": "hi"}
    assert job["metadata"] == {"batch": "7"}
    assert job["organization_id"] == organization
    assert job["expires_at"] - job["created_at"] == 604800


def test_the_request_is_kept_as_it_came(create: Create, client: FlaskClient) -> None:
    request = {"text": "zażółć 👍", "times": 2}
    job = create(request=request).json
    kept = client.get(f"/v1/jobs/{job['id']}?include_request=true").json["request"]
    assert kept == request
    assert list(kept) == ["text", "times"]


def test_the_request_is_kept_as_it_was_written(create: Create, client: FlaskClient) -> None:
    written = '{ "text" : "\\u00e9",  "times": 2.0e0 }'
    body = f'{{"request": {written}, "endpoint": "/v1/echo"}}'
    answer = create(body.encode())
    assert written in answer.text
    kept = client.get(f"/v1/jobs/{answer.json['id']}?include_request=true")
    assert written in kept.text


def test_the_message_names_job_and_dispatch_and_nothing_else(
    create: Create, redis_server: Any
) -> None:
    import redis

    queue = redis.Redis.from_url(redis_server.url)
    queue.delete("jobs-backend:echo")
    job = create(request={"text": "said by nobody else"}).json
    [message] = queue.lrange("jobs-backend:echo", 0, -1)
    body = json.loads(message)
    assert body["headers"]["id"] == f"{job['id']}:1"
    assert body["headers"]["task"] == "jobs:/v1/echo"
    assert "said by nobody else" not in str(body)
    assert "said by nobody else" not in base64.b64decode(body["body"]).decode()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"{", "Expecting property name"),
        (b"", "Expecting value"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"endpoint": NaN}', "NaN is not JSON"),
        (b'{"endpoint": -Infinity}', "-Infinity is not JSON"),
        (b'{"endpoint": 1e999}', "out of range"),
        (b'{"endpoint": ' + b"9" * 5000 + b"}", "5,000 digits"),
        (b'{"endpoint": "a\\u0000b"}', "NUL"),
        (b'{"a\\u0000b": 1}', "NUL"),
        (b'{"endpoint": "\\ud800"}', "surrogate"),
        (b'{"endpoint": 1, "endpoint": 2}', "duplicate key 'endpoint'"),
        (b"[" * 5000 + b"]" * 5000, "nested"),
        (b'{"a":' * 200 + b"1" + b"}" * 200, "nested"),
        (b"[" * 1_000_000, "nested"),
    ],
)
def test_text_that_is_no_clean_json_is_400(create: Create, body: bytes, reason: str) -> None:
    answer = create(body)
    assert answer.status_code == 400
    assert reason in answer.json["detail"]
    assert answer.json["code"] == "invalid_json"
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]


@pytest.mark.parametrize(
    ("body", "loc", "kind"),
    [
        ([], ["body"], "dict_type"),
        ("text", ["body"], "dict_type"),
        (None, ["body"], "dict_type"),
        ({"request": {}}, ["body", "endpoint"], "missing"),
        ({"endpoint": "/v1/echo"}, ["body", "request"], "missing"),
        ({"endpoint": 7, "request": {}}, ["body", "endpoint"], "string_type"),
        ({"endpoint": "/v1/nothing", "request": {}}, ["body", "endpoint"], "literal_error"),
        ({"endpoint": "/v1/echo", "request": []}, ["body", "request"], "dict_type"),
        ({"endpoint": "/v1/echo", "request": None}, ["body", "request"], "null_forbidden"),
        ({"endpoint": "/v1/echo", "request": {}, "id": "x"}, ["body", "id"], "extra_forbidden"),
        (
            {"endpoint": "/v1/echo", "request": {}, "metadata": {"a": 1}},
            ["body", "metadata", "a"],
            "string_type",
        ),
        (
            {"endpoint": "/v1/echo", "request": {}, "metadata": []},
            ["body", "metadata"],
            "dict_type",
        ),
        (
            {"endpoint": "/v1/echo", "request": {}, "metadata": {str(n): "" for n in range(17)}},
            ["body", "metadata"],
            "too_long",
        ),
        (
            {"endpoint": "/v1/echo", "request": {}, "metadata": {"k" * 65: "v"}},
            ["body", "metadata", "k" * 64],
            "too_long",
        ),
        (
            {"endpoint": "/v1/echo", "request": {}, "metadata": {"k": "v" * 513}},
            ["body", "metadata", "k"],
            "too_long",
        ),
    ],
)
def test_a_wrong_envelope_is_422_and_says_where(
    create: Create, body: Any, loc: list[str], kind: str
) -> None:
    answer = create(json.dumps(body).encode())
    assert answer.status_code == 422
    found = {(*entry["loc"], entry["type"]) for entry in answer.json["detail"]}
    assert (*loc, kind) in found
    assert answer.json["code"] == "validation_error"


def test_every_wrong_pair_of_metadata_is_named(create: Create) -> None:
    answer = create(metadata={"n": 1, "long": "v" * 513, "k" * 65: "v", "right": "v"})
    assert answer.status_code == 422
    named = [entry["loc"][-1] for entry in answer.json["detail"]]
    assert sorted(named) == ["k" * 64, "long", "n"]


def test_metadata_at_its_limits_is_taken(create: Create) -> None:
    metadata = {f"{n:02}" + "k" * 62: "v" * 512 for n in range(16)}
    answer = create(metadata=metadata)
    assert answer.status_code == 200
    assert answer.json["metadata"] == metadata


def test_an_unknown_endpoint_names_the_known_ones(create: Create) -> None:
    detail = create(endpoint="/v1/nothing").json["detail"]
    assert "'/v1/parses'" in detail[0]["msg"]


def test_a_request_that_does_not_fit_names_every_wrong_field(create: Create) -> None:
    answer = create(
        endpoint="/v1/parses",
        request={"document": {"url": "ftp://x"}, "image_resolution_dpi": 20, "model": 7},
    )
    assert answer.status_code == 400
    detail = answer.json["detail"]
    assert detail.startswith("Invalid request body for /v1/parses: ")
    for field in ("document.filename", "document.url", "image_resolution_dpi", "model"):
        assert f"{field}: " in detail
    assert answer.json["code"] == "invalid_request"


@pytest.mark.parametrize(("dpi", "status"), [("200.0", 200), ("2e2", 200), ("200.5", 400)])
def test_a_whole_number_may_be_written_as_json_writes_any(
    client: FlaskClient, dpi: str, status: int
) -> None:
    document = '{"filename": "a.txt", "url": "data:text/plain,a"}'
    answer = client.post(
        "/v1/jobs",
        data=f'{{"endpoint": "/v1/parses", "request": {{"document": {document}, '
        f'"image_resolution_dpi": {dpi}}}}}',
        content_type="application/json",
    )
    assert answer.status_code == status


def test_a_parse_without_document_is_400(create: Create) -> None:
    answer = create(endpoint="/v1/parses", request={})
    assert answer.status_code == 400
    assert "document: Field required" in answer.json["detail"]


@pytest.mark.parametrize("url", ["data:application/pdf;base64,!!!", "data:text/plain", "ftp://x"])
def test_a_document_url_that_cannot_be_decoded_is_400(create: Create, url: str) -> None:
    answer = create(endpoint="/v1/parses", request={"document": {"filename": "a", "url": url}})
    assert answer.status_code == 400
    assert "document.url: " in answer.json["detail"]


def test_fields_of_later_versions_are_let_through(create: Create) -> None:
    document = {"filename": "a.txt", "url": "data:,hi", "size": 2}
    request = {"document": document, "bust_cache": True, "project_id": "p"}
    answer = create(endpoint="/v1/parses", request=request)
    assert answer.status_code == 200
    assert answer.json["request"] == request


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", None])
def test_another_content_type_is_415(client: FlaskClient, content_type: str | None) -> None:
    answer = client.post("/v1/jobs", data=b"{}", content_type=content_type)
    assert answer.status_code == 415
    assert answer.json["code"] == "unsupported_media_type"


def test_a_compressed_body_is_415(client: FlaskClient) -> None:
    headers = {"Content-Encoding": "gzip"}
    answer = client.post("/v1/jobs", data=b"{}", content_type="application/json", headers=headers)
    assert answer.status_code == 415


def test_a_body_over_the_limit_is_413(create: Create) -> None:
    answer = create(b'{"x": "' + b"a" * 34_000_000 + b'"}')
    assert answer.status_code == 413
    assert "33,554,432 bytes" in answer.json["detail"]


def test_nothing_that_was_refused_was_stored(create: Create, sql: Sql) -> None:
    create(b"{")
    create(endpoint="/v1/nothing")
    create(request={})
    assert sql("SELECT count(*) FROM jobs") == [(0,)]


def test_what_a_client_may_not_set_is_refused(create: Create) -> None:
    for field in ("status", "organization_id", "attempt_count", "response", "expires_at"):
        assert create(**{field: "x"}).status_code == 422


def test_a_body_that_is_cut_off_is_refused_though_it_is_json(client: FlaskClient) -> None:
    body = b'{"endpoint": "/v1/echo", "request": {"text": "hi"}}'
    answer = client.post(
        "/v1/jobs",
        data=body,
        content_type="application/json",
        environ_overrides={"CONTENT_LENGTH": str(len(body) + 1)},
    )
    assert (answer.status_code, answer.json["code"]) == (400, "bad_request")


def test_a_path_with_an_empty_part_is_not_found(client: FlaskClient) -> None:
    answer = client.get("/v1/jobs//status")
    assert (answer.status_code, answer.is_json) == (404, True)
