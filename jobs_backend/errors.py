"""What can go wrong, in words. An error's docstring says when it is raised."""

from __future__ import annotations

import json
from typing import Any

from jobs_backend.texts import storable

# What a handler raises may hold anything, an upstream's answer for instance; the job must end all
# the same, and everybody who asks for it is sent its error.
MAX_CODE, MAX_MESSAGE, MAX_DETAILS_BYTES = 64, 2000, 16 * 1024
TRUNCATED = {"truncated": True}


class JobsError(Exception):
    """Base class of every error that this project raises on purpose."""


class ConfigurationError(JobsError):
    """The settings cannot be used; the message lists every problem, one a line."""


class DatabaseUnavailable(JobsError):
    """Postgres cannot be reached, or did not answer within its deadline.

    Args:
        reason: for the log.
        may_have_run: whether the statement was under way when the connection was cut off, so that
            it may have taken effect, or still may.
    """

    def __init__(self, reason: str, *, may_have_run: bool = False) -> None:
        super().__init__(reason)
        self.may_have_run = may_have_run


class StatementTooSlow(DatabaseUnavailable):
    """Postgres is there, but gave a statement up that took too long; it changed nothing."""


class DatabaseNotMigrated(DatabaseUnavailable):
    """Postgres answers, and lacks what this version keeps there."""


class BrokerUnavailable(JobsError):
    """The message could not be handed to the broker within its share of the time."""


class FileStoreUnavailable(JobsError):
    """The content of a file could not be written, read or removed; the reason is for the log."""


class EndpointNotRegistered(JobsError):
    """No such endpoint type in this installation, or not any more."""


class IdempotencyKeyReused(JobsError):
    """The idempotency key stands for a job that was submitted with another body."""


class UnknownCursor(JobsError):
    """A list cursor (`before`, `after`) names no job of the organization."""

    def __init__(self, parameter: str) -> None:
        super().__init__(f"{parameter} is not the id of a job")
        self.parameter = parameter


class UnusablePattern(JobsError):
    """A text to search for is no regular expression, or one that takes too long."""

    def __init__(self, parameter: str, problem: str) -> None:
        super().__init__(f"{parameter} {problem}")
        self.parameter = parameter


class JobFailure(JobsError):
    """Raised by a handler to end its job as `failed`.

    Args:
        code: stable and machine-readable, `snake_case`; clients branch on it. Cut after 64
            characters.
        message: one sentence for the user who submitted the job. No paths, no internals. Cut after
            2,000 characters.
        details: further facts for a program, JSON-serializable, or None. Those of more than 16 KB
            become `{"truncated": true}`.
    """

    def __init__(self, code: str, message: str, details: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = storable(code, MAX_CODE)
        self.message = storable(message, MAX_MESSAGE)
        self.details = details

    @classmethod
    def timeout(cls, limit: float) -> JobFailure:
        """The job ran longer than its limit, in seconds."""
        return cls("timeout", f"The job ran longer than its limit of {limit:g} seconds.")

    def as_error(self) -> dict[str, Any]:
        """The `error` object of the job: code and message, and details where there are any."""
        error: dict[str, Any] = {"code": self.code, "message": self.message}
        details = _storable_details(self.details)
        return error if details is None else {**error, "details": details}


class RetryableFailure(JobFailure):
    """Raised by a handler when the reason may pass: a network error, an upstream 429 or 5xx.

    The job goes back to the queue, and fails with this code once its attempts are used up.

    Args:
        retry_after: seconds to wait at least, as an upstream asked for; None leaves it to the
            growing pause between attempts.
    """

    def __init__(
        self,
        code: str,
        message: str,
        details: dict[str, Any] | None = None,
        *,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(code, message, details)
        try:
            self.retry_after = None if retry_after is None else float(retry_after)
        except (TypeError, ValueError):
            self.retry_after = None  # such as an HTTP date, passed on from an upstream as it came


def _storable_details(details: Any) -> Any:
    try:
        text = json.dumps(details, ensure_ascii=False, allow_nan=False)
        size = len(text.encode("utf-8"))
    except (TypeError, ValueError, RecursionError):
        return None
    if "\\u0000" in text:  # Postgres keeps no NUL
        return None
    return details if size <= MAX_DETAILS_BYTES else TRUNCATED
