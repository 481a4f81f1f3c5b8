"""The API's own description."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient

from jobs_backend import config
from jobs_backend.endpoints import registry

ALIKE = """
from marshmallow import Schema, fields
from jobs_backend.endpoints import Endpoint

First, Second = (Schema.from_dict({name: fields.String()}) for name in ("first", "second"))
ENDPOINTS = [
    Endpoint(path, request=schema, handler="alike:run")
    for path, schema in (("/v1/a-b", First), ("/v1/a.b", Second), ("/v1/other", First))
]
"""
CHECKED_IN = Path(__file__).parents[2] / "docs" / "openapi.json"


@pytest.fixture(scope="module")
def described(app: Flask) -> dict[str, Any]:
    answer = app.test_client().get("/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json
    return found


def _validate(described: dict[str, Any], name: str, value: Any) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
    jsonschema.Draft202012Validator(schema).validate(value)


def test_a_change_of_the_contract_shows_in_review(servers: None) -> None:
    environment = config.environment(JOBS_ENDPOINTS="")
    served = subprocess.run(
        [sys.executable, "-m", "api.openapi"], env=environment, capture_output=True, check=True
    )
    assert served.stdout.decode() == CHECKED_IN.read_text(encoding="utf-8"), (
        "the API changed: look at the difference, then `python -m api.openapi > docs/openapi.json`"
    )


def test_every_route_and_endpoint_type_is_described(app: Flask, described: dict[str, Any]) -> None:
    routes = {rule.rule.replace("<", "{").replace(">", "}") for rule in app.url_map.iter_rules()}
    assert set(described["paths"]) == {route for route in routes if route.startswith("/v1/")}
    types = described["components"]["schemas"]["CreateJob"]["oneOf"]
    assert {it["properties"]["endpoint"]["const"] for it in types} == set(registry())
    assert described["openapi"] == "3.1.0"


def test_paths_that_read_alike_have_schemas_of_their_own(servers: None, tmp_path: Path) -> None:
    (tmp_path / "alike.py").write_text(ALIKE)
    environment = config.environment(JOBS_ENDPOINTS="alike", PYTHONPATH=str(tmp_path))
    command = [sys.executable, "-W", "error", "-m", "api.openapi"]
    served = json.loads(subprocess.run(command, env=environment, stdout=subprocess.PIPE).stdout)
    types = served["components"]["schemas"]["CreateJob"]["oneOf"]
    names = [it["properties"]["request"]["$ref"].rpartition("/")[2] for it in types]
    assert names[-3:] == ["ABRequest", "ABRequest2", "ABRequest"]
    assert list(served["components"]["schemas"]["ABRequest2"]["properties"]) == ["second"]


def test_the_examples_are_taken(client: FlaskClient, described: dict[str, Any]) -> None:
    types = described["components"]["schemas"]["CreateJob"]["oneOf"]
    examples = [example for it in types for example in it.get("examples", ())]
    assert examples
    for example in examples:
        _validate(described, "CreateJob", example)
        answer = client.post("/v1/jobs", json=example)
        assert answer.status_code == 200
        _validate(described, "Job", answer.json)


def test_what_is_answered_is_what_is_described(
    client: FlaskClient, described: dict[str, Any]
) -> None:
    _validate(described, "JobList", client.get("/v1/jobs").json)
    for path in ("/v1/jobs/job_unknown", "/v1/jobs?limit=0&from_date=x", "/v1/none"):
        _validate(described, "Error", client.get(path).json)


def test_links_name_operations(described: dict[str, Any]) -> None:
    operations = [it for path in described["paths"].values() for it in path.values()]
    operations = [it for it in operations if isinstance(it, dict)]
    names = {it["operationId"] for it in operations}
    assert len(names) == len(operations) == 18
    links = [
        link["operationId"]
        for it in operations
        for response in it["responses"].values()
        for link in response.get("links", {}).values()
    ]
    assert set(links) <= names
    assert json.dumps(described).count("$ref") > 30
