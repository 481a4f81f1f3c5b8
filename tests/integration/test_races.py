"""Two sessions, one row: whoever is first wins, whatever the other had in mind.

No test sleeps or hopes. One side's statement is run and left uncommitted; the other side's verb is
started, and Postgres is asked until it shows that session waiting for the lock; then the first
commits. So the order is known, and each pair is tried in both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import psycopg2
import pytest
from psycopg2.extras import RealDictCursor

from jobs_backend import dispatching, jobs, recovery, sweeps
from jobs_backend.db import database
from jobs_backend.errors import JobFailure, RetryableFailure
from jobs_backend.job import TRANSITIONS, Job, Status
from jobs_backend.statements import SQL_DIRECTORY
from jobs_backend.submission import NewJob, submit
from tests.conftest import DEADLINE_SECONDS, eventually

Sql = Callable[..., list[tuple[Any, ...]]]
FAR_FUTURE = datetime.max.replace(tzinfo=timezone.utc)
BROKEN, BUSY = JobFailure("broken", "It broke."), RetryableFailure("busy", "It is busy.")

# From which status; who is first; who comes second; what the job is then. Workers' verbs act for
# the attempt or dispatch that the job had in that status. A cancel that meets an uncommitted retry
# does nothing: what it saw was over, what it finds is not, and the API answers 409.
RACES = """
validating   mark_dispatched claim           in_progress
validating   mark_dispatched mark_dispatched queued
validating   mark_dispatched cancel          cancelled
validating   cancel          mark_dispatched cancelled
validating   cancel          take            cancelled
queued       cancel          claim           cancelled
queued       claim           cancel          cancelled
queued       cancel          cancel          cancelled
queued       cancel          expire          expired
queued       expire          cancel          expired
queued       expire          claim           expired
queued       claim           claim           in_progress
queued       cancel          mark_dispatched cancelled
queued       claim           mark_dispatched in_progress
in_progress  cancel          succeed         cancelled
in_progress  succeed         cancel          completed
in_progress  cancel          succeed_before  cancelled
in_progress  rescue          succeed_before  queued
in_progress  time_out        succeed_before  failed
queued       cancel          claim_after     cancelled
queued       claim           claim_after     in_progress
queued       mark_dispatched claim_after     in_progress
in_progress  cancel          fail            cancelled
in_progress  fail            cancel          failed
in_progress  cancel          fail_retryable  cancelled
in_progress  fail_retryable  cancel          cancelled
in_progress  cancel          release         cancelled
in_progress  release         cancel          cancelled
in_progress  cancel          expire          expired
in_progress  expire          cancel          expired
in_progress  cancel          time_out        cancelled
in_progress  time_out        succeed         failed
in_progress  succeed         time_out        completed
in_progress  cancel          cancel          cancelled
in_progress  cancel          heartbeat       cancelled
in_progress  rescue          succeed         queued
in_progress  succeed         rescue          completed
in_progress  rescue          heartbeat       queued
in_progress  heartbeat       rescue          in_progress
in_progress  cancel          rescue          cancelled
in_progress  rescue          cancel          cancelled
in_progress  cancel          retry           cancelled
cancelled    retry           cancel          queued
cancelled    retry           succeed         queued
cancelled    retry           fail            queued
cancelled    retry           heartbeat       queued
cancelled    retry           retry           queued
cancelled    retry           expire          queued
cancelled    expire          retry           queued
failed       retry           cancel          queued
failed       retry           succeed         queued
expired      retry           cancel          queued
expired      retry           purge           queued
expired      purge           retry           expired
queued       lose            claim           in_progress
queued       claim           lose            in_progress
queued       cancel          lose            cancelled
queued       lose            cancel          cancelled
in_progress  release_killed  succeed         queued
in_progress  succeed         release_killed  completed
in_progress  cancel          release_killed  cancelled
in_progress  rescue          release_killed  queued
in_progress  end_lease       succeed         completed
in_progress  succeed         end_lease       completed
in_progress  end_lease       cancel          cancelled
in_progress  cancel          end_lease       cancelled
"""

# Sweeps skip a row that somebody holds, and take it in their next turn if it is still due. So do
# the note of a message that was sent, which may stay away, and a claim that comes with a result.
SKIPS = frozenset({"expire", "rescue", "take", "lose", "purge", "mark_dispatched", "claim_after"})


def _races() -> list[tuple[str, str, str, str]]:
    rows = (line.split() for line in RACES.strip().splitlines())
    return [(status, first, second, after) for status, first, second, after in rows]


class _Session:
    """A session of its own whose verbs stay uncommitted until it is told."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg2.connect(url, cursor_factory=RealDictCursor)

    def run_uncommitted(self, name: str, job: Job) -> Job | None:
        """Run the verb's own statement and keep its transaction open."""
        with _captured() as statements:
            _verb(name, job)
        [(statement, parameters)] = statements
        with self._connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            rows = cursor.fetchall()
            if rows and rows[0].get("swept"):  # it tells how many, and not what became of them
                cursor.execute("SELECT * FROM jobs WHERE id = %s", (job.id,))
                rows = cursor.fetchall()
        return job.with_changes(rows)

    def hold(self, job: Job) -> None:
        """Lock the job's row."""
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT FROM jobs WHERE id = %s FOR UPDATE", (job.id,))

    def commit(self) -> None:
        self._connection.commit()

    def close(self) -> None:
        self._connection.close()


