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
        if name.startswith(("JOBS_", "OPENAI_")) or name == "PORT":
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


def test_a_store_of_files_that_cannot_be_reached_is_told_at_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JOBS_DATABASE_URL", "postgresql://localhost/jobs")
    monkeypatch.setenv("JOBS_FILES_URL", "nosuch://bucket/jobs")
    with pytest.raises(ConfigurationError, match="JOBS_FILES_URL: cannot be used"):
        config.settings()
    config.settings.cache_clear()
    monkeypatch.setenv("JOBS_FILES_URL", "memory://jobs")
    assert config.settings().files_url == "memory://jobs"


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


def test_models_are_mapped_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBS_DATABASE_URL", "postgresql://localhost/jobs")
    assert config.settings().openai_models == {}
    monkeypatch.setenv("JOBS_OPENAI_MODELS", "small=gpt-4o-mini, large = a=b ,")
    config.settings.cache_clear()
    assert config.settings().openai_models == {"small": "gpt-4o-mini", "large": "a=b"}


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("JOBS_ENGINE", "magic", "must be one of local, openai, upstream"),
        ("JOBS_OPENAI_MODELS", "small", "must be pairs"),
        ("JOBS_OPENAI_MODELS", "small=,large=x", "must be pairs"),
        ("JOBS_OPENAI_TIMEOUT_SECONDS", "0", "greater than 0"),
        ("OPENAI_BASE_URL", "localhost:8080", "must start with https:// or http://"),
        ("OPENAI_API_KEY", "secret\nX: y", "characters that no header may have"),
        ("JOBS_UPSTREAM_URL", "https://", "must have a host"),
        ("JOBS_UPSTREAM_URL", "https://host/?secret", "nothing after the path"),
        ("JOBS_UPSTREAM_URL", "https://user:secret@host", "may have no user or password"),
        ("JOBS_UPSTREAM_URL", "https://host:secret", "port"),
        ("JOBS_UPSTREAM_HEADERS", "Api-Key: secret", "Not valid JSON"),
        ("JOBS_UPSTREAM_HEADERS", '["secret"]', "must be a JSON object of texts"),
        ("JOBS_UPSTREAM_HEADERS", '{"Api-Key": 17}', "must be a JSON object of texts"),
        ("JOBS_UPSTREAM_HEADERS", '{"Api Key": "secret"}', "has a name that no header may have"),
        ("JOBS_UPSTREAM_HEADERS", '{"Api-Key": "secret\\n"}', "characters that no header"),
    ],
)
def test_what_an_engine_cannot_use_is_told_in_a_line_without_secrets(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, problem: str
) -> None:
    monkeypatch.setenv("JOBS_DATABASE_URL", "postgresql://localhost/jobs")
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as raised:
        config.settings()
    (line,) = str(raised.value).splitlines()
    assert line.startswith(f"{name}: ")
    assert problem in line
    assert "secret" not in line


@pytest.mark.parametrize(
    ("engine", "needed"), [("openai", "OPENAI_API_KEY"), ("upstream", "JOBS_UPSTREAM_URL")]
)
def test_an_engine_that_cannot_work_is_told_at_the_start(
    monkeypatch: pytest.MonkeyPatch, engine: str, needed: str
) -> None:
    monkeypatch.setenv("JOBS_DATABASE_URL", "postgresql://localhost/jobs")
    monkeypatch.setenv("JOBS_ENGINE", engine)
    with pytest.raises(ConfigurationError) as raised:
        config.settings()
    assert str(raised.value) == f"{needed}: is needed where JOBS_ENGINE is {engine}"
    monkeypatch.setenv(needed, "http://localhost")
    assert config.settings().engine == engine


def test_the_readme_explains_every_setting() -> None:
    source = Path(config.__file__).read_text()
    names = set(re.findall(r'"(JOBS_[A-Z_]+|OPENAI_[A-Z_]+[A-Z]|PORT)"', source))
    readme = (Path(config.__file__).parent.parent / "README.md").read_text()
    assert names
    assert {name for name in names if f"`{name}`" not in readme} == set()


@pytest.mark.parametrize("before", [None, "", "theirs"])
def test_the_environment_of_children_is_ours_again_afterwards(
    before: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GLIBC_TUNABLES", raising=False)
    if before is not None:
        monkeypatch.setenv("GLIBC_TUNABLES", before)
    with config.environment_of_children(GLIBC_TUNABLES="ours"):
        within = config.environment()["GLIBC_TUNABLES"]
    assert within == ("ours" if before is None else before)
    assert config.environment().get("GLIBC_TUNABLES") == before
