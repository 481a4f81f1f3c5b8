"""What an organization may ask for, and what every answer says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api import limits
from jobs_backend import config, organizations, quotas
from jobs_backend.config import Settings
from tests.conftest import RedisServer

Make = Callable[..., FlaskClient]
BODY = {"endpoint": "/v1/echo", "request": {"text": "x"}}


@pytest.fixture
def make(servers: None, key: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """An application with other settings, and a client of it."""
    from api.app import create_app

    def build(**changes: Any) -> FlaskClient:
        changed: Settings = replace(config.settings(), **changes)
        for module in ("api.limits", "api.cors", "jobs_backend.quotas"):
            monkeypatch.setattr(f"{module}.settings", lambda: changed)
        client = create_app().test_client()
        client.environ_base["HTTP_API_KEY"] = key
        return client

    yield build
    limits._limiter.enabled = False


def test_over_its_rate_an_organization_is_told_when_to_come_back(make: Make) -> None:
    client = make(rate_limit="3/minute")
    assert [client.get("/v1/jobs").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = client.get("/v1/jobs")
    assert refused.json["code"] == "rate_limited"
    assert "3/minute" in refused.json["detail"]
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    other, _ = organizations.create_key(organizations.create_organization("somebody else"))
    assert client.get("/v1/jobs", headers={"Api-Key": other}).status_code == 200
    assert client.get("/healthz").status_code == 200


def test_a_wrong_key_counts_against_nobody(make: Make) -> None:
    client = make(rate_limit="1/minute")
    for _ in range(3):
        assert client.get("/v1/jobs", headers={"Api-Key": "jk_wrong"}).status_code == 401
    assert client.get("/v1/jobs").status_code == 200


def test_while_redis_is_away_each_process_counts_for_itself(
    make: Make, redis_server: RedisServer
) -> None:
    client = make(rate_limit="2/minute")
    redis_server.stop()
    try:
        assert [client.get("/v1/jobs").status_code for _ in range(3)] == [200, 200, 429]
    finally:
        redis_server.start()


def test_a_full_queue_takes_no_more(make: Make) -> None:
    client = make(max_queued=3)
    quotas._counts.clear()
    answers = [client.post("/v1/jobs", json=BODY) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].json["code"] == "queue_full"
    assert int(answers[3].headers["Retry-After"]) > 0
    client.post(f"/v1/jobs/{answers[0].json['id']}/cancel")
    assert client.post("/v1/jobs", json=BODY).status_code == 200


def test_every_answer_has_the_headers_that_keep_it_safe(client: FlaskClient) -> None:
    for path in ("/v1/jobs", "/v1/none", "/healthz", "/openapi.json", "/docs"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "Server" not in headers
        assert "Access-Control-Allow-Origin" not in headers


def test_only_the_pages_that_are_named_may_call(make: Make) -> None:
    client = make(cors_origins=("https://app.example.com",))
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "api-key"}
    ours = client.options("/v1/jobs", headers={"Origin": "https://app.example.com", **asked})
    assert ours.headers["Access-Control-Allow-Origin"] == "https://app.example.com"
    assert "api-key" in ours.headers["Access-Control-Allow-Headers"].lower()
    for origin in ("https://example.com", "https://app.example.com.evil.org", "null"):
        theirs = client.options("/v1/jobs", headers={"Origin": origin, **asked})
        assert "Access-Control-Allow-Origin" not in theirs.headers


def test_what_may_be_asked_is_told_without_a_key_and_counted_for_nobody(make: Make) -> None:
    client = make(rate_limit="1/minute")
    for _ in range(3):
        asked = client.options("/v1/jobs", headers={"Api-Key": "", "Idempotency-Key": "k"})
        assert asked.status_code == 200
        assert set(asked.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert client.get("/v1/jobs").status_code == 200


def test_the_documentation_needs_nothing_from_elsewhere(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/docs")
    assert page.content_type.startswith("text/html")
    assert "//" not in page.text.replace("<!DOCTYPE html>", "")
    for asset in ("swagger-ui.css", "swagger-ui-bundle.js", "index.css", "start.js"):
        assert f"docs/{asset}" in page.text
        with client.get(f"/docs/{asset}") as answer:
            assert answer.status_code == 200
            assert len(answer.data) > 50
    assert client.get("/docs/../app.py").status_code == 404
    assert client.get("/docs/index.html").status_code == 404