@contextmanager
def _captured() -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """What the verbs would run, with the parameters that they bind; nothing is run."""
    statements: list[tuple[str, dict[str, Any]]] = []

    class Recorder:
        def run(self, name: str, /, **parameters: Any) -> list[Any]:
            if name == "read_clock":
                return database().run(name)
            statements.append(((SQL_DIRECTORY / f"{name}.sql").read_text(), parameters))
            return [{"swept": 0, "id": None}] if name in ("expire_due", "purge_due") else []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "database", Recorder)
        patch.setattr(dispatching, "database", Recorder)
        patch.setattr(sweeps, "database", Recorder)
        patch.setattr(recovery, "database", Recorder)
        yield statements


@pytest.fixture
def other(connection: Any, postgres_url: str) -> Iterator[_Session]:
    """The session of whoever is first."""
    session = _Session(postgres_url)
    yield session
    session.close()


@pytest.mark.parametrize(("status", "first", "second", "after"), _races())
def test_the_first_to_lock_wins(
    status: str,
    first: str,
    second: str,
    after: str,
    organization: str,
    sql: Sql,
    other: _Session,
) -> None:
    job = _job(status, organization, sql)
    _make_due({first, second}, job, sql)
    won = other.run_uncommitted(first, job)
    assert won is not None
    if second in SKIPS:
        assert _verb(second, job) is None
        other.commit()
        answer = _verb(second, job)
    else:
        with ThreadPoolExecutor(1) as thread:
            late = thread.submit(_verb, second, job)
            # It need not wait where what it sees already gives it nothing to do.
            eventually(lambda: late.done() or _somebody_waits(sql))
            other.commit()
            answer = late.result(DEADLINE_SECONDS)

    [(now,)] = sql("SELECT status FROM jobs WHERE id = %s", job.id)
    assert now == after
    # Both may win, one after the other, where the second's move is allowed from the first's end.
    is_noted = second == "mark_dispatched" and won.status is Status.QUEUED
    assert (answer is not None) == (Status(after) in TRANSITIONS[won.status] or is_noted)
    if answer is not None and second in ("cancel", "expire"):  # which tell whom to stop
        ran = Status.IN_PROGRESS
        assert (answer.found_status is ran) == (won.status is ran)
    events = sql(
        "SELECT from_status, to_status FROM job_events WHERE job_id = %s ORDER BY id", job.id
    )
    assert [event[0] for event in events] == [None, *(event[1] for event in events[:-1])]
    assert events[-1][1] == now


EACH_SWEEP = pytest.mark.parametrize(
    ("status", "sweep"),
    [
        ("queued", "expire"),
        ("in_progress", "rescue"),
        ("validating", "take"),
        ("queued", "lose"),
        ("expired", "purge"),
        ("expired", "delete"),
    ],
)


@EACH_SWEEP
def test_sweeps_pass_by_what_somebody_holds(
    organization: str, sql: Sql, other: _Session, status: str, sweep: str
) -> None:
    job = _job(status, organization, sql)
    _make_due({sweep}, job, sql)
    other.hold(job)
    assert _verb(sweep, job) is None
    other.commit()
    assert _verb(sweep, job) is not None


@EACH_SWEEP
def test_of_one_sweep_only_one_runs_at_a_time(
    organization: str, sql: Sql, other: _Session, status: str, sweep: str
) -> None:
    job = _job(status, organization, sql)
    _make_due({sweep}, job, sql)
    assert other.run_uncommitted(sweep, job) is not None
    another = _job(status, organization, sql)
    _make_due({sweep}, another, sql)
    assert _verb(sweep, another) is None  # although nobody holds this one
    other.commit()
    assert _verb(sweep, another) is not None


def test_a_late_result_of_an_earlier_attempt_meets_the_next_one(
    organization: str, sql: Sql, other: _Session
) -> None:
    old = _job("cancelled", organization, sql)
    retried = jobs.retry(organization, old.id)
    assert retried is not None
    claimed = other.run_uncommitted("claim", retried)
    assert claimed is not None
    with ThreadPoolExecutor(1) as thread:
        late = thread.submit(jobs.succeed, old, '{"from": "the old attempt"}')
        eventually(lambda: late.done() or _somebody_waits(sql))
        other.commit()
        assert late.result(DEADLINE_SECONDS) is None
    assert claimed.attempt_count == 2
    assert jobs.succeed(claimed, "{}") is not None


