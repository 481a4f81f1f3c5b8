"""Endpoint types: what a job can ask for. One declaration each, built-in or a user's own."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from marshmallow import Schema

from jobs_backend.config import settings
from jobs_backend.errors import ConfigurationError

BUILT_IN = "jobs_backend.builtin"

# So much of its time limit a handler has before it is told to stop, unless it is said otherwise.
SOFT_SHARE = 10 / 11

Handler = Callable[[dict[str, Any], Any], Any]


@dataclass(frozen=True)
class Endpoint:
    """One endpoint type.

    Args:
        path: its name in the API, such as `/v1/parses`.
        handler: `package.module:function`, imported only where jobs run; called as
            `function(request, context)`, it returns the response body, a dict (or a
            `workers.context.Response`, where that has a status of its own).
        request: the marshmallow schema (class or instance) that a request must fit and that fills
            its defaults, or None to take any JSON object.
        response: the schema of the response body, for the API's description; None says nothing.
        example: a request that fits, for the API's description.
        queue: the Celery queue; named after the path if empty.
        soft_time_limit: seconds after which the handler is told to stop by an exception; ten
            elevenths of `time_limit` if it is left out.
        time_limit: seconds after which its process is killed.
        max_attempts: how many attempts a job gets.
        retention_seconds: how long after its creation a job expires; None leaves it to the
            organization and to JOBS_RETENTION_SECONDS.

    Raises:
        ConfigurationError: an argument cannot be used.
    """

    path: str
    handler: str
    request: Schema | type[Schema] | None = None
    response: Schema | type[Schema] | None = None
    example: dict[str, Any] | None = None
    queue: str = ""
    soft_time_limit: float | None = None
    time_limit: float = 660
    max_attempts: int = 3
    retention_seconds: int | None = None
    _schema: Schema | None = field(init=False, repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        self._check()
        schema = self.request() if isinstance(self.request, type) else self.request
        object.__setattr__(self, "_schema", schema)
        object.__setattr__(self, "queue", self.queue or _queue_name(self.path))

    @property
    def task_name(self) -> str:
        """The name of its Celery task."""
        return f"jobs:{self.path}"

    @property
    def gentle_limit(self) -> float:
        """Seconds after which the handler is told to stop."""
        given = self.soft_time_limit
        return self.time_limit * SOFT_SHARE if given is None else given

    def load_request(self, request: dict[str, Any]) -> dict[str, Any]:
        """The request with its defaults filled in, as the handler gets it.

        Raises:
            marshmallow.ValidationError: it does not fit, with every wrong field.
        """
        if self._schema is None:
            return request
        loaded: dict[str, Any] = self._schema.load(request)
        return loaded

    def import_handler(self) -> Handler:
        """The function that runs this type's jobs. Importing it may be slow: for workers alone.

        Raises:
            ImportError: there is no such module, or no such function in it.
        """
        module_name, _, function_name = self.handler.partition(":")
        try:
            function: Handler = getattr(importlib.import_module(module_name), function_name)
        except AttributeError:
            raise ImportError(f"{module_name} has no {function_name}") from None
        return function

    def _check(self) -> None:
        problems = [
            problem
            for is_wrong, problem in (
                (not re.fullmatch(r"/[\w./-]{1,127}", self.path, re.ASCII), "path"),
                (
                    not re.fullmatch(r"[\w.]+:\w+", self.handler),
                    "handler (package.module:function)",
                ),
                (not re.fullmatch(r"[\w.-]{0,100}", self.queue, re.ASCII), "queue"),
                (not 0 < self.gentle_limit <= self.time_limit, "soft_time_limit and time_limit"),
                (self.max_attempts < 1, "max_attempts"),
                (
                    self.retention_seconds is not None and self.retention_seconds < 1,
                    "retention_seconds",
                ),
            )
            if is_wrong
        ]
        if problems:
            raise ConfigurationError(f"endpoint {self.path!r}: unusable {', '.join(problems)}")


@cache
def registry() -> dict[str, Endpoint]:
    """Every endpoint type of this installation by its path: the built-in ones and JOBS_ENDPOINTS.

    Raises:
        ConfigurationError: a module cannot be imported, holds no ENDPOINTS, or repeats a path.
    """
    endpoints: dict[str, Endpoint] = {}
    for module_name in (BUILT_IN, *settings().endpoints):
        for endpoint in _declared_in(module_name):
            if endpoint.path in endpoints:
                raise ConfigurationError(f"endpoint {endpoint.path!r} is declared twice")
            endpoints[endpoint.path] = endpoint
    return endpoints


def own() -> list[Endpoint]:
    """The endpoint types of JOBS_ENDPOINTS.

    Raises:
        ConfigurationError: as `registry`.
    """
    built_in = {endpoint.path for endpoint in _declared_in(BUILT_IN)}
    return [endpoint for path, endpoint in registry().items() if path not in built_in]


def retentions() -> dict[str, int]:
    """For how many seconds the endpoint types that say so have their jobs kept, by path."""
    stated = ((path, endpoint.retention_seconds) for path, endpoint in registry().items())
    return {path: seconds for path, seconds in stated if seconds is not None}


def _declared_in(module_name: str) -> Iterable[Endpoint]:
    try:
        module = importlib.import_module(module_name)
    except ConfigurationError:
        raise
    except Exception as problem:  # it is a user's own, and may fail in any way
        raise ConfigurationError(
            f"JOBS_ENDPOINTS: cannot import {module_name}: {type(problem).__name__}: {problem}"
        ) from problem
    declared = getattr(module, "ENDPOINTS", None)
    if not isinstance(declared, (list, tuple)):
        raise ConfigurationError(f"JOBS_ENDPOINTS: {module_name} holds no list ENDPOINTS")
    if not all(isinstance(endpoint, Endpoint) for endpoint in declared):
        raise ConfigurationError(
            f"JOBS_ENDPOINTS: ENDPOINTS of {module_name} must hold Endpoint objects alone"
        )
    return list(declared)


def _queue_name(path: str) -> str:
    return path.removeprefix("/v1/").strip("/").replace("/", ".")
