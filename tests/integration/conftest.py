"""The API in this process, on real servers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from jobs_backend import organizations

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
