"""The engine `openai`: any server that speaks its chat API."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jobs_backend.config import settings
from jobs_backend.errors import JobFailure
from workers.engines import Answer, answers, chat, consensus, prompts, strictness
from workers.engines.waiting import gathered, wait_for

if TYPE_CHECKING:
    from workers.context import Context
    from workers.engines import Question

# Several answers tell how sure the model is only if it may give another one.
TEMPERATURE, TEMPERATURE_OF_SEVERAL = 0.0, 0.3
# Failures of one answer, of which the others know nothing.
OF_ONE_ANSWER = frozenset(
    {
        "model_refused",
        "model_answer_cut_off",
        "model_answer_filtered",
        "model_answer_too_long",
        "model_answer_invalid",
    }
)


def ask(model: str, question: Question, context: Context) -> Answer:
    """Ask a model, as often at once as the question wants.

    Of several answers, some may be unusable: those that are usable are merged, if they are more
    than half.

    Args:
        model: as JOBS_OPENAI_MODELS has it, or as the server itself calls it.
        question: what is asked.
        context: the job's.

    Raises:
        RetryableFailure: `engine_unavailable` or `engine_rate_limited`.
        JobFailure: `engine_not_configured`, `engine_not_authorized`, `engine_model_not_found`,
            `engine_refused_request`, `model_refused`, `model_answer_cut_off`,
            `model_answer_filtered`, `model_answer_too_long`, `model_answer_invalid`,
            `invalid_json_schema`, or `worker_incomplete` without the extras.
    """
    started = time.monotonic()
    name = _name(model)
    tries = _tries(_request(name, question), question, context)
    choices = tuple(each.output for each in tries if each.failure is None)
    usage = {
        "input_tokens": sum(each.input_tokens for each in tries),
        "output_tokens": sum(each.output_tokens for each in tries),
    }
    seconds = round(time.monotonic() - started, 3)
    context.log.info("model_answered", model=name, choices=len(choices), seconds=seconds, **usage)
    if len(choices) == 1:
        return Answer(choices[0], name, choices, usage=usage)
    output, likelihoods = consensus.merge(
        choices, lambda merged: not answers.problems(merged, question.schema)
    )
    return Answer(output, name, choices, likelihoods, usage)


def _name(model: str) -> str:
    if not settings().openai_api_key:
        raise JobFailure(
            "engine_not_configured",
            "This server has no language model to ask: OPENAI_API_KEY is not set.",
        )
    name = settings().openai_models.get(model, model)
    if not name:
        raise JobFailure("engine_model_not_found", "The request names no model of the engine's.")
    return name


def _request(name: str, question: Question) -> chat.Request:
    if question.schema is not None:
        answers.check(question.schema)
    return chat.Request(
        name,
        prompts.messages(question, settings().openai_max_characters),
        strictness.response_format(question.schema),
        TEMPERATURE if question.n_consensus == 1 else TEMPERATURE_OF_SEVERAL,
    )


def _tries(request: chat.Request, question: Question, context: Context) -> list[_Try]:
    tries = [_Try(request) for _ in range(question.n_consensus)]
    _ask(tries, question, context)
    wrong = [each for each in tries if each.problems]
    if wrong:
        context.log.info("model_asked_again", choices=len(wrong))
        _ask(wrong, question, context)
    for each in wrong:
        each.give_up()
    failures = [each.failure for each in tries if each.failure is not None]
    if 2 * len(failures) >= len(tries):
        raise failures[0]
    if failures:
        codes = [failure.code for failure in failures]
        context.log.warning("model_answers_left_out", of=len(tries), codes=codes)
    return tries


def _ask(tries: Sequence[_Try], question: Question, context: Context) -> None:
    # Answers are judged outside of the wait: a large one takes its time, and can be interrupted.
    replies = wait_for(_replies([each.request for each in tries], context))
    for each, reply in zip(tries, replies, strict=True):
        each.take(reply, question.schema)


async def _replies(
    requests: Sequence[chat.Request], context: Context
) -> list[chat.Reply | JobFailure]:
    answered = itertools.count(1)
    _tell(requests, 0, context)

    async def reply(request: chat.Request) -> chat.Reply | JobFailure:
        try:
            found: chat.Reply | JobFailure = await chat.exchange(client, request)
        except JobFailure as failure:
            if failure.code not in OF_ONE_ANSWER:
                raise
            found = failure
        _tell(requests, next(answered), context)
        return found

    async with chat.client() as client:
        return await gathered(reply(request) for request in requests)


def _tell(requests: Sequence[chat.Request], answered: int, context: Context) -> None:
    message, count = f"asking {requests[0].model}", len(requests)
    context.progress(answered, count, message + (f" ({answered} of {count})" if count > 1 else ""))


@dataclass
class _Try:
    """One of the times that the question is asked.

    Attributes:
        request: what is sent, or is to be sent next.
        output: what was answered, as far as it can be read.
        problems: why that cannot be used; none where it can.
        failure: why there is no answer, for good.
    """

    request: chat.Request
    output: Any = None
    problems: list[str] = field(default_factory=list)
    input_tokens: int = 0
    output_tokens: int = 0
    failure: JobFailure | None = None

    def take(self, reply: chat.Reply | JobFailure, schema: dict[str, Any] | None) -> None:
        """Judge a reply, and prepare to send it back."""
        if isinstance(reply, JobFailure):
            self.failure = reply
            return
        self.input_tokens += reply.input_tokens
        self.output_tokens += reply.output_tokens
        try:
            self.output = answers.read_from_model(reply.text)
            self.problems = answers.problems(self.output, schema)
        except answers.NotJson as problem:
            self.problems = [f"It is not JSON: {problem}."]
        if self.problems:
            again = prompts.correction(reply.text, self.problems)
            self.request = self.request.followed_by(*again)

    def give_up(self) -> None:
        """Take an answer that cannot be used for none."""
        if self.problems and self.failure is None:
            self.failure = JobFailure(
                "model_answer_invalid",
                "The model's answer does not fit what was asked for, also the second time.",
                {"problems": self.problems},
            )
