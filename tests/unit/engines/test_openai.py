"""The engine `openai` against a server that speaks the chat API, well and badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

from jobs_backend import config
from jobs_backend.errors import ConfigurationError, JobFailure, RetryableFailure
from tests.unit.engines.conftest import (
    Answer,
    Handler,
    Server,
    context,
    hang,
    interrupted_after,
    quickly,
    status,
)
from workers.documents.layout import Box
from workers.documents.page import Page
from workers.documents.source import Source
from workers.endpoints.reading import Document
from workers.engines import Question, chosen, openai
from workers.interruption import Interrupted

Settings = Callable[..., None]
SCHEMA = {
    "type": "object",
    "properties": {"total": {"type": "number"}, "name": {"type": ["string", "null"]}},
    "required": ["total"],
}
GOOD = {"total": 12.5, "name": "Ada"}


def says(*parts: Any, finish: str | None = "stop", **delta: Any) -> Answer:
    """Stream an answer in parts, as the chat API does; an object is one part."""
    texts = [part if isinstance(part, str) else json.dumps(part) for part in parts]

    def chunk(choices: list[Any], usage: Any = None) -> bytes:
        told = {
            "id": "c",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "m",
            "choices": choices,
            "usage": usage,
        }
        return f"data: {json.dumps(told)}\n\n".encode()

    def choice(reason: str | None, **said: Any) -> dict[str, Any]:
        return {"index": 0, "delta": said, "finish_reason": reason}

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.close_connection = True
        for text in texts:
            handler.wfile.write(chunk([choice(None, content=text)]))
        if delta:
            handler.wfile.write(chunk([choice(None, **delta)]))
        if finish is not None:
            handler.wfile.write(chunk([choice(finish)]))
            usage = {"prompt_tokens": 100, "completion_tokens": 7, "total_tokens": 107}
            handler.wfile.write(chunk([], usage))
            handler.wfile.write(b"data: [DONE]\n\n")

    return answer


@pytest.fixture
def model(settings: Settings, server: Server) -> Server:
    settings(
        OPENAI_BASE_URL=f"{server.url}/v1",
        OPENAI_API_KEY="sk-secret",
        JOBS_OPENAI_MODELS="retab-small=tiny-1,retab-large=big-1",
        JOBS_OPENAI_TIMEOUT_SECONDS="5",
        JOBS_OPENAI_MAX_TOKENS="500",
    )
    return server


def question(**changes: Any) -> Question:
    words = (Box("Total", 0, 0, 5, 1), Box("12.50", 6, 0, 11, 1))
    page = Page(1, 100, 10, words)
    document = Document(Source("a.txt", b"Total 12.50", "text"), (page,))
    return Question(**{"task": "Find it.", "schema": SCHEMA, "documents": (document,), **changes})


def test_an_answer_that_fits(model: Server) -> None:
    model.answers = [says('{"total": 12', '.5, "name": "Ada"}')]
    answer = openai.ask("retab-small", question(instructions="Be exact."), context())
    assert (answer.output, answer.choices, answer.likelihoods) == (GOOD, (GOOD,), None)
    assert (answer.model, answer.usage) == (
        "openai/tiny-1",
        {"input_tokens": 100, "output_tokens": 7},
    )
    [asked] = model.asked
    assert model.paths == ["/v1/chat/completions"]
    assert model.headers[0]["authorization"] == "Bearer sk-secret"
    assert (asked["model"], asked["max_tokens"], asked["temperature"]) == ("tiny-1", 500, 0)
    assert asked["response_format"]["json_schema"]["schema"] == SCHEMA
    said = json.dumps(asked["messages"])
    for part in ("Find it.", "Total 12.50", "Be exact."):
        assert part in said


def test_a_model_that_is_not_in_the_map_is_asked_by_its_name(model: Server) -> None:
    model.answers = [says(GOOD)]
    assert openai.ask("other-7b", question(), context()).model == "openai/other-7b"
    assert model.asked[0]["model"] == "other-7b"


def test_any_object_where_there_is_no_schema(model: Server) -> None:
    model.answers = [says('{"any": [1]}')]
    assert openai.ask("m", question(schema=None), context()).output == {"any": [1]}
    assert model.asked[0]["response_format"] == {"type": "json_object"}


@pytest.mark.parametrize("wrong", ["no JSON", {"total": "much"}, {"name": "Ada"}, [1]])
def test_an_answer_that_does_not_fit_is_repaired_once(model: Server, wrong: Any) -> None:
    model.answers = [says(wrong), says(GOOD)]
    answer = openai.ask("m", question(), context())
    assert answer.output == GOOD
    assert answer.usage == {"input_tokens": 200, "output_tokens": 14}
    roles = [message["role"] for message in model.asked[1]["messages"]]
    assert roles == ["system", "user", "assistant", "user"]


def test_an_answer_that_is_wrong_twice_fails(model: Server) -> None:
    model.answers = [says({"total": "much"})]
    failure = _failure(JobFailure)
    assert failure.code == "model_answer_invalid"
    assert "total" in failure.message
    assert len(model.asked) == 2


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (status(429, Retry_After="7"), RetryableFailure, "engine_rate_limited"),
        (status(500), RetryableFailure, "engine_unavailable"),
        (status(503), RetryableFailure, "engine_unavailable"),
        (status(401), JobFailure, "engine_not_authorized"),
        (status(403), JobFailure, "engine_not_authorized"),
        (status(404), JobFailure, "engine_model_not_found"),
        (status(400), JobFailure, "engine_refused_request"),
        (says('{"total": ', finish=None), RetryableFailure, "engine_unavailable"),
        (says(finish="length"), JobFailure, "model_answer_cut_off"),
        (says(finish="content_filter"), JobFailure, "model_refused"),
        (says(refusal="I would rather not."), JobFailure, "model_refused"),
        (status(200, b"<html>"), RetryableFailure, "engine_unavailable"),
    ],
)
def test_what_goes_wrong_is_told_apart(
    model: Server, answer: Answer, kind: type[JobFailure], code: str
) -> None:
    model.answers = [answer]
    failure = _failure(kind)
    assert (type(failure), failure.code) == (kind, code)
    assert "sk-secret" not in str(failure.as_error())
    if code == "engine_rate_limited":
        assert isinstance(failure, RetryableFailure)
        assert failure.retry_after == 7


def test_a_server_that_says_nothing_is_left(model: Server, settings: Settings) -> None:
    settings(JOBS_OPENAI_TIMEOUT_SECONDS="0.5")
    model.answers = [hang]
    check = quickly()
    assert _failure(RetryableFailure).code == "engine_unavailable"
    check()
    assert model.hung_up.wait(5)


def test_nobody_at_the_address_is_a_reason_to_try_again(model: Server, settings: Settings) -> None:
    settings(OPENAI_BASE_URL="http://127.0.0.1:9/v1")
    assert _failure(RetryableFailure).code == "engine_unavailable"


def test_a_cancellation_closes_every_connection(model: Server) -> None:
    model.answers = [hang]
    before = threading.active_count()
    check = quickly()
    with interrupted_after(0.7), pytest.raises(Interrupted):
        openai.ask("m", question(n_consensus=3), context())
    check()
    assert model.hung_up.wait(5)
    assert len(model.asked) == 3
    assert threading.active_count() <= before + 3  # those of the server itself


def test_several_answers_are_asked_at_once_and_merged(model: Server) -> None:
    everybody = threading.Barrier(3)

    def together(value: Any) -> Answer:
        def answer(handler: Handler) -> None:
            everybody.wait(5)
            says(value)(handler)

        return answer

    model.answers = [together(GOOD), together(GOOD), together({"total": 12.5, "name": "Eve"})]
    answer = openai.ask("m", question(n_consensus=3), context())
    assert answer.output == GOOD
    assert answer.likelihoods == {"total": 1.0, "name": pytest.approx(2 / 3)}
    assert len(answer.choices) == 3
    assert model.asked[0]["temperature"] > 0


def test_without_a_key_there_is_no_engine(settings: Settings) -> None:
    assert _failure(JobFailure).code == "engine_not_available"
    settings(JOBS_ENGINE="openai")
    with pytest.raises(ConfigurationError, match="needs OPENAI_API_KEY"):
        config.settings()


def test_the_engine_is_chosen_by_setting_or_model(settings: Settings) -> None:
    assert chosen("retab-small") == ("local", "retab-small")
    assert chosen("openai/gpt-x") == ("openai", "gpt-x")
    assert chosen("local") == ("local", "")
    assert chosen("openai") == ("local", "openai")  # somebody's name of a model
    settings(JOBS_ENGINE="openai", OPENAI_API_KEY="k")
    assert chosen("retab-small") == ("openai", "retab-small")
    assert chosen("local")[0] == "local"
    assert "k'" not in repr(config.settings())


def _failure(kind: type[JobFailure]) -> JobFailure:
    with pytest.raises(kind) as raised:
        openai.ask("m", question(), context())
    return raised.value
