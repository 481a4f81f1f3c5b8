"""What a handler knows of the job that it works on."""

from __future__ import annotations

import tempfile
import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jobs_backend.texts import storable
from workers import heartbeat, interruption

MAX_MESSAGE = 200
# What Postgres keeps of a number of steps.
MAX_STEPS = 2**63 - 1


@dataclass(frozen=True)
class Response:
    """What a handler returns whose response has a status of its own.

    Attributes:
        status_code: the HTTP status that the synchronous call would have had, from 100 to 599.
        body: a JSON object.
    """

    status_code: int
    body: dict[str, Any]


@dataclass(frozen=True)
class Context:
    """Given to every handler beside the request.

    Attributes:
        job_id: the job.
        attempt: which attempt this is, from 1.
        organization_id: whose job it is.
        endpoint: its endpoint type's path.
        request: what was submitted, as it was: no defaults, and with the fields that the schema
            does not know.
        last_failure_code: how the last attempt that failed did so; kept when the job is retried.
        log: a structured logger, `log.info("event_name", key=value)`; its lines name the job.
    """

    job_id: str
    attempt: int
    organization_id: str
    log: Any
    endpoint: str = ""
    request: dict[str, Any] = field(default_factory=dict)
    last_failure_code: str | None = None
    _lost: threading.Event = field(default_factory=threading.Event, repr=False)
    _warned_of: set[str] = field(default_factory=set, repr=False)

    @cached_property
    def folder(self) -> Path:
        """A folder for temporary files. It is removed with all that is in it once the job is over;
        if this process is killed, the next one that starts on this machine removes it.
        """
        return Path(tempfile.mkdtemp(prefix="job-"))

    @property
    def cancelled(self) -> bool:
        """Whether this attempt no longer owns its job: whatever it still produces is discarded."""
        if interruption.was_asked() and not self._lost.is_set():
            heartbeat.look_now()
        return self._lost.is_set()

    def progress(self, done: int, total: int, message: str | None = None) -> None:
        """Tell how far the work has come: `done` of `total` steps, and what is being done.

        It is stored about once a second, and shown to whoever asks for the job. May be called as
        often as one likes, and never fails: what cannot be shown is ignored.

        Args:
            done: how many steps are done, 0 or more.
            total: how many there are; raised to `done` if that is more.
            message: a few words, cut after 200 characters.
        """
        try:
            done = min(max(0, int(done)), MAX_STEPS)
            total = min(max(done, int(total)), MAX_STEPS)
            text = None if message is None else storable(message, MAX_MESSAGE)
        except Exception:  # no number, or nothing that has a text
            self._warn_once("progress_ignored")
        else:
            heartbeat.note(done, total, text)

    def _warn_once(self, event: str) -> None:
        if event not in self._warned_of:
            self._warned_of.add(event)
            self.log.warning(event, exc_info=True)
