"""Who answers: this machine alone, a language model, or another service.

JOBS_ENGINE says which, and a request's `model` may say otherwise: `local`, `openai/gpt-4o-mini`,
`upstream/retab-large`. Any other model's name is left to the engine that is set.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jobs_backend.config import settings

if TYPE_CHECKING:
    from workers.context import Context, Response
    from workers.endpoints.reading import Document

LOCAL, OPENAI, UPSTREAM = "local", "openai", "upstream"
ENGINES = (LOCAL, OPENAI, UPSTREAM)

Run = Callable[[dict[str, Any], "Context"], "dict[str, Any] | Response"]


@dataclass(frozen=True)
class Question:
    """What a language model is asked.

    Attributes:
        task: what it is to do, in words.
        schema: the JSON Schema that its answer has to fit; None takes any JSON object.
        documents: what it is to read.
        instructions: the user's own, or None.
        n_consensus: how many times it is asked.
        messages: more messages of the conversation, as the chat API has them.
    """

    task: str
    schema: dict[str, Any] | None
    documents: tuple[Document, ...]
    instructions: str | None = None
    n_consensus: int = 1
    messages: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Answer:
    """What came of it.

    Attributes:
        output: the answer itself.
        model: who gave it.
        choices: every answer that was given; the one, if it was asked once.
        likelihoods: as `output`, with the share of the choices that agree in place of each leaf;
            None where only one was asked for.
        usage: more of what it took, for the response's `usage`.
    """

    output: Any
    model: str
    choices: tuple[Any, ...] = ()
    likelihoods: Any = None
    usage: dict[str, int] = field(default_factory=dict)


def chosen(model: str) -> tuple[str, str]:
    """The engine that a request's `model` asks for, and what that engine is to call the model."""
    engine, separator, name = model.partition("/")
    if engine in ENGINES and (separator or engine == LOCAL):
        return engine, name
    return settings().engine, model


def built_in(run: Run) -> Run:
    """Mark a handler of a built-in endpoint type: the upstream engine takes its requests whole."""

    @functools.wraps(run)
    def run_or_forward(request: dict[str, Any], context: Context) -> dict[str, Any] | Response:
        if chosen(request["model"])[0] == UPSTREAM:
            from workers.engines import upstream

            return upstream.run(request, context)
        return run(request, context)

    return run_or_forward


def answer(model: str, question: Question, context: Context, local: Callable[[], Any]) -> Answer:
    """Have a question answered by the engine that is chosen.

    Args:
        model: as the request has it.
        question: for a language model.
        context: the job's.
        local: finds the answer on this machine.

    Raises:
        JobFailure: there is no answer; the code says why.
    """
    engine, name = chosen(model)
    if engine == OPENAI:
        from workers.engines import openai

        return openai.ask(name, question, context)
    output = local()
    return Answer(output, LOCAL, (output,))
