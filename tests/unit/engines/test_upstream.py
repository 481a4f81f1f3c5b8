"""The engine `upstream` against a service that answers well and badly."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jobs_backend import config
from jobs_backend.errors import ConfigurationError, JobFailure, RetryableFailure
from tests.unit.engines.conftest import (
    Answer,
    Server,
    context,
    cut_off,
    hang,
    interrupted_after,
    quickly,
    status,
)
from workers.endpoints import parses
from workers.engines import upstream
from workers.interruption import Interrupted

Settings = Callable[..., None]


@pytest.fixture
def service(settings: Settings, server: Server) -> Server:
    settings(
        JOBS_ENGINE="upstream",
        JOBS_UPSTREAM_URL=f"{server.url}/base/",
        JOBS_UPSTREAM_HEADERS='{"Api-Key": "sk-secret"}',
        JOBS_UPSTREAM_TIMEOUT_SECONDS="5",
        JOBS_MAX_RESPONSE_BYTES="10000",
    )
    return server


def test_the_request_goes_and_the_answer_comes_as_it_is(service: Server) -> None:
    service.answers = [status(201, {"text": "Grüße", "n": [1, None]})]
    job = context("/v1/ocr", document={"url": "x"}, unknown=True, model="retab-small")
    answer = upstream.run({}, job)
    assert (answer.status_code, answer.body) == (201, {"text": "Grüße", "n": [1, None]})
    assert service.paths == ["/base/v1/ocr"]
    assert service.asked == [{"document": {"url": "x"}, "unknown": True, "model": "retab-small"}]
    assert service.headers[0]["api-key"] == "sk-secret"
    assert service.headers[0]["idempotency-key"] == "job_1"


def test_a_built_in_handler_leaves_its_request_to_it(service: Server) -> None:
    service.answers = [status(200, {"id": "parse_upstream"})]
    answer = parses.run({"model": "retab-small"}, context("/v1/parses", more=1))
    assert answer == upstream.Response(200, {"id": "parse_upstream"})
    assert service.asked == [{"more": 1}]


def test_one_request_may_ask_for_it_by_its_model(service: Server, settings: Settings) -> None:
    settings(JOBS_ENGINE="local")
    service.answers = [status(200, {})]
    parses.run({"model": "upstream/big"}, context("/v1/parses", model="upstream/big"))
    assert service.asked == [{"model": "big"}]


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (status(429, Retry_After="9"), RetryableFailure, "upstream_unavailable"),
        (status(503), RetryableFailure, "upstream_unavailable"),
        (cut_off, RetryableFailure, "upstream_unavailable"),
        (status(400, {"detail": "no"}), JobFailure, "upstream_error"),
        (status(404, b"<html>"), JobFailure, "upstream_error"),
        (status(302, b"", Location="http://127.0.0.1:9/"), JobFailure, "upstream_error"),
        (status(200, b"[1]"), JobFailure, "upstream_invalid_response"),
        (status(200, b"<html>"), JobFailure, "upstream_invalid_response"),
        (
            status(200, b'{"x": "' + b"y" * 10_001 + b'"}'),
            JobFailure,
            "upstream_response_too_large",
        ),
    ],
)
def test_what_goes_wrong_is_told_apart(
    service: Server, answer: Answer, kind: type[JobFailure], code: str
) -> None:
    service.answers = [answer]
    failure = _failure(kind)
    assert (type(failure), failure.code) == (kind, code)
    assert "sk-secret" not in str(failure.as_error())
    if "detail" in str(failure.details):
        assert failure.details == {"status_code": 400, "body": {"detail": "no"}}
    if isinstance(failure, RetryableFailure) and failure.details == {"status_code": 429}:
        assert failure.retry_after == 9


def test_a_service_that_says_nothing_is_left(service: Server, settings: Settings) -> None:
    settings(JOBS_UPSTREAM_TIMEOUT_SECONDS="0.5")
    service.answers = [hang]
    check = quickly()
    assert _failure(RetryableFailure).code == "upstream_unavailable"
    check()


def test_a_cancellation_closes_the_connection(service: Server) -> None:
    service.answers = [hang]
    check = quickly()
    with interrupted_after(0.5), pytest.raises(Interrupted):
        upstream.run({}, context())
    assert service.hung_up.wait(5)
    check()


def test_without_an_address_there_is_no_engine(settings: Settings) -> None:
    assert _failure(JobFailure).code == "engine_not_available"
    settings(JOBS_ENGINE="upstream")
    with pytest.raises(ConfigurationError, match="needs JOBS_UPSTREAM_URL"):
        config.settings()


@pytest.mark.parametrize("headers", ["no JSON", "[1]", '{"a": 1}'])
def test_headers_that_are_none_stop_the_start(settings: Settings, headers: str) -> None:
    settings(JOBS_UPSTREAM_HEADERS=headers)
    with pytest.raises(ConfigurationError, match="JOBS_UPSTREAM_HEADERS"):
        config.settings()


def _failure(kind: type[JobFailure]) -> JobFailure:
    with pytest.raises(kind) as raised:
        upstream.run({}, context())
    return raised.value
