"""What the unit tests share: handlers, run as the worker runs them, without a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from jobs_backend import config
from jobs_backend.endpoints import registry
from workers.context import Context, Response

RunJob = Callable[..., dict[str, Any]]


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Set what the process is told by its environment; the database is never reached."""

    def change(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        config.settings.cache_clear()
        registry.cache_clear()

    change(JOBS_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none", JOBS_ENDPOINTS="")
    yield change
    config.settings.cache_clear()
    registry.cache_clear()


@pytest.fixture
def run_job(settings: Callable[..., None]) -> RunJob:
    """Run a request of a built-in endpoint type: its schema, its handler, its response's schema."""

    def run(path: str, request: dict[str, Any]) -> dict[str, Any]:
        endpoint = registry()[path]
        context = Context("job_1", 1, "org_1", structlog.get_logger(), path, request)
        body = endpoint.import_handler()(endpoint.load_request(request), context)
        assert not isinstance(body, Response)
        schema = endpoint.response
        assert schema is not None
        assert (schema() if isinstance(schema, type) else schema).validate(body) == {}
        found: dict[str, Any] = body
        return found

    return run
