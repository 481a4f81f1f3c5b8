"""`/v1/evals/extract/...`: extraction and splitting by a project's schema or the one given."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, cast

from jobs_backend import projects
from jobs_backend.errors import JobFailure
from workers import engines
from workers.endpoints import extractions, reading, splits

if TYPE_CHECKING:
    from workers.context import Context, Response


@engines.built_in
def extract(request: dict[str, Any], context: Context) -> dict[str, Any]:
    """Fill the schema from the request's document, and answer as a chat completion.

    Raises:
        JobFailure: there is no schema, or no answer; the code says why.
    """
    schema = request["json_schema"] or _of_project(request, context, "json_schema")
    more = {"json_schema": schema, "additional_messages": None, "chunking_keys": None}
    # Never a Response: the engine `upstream` took its requests before.
    found = cast("dict[str, Any]", extractions.run({**request, **more}, context))
    usage = found["usage"]
    tokens = usage.get("input_tokens", 0), usage.get("output_tokens", 0)
    content = json.dumps(found["output"], ensure_ascii=False)
    return {
        "id": reading.new_id("chatcmpl"),
        "object": "chat.completion",
        "created": int(time.time()),
        "model": found["model"],
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": content, "parsed": found["output"]},
            }
        ],
        "usage": {
            "prompt_tokens": tokens[0],
            "completion_tokens": tokens[1],
            "total_tokens": sum(tokens),
        },
        "likelihoods": found["consensus"]["likelihoods"],
    }


@engines.built_in
def split(request: dict[str, Any], context: Context) -> dict[str, Any] | Response:
    """Split the request's document into the kinds of documents that it or its project names.

    Raises:
        JobFailure: no kinds are named, or there is no answer; the code says why.
    """
    kinds = request["subdocuments"] or _of_project(request, context, "subdocuments")
    return splits.run({**request, "subdocuments": kinds}, context)


def _of_project(request: dict[str, Any], context: Context, name: str) -> Any:
    project = projects.find(context.organization_id, request["project_id"])
    if project is None:
        raise JobFailure("project_not_found", f"There is no project {request['project_id']}.")
    wanted = getattr(project, name)
    if wanted is None:
        raise JobFailure("project_incomplete", f"The project {project.name} has no {name}.")
    return wanted
