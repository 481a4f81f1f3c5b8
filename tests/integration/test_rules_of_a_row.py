"""No statement, ours or another's, can leave a job's row in a state that makes no sense."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg2
import pytest

from jobs_backend import dispatching, jobs
from jobs_backend.job import Job
from jobs_backend.submission import NewJob, submit

Sql = Callable[..., list[tuple[Any, ...]]]

RULES = {
    "status_known": "status = 'done', lease_expires_at = NULL",
    "terminal_has_completed_at": "status = 'completed', lease_expires_at = NULL",
    "running_holds_lease": "lease_expires_at = NULL",
    "running_or_completed_was_claimed": "started_at = NULL",
    "attempt_has_time": "last_attempt_at = NULL",
    "failed_has_error": "error = '{}'",
    "cancelled_says_so": "status = 'cancelled', lease_expires_at = NULL, completed_at = now()",
    "cancelled_is_over": "cancelled = true",
    "validating_was_never_sent": "status = 'validating', lease_expires_at = NULL",
    "counts_grow_from_zero": "loss_count = -1",
    "dispatches_are_numbered_from_one": "dispatch_number = 0",
    "purged_is_expired": "purged_at = now()",
    "expires_after_creation": "expires_at = created_at - interval '1 second'",
}


@pytest.fixture
def running(organization: str) -> Job:
    """A job that an attempt owns."""
    job = submit(NewJob(organization, "/v1/echo", '{"text": "hi"}'))
    dispatching.mark_dispatched(job)
    claimed = jobs.claim(job.id, job.dispatch_number, endpoint="/v1/echo", worker="worker:1")
    assert claimed is not None
    return claimed


@pytest.mark.parametrize("rule", RULES)
def test_a_row_that_breaks_a_rule_is_refused_by_name(rule: str, running: Job, sql: Sql) -> None:
    with pytest.raises(psycopg2.errors.CheckViolation) as refused:
        sql(f"UPDATE jobs SET {RULES[rule]} WHERE id = %s", running.id)  # noqa: S608
    assert refused.value.diag.constraint_name == rule
    assert running.id in str(refused.value)


@pytest.mark.parametrize("count", ["attempt_count", "failure_count", "interruption_count"])
def test_each_count_grows_from_zero(count: str, running: Job, sql: Sql) -> None:
    with pytest.raises(psycopg2.errors.CheckViolation):
        sql(f"UPDATE jobs SET {count} = -1 WHERE id = %s", running.id)  # noqa: S608
