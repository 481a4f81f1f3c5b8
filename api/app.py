"""The Flask application, which stores jobs, sends their messages, and shows them."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g, request
from structlog.contextvars import bind_contextvars, clear_contextvars

from api import cors, docs, errors, health, jobs, limits, openapi, stored
from jobs_backend import __version__, log
from jobs_backend.config import settings
from jobs_backend.endpoints import registry

_log = log.get(__name__)

# Answers are for programs: nothing in them is to be run, framed, guessed at or kept.
_SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")


class _PlainFlask(Flask):
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view here is asynchronous, which Flask asks of ten functions a request."""
        return func


def create_app() -> Flask:
    """The WSGI application, by the settings of the environment."""
    log.configure()
    registry()  # a declaration that cannot be used stops the start, not the first request
    app = _PlainFlask(__name__, static_folder=None)
    app.config.update(
        API_TITLE="Jobs API",
        API_VERSION=__version__,
        OPENAPI_VERSION="3.1.0",
        # One byte more than is taken: a body without a length is cut off here without a word, and
        # what is longer than its limit is then known to be.
        MAX_CONTENT_LENGTH=settings().max_body_bytes + 1,
    )
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False  # which it does by a page of HTML
    api = openapi.DescribedApi(app)
    api.register_blueprint(jobs.blueprint)
    for collection in stored.COLLECTIONS:
        api.register_blueprint(collection.blueprint())
    app.register_blueprint(health.blueprint)
    app.register_blueprint(docs.blueprint)
    openapi.init_app(app, api)
    errors.init_app(app)
    limits.init_app(app)
    cors.init_app(app)
    app.before_request(_begin)
    app.after_request(_end)
    return app


def _begin() -> None:
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _SANE_REQUEST_ID.fullmatch(given) else f"req_{uuid.uuid4().hex}"
    g.started = time.monotonic()
    clear_contextvars()
    bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    headers = response.headers
    headers["X-Request-Id"] = g.request_id
    given = {name.lower() for name, _ in headers}
    for name, value in _SECURITY_HEADERS.items():
        if name.lower() not in given:
            headers.add(name, value)
    is_news = response.status_code >= 400 or request.method not in ("GET", "HEAD")
    (_log.info if is_news else _log.debug)(
        "request",
        method=request.method,
        path=request.path,
        status=response.status_code,
        milliseconds=round((time.monotonic() - g.started) * 1000, 1),
    )
    return response
