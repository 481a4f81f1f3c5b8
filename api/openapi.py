"""The API described as OpenAPI 3.1, by the same schemas that validate: `python -m api.openapi`.

flask-smorest describes the routes. What it cannot know is added here: who may call, what goes
wrong, and what each endpoint type takes and gives.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Flask, Response, current_app
from flask_smorest import Api

from api import schemas, stored
from jobs_backend.endpoints import Endpoint, registry

blueprint = Blueprint("openapi", __name__)

_VERSION = "3.1.0"
_INFO = {
    "title": "Jobs API",
    "version": "1",
    "description": "Submit slow work as a job, poll it or wait for it, cancel it, run it again. "
    "Every answer carries `X-Request-Id`; every error has `detail`, `code` and `request_id`.",
}
_SECURITY: dict[str, Any] = {
    "ApiKey": {"type": "apiKey", "in": "header", "name": "Api-Key"},
    "Bearer": {"type": "http", "scheme": "bearer"},
}
_ERRORS = {
    400: "The request cannot be carried out; `detail` says why.",
    401: "The key is missing, unknown or revoked.",
    403: "The key lacks the scope for this.",
    404: "There is no such thing in the key's organization.",
    409: "The job changed meanwhile; try again.",
    413: "The request body is too large.",
    414: "The URL is too long.",
    415: "The content type is not JSON, or the body is compressed.",
    422: "Fields are missing, unknown or wrong; `detail` lists them.",
    429: "Over the organization's limits; `Retry-After` says when to come back.",
    503: "The database is away; `Retry-After` says when to come back.",
}
_ALWAYS = (401, 403, 414, 429, 503)
_BY_OPERATION = {
    ("/v1/jobs", "post"): (400, 413, 415, 422),
    ("/v1/jobs", "get"): (422,),
    ("/v1/jobs/{job_id}", "get"): (404, 422),
    ("/v1/jobs/{job_id}/status", "get"): (404, 422),
    ("/v1/jobs/{job_id}/cancel", "post"): (400, 404, 409),
    ("/v1/jobs/{job_id}/retry", "post"): (400, 404, 409),
    **{
        operation: errors
        for collection in stored.COLLECTIONS
        for operation, errors in {
            (collection.path, "post"): (400, 413, 415, 422),
            (collection.path, "get"): (422,),
            (f"{collection.path}/{{resource_id}}", "get"): (404,),
            (f"{collection.path}/{{resource_id}}", "delete"): (404,),
        }.items()
    },
}
_RETRY_AFTER = {
    "Retry-After": {"description": "Seconds.", "schema": {"type": "integer", "minimum": 0}}
}
_REQUEST_ID = {"X-Request-Id": {"description": "As in the logs.", "schema": {"type": "string"}}}
_REPLAYED = {
    "Idempotency-Replayed": {
        "description": "The job is the one that this Idempotency-Key was first sent for.",
        "schema": {"type": "string", "enum": ["true"]},
    }
}
_KEY_PARAMETER = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "The same key with the same body is the same job, for 24 hours.",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": 255,
        "pattern": "^[!-~]([ -~]*[!-~])?$",
    },
}


class DescribedApi(Api):  # type: ignore[misc] # it has no types
    """flask-smorest, with errors as this API has them."""

    ERROR_SCHEMA = schemas.Error


def init_app(app: Flask, api: Api) -> None:
    """Serve the description at /openapi.json."""
    app.extensions["openapi"] = json.dumps(_describe(api.spec), ensure_ascii=False, indent=2)
    app.register_blueprint(blueprint)


@blueprint.route("/openapi.json")
def openapi() -> Response:
    """This API, described."""
    return Response(current_app.extensions["openapi"], content_type="application/json")


def _describe(spec: Any) -> dict[str, Any]:
    named: dict[Any, str] = {}
    types = [_describe_type(spec, endpoint, named) for endpoint in registry().values()]
    spec.components.schema("FieldError", schema=schemas.FieldError)
    told: dict[str, Any] = spec.to_dict()
    components = {
        "securitySchemes": _SECURITY,
        "schemas": dict(sorted(told["components"]["schemas"].items())),
        "responses": {str(status): _error(status) for status in _ERRORS},
    }
    components["schemas"]["CreateJob"] = {"oneOf": types}
    del components["schemas"]["PaginationMetadata"]
    paths = {path: _describe_path(path, told["paths"][path]) for path in sorted(told["paths"])}
    return {
        "openapi": _VERSION,
        "info": _INFO,
        "security": [{name: []} for name in _SECURITY],
        "paths": paths,
        "components": components,
    }


def _describe_type(spec: Any, endpoint: Endpoint, named: dict[Any, str]) -> dict[str, Any]:
    # The envelope of one endpoint type's jobs.
    request: dict[str, Any] = {"type": "object"}
    if endpoint.request is not None:
        name = _named(spec, f"{_words(endpoint.path)}Request", endpoint.request, named)
        request = {"$ref": f"#/components/schemas/{name}"}
    described: dict[str, Any] = {
        "type": "object",
        "title": endpoint.path,
        "required": ["endpoint", "request"],
        "additionalProperties": False,
        "properties": {
            "endpoint": {"type": "string", "const": endpoint.path},
            "request": request,
            "metadata": _METADATA,
        },
    }
    if endpoint.response is not None:
        name = _named(spec, f"{_words(endpoint.path)}Response", endpoint.response, named)
        described["description"] = (
            f"A completed job's `response.body` is a `{name}`: `#/components/schemas/{name}`."
        )
    if endpoint.example is not None:
        described["examples"] = [{"endpoint": endpoint.path, "request": endpoint.example}]
    return described


def _named(spec: Any, wanted: str, schema: Any, named: dict[Any, str]) -> str:
    # One name a schema, whoever shares it, and one schema a name: of /v1/a-b and /v1/a.b, say.
    if schema not in named:
        name, number = wanted, 1
        while name in spec.components.schemas:
            number += 1
            name = f"{wanted}{number}"
        spec.components.schema(name, schema=schema)
        named[schema] = name
    return named[schema]


def _words(path: str) -> str:
    words = re.split(r"[\W_]+", path.removeprefix("/v1/"))
    return "".join(word[:1].upper() + word[1:] for word in words)


_METADATA = {
    "type": ["object", "null"],
    "description": "Pairs of the client's own, to find the job by.",
    "maxProperties": schemas.MAX_METADATA_PAIRS,
    "propertyNames": {"maxLength": schemas.MAX_METADATA_KEY},
    "additionalProperties": {"type": "string", "maxLength": schemas.MAX_METADATA_VALUE},
}


def _describe_path(path: str, item: dict[str, Any]) -> dict[str, Any]:
    for method, operation in _operations(item):
        errors = sorted({*_ALWAYS, *_BY_OPERATION[path, method]})
        good = {status: it for status, it in operation["responses"].items() if status[0] == "2"}
        for response in good.values():
            is_create = (path, method) == ("/v1/jobs", "post")
            response["headers"] = {**_REQUEST_ID, **(_REPLAYED if is_create else {})}
        operation["responses"] = {
            **dict(sorted(good.items())),
            **{str(status): {"$ref": f"#/components/responses/{status}"} for status in errors},
        }
        operation["operationId"] = _operation_id(path, method)
        if not path.startswith("/v1/jobs"):
            operation["summary"] = operation["operationId"].replace("_", " ").capitalize()
        parameters = [_never_null(each) for each in operation.get("parameters", ())]
        if (path, method) == ("/v1/jobs", "post"):
            parameters.append(_KEY_PARAMETER)
        if parameters:
            operation["parameters"] = parameters
        _link(operation)
    return item


def _operations(item: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((method, it) for method, it in item.items() if method in ("get", "post", "delete"))


def _operation_id(path: str, method: str) -> str:
    for name, collection in [("job", "/v1/jobs"), *((c.name, c.path) for c in stored.COLLECTIONS)]:
        if path == collection:
            return {"post": f"create_{name}", "get": f"list_{name}s"}[method]
        if path == f"{collection}/{{resource_id}}":
            return {"get": f"retrieve_{name}", "delete": f"delete_{name}"}[method]
    verb = path.removeprefix("/v1/jobs/{job_id}").strip("/")
    return {"": "retrieve_job", "status": "retrieve_job_status"}.get(verb, f"{verb}_job")


def _link(operation: dict[str, Any]) -> None:
    # Where the id of what was answered leads to.
    verb, _, noun = operation["operationId"].partition("_")
    if verb not in ("create", "retrieve", "cancel", "retry"):
        return
    is_job = noun.startswith("job")
    names = (
        ("retrieve_job", "retrieve_job_status", "cancel_job", "retry_job")
        if is_job
        else (f"retrieve_{noun}", f"delete_{noun}")
    )
    parameter = "job_id" if is_job else "resource_id"
    links = {
        name: {"operationId": name, "parameters": {parameter: "$response.body#/id"}}
        for name in names
    }
    for status in ("200", "202"):
        if status in operation["responses"]:
            operation["responses"][status]["links"] = links


def _never_null(parameter: dict[str, Any]) -> dict[str, Any]:
    # A query has no null: a parameter is there or it is not.
    schema = dict(parameter["schema"])
    kind = schema.get("type")
    if isinstance(kind, list):
        [schema["type"]] = [each for each in kind if each != "null"]
    if schema.get("default", ...) is None:
        del schema["default"]
    if "enum" in schema:
        schema["enum"] = [each for each in schema["enum"] if each is not None]
    return {**parameter, "schema": schema}


def _error(status: int) -> dict[str, Any]:
    described: dict[str, Any] = {
        "description": _ERRORS[status],
        "headers": {**_REQUEST_ID, **(_RETRY_AFTER if status in (429, 503) else {})},
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
    }
    return described


if __name__ == "__main__":
    from api.app import create_app

    print(create_app().extensions["openapi"])
