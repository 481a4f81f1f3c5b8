"""`/v1/classifications`: the category that a document belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workers import engines
from workers.endpoints import reading
from workers.engines import Question
from workers.local import classification

if TYPE_CHECKING:
    from workers.context import Context

TASK = (
    "Decide which one of these categories the document belongs to, and say in `reasoning` why, "
    "quoting the document:\n"
)


@engines.built_in
def run(request: dict[str, Any], context: Context) -> dict[str, Any]:
    """Choose the category of the request's document.

    Raises:
        JobFailure: the document cannot be read, or there is no answer; the code says why.
    """
    work = reading.Work()
    most = request["first_n_pages"]
    document = reading.read(request["document"], context, most_pages=most)
    categories = request["categories"]
    question = Question(
        TASK + listed(categories),
        _schema([category["name"] for category in categories]),
        (document,),
        request["instructions"],
        request["n_consensus"],
    )
    answer = engines.answer(
        request["model"],
        question,
        context,
        lambda: classification.classify(document.pages, categories),
    )
    return {
        "id": reading.new_id("cls"),
        "file": reading.file_reference(document.source),
        "model": answer.model,
        "output": answer.output,
        "consensus": {
            "choices": list(answer.choices),
            "likelihood": answer.likelihoods and answer.likelihoods["category"],
        },
        "usage": work.usage(len(document.pages), **answer.usage),
        "created_at": reading.now(),
    }


def listed(kinds: list[dict[str, Any]]) -> str:
    """Names and descriptions, for a language model."""
    return "\n".join(f"- {kind['name']}: {kind['description']}" for kind in kinds)


def _schema(names: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "reasoning": {"type": "string"},
            "category": {"type": "string", "enum": names},
        },
        "required": ["reasoning", "category"],
        "additionalProperties": False,
    }
