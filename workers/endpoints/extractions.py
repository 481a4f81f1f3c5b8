"""`/v1/extractions`: fill a JSON Schema from a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workers import engines
from workers.endpoints import reading
from workers.engines import Question
from workers.local import extraction

if TYPE_CHECKING:
    from workers.context import Context

_TASK = (
    "Fill the JSON Schema from the document. Take every value from the document itself; what it "
    "does not say is null where the schema allows it, and otherwise left out."
)


@engines.built_in
def run(request: dict[str, Any], context: Context) -> dict[str, Any]:
    """Extract the data that the request's schema describes.

    Raises:
        JobFailure: the schema is unusable, the document cannot be read, or does not say what the
            schema requires; the code says which.
    """
    work = reading.Work()
    schema = request["json_schema"]
    extraction.check(schema)
    document = reading.read(request["document"], context, dpi=request["image_resolution_dpi"])
    sources: dict[str, Any] = {}

    def locally() -> Any:
        filled = extraction.extract(schema, document.pages)
        sources.update(filled.sources)
        return filled.output

    answer = engines.answer(request["model"], _question(request, document), context, locally)
    return {
        "id": reading.new_id("extr"),
        "file": reading.file_reference(document.source),
        "model": answer.model,
        "json_schema": schema,
        "output": answer.output,
        "sources": sources,
        "consensus": {"choices": list(answer.choices), "likelihoods": answer.likelihoods},
        "usage": work.usage(len(document.pages), **answer.usage),
        "image_resolution_dpi": request["image_resolution_dpi"],
        "instructions": request["instructions"],
        "n_consensus": request["n_consensus"],
        "metadata": request["metadata"] or {},
        "created_at": reading.now(),
    }


def _question(request: dict[str, Any], document: reading.Document) -> Question:
    return Question(
        task=_TASK,
        schema=request["json_schema"],
        documents=(document,),
        instructions=request["instructions"],
        n_consensus=request["n_consensus"],
        messages=tuple(request["additional_messages"] or ()),
    )
