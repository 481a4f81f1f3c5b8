"""The prebuilt message is the one that Celery sends; a new version that changes it shows here."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any

import pytest
from redis import Redis

from jobs_backend import config
from jobs_backend.submission import NewJob, submit

CHANGES = {"delivery_tag", "reply_to", "origin"}


@pytest.fixture
def celerys_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages as Celery itself builds them."""
    from workers import celery_app

    plain = replace(config.settings(), prebuilt_messages=False)
    monkeypatch.setattr(celery_app, "settings", lambda: plain)


def _sent(organization: str) -> tuple[Any, str]:
    from workers import celery_app

    job = submit(NewJob(organization, "/v1/echo", '{"text": "hi"}', request_id="req_1"))
    celery_app.send(job)
    with Redis.from_url(config.settings().redis_url) as client:
        return json.loads(client.lpop("jobs-backend:echo")), job.id


def _comparable(message: Any, job_id: str) -> Any:
    text = json.dumps({**message, "body": base64.b64decode(message["body"]).decode()})
    known = json.loads(text.replace(job_id, "the job"))
    known["headers"].pop("taken_at")
    return {
        name: {k: v for k, v in part.items() if k not in CHANGES}
        if isinstance(part, dict)
        else part
        for name, part in known.items()
    }


def test_it_is_celerys_but_for_what_changes_with_each(
    organization: str, request: pytest.FixtureRequest
) -> None:
    ours = _comparable(*_sent(organization))
    request.getfixturevalue("celerys_own")
    theirs = _comparable(*_sent(organization))
    assert ours == theirs
    assert theirs["headers"]["http_request_id"] == "req_1"


def test_each_has_a_tag_of_its_own(organization: str) -> None:
    first, second = (_sent(organization)[0] for _ in range(2))
    assert first["properties"]["delivery_tag"] != second["properties"]["delivery_tag"]
