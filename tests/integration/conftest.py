"""The API in this process, on real servers."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from billiard.common import TERM_SIGNAL
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from jobs_backend import organizations
from tests.conftest import RedisServer
from workers import interruption

PDF = "data:application/pdf;base64,JVBERi0="


@pytest.fixture(scope="session")
def app(servers: None) -> Flask:
    """The application."""
    from api.app import create_app

    return create_app()


@pytest.fixture
def key(organization: str) -> str:
    """A key of the organization."""
    return organizations.create_key(organization, "test")[0]


@pytest.fixture
def client(app: Flask, key: str) -> FlaskClient:
    """A client that sends the organization's key."""
    client = app.test_client()
    client.environ_base["HTTP_API_KEY"] = key
    return client


@pytest.fixture
def create(client: FlaskClient) -> Callable[..., TestResponse]:
    """Post a job, the body given whole or as its parts."""

    def post(body: Any = None, **parts: Any) -> TestResponse:
        if body is None:
            body = {"endpoint": "/v1/echo", "request": {"text": "hi"}, **parts}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return client.post("/v1/jobs", data=data, content_type="application/json")

    return post


@pytest.fixture
def redis_away(redis_server: RedisServer) -> Iterator[RedisServer]:
    """Redis refuses connections, until the test starts it again."""
    redis_server.stop()
    yield redis_server
    if redis_server.process is None:
        redis_server.start()


@pytest.fixture
def signals_as_in_a_worker() -> Iterator[None]:
    """Answer the signals as a process of the pool does, in this one."""
    numbers = (signal.SIGUSR1, signal.SIGTERM, TERM_SIGNAL)
    before = {number: signal.getsignal(number) for number in numbers}
    interruption.install()
    yield
    for number, answer in before.items():
        signal.signal(number, answer)
