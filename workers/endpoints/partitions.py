"""`/v1/partitions`: the pages that belong to each value of a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jobs_backend.errors import JobFailure
from workers import engines
from workers.endpoints import reading
from workers.endpoints.splits import in_order, parts_schema
from workers.engines import Question
from workers.local import partitions

if TYPE_CHECKING:
    from workers.context import Context

TASK = (
    "Find the values of the key in the document, and the pages (numbered as they are marked) that "
    "belong to each. A page without a value of its own goes on with the one before. The key: "
)
ONCE = ". A page belongs to one value at the most."


@engines.built_in
def run(request: dict[str, Any], context: Context) -> dict[str, Any]:
    """Find the pages of each value of the request's key.

    Raises:
        JobFailure: the document cannot be read, or the key is not found; the code says why.
    """
    work = reading.Work()
    document = reading.read(request["document"], context)
    key, is_shared = request["key"], request["allow_overlap"]
    question = Question(
        TASK + key + ("" if is_shared else ONCE),
        parts_schema("key", {}, len(document.pages)),
        (document,),
        request["instructions"],
        request["n_consensus"],
    )
    answer = engines.answer(
        request["model"],
        question,
        context,
        lambda: {
            "parts": partitions.partition(document.pages, key, request["instructions"], is_shared)
        },
    )
    if not answer.output["parts"]:
        raise JobFailure("partition_failed", f"No value of {key!r} is found in the document.")
    return {
        "id": reading.new_id("part"),
        "file": reading.file_reference(document.source),
        "model": answer.model,
        "key": key,
        "output": in_order(answer.output["parts"]),
        "consensus": {
            "choices": [choice["parts"] for choice in answer.choices],
            "likelihoods": answer.likelihoods and answer.likelihoods["parts"],
        },
        "usage": work.usage(len(document.pages), **answer.usage),
        "created_at": reading.now(),
    }
