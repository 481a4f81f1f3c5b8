"""Every verb from every status: what the table says happens, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest

from jobs_backend import dispatching, jobs, recovery, sweeps
from jobs_backend.errors import JobFailure, RetryableFailure
from jobs_backend.job import TERMINAL, TRANSITIONS, Job, Status
from jobs_backend.submission import NewJob, submit

# What each verb makes of a job in each status; a dot means that it must leave the job alone.
MATRIX = """
                  validating  queued      in_progress completed   failed      cancelled   expired
mark_dispatched   queued      queued      .           .           .           .           .
mark_sent_stale   .           .           .           .           .           .           .
mark_undelivered  validating  .           .           .           .           .           .
mark_unsent       validating  queued      .           .           .           .           .
mark_unsent_stale .           .           .           .           .           .           .
take_unsent       validating  queued      .           .           .           .           .
take_undispatched validating  .           .           .           .           .           .
claim             in_progress in_progress .           .           .           .           .
claim_after       in_progress in_progress .           .           .           .           .
heartbeat         .           .           in_progress .           .           .           .
succeed           .           .           completed   .           .           .           .
succeed_before    .           .           completed   .           .           .           .
fail              .           .           failed      .           .           .           .
fail_retryable    .           .           queued      .           .           .           .
fail_last_attempt .           .           failed      .           .           .           .
time_out          .           .           failed      .           .           .           .
release           .           .           queued      .           .           .           .
release_dispatch  .           .           queued      .           .           .           .
end_lease         .           .           in_progress .           .           .           .
reclaim           .           .           in_progress .           .           .           .
mark_lost         .           queued      .           .           .           .           .
purge_due         .           .           .           .           .           .           expired
delete_due        .           .           .           .           .           .           deleted
cancel            cancelled   cancelled   cancelled   .           .           .           .
retry             .           .           .           .           queued      queued      queued
expire_due        expired     expired     expired     expired     expired     expired     .
rescue_lost       .           .           queued      .           .           .           .
claim_stale       .           .           .           .           .           .           .
claim_too_late    .           .           .           .           .           .           .
claim_after_stale .           .           .           .           .           .           .
claim_after_late  .           .           .           .           .           .           .
succeed_late      .           .           .           .           .           .           .
succeed_late_too  .           .           .           .           .           .           .
fail_late         .           .           .           .           .           .           .
fail_retryable_late .         .           .           .           .           .           .
time_out_stale    .           .           .           .           .           .           .
time_out_foreign  .           .           .           .           .           .           .
release_late      .           .           .           .           .           .           .
heartbeat_late    .           .           .           .           .           .           .
cancel_foreign    .           .           .           .           .           .           .
retry_foreign     .           .           .           .           .           .           .
retry_purged      .           .           .           .           queued      queued      .
expire_early      .           .           .           .           .           .           .
rescue_early      .           .           .           .           .           .           .
release_stale     .           .           .           .           .           .           .
release_foreign   .           .           .           .           .           .           .
end_lease_stale   .           .           .           .           .           .           .
end_lease_foreign .           .           .           .           .           .           .
reclaim_stale     .           .           .           .           .           .           .
reclaim_foreign   .           .           .           .           .           .           .
mark_lost_waiting .           .           .           .           .           .           .
mark_lost_in_hand .           .           .           .           .           .           .
mark_lost_again   .           .           .           .           .           .           .
mark_lost_other   .           .           .           .           .           .           .
purge_early       .           .           .           .           .           .           .
delete_early      .           .           .           .           .           .           .
delete_unpurged   .           .           .           .           .           .           .
rescue_last       .           .           failed      .           .           .           .
"""


DELETED = "deleted"
ALL, NONE = (each.replace(tzinfo=timezone.utc) for each in (datetime.max, datetime.min))


def _cells() -> list[tuple[str, Status, Any]]:
    header, *rows = MATRIX.strip().splitlines()
    statuses = [Status(name) for name in header.split()]
    return [
        (verb, status, None if cell == "." else cell if cell == DELETED else Status(cell))
        for verb, *cells in map(str.split, rows)
        for status, cell in zip(statuses, cells, strict=True)
    ]


Sql = Callable[..., list[tuple[Any, ...]]]


@pytest.mark.parametrize(("verb", "status", "expected"), _cells())
def test_verb_from_status(
    verb: str, status: Status, expected: Status | None, organization: str, sql: Sql
) -> None:
    job = _job_in(status, organization, sql)
    bystander = _job_in(status, organization, sql)
    _prepare(verb, job, sql)
    before, beside = _state(job, sql), _state(bystander, sql)

    _apply(verb, job)

    after = _state(job, sql)
    assert _state(bystander, sql) == beside
    if expected is None:
        assert after == before
    elif expected == DELETED:
        assert after == {"status": DELETED, "payload": [], "events": []}
    elif verb == "purge_due":
        assert after["purged_at"] is not None
        assert (after["status"], after["payload"]) == (expected, [])
        assert after["events"] == before["events"]
    else:
        assert after["status"] == expected
        moves = after["events"][len(before["events"]) :]
        assert moves == ([(status, expected)] if status != expected else [])
        assert status == expected or expected in TRANSITIONS[status]
        [(payload,)] = after["payload"]
        has_response = payload["response_body"] is not None
        assert has_response == (Status.COMPLETED in (status, expected))


def test_every_documented_transition_is_made_by_a_verb() -> None:
    made = {
        (status, expected)
        for _, status, expected in _cells()
        if expected not in (None, status, DELETED)
    }
    documented = {(origin, target) for origin in TRANSITIONS for target in TRANSITIONS[origin]}
    assert made == documented


@pytest.mark.parametrize("status", Status)
def test_a_database_check_refuses_a_wrong_row(status: Status, organization: str, sql: Sql) -> None:
    import psycopg2

    job = _job_in(status, organization, sql)
    wrong = "NULL" if status in TERMINAL else "clock_timestamp()"
    with pytest.raises(psycopg2.errors.CheckViolation):
        sql(f"UPDATE jobs SET completed_at = {wrong} WHERE id = %s", job.id)  # noqa: S608


def _job_in(status: Status, organization: str, sql: Sql) -> Job:
    job = submit(NewJob(organization, "/v1/echo", '{"text": "hi"}'))
    if status is Status.VALIDATING:
        return job
    dispatching.mark_dispatched(job)
    if status is Status.CANCELLED:
        jobs.cancel(organization, job.id)
    elif status is not Status.QUEUED:
        claimed = _claim(job)
        assert claimed is not None
        job = claimed
    if status in (Status.COMPLETED, Status.EXPIRED):
        jobs.succeed(job, "{}")
    elif status is Status.FAILED:
        jobs.fail(job, JobFailure("broken", "It broke."))
    if status is Status.EXPIRED:
        _make_due(job, sql)
        sweeps.expire_due(10)
        # That its time has passed must not be the only thing that keeps it from running.
        sql("UPDATE jobs SET expires_at = created_at + interval '1 day' WHERE id = %s", job.id)
    found = jobs.get(organization, job.id)
    assert found is not None
    assert found.status == status
    return found


def _prepare(verb: str, job: Job, sql: Sql) -> None:
    if verb in ("expire_due", "claim_too_late", "claim_after_late"):
        _make_due(job, sql)
    elif verb in ("rescue_lost", "rescue_last") and job.status is Status.IN_PROGRESS:
        lost = 2 if verb == "rescue_last" else 1
        sql(
            "UPDATE jobs SET lease_expires_at = clock_timestamp(), loss_count = %s WHERE id = %s",
            lost,
            job.id,
        )
    elif "unsent" in verb:
        sql(
            "UPDATE jobs SET dispatched_at = NULL, dispatch_after = clock_timestamp() "
            "WHERE id = %s",
            job.id,
        )
    elif verb == "take_undispatched":
        sql("UPDATE jobs SET dispatch_after = clock_timestamp() WHERE id = %s", job.id)
    elif verb == "retry_purged" and job.status is Status.EXPIRED:
        sql("UPDATE jobs SET purged_at = clock_timestamp() WHERE id = %s", job.id)
    elif verb.startswith("mark_lost") and job.dispatched_at is not None:
        ago, again = {"mark_lost_in_hand": (9, 0), "mark_lost_again": (35, 2)}.get(verb, (11, 0))
        sql(
            "UPDATE jobs SET dispatched_at = clock_timestamp() - make_interval(secs => %s), "
            "redispatch_count = %s WHERE id = %s",
            ago,
            again,
            job.id,
        )
    elif verb.startswith(("purge", "delete")):
        _make_old(verb, job, sql)


def _make_old(verb: str, job: Job, sql: Sql) -> None:
    days = {"purge_due": 2, "delete_due": 91, "delete_early": 89, "delete_unpurged": 91}.get(
        verb, 0
    )
    sql(
        "UPDATE jobs SET created_at = created_at - interval '100 days', "
        "expires_at = clock_timestamp() - make_interval(days => %s) WHERE id = %s",
        days,
        job.id,
    )
    if verb in ("delete_due", "delete_early") and job.status is Status.EXPIRED:
        sql("UPDATE jobs SET purged_at = clock_timestamp() WHERE id = %s", job.id)


def _make_due(job: Job, sql: Sql) -> None:
    sql("UPDATE jobs SET expires_at = created_at WHERE id = %s", job.id)


def _apply(verb: str, job: Job) -> None:
    from dataclasses import replace

    late = replace(job, attempt_count=job.attempt_count - 1, worker="worker:test")
    broken = JobFailure("broken", "It broke.")
    busy = RetryableFailure("busy", "It is busy.")
    job = replace(job, worker="worker:test")
    older = replace(job, dispatch_number=job.dispatch_number - 1)
    nobody = replace(job, id="job_none")
    dispatch, before = (job.id, job.dispatch_number), (job.id, job.dispatch_number - 1)
    verbs: dict[str, Callable[[], Any]] = {
        "mark_dispatched": lambda: dispatching.mark_dispatched(job),
        "mark_sent_stale": lambda: dispatching.mark_dispatched(older),
        "mark_undelivered": lambda: dispatching.mark_undelivered(job),
        "mark_unsent": lambda: dispatching.mark_undelivered(job),
        "mark_unsent_stale": lambda: dispatching.mark_undelivered(older),
        "take_unsent": lambda: sweeps.take_undispatched(10),
        "take_undispatched": lambda: sweeps.take_undispatched(10),
        "claim": lambda: _claim(job),
        "claim_stale": lambda: _claim(job, -1),
        "claim_too_late": lambda: _claim(job),
        "heartbeat": lambda: jobs.heartbeat(job),
        "heartbeat_late": lambda: jobs.heartbeat(late),
        "succeed": lambda: jobs.succeed(job, '{"done": true}'),
        "succeed_late": lambda: jobs.succeed(late, '{"done": true}'),
        "succeed_before": lambda: _succeed_and_claim(job, nobody),
        "succeed_late_too": lambda: _succeed_and_claim(late, nobody),
        "claim_after": lambda: _succeed_and_claim(nobody, job),
        "claim_after_stale": lambda: _succeed_and_claim(nobody, older),
        "claim_after_late": lambda: _succeed_and_claim(nobody, job),
        "fail": lambda: jobs.fail(job, broken),
        "fail_late": lambda: jobs.fail(late, broken),
        "fail_retryable": lambda: jobs.fail_retryable(job, busy, 2),
        "fail_last_attempt": lambda: jobs.fail_retryable(job, busy, 1),
        "fail_retryable_late": lambda: jobs.fail_retryable(late, busy, 2),
        "time_out": lambda: recovery.time_out(*dispatch, 1, worker="worker:test"),
        "time_out_stale": lambda: recovery.time_out(*before, 1, worker="worker:test"),
        "time_out_foreign": lambda: recovery.time_out(*dispatch, 1, worker="worker:other"),
        "release": lambda: jobs.release(job, "interrupted"),
        "release_late": lambda: jobs.release(late, "interrupted"),
        "cancel": lambda: jobs.cancel(job.organization_id, job.id),
        "cancel_foreign": lambda: jobs.cancel("org_other", job.id),
        "retry": lambda: jobs.retry(job.organization_id, job.id),
        "retry_foreign": lambda: jobs.retry("org_other", job.id),
        "retry_purged": lambda: jobs.retry(job.organization_id, job.id),
        "expire_due": lambda: sweeps.expire_due(10),
        "expire_early": lambda: sweeps.expire_due(10),
        "rescue_lost": lambda: sweeps.rescue_lost(10),
        "rescue_last": lambda: sweeps.rescue_lost(10),
        "rescue_early": lambda: sweeps.rescue_lost(10),
        "release_dispatch": lambda: recovery.release_dispatch(
            *dispatch, "killed", worker="worker:test"
        ),
        "release_stale": lambda: recovery.release_dispatch(*before, "killed", worker="worker:test"),
        "release_foreign": lambda: recovery.release_dispatch(
            *dispatch, "killed", worker="worker:other"
        ),
        "end_lease": lambda: recovery.end_lease(*dispatch, worker="worker:test"),
        "end_lease_stale": lambda: recovery.end_lease(*before, worker="worker:test"),
        "end_lease_foreign": lambda: recovery.end_lease(*dispatch, worker="worker:other"),
        "reclaim": lambda: _reclaim(job, 0, "worker:test"),
        "reclaim_stale": lambda: _reclaim(job, -1, "worker:test"),
        "reclaim_foreign": lambda: _reclaim(job, 0, "worker:other"),
        "mark_lost": lambda: sweeps.mark_lost(job.endpoint, ALL, 10),
        "mark_lost_waiting": lambda: sweeps.mark_lost(job.endpoint, NONE, 10),
        "mark_lost_in_hand": lambda: sweeps.mark_lost(job.endpoint, ALL, 10),
        "mark_lost_again": lambda: sweeps.mark_lost(job.endpoint, ALL, 10),
        "mark_lost_other": lambda: sweeps.mark_lost("/v1/other", ALL, 10),
        "purge_due": lambda: sweeps.purge_due(10),
        "purge_early": lambda: sweeps.purge_due(10),
        "delete_due": lambda: sweeps.delete_due(10),
        "delete_early": lambda: sweeps.delete_due(10),
        "delete_unpurged": lambda: sweeps.delete_due(10),
    }
    verbs[verb]()


def _claim(job: Job, back: int = 0) -> Job | None:
    number = job.dispatch_number + back
    return jobs.claim(job.id, number, endpoint=job.endpoint, worker="worker:test")


def _succeed_and_claim(job: Job, following: Job) -> None:
    result = jobs.Result(job, '{"done": true}')
    jobs.succeed_and_claim([result], [(following.id, following.dispatch_number)])


def _reclaim(job: Job, back: int, worker: str) -> None:
    number = job.dispatch_number + back
    found = recovery.reclaim(job.id, number, endpoint=job.endpoint, worker=worker)
    assert found is None or (found.attempt_count, found.request) == (1, '{"text": "hi"}')


def _state(job: Job, sql: Sql) -> dict[str, Any]:
    rows = sql("SELECT to_jsonb(jobs) FROM jobs WHERE id = %s", job.id)
    row = rows[0] if rows else [{"status": "deleted"}]
    payload = sql("SELECT to_jsonb(p) FROM job_payloads AS p WHERE job_id = %s", job.id)
    events = sql(
        "SELECT from_status, to_status FROM job_events WHERE job_id = %s ORDER BY id", job.id
    )
    return {**row[0], "payload": payload, "events": events}
