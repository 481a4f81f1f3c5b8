"""Reading requests: strict JSON bodies, queries, and their errors in the contract's form."""

from __future__ import annotations

from collections import deque
from typing import Any, NoReturn

from flask import Request, g
from flask_smorest import Blueprint
from gunicorn.http.errors import ParseException
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import RequestEntityTooLarge

from api import strict_json, validation
from api.errors import ApiError
from jobs_backend.config import settings
from jobs_backend.pauses import Pauses, let_others_run

PIECE = 1 << 16


class Parser(FlaskParser):
    """Reads what flask-smorest's `arguments` declares."""

    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "json": RAISE}  # noqa: RUF012 - the base class has it so

    def load_json(self, req: Request, schema: Schema) -> Any:
        """The body of a request, parsed."""
        return read_json(req)

    def handle_error(self, error: ValidationError, *_: Any, **__: Any) -> NoReturn:
        """Answer 422 with every wrong field."""
        messages: Any = error.messages
        location, below = next(iter(messages.items()))
        where = "body" if location == "json" else location
        raise ApiError(422, validation.as_list(below, where))


class StrictBlueprint(Blueprint):  # type: ignore[misc] # it has no types
    """A blueprint whose arguments come through Parser."""

    ARGUMENTS_PARSER = Parser()


def read_json(req: Request) -> Any:
    """The body of a request, parsed; once, whoever asks.

    Raises:
        ApiError: it is no JSON, or more than is taken.
    """
    if "body" not in g:
        g.body = _parse(req)
    return g.body


def _parse(req: Request) -> Any:
    if not req.is_json:
        raise ApiError(415, "Content-Type must be application/json")
    if req.headers.get("Content-Encoding", "identity") != "identity":
        raise ApiError(415, "Compressed bodies are not accepted")
    try:
        text = strict_json.decode(_received(req))
        let_others_run(len(text))
        return strict_json.loads(
            text, max_depth=settings().max_json_depth, max_values=settings().max_json_values
        )
    except strict_json.InvalidJson as problem:
        raise ApiError(400, f"Invalid JSON: {problem}", "invalid_json") from None


def _received(req: Request) -> deque[bytes]:
    pieces: deque[bytes] = deque()
    length, pauses = 0, Pauses()
    while piece := _read(req):
        length += len(piece)
        pieces.append(piece)
        # What has come already is read at once: a fast client would keep the process for itself.
        pauses.after(len(piece))
    if length < (req.content_length or 0):
        raise ApiError(400, "The request body is shorter than its Content-Length", "bad_request")
    if length > settings().max_body_bytes:
        raise RequestEntityTooLarge
    return pieces


def _read(req: Request) -> bytes:
    try:
        return req.stream.read(PIECE)
    except ParseException:  # gunicorn's, of a chunked body that is none
        raise ApiError(400, "The request body could not be read", "bad_request") from None
