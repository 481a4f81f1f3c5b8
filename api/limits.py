"""What an organization may ask for: requests by time, and jobs that wait."""

from __future__ import annotations

import math
import time

from flask import Flask, g
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded

from api.errors import ApiError
from jobs_backend import quotas
from jobs_backend.config import settings

# Of Redis, which every request would have to wait for.
REDIS_SECONDS = 0.15
QUEUE_FULL_RETRY_SECONDS = 5

_limiter = Limiter(lambda: g.organization_id)


def init_app(app: Flask) -> None:
    """Count the requests of each organization in Redis, and in this process while that is away."""
    app.config.update(
        RATELIMIT_ENABLED=settings().rate_limit is not None,
        RATELIMIT_STORAGE_URI=settings().redis_url,
        RATELIMIT_STORAGE_OPTIONS={
            "socket_connect_timeout": REDIS_SECONDS,
            "socket_timeout": REDIS_SECONDS,
        },
        RATELIMIT_KEY_PREFIX=f"{settings().redis_key_prefix}rate",
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
    )
    if settings().rate_limit is not None:
        _limiter.init_app(app)


def check_rate() -> None:
    """Count this request of the key's organization.

    Raises:
        ApiError: 429, with when to come back.
    """
    rate = settings().rate_limit
    if rate is None:
        return
    try:
        with _limiter.limit(rate):
            pass
    except RateLimitExceeded:
        reset = _limiter.current_limit.reset_at if _limiter.current_limit else time.time() + 1
        seconds = max(1, math.ceil(reset - time.time()))
        raise ApiError(
            429,
            f"Too many requests: this organization may make {rate}",
            headers={"Retry-After": str(seconds)},
        ) from None


def check_queue() -> None:
    """Count the job that is about to be submitted.

    Raises:
        ApiError: 429, since as many of the organization's jobs wait as may.
    """
    if quotas.is_queue_full(g.organization_id):
        raise ApiError(
            429,
            f"Too many jobs are waiting: this organization may have {settings().max_queued:,}",
            "queue_full",
            {"Retry-After": str(QUEUE_FULL_RETRY_SECONDS)},
        )
