"""What went wrong at another server, as the user is told of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from jobs_backend.errors import JobFailure

# So much of what another server says is passed on.
MAX_SAID = 1_000


def retry_after(headers: Mapping[str, str]) -> float | None:
    """For how many seconds a server asked to be left alone, or None.

    Args:
        headers: its response's, in which `Retry-After` is a number of seconds or a date.
    """
    value = headers.get("retry-after")
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = _until(value)
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def said(text: str, secrets: Iterable[str] = ()) -> str:
    """What a server said, shortened, and without what only it and the operator may know."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, "...")
    return text if len(text) <= MAX_SAID else text[:MAX_SAID] + "..."


def incomplete(extra: str) -> JobFailure:
    """The failure of a job whose worker lacks an extra's packages."""
    return JobFailure(
        "worker_incomplete",
        "The worker lacks the libraries that ask language models; "
        f"its operator installs them with the extra [{extra}].",
    )


def _until(date: str) -> float:
    try:
        then = parsedate_to_datetime(date)
        return (then.astimezone(timezone.utc) - datetime.now(timezone.utc)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return math.nan
