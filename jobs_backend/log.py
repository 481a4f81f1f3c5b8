"""Structured logs: JSON lines in production, readable ones in a terminal."""

from __future__ import annotations

import json
import logging
import sys
from contextlib import suppress
from typing import Any

import orjson
import structlog

from jobs_backend.config import settings

# Libraries that tell more than an operator wants to read, and the level from which they may speak.
QUIETER = {
    "celery": logging.WARNING,
    "celery.worker.request": logging.CRITICAL,  # how attempts end is told by ours, with their ids
    "multiprocessing": logging.WARNING,
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "httpx2": logging.WARNING,
    "httpcore2": logging.WARNING,
    "openai": logging.WARNING,  # at its debug level it tells whole requests
    "yoyo": logging.WARNING,
}

LIFECYCLE = "lifecycle"


def configure(stream: Any = None) -> None:
    """Send every log line of this process, the libraries' too, to `stream` (standard error).

    The format is the setting JOBS_LOG_FORMAT; with `auto` it is JSON unless the stream is a
    terminal. Values bound with structlog's contextvars (job id, attempt, request id) are on every
    line. Control characters arrive escaped, so that no input can forge a line.
    """
    stream = stream or sys.stderr
    chosen = settings()
    as_json = chosen.log_format == "json" or (chosen.log_format == "auto" and not stream.isatty())
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_last(as_json),
            ],
            foreign_pre_chain=_SHARED,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(chosen.log_level.upper())
    for name, level in QUIETER.items():
        logging.getLogger(name).setLevel(level)
    # Our own lines go around the standard library's logging, which took most of their time.
    _Output.stream, _Output.level = stream, root.level
    structlog.configure(
        processors=[_drop_by_level, *_OWN, *_last(as_json)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.NOTSET),
        logger_factory=_Output,
        cache_logger_on_first_use=True,
    )


def get(name: str) -> Any:
    """A logger: `log.info("event_name", key=value)`."""
    return structlog.get_logger(name)


def lifecycle(event: str, **facts: Any) -> None:
    """Log, whatever the level, that a process is ready: supervisors wait for these lines."""
    logger = logging.getLogger(LIFECYCLE)
    logger.setLevel(logging.INFO)
    logger.info(event, extra=facts)


class _Output:
    """Where the lines of one of our own loggers go; all follow a change of stream and level."""

    stream: Any = sys.stderr
    level = logging.INFO

    def __init__(self, name: str = "") -> None:
        self.name = name

    def write(self, line: str) -> None:
        with suppress(Exception):  # a full disk, a closed pipe: no reason to fail who tells of it
            self.stream.write(line + "\n")
            self.stream.flush()

    debug = info = warning = error = critical = exception = msg = write


def _drop_by_level(_logger: Any, method: str, event: Any) -> Any:
    if structlog.stdlib.NAME_TO_LEVEL[method] < _Output.level:
        raise structlog.DropEvent
    return event


def _escape_control_characters(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value.encode("unicode_escape").decode("ascii")
        if isinstance(value, str) and key != "exception" and not value.isprintable()
        else value
        for key, value in event.items()
    }


def _as_json(event: dict[str, Any], **_: Any) -> str:
    with suppress(TypeError):
        return orjson.dumps(event, default=repr).decode()
    with suppress(TypeError, ValueError):  # a number larger than most, half a character
        return json.dumps(event, default=repr)
    return json.dumps({k: v if isinstance(v, str) else repr(v) for k, v in event.items()})


_OWN: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
_SHARED: list[Any] = [
    *_OWN,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.stdlib.ExtraAdder(),
]


def _last(as_json: bool) -> list[Any]:
    if as_json:
        return [
            structlog.processors.format_exc_info,
            _escape_control_characters,
            structlog.processors.JSONRenderer(_as_json),
        ]
    return [_escape_control_characters, structlog.dev.ConsoleRenderer(colors=False)]
