"""Every error as the contract has it: `detail`, and beside it `code` and `request_id`."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from api.responses import json_response
from jobs_backend import log
from jobs_backend.config import settings
from jobs_backend.errors import DatabaseUnavailable, FileStoreUnavailable

_log = log.get(__name__)

RETRY_AFTER_SECONDS = 5

_CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    408: "request_timeout",
    409: "conflict",
    411: "length_required",
    413: "request_too_large",
    414: "uri_too_long",
    415: "unsupported_media_type",
    422: "validation_error",
    429: "rate_limited",
    431: "request_header_fields_too_large",
    503: "unavailable",
}


class ApiError(Exception):
    """Ends the request with an error.

    Args:
        status: the HTTP status.
        detail: what the client is told, a sentence or the list of a 422.
        code: stable and machine-readable; by the status if None.
        headers: further headers of the answer.
    """

    def __init__(
        self,
        status: int,
        detail: str | list[dict[str, Any]],
        code: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.code = code or _CODES.get(status, "error")
        self.headers = headers or {}


def init_app(app: Flask) -> None:
    """Answer every error in the contract's shape, an unforeseen one too."""
    app.register_error_handler(ApiError, _answer)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DatabaseUnavailable, _database_unavailable)
    app.register_error_handler(FileStoreUnavailable, _store_unavailable)
    app.register_error_handler(Exception, _unforeseen)


def _answer(error: ApiError) -> Response:
    body = {"detail": error.detail, "code": error.code, "request_id": g.get("request_id")}
    response = json_response(body, error.status)
    response.headers.update(error.headers)
    return response


def _http(error: HTTPException) -> Response:
    if isinstance(error, RequestEntityTooLarge):
        return _too_large()
    status = error.code or 500
    headers = {
        name: value
        for name, value in error.get_headers(request.environ)
        if name.lower() not in ("content-type", "content-length")
    }
    return _answer(ApiError(status, _DETAILS.get(status, error.name), headers=headers))


def _too_large() -> Response:
    limit = settings().max_body_bytes
    return _answer(ApiError(413, f"The request body is larger than {limit:,} bytes."))


def _database_unavailable(error: DatabaseUnavailable) -> Response:
    _log.warning("database_unavailable", reason=str(error))
    return _answer(
        ApiError(
            503,
            "The service is temporarily unavailable, please retry",
            "database_unavailable",
            {"Retry-After": str(RETRY_AFTER_SECONDS)},
        )
    )


def _store_unavailable(error: FileStoreUnavailable) -> Response:
    _log.error("file_store_unavailable", reason=str(error))
    return _answer(
        ApiError(
            503,
            "The file store is temporarily unavailable, please retry",
            "file_store_unavailable",
            {"Retry-After": str(RETRY_AFTER_SECONDS)},
        )
    )


def _unforeseen(_error: Exception) -> Response:
    _log.exception("request_crashed")
    return _answer(ApiError(500, "Internal server error", "internal_error"))


_DETAILS = {404: "Not found", 405: "Method not allowed"}
