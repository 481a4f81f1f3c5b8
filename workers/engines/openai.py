"""The engine `openai`: any server that speaks its chat API."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jobs_backend.config import settings
from jobs_backend.errors import JobFailure
from workers.engines import Answer, answers, chat, consensus, prompts
from workers.engines.waiting import wait_for

if TYPE_CHECKING:
    from openai import AsyncOpenAI

    from workers.context import Context
    from workers.engines import Question

# Several answers tell how sure the model is only if it may give another one.
TEMPERATURE, TEMPERATURE_OF_SEVERAL = 0.0, 0.3


def ask(model: str, question: Question, context: Context) -> Answer:
    """Ask a model, as often at once as the question wants.

    Args:
        model: as JOBS_OPENAI_MODELS has it, or as the server itself calls it.
        question: what is asked.
        context: the job's.

    Raises:
        RetryableFailure: `engine_unavailable` or `engine_rate_limited`.
        JobFailure: `engine_not_configured`, `engine_not_authorized`, `engine_model_not_found`,
            `engine_refused_request`, `model_refused`, `model_answer_cut_off`,
            `model_answer_filtered`, `model_answer_too_long`, `model_answer_invalid`,
            `json_schema_invalid`, or `worker_incomplete` without the extras.
    """
    started = time.monotonic()
    name = _name(model)
    runs = wait_for(_ask_all(_request(name, question), question, context))
    choices = [run.output for run in runs]
    usage = {
        "input_tokens": sum(run.input_tokens for run in runs),
        "output_tokens": sum(run.output_tokens for run in runs),
    }
    seconds = round(time.monotonic() - started, 3)
    context.log.info("model_answered", model=name, choices=len(runs), seconds=seconds, **usage)
    if len(choices) == 1:
        return Answer(choices[0], name, tuple(choices), usage=usage)
    output, likelihoods = consensus.merge(
        choices, lambda merged: not answers.problems(merged, question.schema)
    )
    return Answer(output, name, tuple(choices), likelihoods, usage)


def _name(model: str) -> str:
    if not settings().openai_api_key:
        raise JobFailure("engine_not_configured", "This server has no language model to ask.")
    name = settings().openai_models.get(model, model)
    if not name:
        raise JobFailure("engine_model_not_found", "The request names no model of the engine's.")
    return name


def _request(name: str, question: Question) -> chat.Request:
    from workers.engines import strictness

    if question.schema is not None:
        answers.check(question.schema)
    return chat.Request(
        name,
        prompts.messages(question, settings().openai_max_characters),
        strictness.response_format(question.schema),
        TEMPERATURE if question.n_consensus == 1 else TEMPERATURE_OF_SEVERAL,
    )


@dataclass
class _Run:
    """One of the times that the question is asked; twice, if the first answer is unusable."""

    output: Any = None
    input_tokens: int = 0
    output_tokens: int = 0
    problems: Sequence[str] = field(default_factory=list)

    async def ask(
        self, client: AsyncOpenAI, request: chat.Request, schema: dict[str, Any] | None
    ) -> str:
        reply = await chat.exchange(client, request)
        self.input_tokens += reply.input_tokens
        self.output_tokens += reply.output_tokens
        try:
            self.output = answers.read_from_model(reply.text)
        except answers.NotJson as problem:
            self.problems = [f"It is not JSON: {problem}."]
        else:
            self.problems = answers.problems(self.output, schema)
        return reply.text


async def _ask_all(request: chat.Request, question: Question, context: Context) -> list[_Run]:
    async with chat.client() as client:
        return await asyncio.gather(
            *(_ask_once(client, request, question, context) for _ in range(question.n_consensus))
        )


async def _ask_once(
    client: AsyncOpenAI, request: chat.Request, question: Question, context: Context
) -> _Run:
    run = _Run()
    text = await run.ask(client, request, question.schema)
    if run.problems:
        context.log.info("model_answer_sent_back", problems=len(run.problems))
        again = request.followed_by(*prompts.correction(text, run.problems))
        await run.ask(client, again, question.schema)
    if run.problems:
        raise JobFailure(
            "model_answer_invalid",
            "The model's answer does not fit what was asked for, also the second time.",
            {"problems": list(run.problems)},
        )
    return run
