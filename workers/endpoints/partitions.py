"""`/v1/partitions`: which pages belong to which value of a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jobs_backend.errors import JobFailure
from workers import engines
from workers.endpoints import naming, reading
from workers.local import partitions

if TYPE_CHECKING:
    from workers.context import Context

Parts = list[dict[str, Any]]
_TASK = """\
Part the document's pages by a key: {key}. Find each value of it, as it is written in the document,
and the pages that belong to it, the first page being number 1. A page without a value of its own
belongs to the part that it continues. {overlap} If the document has no value of the key, answer
with no parts.
"""
_OVERLAP = "A page that several values share belongs to each of them."
_NO_OVERLAP = "No page belongs to two values: one that several share belongs to the first of them."


@engines.built_in
def run(request: dict[str, Any], context: Context) -> dict[str, Any]:
    """Part the request's document.

    Raises:
        JobFailure: the document cannot be read, has no value of the key, or the engine has no
            answer; the code says why.
    """
    work = reading.Work()
    key, instructions, allow_overlap = (
        request[name] for name in ("key", "instructions", "allow_overlap")
    )
    document = reading.read(request["document"], context)

    def locally() -> dict[str, Any]:
        found = partitions.partition(document.pages, key, instructions, allow_overlap=allow_overlap)
        return {"parts": [{"key": part.value, "pages": list(part.pages)} for part in found]}

    question = engines.Question(
        task=_TASK.format(key=key, overlap=_OVERLAP if allow_overlap else _NO_OVERLAP),
        schema=naming.schema_of_parts("key", {"type": "string"}),
        documents=(document,),
        instructions=instructions,
        n_consensus=request["n_consensus"],
    )
    answer = engines.answer(request["model"], question, context, locally)
    count = len(document.pages)
    output = _checked(answer.output, allow_overlap, count)
    if not output:
        raise _no_value(key)
    return {
        "id": reading.new_id("part"),
        "file": reading.file_reference(document.source),
        "model": answer.model,
        "key": key,
        "output": output,
        "consensus": {
            "choices": [_checked(given, allow_overlap, count) for given in answer.choices],
            "likelihoods": naming.likelihoods(answer, output),
        },
        "usage": work.usage(count, **answer.usage),
        "created_at": reading.now(),
    }


def _checked(output: Any, allow_overlap: bool, count: int) -> Parts:
    # One part for each value; without overlap a page is in the part that has it first.
    free = set(range(1, count + 1))
    found: dict[str, set[int]] = {}
    for value, pages in naming.parts(output, "key", count):
        own = set(pages) if allow_overlap else free & set(pages)
        if value.strip() and own:
            found.setdefault(value.strip(), set()).update(own)
            free -= own
    parts = [{"key": value, "pages": sorted(pages)} for value, pages in found.items()]
    return sorted(parts, key=lambda part: part["pages"][0])


def _no_value(key: str) -> JobFailure:
    named = key if len(key) <= 100 else f"{key[:100]}…"
    return JobFailure(
        "partition_failed", f"The document has no value of the key: {named}", {"key": named}
    )
