"""Structured logs: JSON lines in production, readable ones in a terminal."""

from __future__ import annotations

import logging
import sys
from typing import Any

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
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def get(name: str) -> Any:
    """A logger: `log.info("event_name", key=value)`."""
    return structlog.stdlib.get_logger(name)


def lifecycle(event: str, **facts: Any) -> None:
    """Log, whatever the level, that a process is ready: supervisors wait for these lines."""
    logging.getLogger(LIFECYCLE).setLevel(logging.INFO)
    get(LIFECYCLE).info(event, **facts)


def _escape_control_characters(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value.encode("unicode_escape").decode("ascii")
        if isinstance(value, str) and key != "exception" and not value.isprintable()
        else value
        for key, value in event.items()
    }


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def _last(as_json: bool) -> list[Any]:
    if as_json:
        return [
            structlog.processors.format_exc_info,
            _escape_control_characters,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    return [_escape_control_characters, structlog.dev.ConsoleRenderer(colors=False)]
