"""The settings, read once from the environment. No other module looks at the environment."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import cache
from typing import Any

from environs import Env, EnvValidationError, validate

from jobs_backend import config_checks as checks
from jobs_backend.errors import ConfigurationError

DAY = 24 * 60 * 60
MEBIBYTE = 1024 * 1024
# How many threads a web worker has, where its class is gthread.
WEB_THREADS = 8
# Set for other programs of ours than the server.
_NO_SETTINGS = frozenset(("JOBS_API_KEY", "JOBS_BASE_URL", "JOBS_STACK"))
# How alike a name has to be to what it may be meant for, from 0 to 1.
_ALIKE = 0.8
LOG_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True)
class Settings:
    """Every setting, under its name in the environment less `JOBS_`. README.md explains each.

    Times are in seconds, whether or not their name in the environment says so, and sizes in bytes.
    """

    database_url: str
    redis_url: str
    endpoints: tuple[str, ...]
    retention_seconds: int
    purge_after_seconds: int
    delete_after_seconds: int
    max_body_bytes: int
    max_response_bytes: int
    max_json_depth: int
    max_json_values: int
    files_url: str
    offload_bytes: int
    document_memory_mb: int
    engine: str
    openai_base_url: str | None
    openai_api_key: str | None = field(repr=False)
    openai_models: Mapping[str, str] = field(hash=False)
    openai_timeout_seconds: float
    openai_max_tokens: int
    openai_max_characters: int
    upstream_url: str | None
    upstream_headers: Mapping[str, str] = field(repr=False, hash=False)
    upstream_timeout_seconds: float
    fetch_timeout_seconds: float
    fetch_allowed: tuple[str, ...]
    max_waits: int
    max_queued: int
    rate_limit: str | None
    cors_origins: tuple[str, ...]
    broker_timeout_seconds: float
    prebuilt_messages: bool
    ack_emulation: bool
    worker_pull_seconds: float
    worker_nice: int
    redis_key_prefix: str
    database_pool_size: int
    database_timeout_seconds: float
    database_prepare: bool
    lease_seconds: float
    heartbeat_seconds: float
    max_losses: int
    cancel_grace_seconds: float
    shutdown_grace_seconds: float
    stall_seconds: float
    retry_backoff_seconds: float
    retry_backoff_max_seconds: float
    sweep_seconds: float
    log_format: str
    log_level: str
    host: str
    port: int
    web_workers: int
    web_worker_class: str
    worker_concurrency: int


@cache
def settings() -> Settings:
    """The settings of this process.

    Raises:
        ConfigurationError: with every problem found, not only the first.
    """
    for name in [name for name, value in os.environ.items() if not value and _is_ours(name)]:
        del os.environ[name]  # set to nothing, as some tools do it, is not set
    env = Env(eager=False)
    values = _read(env)
    problems: dict[str, Any] = {}
    try:
        env.seal()
    except EnvValidationError as problem:
        problems = {**problem.error_messages}  # type: ignore[dict-item]
    problems.update(_together(values, problems))
    if problems:
        lines = (f"{name}: {' '.join(map(str, told))}" for name, told in problems.items())
        raise ConfigurationError("\n".join(lines))
    for name in ("endpoints", "cors_origins", "fetch_allowed"):
        values[name] = tuple(filter(None, map(str.strip, values[name])))
    values["openai_models"] = dict(map(checks.pair, filter(str.strip, values["openai_models"])))
    return Settings(**{each.name: values[each.name] for each in fields(Settings)})


def unknown_names() -> list[str]:
    """A sentence for each name that is set as if it were a setting, but is none.

    Raises:
        ConfigurationError: as `settings`.
    """
    settings()
    env = Env(eager=False)
    _read(env)
    known = set(env.dump())
    told = []
    for name in sorted(os.environ):
        if name.startswith("JOBS_") and name not in known | _NO_SETTINGS:
            alike = get_close_matches(name, known, 1, _ALIKE)
            advice = f"; is {alike[0]} meant?" if alike else ""
            told.append(f"{name} is set, and no setting{advice}")
    return told


def environment(**changes: str) -> dict[str, str]:
    """This process's environment with changes, for a child process."""
    return {**os.environ, **changes}


def set_environment(**changes: str) -> None:
    """Change this process's environment, for settings that are read from now on."""
    os.environ.update(changes)
    settings.cache_clear()


