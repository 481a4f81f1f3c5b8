"""Declaring endpoint types, and what the built-in ones must have."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from marshmallow import Schema, ValidationError, fields

from jobs_backend import builtin, config, endpoints
from jobs_backend.endpoints import Endpoint
from jobs_backend.errors import ConfigurationError

TESTS = Path(__file__).parent.parent


class Request(Schema):
    """A request."""

    n = fields.Integer(load_default=7)


def test_a_queue_is_named_after_its_path_unless_told() -> None:
    assert Endpoint("/v1/evals/extract/split", handler="a:b").queue == "evals.extract.split"
    assert Endpoint("/v1/x", handler="a:b", queue="mine").queue == "mine"


@pytest.mark.parametrize("schema", [Request, Request()])
def test_a_schema_may_be_a_class_or_an_instance(schema: Any) -> None:
    endpoint = Endpoint("/v1/x", handler="a:b", request=schema)
    assert endpoint.load_request({}) == {"n": 7}
    with pytest.raises(ValidationError):
        endpoint.load_request({"n": "many"})


def test_without_a_schema_any_object_goes() -> None:
    assert Endpoint("/v1/x", handler="a:b").load_request({"a": [1]}) == {"a": [1]}


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"path": "v1/x"}, "path"),
        ({"path": "/v1/a b"}, "path"),
        ({"handler": "a.b.c"}, "handler"),
        ({"queue": "a b"}, "queue"),
        ({"soft_time_limit": 10, "time_limit": 5}, "time_limit"),
        ({"max_attempts": 0}, "max_attempts"),
    ],
)
def test_a_wrong_declaration_says_what_is_wrong(wrong: dict[str, Any], named: str) -> None:
    with pytest.raises(ConfigurationError, match=named):
        Endpoint(**{"path": "/v1/x", "handler": "a:b", **wrong})


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Make a module hold ENDPOINTS and name it in JOBS_ENDPOINTS."""

    def install(declared: Any) -> None:
        module = types.ModuleType("declared_by_a_user")
        module.ENDPOINTS = declared  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "declared_by_a_user", module)
        monkeypatch.setenv("JOBS_ENDPOINTS", "declared_by_a_user")

    monkeypatch.setenv("JOBS_DATABASE_URL", "postgresql://localhost/jobs")
    config.settings.cache_clear()
    endpoints.registry.cache_clear()
    yield install
    config.settings.cache_clear()
    endpoints.registry.cache_clear()


def test_a_users_types_stand_beside_the_built_in_ones(declare: Any) -> None:
    declare([Endpoint("/v1/mine", handler="a:b")])
    assert {"/v1/parses", "/v1/mine"} <= set(endpoints.registry())


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ([Endpoint("/v1/parses", handler="a:b")], "declared twice"),
        (["/v1/mine"], "Endpoint objects alone"),
    ],
)
def test_a_declaration_that_cannot_be_used_says_why(
    declare: Any, declared: Any, message: str
) -> None:
    declare(declared)
    with pytest.raises(ConfigurationError, match=message):
        endpoints.registry()


def test_a_module_that_cannot_be_imported_is_named(
    declare: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBS_ENDPOINTS", "no.such.module")
    with pytest.raises(ConfigurationError, match=r"cannot import no\.such\.module"):
        endpoints.registry()


@pytest.mark.parametrize("endpoint", builtin.ENDPOINTS, ids=lambda endpoint: endpoint.path)
def test_every_built_in_type_has_handler_schema_and_test(endpoint: Endpoint) -> None:
    assert callable(endpoint.import_handler())
    assert endpoint.request is not None
    uses = [path for path in TESTS.rglob("test_*.py") if endpoint.path in path.read_text()]
    assert [path for path in uses if "acceptance" in path.parts]
