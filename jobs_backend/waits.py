"""Waiting for jobs to be over, for as many callers as there are, on one connection a process.

A thread listens for the ends that this process's callers wait for. While it cannot (Postgres was
restarted, or stands behind a pooler that shares sessions out), and once in a while in any case, it
asks instead.
"""

from __future__ import annotations

import os
import select
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from functools import cache

from jobs_backend import log
from jobs_backend.config import settings
from jobs_backend.db import database
from jobs_backend.errors import DatabaseUnavailable

_log = log.get(__name__)

# How often it asks, and looks for a lost connection.
POLL_SECONDS = 1
# How soon it looks again at a job whose end is about to be committed.
COMMIT_SECONDS = 0.02


def until_over(job_id: str, seconds: float, is_given_up: Callable[[], bool]) -> None:
    """Return when the job is over, or gone, or the time is up; what it is now is to be read then.

    Takes no database connection while it waits.

    Args:
        job_id: whose end is waited for.
        seconds: how long at most.
        is_given_up: says that nobody waits any more; asked about once a second.
    """
    until = time.monotonic() + seconds
    with _waits(os.getpid()).registered(job_id) as over:
        while (left := until - time.monotonic()) > 0 and not is_given_up():
            if over.wait(min(left, POLL_SECONDS)):
                return


def end_all() -> None:
    """Let everybody go who waits in this process, since it is about to end."""
    _waits(os.getpid()).end_all()


class _Waits:
    """Who waits in this process, and the thread that listens for them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: defaultdict[str, set[threading.Event]] = defaultdict(set)
        self._wake_end, self._waker = os.pipe()
        os.set_blocking(self._wake_end, False)
        os.set_blocking(self._waker, False)
        threading.Thread(target=self._run, name="waits", daemon=True).start()

    @contextmanager
    def registered(self, job_id: str) -> Iterator[threading.Event]:
        over = threading.Event()
        with self._lock:
            self._waiting[job_id].add(over)
        self._wake()
        try:
            yield over
        finally:
            with self._lock:
                self._waiting[job_id].discard(over)
                if not self._waiting[job_id]:
                    del self._waiting[job_id]
            self._wake()

    def end_all(self) -> None:
        self._tell(self._wanted())

    def _wanted(self) -> set[str]:
        with self._lock:
            return set(self._waiting)

    def _tell(self, job_ids: Collection[str]) -> None:
        with self._lock:
            for job_id in job_ids:
                for over in self._waiting.get(job_id, ()):
                    over.set()

    def _wake(self) -> None:
        with suppress(BlockingIOError):  # a full pipe wakes it as well
            os.write(self._waker, b"!")

    def _sleep(self, seconds: float, *descriptors: int) -> None:
        select.select([self._wake_end, *descriptors], [], [], seconds)
        with suppress(BlockingIOError):
            os.read(self._wake_end, 4096)

    def _run(self) -> None:
        while True:
            try:
                while not self._wanted():
                    self._sleep(POLL_SECONDS)
                if not settings().database_prepare:
                    # Behind a pooler its locks would stay with a session that nobody knows.
                    self._ask_for_a_while()
                    continue
                with _Ear() as ear:
                    self._listen(ear)
            except DatabaseUnavailable as problem:
                _log.warning("listener_lost", reason=str(problem))
                self._ask_for_a_while()
            except Exception:  # the thread has to live: whoever waits depends on it
                _log.exception("listener_failed")
                self._ask_for_a_while()

    def _listen(self, ear: _Ear) -> None:
        asked = time.monotonic()
        while True:
            wanted = self._wanted()
            news = ear.watch(wanted)
            # Not after the sleep: what came in with the answers to `watch` does not end it.
            self._tell(ear.heard())
            is_due = time.monotonic() - asked > POLL_SECONDS
            if to_ask := wanted if is_due else news:
                asked = time.monotonic() if is_due else asked
                self._tell(_over(to_ask))
            self._sleep(COMMIT_SECONDS if ear.is_in_doubt else POLL_SECONDS, ear.descriptor)

    def _ask_for_a_while(self) -> None:
        with suppress(DatabaseUnavailable):
            self._tell(_over(self._wanted()))
        time.sleep(POLL_SECONDS)


class _Ear:
    """The session that listens, and for which jobs."""

    def __enter__(self) -> _Ear:
        self._watched: set[str] = set()
        self.is_in_doubt = False
        self._session = database().session()
        self._session.run("listen")
        self.descriptor = self._session.descriptor()
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def watch(self, wanted: set[str]) -> set[str]:
        """Watch these jobs and no others; those that have to be looked at now."""
        if left := self._watched - wanted:
            self._session.run("unwatch", ids=list(left))
            self._watched -= left
        new = wanted - self._watched
        answers = self._session.run("watch", ids=list(new)) if new else []
        promised = {row["id"] for row in answers if row["is_promised"]}
        self._watched |= promised
        # The others are just being ended, or share the number of one that is.
        self.is_in_doubt = promised != new
        return new

    def heard(self) -> set[str]:
        """The jobs whose end was told meanwhile."""
        return self._session.told()


def _over(job_ids: Collection[str]) -> set[str]:
    return {row["id"] for row in database().run("find_over", ids=list(job_ids))}


@cache
def _waits(_process_id: int) -> _Waits:
    return _Waits()
