"""`/v1/schemas/generate`: find the JSON Schema that fits some documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jobs_backend.errors import JobFailure
from workers import engines
from workers.endpoints import reading
from workers.engines import Question
from workers.local import extraction, inference
from workers.local.inference import wishes

if TYPE_CHECKING:
    from workers.context import Context

_TASK = (
    "Write the JSON Schema (draft 2020-12) of an object that holds the data of documents like "
    "these: names in snake_case, types, what is required, and arrays of objects for the rows of "
    "tables. Every object has additionalProperties false. Answer with the schema alone."
)
_NOT_FOLLOWED = {
    "code": "instructions_not_followed",
    "message": "The engine local follows no instructions but `only`, and a list of properties that "
    "it finds.",
}


@engines.built_in
def run(request: dict[str, Any], context: Context) -> dict[str, Any]:
    """Find a schema that fits all of the request's documents.

    Raises:
        JobFailure: a document cannot be read, or there is no answer; the code says why.
    """
    work = reading.Work()
    dpi = request["image_resolution_dpi"]
    documents = [reading.read(document, context, dpi=dpi) for document in request["documents"]]
    question = Question(_TASK, None, tuple(documents), request["instructions"])
    warnings: list[dict[str, str]] = []

    def locally() -> Any:
        schema = inference.infer([document.pages for document in documents])
        told = (request["instructions"] or "").strip()
        granted = wishes.granted(schema, told) if told else schema
        if granted is None:
            warnings.append(_NOT_FOLLOWED)
        return granted or schema

    answer = engines.answer(request["model"], question, context, locally)
    _check(answer.output)
    pages = sum(len(document.pages) for document in documents)
    return {
        "object": "schema",
        "created_at": reading.now(),
        "json_schema": answer.output,
        "strict": True,
        "warnings": warnings or None,
        "model": answer.model,
        "usage": work.usage(pages, **answer.usage),
    }


def _check(schema: Any) -> None:
    try:
        extraction.check(schema)
    except JobFailure as problem:
        raise JobFailure(
            "model_answer_invalid", f"The model wrote no usable schema. {problem.message}"
        ) from problem
