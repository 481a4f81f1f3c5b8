"""The engine `upstream`, against a real server that does all that can go wrong."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any

import pytest
import structlog

from jobs_backend import config
from jobs_backend.endpoints import Endpoint
from jobs_backend.errors import JobFailure, RetryableFailure
from tests.unit.engines import fake_model as fake
from tests.unit.engines.fake_model import FakeServer
from workers.context import Context, Response
from workers.engines import upstream

KEY = "very-secret"

Forward = Callable[..., Response]


@pytest.fixture
def forward(server: FakeServer, settings: Callable[..., None], context: Context) -> Forward:
    settings(
        JOBS_UPSTREAM_URL=f"{server.url}/base/", JOBS_UPSTREAM_HEADERS=f'{{"Api-Key": "{KEY}"}}'
    )

    def run(request: dict[str, Any] | None = None) -> Response:
        return upstream.run({"defaults": True}, replace(context, request=request or {"a": 1}))

    return run


@pytest.mark.parametrize("status", [200, 201, 202])
def test_the_answer_comes_as_it_is(forward: Forward, server: FakeServer, status: int) -> None:
    body = {"text": "Grüße", "pages": [1, 2.5, None]}
    server.replies = [fake.json_body(body, status)]
    assert forward() == Response(status, body)


def test_the_request_goes_as_it_was_submitted(forward: Forward, server: FakeServer) -> None:
    server.replies = [fake.json_body({})]
    request = {"model": "retab-small", "later": {"field": "\ud800 ü"}}
    with structlog.contextvars.bound_contextvars(request_id="req_1"):
        forward(request)
    asked = server.asked[0]
    assert asked.path == "/base/v1/things"
    assert asked.body == request
    sent = {name: asked.headers[name] for name in ("api-key", "idempotency-key", "x-request-id")}
    assert sent == {"api-key": KEY, "idempotency-key": "job_1", "x-request-id": "req_1"}
    assert asked.headers["content-type"] == "application/json"


def test_it_is_told_who_is_asked(
    forward: Forward, server: FakeServer, told: list[tuple[int, int, str]]
) -> None:
    server.replies = [fake.json_body({})]
    forward()
    assert told == [(0, 1, "asking the upstream")]


@pytest.mark.parametrize(
    ("failed_before", "key"),
    [
        (None, "job_1"),
        ("upstream_unanswered", "job_1"),
        ("out_of_memory", "job_1"),
        ("upstream_unavailable", "job_1:3"),
        ("upstream_error", "job_1:3"),
    ],
)
def test_an_answered_failure_is_not_asked_for_again(
    server: FakeServer, forward: Forward, context: Context, failed_before: str | None, key: str
) -> None:
    server.replies = [fake.json_body({})]
    upstream.run({}, replace(context, attempt=3, last_failure_code=failed_before))
    assert server.asked[0].headers["idempotency-key"] == key


@pytest.mark.parametrize(
    ("submitted", "forwarded"),
    [
        ("upstream/retab-large", {"model": "retab-large"}),
        ("upstream/a/b", {"model": "a/b"}),
        ("openai/gpt-5", {"model": "openai/gpt-5"}),
        ("upstream/", {}),
        (None, {"model": None}),
        (["upstream/x"], {"model": ["upstream/x"]}),
    ],
)
def test_the_model_is_named_as_the_upstream_names_it(
    forward: Forward, server: FakeServer, submitted: Any, forwarded: dict[str, Any]
) -> None:
    server.replies = [fake.json_body({})]
    forward({"model": submitted, "b": 2})
    assert server.asked[0].body == {**forwarded, "b": 2}


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        *(
            (fake.status(code), "upstream_unavailable")
            for code in (408, 425, 429, 500, 502, 503, 504)
        ),
        (fake.hangs_up, "upstream_unanswered"),
        (fake.breaks_off_amid_a_chunk("x"), "upstream_unanswered"),
    ],
)
def test_what_may_pass_is_tried_again_by_the_job(
    forward: Forward, server: FakeServer, reply: fake.Reply, code: str
) -> None:
    server.replies = [reply]
    failure = _failure(forward)
    assert isinstance(failure, RetryableFailure)
    assert failure.code == code
    assert len(server.asked) == 1


def test_nobody_there_may_pass(forward: Forward, settings: Callable[..., None]) -> None:
    settings(JOBS_UPSTREAM_URL="http://127.0.0.1:1")
    assert isinstance(_failure(forward), RetryableFailure)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("17", 17.0), ("2.5", 2.5), ("-3", 0.0), ("nan", None), ("inf", None), ("soon", None)],
)
def test_how_long_to_wait_is_passed_on(
    forward: Forward, server: FakeServer, value: str, expected: float | None
) -> None:
    server.replies = [fake.status(503, Retry_After=value)]
    failure = _failure(forward)
    assert isinstance(failure, RetryableFailure)
    assert failure.retry_after == expected


def test_a_date_to_wait_for_is_passed_on_as_seconds(forward: Forward, server: FakeServer) -> None:
    date = format_datetime(datetime.now(timezone.utc) + timedelta(seconds=100), usegmt=True)
    server.replies = [fake.status(503, Retry_After=date)]
    failure = _failure(forward)
    assert isinstance(failure, RetryableFailure)
    assert failure.retry_after is not None
    assert 80 < failure.retry_after <= 100


@pytest.mark.parametrize("status", [301, 307, 400, 401, 404, 422, 501])
def test_a_refusal_is_passed_on(forward: Forward, server: FakeServer, status: int) -> None:
    server.replies = [fake.status(status, f"{KEY} is wrong", Location="http://127.0.0.1:1/")]
    failure = _failure(forward)
    assert not isinstance(failure, RetryableFailure)
    assert failure.code == "upstream_error"
    assert str(status) in failure.message
    assert failure.details == {
        "status_code": status,
        "body": '{"error": {"message": "... is wrong"}}',
    }
    assert len(server.asked) == 1  # a redirection is not followed


def test_a_long_refusal_is_shortened(forward: Forward, server: FakeServer) -> None:
    server.replies = [fake.sends(b"\xff" * 100_000, "text/plain", 400)]
    details = _failure(forward).details
    assert details is not None
    assert len(details["body"]) < 2_000


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"<html>", b"[1]", b"null", b'{"a": NaN}', b'{"a": 1e999}', b"\xff\xfe"),
        *(b"[" * 200_000, b'{"a":' * 101 + b"1" + b"}" * 101),
    ],
)
def test_what_is_no_json_object_is_no_answer(
    forward: Forward, server: FakeServer, content: bytes
) -> None:
    server.replies = [fake.sends(content, "application/json")]
    failure = _failure(forward)
    assert failure.code == "upstream_invalid_response"
    assert not isinstance(failure, RetryableFailure)


def test_a_mark_of_the_byte_order_is_no_part_of_the_answer(
    forward: Forward, server: FakeServer
) -> None:
    server.replies = [fake.sends(b'\xef\xbb\xbf{"a": 1}', "application/json")]
    assert forward().body == {"a": 1}


def test_what_is_not_encoded_as_it_says_is_no_answer(forward: Forward, server: FakeServer) -> None:
    server.replies = [fake.json_body({}, Content_Encoding="gzip")]
    assert _failure(forward).code == "upstream_invalid_response"


def test_too_large_an_answer_is_given_up(
    forward: Forward, server: FakeServer, settings: Callable[..., None]
) -> None:
    settings(JOBS_MAX_RESPONSE_BYTES="20000")
    server.replies = [fake.never_stops]
    assert _failure(forward).code == "upstream_response_too_large"
    assert server.left.acquire(timeout=20)


@pytest.mark.parametrize("reply", [fake.hangs, fake.hangs_amid_an_answer])
def test_too_slow_an_upstream_is_given_up(
    forward: Forward, server: FakeServer, settings: Callable[..., None], reply: fake.Reply
) -> None:
    settings(JOBS_UPSTREAM_TIMEOUT_SECONDS="0.3")
    server.replies = [reply]
    failure = _failure(forward)
    assert isinstance(failure, RetryableFailure)
    assert failure.code == "upstream_unanswered"
    assert server.left.acquire(timeout=20)


@pytest.mark.parametrize("reply", [fake.hangs, fake.hangs_amid_an_answer, fake.never_stops])
def test_an_interruption_closes_the_connection_and_leaves_no_thread(
    forward: Forward, server: FakeServer, interrupted: Callable[..., None], reply: fake.Reply
) -> None:
    server.replies = [reply]
    before = set(threading.enumerate())
    interrupted(forward, server)
    assert server.left.acquire(timeout=20)
    left = {each.name for each in threading.enumerate() if each not in before}
    assert [name for name in left if "process_request_thread" not in name] == []


def test_an_upstream_that_is_not_set_is_told(
    forward: Forward, settings: Callable[..., None]
) -> None:
    settings(JOBS_UPSTREAM_URL="")
    assert _failure(forward).code == "engine_not_configured"


def test_an_endpoint_type_may_be_the_upstream_s_alone(forward: Forward, server: FakeServer) -> None:
    endpoint = Endpoint("/v1/ocr", handler="workers.engines.upstream:run", request=None)
    server.replies = [fake.json_body({"text": "read"})]
    context = Context("job_1", 1, "org_1", structlog.get_logger(), endpoint.path, {"a": 1})
    found = endpoint.import_handler()(endpoint.load_request(context.request), context)
    assert found == Response(200, {"text": "read"})
    assert server.asked[0].path == "/base/v1/ocr"


def test_the_secrets_are_not_in_what_the_settings_print(settings: Callable[..., None]) -> None:
    settings(JOBS_UPSTREAM_HEADERS=json.dumps({"Api-Key": KEY}), OPENAI_API_KEY=KEY)
    assert config.settings().upstream_headers == {"Api-Key": KEY}
    assert KEY not in repr(config.settings())


def _failure(forward: Forward) -> JobFailure:
    with pytest.raises(JobFailure) as raised:
        forward()
    return raised.value
