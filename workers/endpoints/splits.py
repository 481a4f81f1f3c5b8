"""`/v1/splits`: the documents that a bundle is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workers import engines
from workers.endpoints import reading
from workers.endpoints.classifications import listed
from workers.engines import Question
from workers.local import splits

if TYPE_CHECKING:
    from workers.context import Context

TASK = (
    "The document is a bundle of several documents, one after the other. Find them: for each, its "
    "kind and its pages (numbered as they are marked). A page belongs to one document at the most. "
    "A kind that is marked as (single), which is no part of its name, has one entry with all of "
    "its pages; of the others each document is an entry. The kinds:\n"
)


@engines.built_in
def run(request: dict[str, Any], context: Context) -> dict[str, Any]:
    """Cut the request's document into the kinds of documents that it names.

    Raises:
        JobFailure: the document cannot be read, or there is no answer; the code says why.
    """
    work = reading.Work()
    dpi = request.get("image_resolution_dpi", reading.DPI)
    document = reading.read(request["document"], context, dpi=dpi)
    kinds = request["subdocuments"]
    question = Question(
        TASK + _marked(kinds),
        parts_schema("name", {"enum": [kind["name"] for kind in kinds]}, len(document.pages)),
        (document,),
        request["instructions"],
        request["n_consensus"],
    )
    answer = engines.answer(
        request["model"],
        question,
        context,
        lambda: {"parts": splits.split(document.pages, kinds)},
    )
    return {
        "id": reading.new_id("split"),
        "file": reading.file_reference(document.source),
        "model": answer.model,
        "output": in_order(answer.output["parts"]),
        "consensus": {
            "choices": [choice["parts"] for choice in answer.choices],
            "likelihoods": answer.likelihoods and answer.likelihoods["parts"],
        },
        "usage": work.usage(len(document.pages), **answer.usage),
        "created_at": reading.now(),
    }


def parts_schema(name: str, values: dict[str, Any], pages: int) -> dict[str, Any]:
    """The schema of parts of a document, for a language model.

    Args:
        name: what a part is called by, a property of it.
        values: what that may be, as a schema.
        pages: how many the document has.
    """
    page = {"type": "integer", "minimum": 1, "maximum": max(pages, 1)}
    part = {
        "type": "object",
        "properties": {
            name: {"type": "string", **values},
            "pages": {"type": "array", "items": page, "minItems": 1},
        },
        "required": [name, "pages"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"parts": {"type": "array", "items": part}},
        "required": ["parts"],
        "additionalProperties": False,
    }


def in_order(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Parts by their first page, each one's pages in order and once."""
    tidied = [{**part, "pages": sorted(set(part["pages"]))} for part in parts]
    return sorted(tidied, key=lambda part: part["pages"][0])


def _marked(kinds: list[dict[str, Any]]) -> str:
    marked = (
        kind if kind["allow_multiple_instances"] else {**kind, "name": f"{kind['name']} (single)"}
        for kind in kinds
    )
    return listed(list(marked))
