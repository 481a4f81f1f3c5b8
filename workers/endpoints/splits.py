"""`/v1/splits`: which documents a bundle is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from workers import engines
from workers.endpoints import naming, reading
from workers.local import splits
from workers.local.kinds import Kind

if TYPE_CHECKING:
    from workers.context import Context

Parts = list[dict[str, Any]]
_TASK = """\
The file is a bundle of documents. Find those that are of these kinds, and for each the pages that
it consists of, the first page being number 1. A page belongs to one document at most; a page that
only continues a document belongs to it, and documents of no such kind are left out. Use the kinds'
names exactly as they are written here. {instances}

The kinds:
{kinds}
"""
_SEVERAL = "Each document of one of these kinds is a part of its own: {names}."
_ONE = "All pages of one kind together are one part."


@engines.built_in
def run(request: dict[str, Any], context: Context) -> dict[str, Any]:
    """Split the request's bundle.

    Raises:
        JobFailure: the document cannot be read, or the engine has no answer; the code says why.
    """
    work = reading.Work()
    asked = request["subdocuments"]
    kinds = naming.kinds(asked)
    several = {kind["name"] for kind in asked if kind["allow_multiple_instances"]}
    document = reading.read(request["document"], context)

    def locally() -> dict[str, Any]:
        found = splits.split(document.pages, kinds, request["instructions"])
        return {"parts": [_part(kinds[part.kind].name, part.pages) for part in found]}

    question = engines.Question(
        task=_task(kinds, several),
        schema=_schema(kinds),
        documents=(document,),
        instructions=request["instructions"],
        n_consensus=request["n_consensus"],
    )
    answer = engines.answer(request["model"], question, context, locally)
    count = len(document.pages)
    output = _checked(answer.output, kinds, several, count)
    return {
        "id": reading.new_id("split"),
        "file": reading.file_reference(document.source),
        "model": answer.model,
        "output": output,
        "consensus": {
            "choices": [_checked(given, kinds, several, count) for given in answer.choices],
            "likelihoods": naming.likelihoods(answer, output),
        },
        "usage": work.usage(count, **answer.usage),
        "created_at": reading.now(),
    }


def _task(kinds: list[Kind], several: set[str]) -> str:
    names = ", ".join(kind.name for kind in kinds if kind.name in several)
    instances = _SEVERAL.format(names=names) if several else _ONE
    return _TASK.format(instances=instances, kinds=naming.listed(kinds))


def _schema(kinds: list[Kind]) -> dict[str, Any]:
    return naming.schema_of_parts("name", {"type": "string", "enum": [kind.name for kind in kinds]})


def _checked(output: Any, kinds: list[Kind], several: set[str], count: int) -> Parts:
    # Each page once, in the part that has it first, and one part for a kind of which there is one.
    free = set(range(1, count + 1))
    found: Parts = []
    for given, pages in naming.parts(output, "name", count):
        name = naming.as_given(given, kinds)
        own = [number for number in pages if number in free]
        if name is None or not own:
            continue
        free.difference_update(own)
        earlier = next((part for part in found if part["name"] == name), None)
        if earlier is None or name in several:
            found.append(_part(name, own))
        else:
            earlier["pages"] = sorted([*earlier["pages"], *own])
    return sorted(found, key=lambda part: part["pages"][0])


def _part(name: str, pages: Iterable[int]) -> dict[str, Any]:
    return {"name": name, "pages": list(pages)}
