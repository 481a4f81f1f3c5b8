"""When a lease counts as run out, and when nobody could have renewed it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import psutil
import pytest

from jobs_backend import config, jobs, sweeps
from jobs_backend.errors import DatabaseUnavailable
from jobs_backend.submission import NewJob, submit

Sql = Callable[..., list[tuple[Any, ...]]]


def test_no_lease_is_taken_for_lost_by_a_clock_that_was_held_up(
    organization: str, sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBS_HEARTBEAT_SECONDS", "0.5")
    config.settings.cache_clear()
    job = submit(NewJob(organization, "/v1/echo", "{}"))
    assert jobs.claim(job.id, job.dispatch_number, endpoint="/v1/echo", worker="lost")
    assert sweeps.rescue_lost(10) == []
    sql("UPDATE jobs SET lease_expires_at = clock_timestamp()")
    ours = sql("SELECT pid FROM pg_stat_activity WHERE application_name = 'jobs-backend'")
    backends = [psutil.Process(pid) for (pid,) in ours]
    for backend in backends:
        backend.suspend()
    thaw = threading.Timer(1, lambda: [backend.resume() for backend in backends])
    thaw.start()
    try:
        with pytest.raises(DatabaseUnavailable, match="to tell the time"):
            sweeps.rescue_lost(10)
    finally:
        thaw.join()
        monkeypatch.undo()
        config.settings.cache_clear()
    assert sql("SELECT status, loss_count FROM jobs") == [("in_progress", 0)]
    assert [each.id for each in sweeps.rescue_lost(10)] == [job.id]