@contextmanager
def environment_of_children(**defaults: str) -> Iterator[None]:
    """Variables for what is started in the block by a library, where they are not set already."""
    added = {name: value for name, value in defaults.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)


def variable(name: str) -> str | None:
    """One variable that is no setting of the server; None where it is not set or empty."""
    return os.environ.get(name) or None


def _read(env: Env) -> dict[str, Any]:
    at_least_0, at_least_1 = validate.Range(min=0), validate.Range(min=1)
    positive = validate.Range(min=0, min_inclusive=False)
    return {
        "database_url": env.str(
            "JOBS_DATABASE_URL", validate=checks.starts_with("postgresql://", "postgres://")
        ),
        "redis_url": env.str(
            "JOBS_REDIS_URL",
            "redis://127.0.0.1:6379/0",
            validate=checks.redis_url,
        ),
        "endpoints": env.list("JOBS_ENDPOINTS", []),
        "retention_seconds": env.int("JOBS_RETENTION_SECONDS", 7 * DAY, validate=at_least_1),
        "purge_after_seconds": env.int("JOBS_PURGE_AFTER", DAY, validate=at_least_0),
        "delete_after_seconds": env.int("JOBS_DELETE_AFTER", 90 * DAY, validate=at_least_0),
        "max_body_bytes": env.int("JOBS_MAX_BODY_BYTES", 32 * MEBIBYTE, validate=at_least_1),
        "max_response_bytes": env.int(
            "JOBS_MAX_RESPONSE_BYTES", 64 * MEBIBYTE, validate=at_least_1
        ),
        "max_json_depth": env.int(
            "JOBS_MAX_JSON_DEPTH", 100, validate=validate.Range(min=4, max=500)
        ),
        "max_json_values": env.int("JOBS_MAX_JSON_VALUES", 1_000_000, validate=at_least_1),
        "document_memory_mb": env.int("JOBS_DOCUMENT_MEMORY_MB", 2048, validate=at_least_0),
        "files_url": env.str("JOBS_FILES_URL", ".data/files", validate=checks.files_url),
        # Without a store that somebody chose, workers elsewhere may not reach the one of this host.
        "offload_bytes": env.int(
            "JOBS_OFFLOAD_BYTES",
            MEBIBYTE if os.environ.get("JOBS_FILES_URL") else 0,
            validate=at_least_0,
        ),
        "engine": env.str(
            "JOBS_ENGINE", "local", validate=checks.choice("local", "openai", "upstream")
        ),
        "openai_base_url": env.str("OPENAI_BASE_URL", None, validate=checks.server),
        "openai_api_key": env.str("OPENAI_API_KEY", None, validate=checks.header),
        "openai_models": env.list("JOBS_OPENAI_MODELS", [], validate=checks.pairs),
        "openai_timeout_seconds": env.float("JOBS_OPENAI_TIMEOUT_SECONDS", 120, validate=positive),
        "openai_max_tokens": env.int("JOBS_OPENAI_MAX_TOKENS", 16_384, validate=at_least_1),
        "openai_max_characters": env.int(
            "JOBS_OPENAI_MAX_CHARACTERS", 400_000, validate=at_least_1
        ),
        "upstream_url": env.str("JOBS_UPSTREAM_URL", None, validate=checks.server),
        "upstream_headers": env.json("JOBS_UPSTREAM_HEADERS", {}, validate=checks.headers),
        "upstream_timeout_seconds": env.float(
            "JOBS_UPSTREAM_TIMEOUT_SECONDS", 600, validate=positive
        ),
        "fetch_timeout_seconds": env.float("JOBS_FETCH_TIMEOUT_SECONDS", 60, validate=positive),
        "fetch_allowed": env.list("JOBS_FETCH_ALLOW", [], validate=checks.networks),
        "max_waits": env.int("JOBS_MAX_WAITS", 500, validate=at_least_0),
        "max_queued": env.int("JOBS_MAX_QUEUED", 1_000_000, validate=at_least_0),
        "rate_limit": env.str("JOBS_RATE_LIMIT", None, validate=checks.rate),
        "cors_origins": env.list("JOBS_CORS_ORIGINS", []),
        "broker_timeout_seconds": env.float("JOBS_BROKER_TIMEOUT_SECONDS", 1.0, validate=positive),
        "prebuilt_messages": env.bool("JOBS_PREBUILT_MESSAGES", True),
        "ack_emulation": env.bool("JOBS_ACK_EMULATION", False),
        "worker_pull_seconds": env.float("JOBS_WORKER_PULL_SECONDS", 0.1, validate=at_least_0),
        "worker_nice": env.int("JOBS_WORKER_NICE", 10, validate=validate.Range(min=0, max=19)),
        "redis_key_prefix": env.str("JOBS_REDIS_KEY_PREFIX", "jobs-backend:"),
        "database_pool_size": env.int("JOBS_DATABASE_POOL_SIZE", 10, validate=at_least_1),
        "database_timeout_seconds": env.float(
            "JOBS_DATABASE_TIMEOUT_SECONDS", 10, validate=positive
        ),
        "database_prepare": env.bool("JOBS_DATABASE_PREPARE", True),
        "lease_seconds": env.float("JOBS_LEASE_SECONDS", 30, validate=positive),
        "heartbeat_seconds": env.float("JOBS_HEARTBEAT_SECONDS", 5, validate=positive),
        "max_losses": env.int("JOBS_MAX_LOSSES", 3, validate=at_least_1),
        "cancel_grace_seconds": env.float("JOBS_CANCEL_GRACE_SECONDS", 10, validate=positive),
        "shutdown_grace_seconds": env.float("JOBS_SHUTDOWN_GRACE_SECONDS", 3, validate=positive),
        "stall_seconds": env.float("JOBS_STALL_SECONDS", 60, validate=positive),
        "retry_backoff_seconds": env.float("JOBS_RETRY_BACKOFF_SECONDS", 2, validate=positive),
        "retry_backoff_max_seconds": env.float(
            "JOBS_RETRY_BACKOFF_MAX_SECONDS", 600, validate=positive
        ),
        "sweep_seconds": env.float("JOBS_SWEEP_SECONDS", 5, validate=positive),
        "log_format": env.str(
            "JOBS_LOG_FORMAT", "auto", validate=checks.choice("auto", "json", "console")
        ),
        "log_level": env.str("JOBS_LOG_LEVEL", "info", validate=checks.choice(*LOG_LEVELS)),
        "host": env.str("JOBS_HOST", "127.0.0.1"),
        "port": env.int("PORT", 8000, validate=validate.Range(min=0, max=65535)),
        "web_workers": env.int("JOBS_WEB_WORKERS", 2, validate=at_least_1),
        "web_worker_class": env.str(
            "JOBS_WEB_WORKER_CLASS", "gevent", validate=checks.choice("gevent", "gthread", "sync")
        ),
        # More than cores, since those that wait for the same commit share it.
        "worker_concurrency": env.int(
            "JOBS_WORKER_CONCURRENCY", max(4, os.cpu_count() or 1), validate=at_least_1
        ),
    }


