"""One exchange with a server that speaks OpenAI's chat API: a request, and the reply as it comes.

Of a request only the model and the messages are known by every such server. What else one refuses
by name is left out the next time.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from jobs_backend.config import settings
from jobs_backend.errors import JobFailure, RetryableFailure
from workers.engines import failures
from workers.engines.prompts import Message
from workers.engines.waiting import CONNECT_SECONDS

if TYPE_CHECKING:
    from openai import APIError, APIStatusError, AsyncOpenAI

NOT_AUTHORIZED, NOT_FOUND, BUSY = (401, 403), 404, 429
UNUSABLE, NOT_NOW, FIRST_SERVER_ERROR = (400, 422), (408, 409, 425), 500


@dataclass(frozen=True)
class Request:
    """What is sent.

    Attributes:
        model: as the server calls it.
        messages: the conversation.
        response_format: what the answer has to be.
        temperature: how much the answers may differ.
        left_out: the names of options that this server does not take.
    """

    model: str
    messages: Sequence[Message]
    response_format: dict[str, Any]
    temperature: float
    left_out: frozenset[str] = frozenset()

    @property
    def options(self) -> dict[str, Any]:
        """What a server may refuse."""
        options = {
            "response_format": self.response_format,
            "temperature": self.temperature,
            "stream_options": {"include_usage": True},
            "max_completion_tokens": settings().openai_max_tokens,
        }
        if "max_completion_tokens" in self.left_out:
            options["max_tokens"] = settings().openai_max_tokens  # its older name
        return {name: value for name, value in options.items() if name not in self.left_out}

    def followed_by(self, *messages: Message) -> Request:
        """The same, with more of the conversation."""
        return replace(self, messages=[*self.messages, *messages])

    def without(self, option: str) -> Request:
        """The same, without an option."""
        return replace(self, left_out=self.left_out | {option})


@dataclass
class Reply:
    """What came of it."""

    text: str = ""
    refusal: str = ""
    finish_reason: str | None = None
    input_tokens: int = 0
    output_tokens: int = 0


@asynccontextmanager
async def client() -> AsyncIterator[AsyncOpenAI]:
    """A connection to the server, closed at the end of the block.

    Raises:
        JobFailure: `worker_incomplete`: the packages for it are not installed.
    """
    try:
        from openai import AsyncOpenAI, Timeout
    except ImportError:
        raise failures.incomplete("openai") from None
    from workers.engines import transport

    chosen = settings()
    patience = Timeout(chosen.openai_timeout_seconds, connect=CONNECT_SECONDS)
    # The job's own attempts are the only ones: the package would hide from it that it waits.
    async with AsyncOpenAI(
        api_key=chosen.openai_api_key,
        base_url=chosen.openai_base_url,
        timeout=patience,
        max_retries=0,
        http_client=transport.client(),
    ) as opened:
        yield opened


async def exchange(client: AsyncOpenAI, request: Request) -> Reply:
    """Send a request and wait for the whole reply.

    Args:
        client: to whom.
        request: what.

    Raises:
        RetryableFailure: there is no reply now; there may be one later.
        JobFailure: there is none; the code says why.
    """
    seconds = settings().openai_timeout_seconds
    try:
        reply = await asyncio.wait_for(_reply_to_what_is_taken(client, request), seconds)
    except asyncio.TimeoutError:
        raise _unavailable(f"did not answer within {seconds:g} seconds") from None
    return _whole(reply)


async def _reply_to_what_is_taken(client: AsyncOpenAI, request: Request) -> Reply:
    import httpx
    import openai

    while True:
        try:
            return await _reply(client, request)
        except openai.APIStatusError as problem:
            refused = _refused_option(problem, request)
            if refused is None:
                raise _failure(problem) from None
            request = request.without(refused)
        except (openai.APIConnectionError, httpx.TransportError) as problem:
            # The package's second version passes on what breaks a stream, as it comes.
            raise _unavailable(f"could not be reached, or hung up ({_cause(problem)})") from None
        except openai.APIError as problem:
            raise _unavailable(f"broke off: {_said(problem)}") from None
        except (ValueError, OSError, EOFError) as problem:
            raise _unavailable(f"sent what is no reply ({type(problem).__name__})") from None


async def _reply(client: AsyncOpenAI, request: Request) -> Reply:
    reply = Reply()
    most = settings().max_response_bytes
    create: Any = client.chat.completions.create  # typed for every combination but this one
    stream = await create(
        model=request.model, messages=list(request.messages), stream=True, **request.options
    )
    async with stream:
        async for chunk in stream:
            _take(chunk, reply)
            if len(reply.text) + len(reply.refusal) > most:
                raise JobFailure("model_answer_too_long", "The model does not stop answering.")
    return reply


def _take(chunk: Any, reply: Reply) -> None:
    # Servers leave out what they have no use for, whatever the package's types say.
    usage = getattr(chunk, "usage", None)
    reply.input_tokens = _count(usage, "prompt_tokens") or reply.input_tokens
    reply.output_tokens = _count(usage, "completion_tokens") or reply.output_tokens
    choices = getattr(chunk, "choices", None)
    for choice in choices[:1] if isinstance(choices, list) else ():
        delta = getattr(choice, "delta", None)
        reply.text += _text(getattr(delta, "content", None))
        reply.refusal += _text(getattr(delta, "refusal", None))
        reply.finish_reason = getattr(choice, "finish_reason", None) or reply.finish_reason


def _count(usage: Any, name: str) -> int:
    value = getattr(usage, name, None)
    return value if isinstance(value, int) else 0


def _text(content: Any) -> str:
    # Some servers send a list of parts, of which those with another type are no part of the answer.
    if isinstance(content, list):
        parts = [part for part in content if isinstance(part, dict) and part.get("type") == "text"]
        return "".join(_text(part.get("text")) for part in parts)
    return content if isinstance(content, str) else ""


def _whole(reply: Reply) -> Reply:
    if reply.refusal:
        said = failures.said(reply.refusal)
        raise JobFailure("model_refused", "The model refused to answer.", {"refusal": said})
    if reply.finish_reason == "content_filter":
        raise JobFailure("model_answer_filtered", "The model's server held the answer back.")
    if reply.finish_reason == "length":
        raise JobFailure(
            "model_answer_cut_off",
            "The model's answer was cut off: it is longer than the model or JOBS_OPENAI_MAX_TOKENS "
            "lets it be.",
        )
    if reply.finish_reason is None:
        raise _unavailable("broke off amid its answer")
    return reply


def _refused_option(problem: APIStatusError, request: Request) -> str | None:
    if problem.status_code not in UNUSABLE:
        return None
    named = f"{problem.param or ''} {_said(problem)}"
    return next((name for name in request.options if name in named), None)


def _failure(problem: APIStatusError) -> JobFailure:
    status = problem.status_code
    if status == BUSY:
        return RetryableFailure(
            "engine_rate_limited",
            "The language model's server has too much to do.",
            retry_after=failures.retry_after(problem.response.headers),
        )
    if status >= FIRST_SERVER_ERROR or status in NOT_NOW:
        return RetryableFailure(
            "engine_unavailable",
            f"The language model's server answered with status {status}.",
            retry_after=failures.retry_after(problem.response.headers),
        )
    if status in NOT_AUTHORIZED:
        return JobFailure(
            "engine_not_authorized", "The language model's server does not take this server's key."
        )
    if status == NOT_FOUND:
        return JobFailure(
            "engine_model_not_found", "The language model's server knows no model of this name."
        )
    return JobFailure(
        "engine_refused_request",
        f"The language model's server refused the request with status {status}.",
        {"status_code": status, "message": _said(problem)},
    )


def _unavailable(what: str) -> RetryableFailure:
    return RetryableFailure("engine_unavailable", f"The language model's server {what}.")


def _said(problem: APIError) -> str:
    return failures.said(str(problem.message), [settings().openai_api_key or ""])


def _cause(problem: Exception) -> str:
    return type(problem.__cause__ or problem).__name__
