"""The engine `openai`: any server that speaks its chat API.

All of a job's conversations run in one event loop of the handler's own thread, so that a job that
is told to stop closes every connection at once, and leaves nothing behind that works for it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from jobs_backend.config import settings
from jobs_backend.errors import JobFailure, RetryableFailure
from workers import interruption
from workers.engines import OPENAI, Answer, Question, consensus, prompts, schemas

if TYPE_CHECKING:
    from openai import AsyncOpenAI

    from workers.context import Context

T = TypeVar("T")

# How often it looks whether the job was told to stop, should the exception that says so be lost.
LOOK_SECONDS = 0.2
# Several answers are worth asking for only if they may differ.
WARMTH = 0.7
SHOWN_PROBLEMS = 5


def ask(model: str, question: Question, context: Context) -> Answer:
    """Ask a model, as often as the question wants, all at the same time.

    Args:
        model: as the request has it; JOBS_OPENAI_MODELS says what the server calls it.
        question: what is asked.
        context: the job's.

    Raises:
        JobFailure: there is no answer that fits; the code says why. A RetryableFailure where there
            may be one another time.
    """
    if settings().openai_api_key is None:
        raise JobFailure("engine_not_available", "This service has no access to a language model.")
    name = settings().openai_models.get(model, model)
    context.log.info("model_asked", model=name, choices=question.n_consensus)
    replies = asyncio.run(_until_interrupted(_ask_all(name, question)))
    choices = tuple(reply.value for reply in replies)
    output, likelihoods = consensus.merged(choices)
    if question.schema is not None and schemas.problems(question.schema, output):
        output = consensus.nearest(choices, output)
    return Answer(
        output,
        f"{OPENAI}/{name}",
        choices,
        likelihoods if len(choices) > 1 else None,
        {
            "input_tokens": sum(reply.input_tokens for reply in replies),
            "output_tokens": sum(reply.output_tokens for reply in replies),
        },
    )


@dataclass
class _Reply:
    """What a model said so far, and what it took."""

    text: str = ""
    refusal: str = ""
    finish_reason: str | None = None
    value: Any = None
    input_tokens: int = 0
    output_tokens: int = 0


async def _until_interrupted(work: Coroutine[Any, Any, T]) -> T:
    # asyncio logs and forgets an exception that a signal raises amid its own callbacks.
    task = asyncio.ensure_future(work)
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=LOOK_SECONDS)
            if interruption.was_asked():
                raise interruption.Interrupted
        return task.result()
    finally:
        task.cancel()


async def _ask_all(model: str, question: Question) -> list[_Reply]:
    import openai

    # The job's own retry does what the package's would.
    client = openai.AsyncOpenAI(
        api_key=settings().openai_api_key,
        base_url=settings().openai_base_url,
        timeout=settings().openai_timeout_seconds,
        max_retries=0,
    )
    async with client:
        tasks = [
            asyncio.ensure_future(_ask_once(client, model, question))
            for _ in range(question.n_consensus)
        ]
        try:
            return list(await asyncio.gather(*tasks))
        finally:
            for task in tasks:
                task.cancel()


async def _ask_once(client: AsyncOpenAI, model: str, question: Question) -> _Reply:
    messages = prompts.messages(question)
    reply = await _converse(client, model, question, messages)
    wrong = _read(reply, question)
    if not wrong:
        return reply
    messages += prompts.repair(reply.text, wrong)
    second = await _converse(client, model, question, messages)
    second.input_tokens += reply.input_tokens
    second.output_tokens += reply.output_tokens
    if wrong := _read(second, question):
        raise JobFailure(
            "model_answer_invalid",
            f"The model's answer does not fit: {wrong[0]}",
            {"problems": wrong},
        )
    return second


def _read(reply: _Reply, question: Question) -> list[str]:
    # Fills in the reply's value; what is wrong with it.
    try:
        reply.value = json.loads(reply.text)
    except ValueError as problem:
        return [f"it is no JSON: {problem}"]
    if question.schema is None:
        return [] if isinstance(reply.value, dict) else ["it is no JSON object"]
    return schemas.problems(question.schema, reply.value)[:SHOWN_PROBLEMS]


async def _converse(
    client: AsyncOpenAI, model: str, question: Question, messages: list[dict[str, Any]]
) -> _Reply:
    import openai

    try:
        reply = await asyncio.wait_for(
            _stream(client, model, question, messages), settings().openai_timeout_seconds
        )
    except (asyncio.TimeoutError, openai.APITimeoutError):
        raise RetryableFailure("engine_unavailable", "The model did not answer in time.") from None
    except openai.APIStatusError as problem:
        raise _refused(problem) from problem
    except openai.OpenAIError as problem:
        raise RetryableFailure("engine_unavailable", "The model cannot be reached.") from problem
    except Exception as problem:
        # Cut off midway: whichever library below noticed it first.
        raise RetryableFailure(
            "engine_unavailable", "The model's answer was cut off on its way."
        ) from problem
    _check_end(reply)
    return reply


async def _stream(
    client: AsyncOpenAI, model: str, question: Question, messages: list[dict[str, Any]]
) -> _Reply:
    reply = _Reply()
    parameters: dict[str, Any] = {
        "model": model,
        "messages": messages,
        "response_format": prompts.response_format(question.schema),
        "max_tokens": settings().openai_max_tokens,
        "temperature": 0 if question.n_consensus == 1 else WARMTH,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    async with await client.chat.completions.create(**parameters) as stream:
        async for chunk in stream:
            if chunk.usage is not None:
                reply.input_tokens = chunk.usage.prompt_tokens
                reply.output_tokens = chunk.usage.completion_tokens
            for choice in chunk.choices:
                reply.text += choice.delta.content or ""
                reply.refusal += choice.delta.refusal or ""
                reply.finish_reason = choice.finish_reason or reply.finish_reason
    return reply


def _check_end(reply: _Reply) -> None:
    if reply.refusal:
        raise JobFailure("model_refused", f"The model refused: {reply.refusal[:500]}")
    if reply.finish_reason == "content_filter":
        raise JobFailure("model_refused", "The model's answer was held back by a filter.")
    if reply.finish_reason == "length":
        raise JobFailure(
            "model_answer_cut_off",
            f"The model's answer is longer than {settings().openai_max_tokens:,} tokens.",
        )
    if reply.finish_reason is None:
        raise RetryableFailure("engine_unavailable", "The model's answer was cut off on its way.")


def _refused(problem: Any) -> JobFailure:
    status: int = problem.status_code
    if status == 429:
        return RetryableFailure(
            "engine_rate_limited",
            "The model is asked too often at the moment.",
            retry_after=problem.response.headers.get("retry-after"),
        )
    if status in (408, 409, 425) or status >= 500:
        return RetryableFailure(
            "engine_unavailable",
            f"The model's server answered {status}.",
            retry_after=problem.response.headers.get("retry-after"),
        )
    code, message = {
        401: ("engine_not_authorized", "The model's server does not accept this service's key."),
        403: ("engine_not_authorized", "The model's server does not allow this."),
        404: ("engine_model_not_found", "The model's server does not know this model."),
    }.get(status, ("engine_refused_request", f"The model's server answered {status}."))
    return JobFailure(code, message, {"status": status})