def _is_ours(name: str) -> bool:
    return name.startswith(("JOBS_", "OPENAI_")) or name == "PORT"


def _together(values: dict[str, Any], wrong: Collection[str]) -> dict[str, list[str]]:
    # What is wrong with settings that fit one by one.
    problems = {}
    pair = {"JOBS_HEARTBEAT_SECONDS", "JOBS_LEASE_SECONDS"}
    if pair.isdisjoint(wrong) and values["heartbeat_seconds"] * 2 > values["lease_seconds"]:
        problems["JOBS_HEARTBEAT_SECONDS"] = [
            "must be at most half of JOBS_LEASE_SECONDS, so that one missed heartbeat does not "
            "lose a running job"
        ]
    pair = {"JOBS_DELETE_AFTER", "JOBS_PURGE_AFTER"}
    if pair.isdisjoint(wrong) and (
        0 < values["delete_after_seconds"] < values["purge_after_seconds"]
    ):
        problems["JOBS_DELETE_AFTER"] = [
            "must be 0, or no less than JOBS_PURGE_AFTER, since a job's record goes after its "
            "payloads"
        ]
    needed = {"openai": "OPENAI_API_KEY", "upstream": "JOBS_UPSTREAM_URL"}.get(values["engine"])
    if needed and needed not in wrong and not values[needed.lower().removeprefix("jobs_")]:
        problems[needed] = [f"is needed where JOBS_ENGINE is {values['engine']}"]
    return problems
