"""`/v1/classifications`: which of some categories a document belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jobs_backend.errors import JobFailure
from workers import engines
from workers.endpoints import naming, reading
from workers.local import sorting
from workers.local.kinds import Kind

if TYPE_CHECKING:
    from workers.context import Context

_TASK = """\
Decide to which one of these categories the document belongs. Judge by what the document is, not by
what it mentions. Answer with the category's name exactly as it is written here, and with a
reasoning that quotes what decides it and the page where that stands, and says which category came
second.

The categories:
"""


@engines.built_in
def run(request: dict[str, Any], context: Context) -> dict[str, Any]:
    """Find the category of the request's document.

    Raises:
        JobFailure: the document cannot be read, or the engine has no answer; the code says why.
    """
    work = reading.Work()
    kinds = naming.kinds(request["categories"])
    document = reading.read(request["document"], context, most_pages=request["first_n_pages"])

    def locally() -> dict[str, str]:
        verdict = sorting.classify(document.pages, kinds, request["instructions"])
        return {"reasoning": verdict.reasoning, "category": kinds[verdict.kind].name}

    question = engines.Question(
        task=_TASK + naming.listed(kinds),
        schema=_schema(kinds),
        documents=(document,),
        instructions=request["instructions"],
        n_consensus=request["n_consensus"],
    )
    answer = engines.answer(request["model"], question, context, locally)
    output = _checked(answer.output, kinds)
    if output is None:
        raise JobFailure("model_answer_invalid", "The model chose none of the categories.")
    choices = [choice for given in answer.choices if (choice := _checked(given, kinds))]
    return {
        "id": reading.new_id("cls"),
        "file": reading.file_reference(document.source),
        "model": answer.model,
        "output": output,
        "consensus": {"choices": choices, "likelihood": _likelihood(answer, output, choices)},
        "usage": work.usage(len(document.pages), **answer.usage),
        "created_at": reading.now(),
    }


def _schema(kinds: list[Kind]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "reasoning": {"type": "string"},
            "category": {"type": "string", "enum": [kind.name for kind in kinds]},
        },
        "required": ["reasoning", "category"],
        "additionalProperties": False,
    }


def _checked(output: Any, kinds: list[Kind]) -> dict[str, str] | None:
    said = output if isinstance(output, dict) else {}
    name = naming.as_given(said.get("category"), kinds)
    if name is None:
        return None
    return {"reasoning": str(said.get("reasoning") or ""), "category": name}


def _likelihood(
    answer: engines.Answer, output: dict[str, str], choices: list[dict[str, str]]
) -> float | None:
    if answer.model == engines.LOCAL or not choices:
        return None
    agreeing = sum(choice["category"] == output["category"] for choice in choices)
    return round(agreeing / len(answer.choices), 4)
