"""The engine `openai`: any server that speaks its chat API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobs_backend.errors import JobFailure

if TYPE_CHECKING:
    from workers.context import Context
    from workers.engines import Answer, Question


def ask(model: str, question: Question, context: Context) -> Answer:
    """Ask a model."""
    raise JobFailure("engine_not_available", "There is no engine of this name.")
