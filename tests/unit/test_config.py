"""Settings: defaults, and every problem told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs_backend import config
from jobs_backend.errors import ConfigurationError


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in config.environment():
        if name.startswith("JOBS_") or name == "PORT":
            monkeypatch.delenv(name)
    config.settings.cache_clear()
    yield
    config.settings.cache_clear()


def test_only_the_database_must_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBS_DATABASE_URL", "postgresql://localhost/jobs")
    settings = config.settings()
    assert settings.redis_url == "redis://127.0.0.1:6379/0"
    assert settings.retention_seconds == 604800
    assert settings.max_body_bytes == 32 * 1024 * 1024
    assert settings.endpoints == ()


def test_every_problem_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBS_REDIS_URL", "http://x")
    monkeypatch.setenv("JOBS_LEASE_SECONDS", "soon")
    monkeypatch.setenv("PORT", "70000")
    with pytest.raises(ConfigurationError) as raised:
        config.settings()
    for name in ("JOBS_DATABASE_URL", "JOBS_REDIS_URL", "JOBS_LEASE_SECONDS", "PORT"):
        assert name in str(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "unix:///tmp/redis.sock",
        "redis://localhost/0?db=3",
        "redis://localhost/0?ssl_cert_reqs=none",
        "rediss://localhost/0?protocol=3",
        "redis://localhost/first",
        "redis://localhost:port/0",
        "redis://[::1/0",
    ],
)
def test_an_address_of_redis_that_celery_would_read_otherwise_is_refused(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("JOBS_DATABASE_URL", "postgresql://localhost/jobs")
    monkeypatch.setenv("JOBS_REDIS_URL", url)
    with pytest.raises(ConfigurationError, match="JOBS_REDIS_URL"):
        config.settings()


@pytest.mark.parametrize(
    "url",
    [
        "redis://localhost",
        "redis://:pass%40word@redis:6380/",
        "redis://[::1]:6379/15",
        "rediss://user:password@redis/2?ssl_cert_reqs=required",
    ],
)
def test_an_ordinary_address_of_redis_is_taken(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("JOBS_DATABASE_URL", "postgresql://localhost/jobs")
    monkeypatch.setenv("JOBS_REDIS_URL", url)
    assert config.settings().redis_url == url


def test_a_heartbeat_must_fit_twice_into_a_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBS_DATABASE_URL", "postgresql://localhost/jobs")
    monkeypatch.setenv("JOBS_HEARTBEAT_SECONDS", "20")
    with pytest.raises(ConfigurationError, match="JOBS_HEARTBEAT_SECONDS"):
        config.settings()


def test_endpoint_modules_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBS_DATABASE_URL", "postgresql://localhost/jobs")
    monkeypatch.setenv("JOBS_ENDPOINTS", "a.b, c ,")
    assert config.settings().endpoints == ("a.b", "c")


def test_the_readme_explains_every_setting() -> None:
    source = Path(config.__file__).read_text()
    names = set(re.findall(r'"(JOBS_[A-Z_]+|PORT)"', source))
    readme = (Path(config.__file__).parent.parent / "README.md").read_text()
    assert names
    assert {name for name in names if f"`{name}`" not in readme} == set()