@pytest.mark.parametrize("deletion", ["DELETE FROM jobs", "TRUNCATE jobs CASCADE"])
def test_whoever_deletes_a_job_amid_its_move_deletes_what_the_move_wrote(
    organization: str, sql: Sql, other: _Session, postgres_url: str, deletion: str
) -> None:
    def delete() -> None:
        session = psycopg2.connect(postgres_url, application_name="jobs-backend")
        with closing(session), session, session.cursor() as cursor:
            cursor.execute(deletion)

    job = _job("in_progress", organization, sql)
    assert other.run_uncommitted("succeed", job) is not None
    with ThreadPoolExecutor(1) as thread:
        late = thread.submit(delete)
        eventually(lambda: _somebody_waits(sql))
        other.commit()
        late.result(DEADLINE_SECONDS)
    for table in ("jobs", "job_events", "job_payloads", "job_facets"):
        assert sql(f"SELECT count(*) FROM {table}") == [(0,)], table  # noqa: S608


def _job(status: str, organization: str, sql: Sql) -> Job:
    """A job in a status, with the attempt and dispatch that it had there."""
    job = submit(NewJob(organization, "/v1/echo", "{}"))
    if status == "validating":
        return job
    dispatching.mark_dispatched(job)
    if status == "queued":
        return job
    claimed = _claim(job)
    assert claimed is not None
    if status == "cancelled":
        jobs.cancel(organization, job.id)
    elif status == "failed":
        jobs.fail(claimed, BROKEN)
    elif status == "expired":
        sql("UPDATE jobs SET expires_at = created_at WHERE id = %s", job.id)
        sweeps.expire_due(10)
    return claimed


def _make_due(verbs: set[str], job: Job, sql: Sql) -> None:
    if "rescue" in verbs:
        sql("UPDATE jobs SET lease_expires_at = clock_timestamp() WHERE id = %s", job.id)
    if "take" in verbs:
        sql("UPDATE jobs SET dispatch_after = clock_timestamp() WHERE id = %s", job.id)
    if "lose" in verbs:
        earlier = "dispatched_at = clock_timestamp() - interval '1 minute'"
        sql(f"UPDATE jobs SET {earlier} WHERE id = %s", job.id)  # noqa: S608
    if verbs & {"purge", "delete"}:
        ages = ["created_at = created_at - interval '99 days'", "expires_at = created_at"]
        ages += ["purged_at = created_at"] if "delete" in verbs else []
        for age in ages:
            sql(f"UPDATE jobs SET {age} WHERE id = %s", job.id)  # noqa: S608
    if "expire" in verbs:
        sql("UPDATE jobs SET expires_at = created_at WHERE id = %s", job.id)


def _claim(job: Job) -> Job | None:
    number = job.dispatch_number
    return jobs.claim(job.id, number, endpoint=job.endpoint, worker="worker:test")


def _verb(name: str, job: Job) -> Job | None:
    def first(moved: list[Job]) -> Job | None:
        return moved[0] if moved else None

    dispatch, who = (job.id, job.dispatch_number), {"worker": "worker:test"}
    verbs: dict[str, Callable[[], Job | None]] = {
        "claim": lambda: _claim(job),
        "mark_dispatched": lambda: dispatching.mark_dispatched(job),
        "heartbeat": lambda: jobs.heartbeat(job),
        "succeed": lambda: jobs.succeed(job, "{}"),
        "succeed_before": lambda: _succeed_and_claim(job, replace(job, id="job_none"))[0],
        "claim_after": lambda: _succeed_and_claim(
            replace(job, id="job_none", worker="worker:test"), job
        )[1],
        "fail": lambda: jobs.fail(job, BROKEN),
        "fail_retryable": lambda: jobs.fail_retryable(job, BUSY, 3),
        "time_out": lambda: recovery.time_out(*dispatch, 1, **who),
        "release": lambda: jobs.release(job, "interrupted"),
        "cancel": lambda: jobs.cancel(job.organization_id, job.id),
        "retry": lambda: jobs.retry(job.organization_id, job.id),
        "expire": lambda: _expire(job),
        "take": lambda: first(sweeps.take_undispatched(10)),
        "rescue": lambda: first(sweeps.rescue_lost(10)),
        "lose": lambda: first(sweeps.mark_lost(job.endpoint, FAR_FUTURE, 10)),
        "delete": lambda: job if sweeps.delete_due(10) else None,
        "purge": lambda: job if sweeps.purge_due(10) else None,
        "release_killed": lambda: recovery.release_dispatch(*dispatch, "killed", **who),
        "end_lease": lambda: recovery.end_lease(*dispatch, **who),
    }
    return verbs[name]()


def _succeed_and_claim(job: Job, following: Job) -> tuple[Job | None, Job | None]:
    dispatch = (following.id, following.dispatch_number)
    [ended], claimed = jobs.succeed_and_claim([jobs.Result(job, "{}")], [dispatch])
    return ended, next(iter(claimed), None)


def _expire(job: Job) -> Job | None:
    expired, running = sweeps.expire_due(10)
    ran = Status.IN_PROGRESS if running else None
    return replace(job, status=Status.EXPIRED, found_status=ran) if expired else None


def _somebody_waits(sql: Sql) -> bool:
    [(waiting,)] = sql(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE application_name = 'jobs-backend' AND wait_event_type = 'Lock'"
    )
    return bool(waiting)
