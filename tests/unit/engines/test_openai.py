"""The engine `openai`, against a real server of its kind that does all that can go wrong."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

from jobs_backend.errors import JobFailure, RetryableFailure
from tests.unit.engines import fake_model as fake
from tests.unit.engines.fake_model import FakeServer
from workers.context import Context
from workers.documents import page
from workers.documents.source import Source
from workers.endpoints.reading import Document
from workers.engines import Answer, Question, openai

KEY = "sk-very-secret"
SCHEMA = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "total": {"type": ["number", "null"]}},
    "required": ["name", "total"],
    "additionalProperties": False,
}
RIGHT = {"name": "Ada", "total": 12.5}

Ask = Callable[..., Answer]


@pytest.fixture
def ask(server: FakeServer, settings: Callable[..., None], context: Context) -> Ask:
    settings(
        OPENAI_BASE_URL=f"{server.url}/v1",
        OPENAI_API_KEY=KEY,
        JOBS_OPENAI_MODELS="retab-small=gpt-4o-mini, retab-large = gpt-4o",
    )

    def run(model: str = "retab-small", **changes: Any) -> Answer:
        question = Question("Fill it.", SCHEMA, (_letter("Ada owes 12.50."),))
        return openai.ask(model, Question(**{**vars(question), **changes}), context)

    return run


def _letter(text: str, name: str = "letter.txt") -> Document:
    source = Source(name, text.encode(), "text")
    return Document(source, (page.of_text(text, 1, "\x1f"),))


def test_an_answer_is_streamed_and_read(ask: Ask, server: FakeServer) -> None:
    server.replies = [fake.answers(RIGHT)]
    answer = ask()
    assert (answer.output, answer.model) == (RIGHT, "gpt-4o-mini")
    assert (answer.choices, answer.likelihoods) == ((RIGHT,), None)
    assert answer.usage == {"input_tokens": 10, "output_tokens": 5}


def test_a_request_is_bounded_and_says_what_is_wanted(ask: Ask, server: FakeServer) -> None:
    server.replies = [fake.answers(RIGHT)]
    more = ({"role": "user", "content": "Hurry. \ud800"},)
    ask(instructions="In English.", messages=more)
    asked = server.asked[0]
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert asked.body["model"] == "gpt-4o-mini"
    assert (asked.body["temperature"], asked.body["max_completion_tokens"]) == (0, 16384)
    assert asked.body["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "answer", "schema": SCHEMA, "strict": True},
    }
    contents = [message["content"] for message in asked.body["messages"]]
    assert contents[0].startswith("Fill it.")
    assert "Ada owes 12.50." in contents[1]
    assert contents[2:] == ["In English.", "Hurry. ?"]


def test_any_object_is_asked_for_without_a_schema(ask: Ask, server: FakeServer) -> None:
    server.replies = [fake.answers({"anything": [1]})]
    assert ask(schema=None).output == {"anything": [1]}
    assert server.asked[0].body["response_format"] == {"type": "json_object"}


@pytest.mark.parametrize("model", ["gpt-5", "unknown/model"])
def test_a_model_that_is_not_in_the_map_is_passed_on(
    ask: Ask, server: FakeServer, model: str
) -> None:
    server.replies = [fake.answers(RIGHT)]
    assert ask(model).model == model
    assert server.asked[0].body["model"] == model


def test_no_model_at_all_is_told_without_asking(ask: Ask, server: FakeServer) -> None:
    assert _failure(ask, "").code == "engine_model_not_found"
    assert server.asked == []


def test_without_a_key_nothing_is_asked(
    ask: Ask, server: FakeServer, settings: Callable[..., None]
) -> None:
    settings(OPENAI_API_KEY="")
    assert _failure(ask).code == "engine_not_configured"
    assert server.asked == []


def test_several_answers_are_asked_for_at_once_and_merged(ask: Ask, server: FakeServer) -> None:
    together = threading.Barrier(4, timeout=20)
    names = iter(["Ada", "ADA ", "Ada", "Eve"])

    def reply(handler: fake.Handler) -> None:
        together.wait()
        fake.answers({**RIGHT, "name": next(names)})(handler)

    server.replies = [reply]
    answer = ask(n_consensus=4)
    assert answer.output == RIGHT
    assert answer.likelihoods == {"name": 0.75, "total": 1.0}
    assert len(answer.choices) == 4
    assert answer.usage == {"input_tokens": 40, "output_tokens": 20}
    assert server.asked[0].body["temperature"] > 0


def test_a_wrong_answer_is_sent_back_once(ask: Ask, server: FakeServer) -> None:
    server.replies = [fake.answers({"name": 7}), fake.answers(RIGHT)]
    answer = ask()
    assert answer.output == RIGHT
    assert answer.usage == {"input_tokens": 20, "output_tokens": 10}
    wrong, told = server.asked[1].body["messages"][-2:]
    assert wrong == {"role": "assistant", "content": '{"name": 7}'}
    assert "$.name" in told["content"]
    assert "'total' is a required property" in told["content"]


@pytest.mark.parametrize(
    "text",
    ["", "Sorry.", '{"name": "Ada", "total": NaN}', "[" * 100_000, '{"name": "A", "total": 1e999}'],
)
def test_what_is_wrong_twice_is_a_failure(ask: Ask, server: FakeServer, text: str) -> None:
    server.replies = [fake.says(text)]
    failure = _failure(ask)
    assert failure.code == "model_answer_invalid"
    assert failure.details is not None
    assert len(failure.details["problems"]) == 1
    assert len(server.asked) == 2


def test_only_the_first_problems_are_told(ask: Ask, server: FakeServer) -> None:
    schema = {"type": "object", "additionalProperties": {"type": "string"}}
    server.replies = [fake.answers({str(number): "x" for number in range(3)} | {"y": 1})]
    details = _failure(ask, schema=schema).details
    assert details == {"problems": ["$.y: 1 is not of type 'string'"]}
    server.replies = [fake.answers({str(number): number for number in range(50)})]
    details = _failure(ask, schema=schema).details
    assert details is not None
    assert len(details["problems"]) == 5


@pytest.mark.parametrize(
    "text", ["Here it is:\n```json\n{}\n```\nBye.", "<think>{maybe}</think>\n{}", "```{}```"]
)
def test_an_answer_is_found_amid_other_words(ask: Ask, server: FakeServer, text: str) -> None:
    server.replies = [fake.says(text.replace("{}", json.dumps(RIGHT)))]
    assert ask().output == RIGHT


def test_an_answer_in_parts_is_put_together(ask: Ask, server: FakeServer) -> None:
    thought = {"type": "thinking", "thinking": [{"type": "text", "text": "{Hm."}]}
    said = {"type": "text", "text": json.dumps(RIGHT)}
    server.replies = [fake.streams({"content": [thought]}, {"content": [said]}, {"content": 7})]
    assert ask().output == RIGHT


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (fake.status(429), "engine_rate_limited"),
        (fake.status(500), "engine_unavailable"),
        (fake.status(503), "engine_unavailable"),
        (fake.status(408), "engine_unavailable"),
        (fake.hangs_up, "engine_unavailable"),
        (fake.breaks_off('{"name":'), "engine_unavailable"),
        (fake.breaks_off_amid_a_chunk('{"name":'), "engine_unavailable"),
        (fake.reports_trouble("overloaded"), "engine_unavailable"),
        (fake.sends(b"data: {broken\n\n"), "engine_unavailable"),
        (fake.sends(b"data: 17\n\ndata: [1]\n\ndata: {}\n\n"), "engine_unavailable"),
        (fake.sends(b"\xff\xfe\x00", "text/html"), "engine_unavailable"),
        (fake.sends(b'{"choices": []}', "application/json"), "engine_unavailable"),
    ],
)
def test_what_may_pass_is_tried_again_by_the_job(
    ask: Ask, server: FakeServer, reply: fake.Reply, code: str
) -> None:
    server.replies = [reply]
    failure = _failure(ask)
    assert isinstance(failure, RetryableFailure)
    assert failure.code == code
    assert len(server.asked) == 1  # the package does not ask again by itself


def test_how_long_to_wait_is_passed_on(ask: Ask, server: FakeServer) -> None:
    server.replies = [fake.status(429, Retry_After="17")]
    failure = _failure(ask)
    assert isinstance(failure, RetryableFailure)
    assert failure.retry_after == 17


def test_nobody_there_may_pass(ask: Ask, settings: Callable[..., None]) -> None:
    settings(OPENAI_BASE_URL="http://127.0.0.1:1/v1")
    assert isinstance(_failure(ask), RetryableFailure)


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (fake.status(401, f"Incorrect API key provided: {KEY}"), "engine_not_authorized"),
        (fake.status(403, KEY), "engine_not_authorized"),
        (fake.status(404), "engine_model_not_found"),
        (fake.status(400, f"Too many letters in {KEY}"), "engine_refused_request"),
        (fake.status(413), "engine_refused_request"),
        (fake.status(422), "engine_refused_request"),
        (fake.refuses("I will not."), "model_refused"),
        (fake.says('{"na', finish="length"), "model_answer_cut_off"),
        (fake.says("", finish="content_filter"), "model_answer_filtered"),
    ],
)
def test_what_will_not_pass_ends_the_job(
    ask: Ask, server: FakeServer, reply: fake.Reply, code: str
) -> None:
    server.replies = [reply]
    failure = _failure(ask)
    assert not isinstance(failure, RetryableFailure)
    assert failure.code == code
    assert KEY not in str(failure.as_error())


def test_what_a_server_does_not_take_is_left_out(ask: Ask, server: FakeServer) -> None:
    server.replies = [
        fake.status(400, "Unsupported value: 'temperature' does not support 0 with this model."),
        fake.status(422, "Extra inputs are not permitted: max_completion_tokens"),
        fake.status(400, "This model has no response_format of type json_schema."),
        fake.answers(RIGHT),
    ]
    assert ask().output == RIGHT
    last = server.asked[-1].body
    assert last["max_tokens"] == 16384
    assert last.keys() == {"model", "messages", "stream", "stream_options", "max_tokens"}


@pytest.mark.parametrize(
    ("code", "kind", "piece", "expected"),
    [
        (200, "text/event-stream", b"x" * 5_000, "model_answer_too_long"),
        (200, "text/event-stream", b": not yet\n\n" * 500, "model_answer_too_long"),
        (200, "application/json", b"[" * 5_000, "model_answer_too_long"),
        (400, "application/json", b"x" * 5_000, "engine_refused_request"),
        (429, "application/json", b"x" * 5_000, "engine_rate_limited"),
    ],
)
def test_what_is_sent_without_an_end_is_not_kept(
    ask: Ask,
    server: FakeServer,
    settings: Callable[..., None],
    code: int,
    kind: str,
    piece: bytes,
    expected: str,
) -> None:
    settings(JOBS_MAX_RESPONSE_BYTES="20000", JOBS_OPENAI_MAX_TOKENS="100")
    server.replies = [fake.pours(code, kind, piece)]
    assert _failure(ask).code == expected
    assert server.left.acquire(timeout=20)


def test_a_redirect_gets_no_document_to_see(ask: Ask, server: FakeServer) -> None:
    with fake.running() as elsewhere:
        elsewhere.replies = [fake.answers(RIGHT)]
        for code in (301, 302, 303, 307, 308):
            server.replies = [fake.status(code, Location=f"{elsewhere.url}/v1/chat/completions")]
            failure = _failure(ask)
            assert (failure.code, type(failure)) == ("engine_refused_request", JobFailure)
        assert elsewhere.asked == []


def test_a_proxy_of_the_environment_is_gone_by(
    ask: Ask,
    server: FakeServer,
    settings: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings(OPENAI_BASE_URL="http://model.invalid/v1", OPENAI_API_KEY=KEY)
    monkeypatch.setenv("HTTP_PROXY", server.url)
    monkeypatch.setenv("http_proxy", server.url)
    server.replies = [fake.answers(RIGHT)]
    assert ask().output == RIGHT
    assert server.asked[0].path == "http://model.invalid/v1/chat/completions"


def test_an_answer_that_was_compressed_unasked_is_none(ask: Ask, server: FakeServer) -> None:
    server.replies = [fake.json_body({}, Content_Encoding="gzip")]
    assert _failure(ask).code == "engine_unavailable"
    assert server.asked[0].headers["accept-encoding"] == "identity"


def test_choices_that_are_no_list_are_none(ask: Ask, server: FakeServer) -> None:
    server.replies = [fake.sends(b'data: {"choices": {"a": 1}}\n\ndata: [DONE]\n\n')]
    assert _failure(ask).code == "engine_unavailable"


@pytest.mark.parametrize("reply", [fake.hangs, fake.hangs_amid_an_answer])
def test_too_slow_a_server_is_given_up(
    ask: Ask, server: FakeServer, settings: Callable[..., None], reply: fake.Reply
) -> None:
    settings(JOBS_OPENAI_TIMEOUT_SECONDS="0.3")
    server.replies = [reply]
    failure = _failure(ask)
    assert isinstance(failure, RetryableFailure)
    assert "within 0.3 seconds" in failure.message
    assert server.left.acquire(timeout=20)


def test_an_endless_answer_is_given_up(
    ask: Ask, server: FakeServer, settings: Callable[..., None]
) -> None:
    settings(JOBS_MAX_RESPONSE_BYTES="20000")
    server.replies = [fake.never_stops]
    assert _failure(ask).code == "model_answer_too_long"
    assert server.left.acquire(timeout=20)


@pytest.mark.parametrize("reply", [fake.hangs, fake.hangs_amid_an_answer, fake.never_stops])
@pytest.mark.parametrize("runs", [1, 5])
def test_an_interruption_closes_every_connection_and_leaves_no_thread(
    ask: Ask,
    server: FakeServer,
    interrupted: Callable[..., None],
    reply: fake.Reply,
    runs: int,
) -> None:
    server.replies = [reply]
    before = set(threading.enumerate())
    interrupted(lambda: ask(n_consensus=runs), server, runs)
    for _ in range(runs):
        assert server.left.acquire(timeout=20)
    left = {each.name for each in threading.enumerate() if each not in before}
    assert [name for name in left if "process_request_thread" not in name] == []


def test_it_is_told_how_many_have_answered(
    ask: Ask, server: FakeServer, told: list[tuple[int, int, str]]
) -> None:
    server.replies = [fake.answers(RIGHT)]
    ask()
    assert told == [(0, 1, "asking gpt-4o-mini"), (1, 1, "asking gpt-4o-mini")]
    told.clear()
    ask(n_consensus=2)
    assert told == [(done, 2, f"asking gpt-4o-mini ({done} of 2)") for done in range(3)]


@pytest.mark.parametrize(
    "spoilt",
    [
        [fake.refuses("I will not.")],
        [fake.says('{"na', finish="length")],
        [fake.says("", finish="content_filter")],
    ],
)
def test_answers_that_are_more_than_half_go_without_the_others(
    ask: Ask, server: FakeServer, spoilt: list[fake.Reply]
) -> None:
    server.replies = [*spoilt, fake.answers(RIGHT), fake.answers({**RIGHT, "name": "Eve"})]
    answer = ask(n_consensus=3)
    assert len(answer.choices) == 2
    assert answer.likelihoods == {"name": 0.5, "total": 1.0}
    assert answer.usage["output_tokens"] in (10, 15)


def test_an_answer_that_stays_wrong_is_left_out(ask: Ask, server: FakeServer) -> None:
    # The first four are asked at once, and the wrong one of them again.
    right, wrong = fake.answers(RIGHT), fake.answers({"name": 7})
    server.replies = [wrong, right, right, right, wrong]
    answer = ask(n_consensus=4)
    assert answer.choices == (RIGHT,) * 3
    assert answer.usage == {"input_tokens": 50, "output_tokens": 25}


@pytest.mark.parametrize("runs", [2, 4])
def test_half_of_the_answers_are_too_few(ask: Ask, server: FakeServer, runs: int) -> None:
    half = runs // 2
    server.replies = [*[fake.refuses("I will not.")] * half, *[fake.answers(RIGHT)] * half]
    assert _failure(ask, n_consensus=runs).code == "model_refused"


def test_what_may_pass_is_tried_again_whole(ask: Ask, server: FakeServer) -> None:
    server.replies = [fake.status(503), fake.answers(RIGHT), fake.answers(RIGHT)]
    assert isinstance(_failure(ask, n_consensus=3), RetryableFailure)


def test_one_failure_of_all_ends_all(ask: Ask, server: FakeServer) -> None:
    server.replies = [fake.hangs, fake.hangs, fake.status(404)]
    assert _failure(ask, n_consensus=3).code == "engine_model_not_found"
    assert server.left.acquire(timeout=20)
    assert server.left.acquire(timeout=20)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "properties": {"a": {"type": "nonsense"}}},
        {"type": "object", "properties": {"a": {"pattern": "("}}},
        {"type": "object", "required": 7},
    ],
)
def test_a_schema_that_is_none_is_told_before_anybody_is_asked(
    ask: Ask, server: FakeServer, schema: dict[str, Any]
) -> None:
    assert _failure(ask, schema=schema).code == "invalid_json_schema"
    assert server.asked == []


@pytest.mark.parametrize(
    "reference", ["#/$defs/none", "https://127.0.0.1:1/schema.json", "file:///etc/passwd", "#"]
)
def test_a_schema_that_refers_to_nowhere_is_told(
    ask: Ask, server: FakeServer, reference: str
) -> None:
    server.replies = [fake.answers({})]
    assert _failure(ask, schema={"$ref": reference}).code == "invalid_json_schema"


def _failure(ask: Ask, *arguments: Any, **changes: Any) -> JobFailure:
    with pytest.raises(JobFailure) as raised:
        ask(*arguments, **changes)
    return raised.value
