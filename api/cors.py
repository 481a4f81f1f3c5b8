"""Which web pages may call the API from a browser: none, unless JOBS_CORS_ORIGINS names them."""

from __future__ import annotations

from flask import Flask
from flask_cors import CORS

from jobs_backend.config import settings

PREFLIGHT_SECONDS = 600


def init_app(app: Flask) -> None:
    """Tell browsers of the origins that are allowed."""
    if origins := settings().cors_origins:
        CORS(
            app,
            origins=list(origins),
            methods=["GET", "POST"],
            allow_headers=[
                "Api-Key",
                "Authorization",
                "Content-Type",
                "Idempotency-Key",
                "X-Request-Id",
            ],
            expose_headers=["Idempotency-Replayed", "Retry-After", "X-Request-Id"],
            max_age=PREFLIGHT_SECONDS,
        )
