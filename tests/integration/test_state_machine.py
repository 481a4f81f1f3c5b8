"""Any verbs in any order, with any token that was ever given out: what must hold all the same.

Few jobs and few organizations, so that the verbs meet; expiry and lapsed leases are made to happen
often, since otherwise nothing would be proved about them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from jobs_backend import dispatching, jobs, organizations, recovery, sweeps
from jobs_backend.errors import JobFailure, RetryableFailure
from jobs_backend.job import TERMINAL, TRANSITIONS, Job, Status
from jobs_backend.submission import NewJob, submit

Sql = Callable[..., list[tuple[Any, ...]]]
BROKEN, BUSY = JobFailure("broken", "It broke."), RetryableFailure("busy", "It is busy.")
JOBS = 3
which = st.integers(0, JOBS - 1)
# Verbs of those who do not know the attempt.
BY_DISPATCH = frozenset({"time_out", "release_killed", "end_lease", "reclaim"})
ANY_TOKEN = st.integers(0, 10_000)
# All of them claim as "w".
ANY_WORKER = st.sampled_from(["w", "other"])


class Jobs(RuleBasedStateMachine):
    """The job store, used by everybody at once."""

    def __init__(self, sql: Sql) -> None:
        super().__init__()
        self._sql = sql
        sql("TRUNCATE organizations CASCADE")
        self._ours = organizations.create_organization("ours")
        self._theirs = organizations.create_organization("theirs")
        self._ids: list[str] = []
        self._tokens: list[Job] = []
        self._cancelled: set[str] = set()

    @initialize()
    def begin(self) -> None:
        """Start with the jobs that all rules share."""
        for _ in range(JOBS):
            job = submit(NewJob(self._ours, "/v1/echo", "{}"))
            self._ids.append(job.id)
            self._tokens.append(job)

    @rule(n=which, stale=st.integers(0, 2))
    def claim(self, n: int, stale: int) -> None:
        """A message comes: the current one, or one of an earlier dispatch."""
        dispatch = self._row(n)["dispatch_number"] - max(0, stale - 1)
        who = {"endpoint": "/v1/echo", "worker": "w"}
        claimed = self._move("claim", n, lambda i: jobs.claim(i, dispatch, **who))
        if claimed is not None:
            assert dispatch == claimed.dispatch_number
            self._tokens.append(claimed)

    @rule(n=which, back=st.integers(0, 1))
    def note_dispatch(self, n: int, back: int) -> None:
        """The API or beat notes that a message was sent, late perhaps."""
        sent = self._known(n, back)
        self._move("mark_dispatched", n, lambda _: dispatching.mark_dispatched(sent))

    @rule(n=which, token=ANY_TOKEN)
    def heartbeat(self, n: int, token: int) -> None:
        """A worker renews its lease."""
        held = self._token(n, token)
        self._move("heartbeat", n, lambda _: jobs.heartbeat(held), held)

    @rule(n=which, token=ANY_TOKEN)
    def succeed(self, n: int, token: int) -> None:
        """A worker hands in a result."""
        held = self._token(n, token)
        self._move("succeed", n, lambda _: jobs.succeed(held, '{"done": 1}'), held)

    @rule(n=which, token=ANY_TOKEN, following=which, stale=st.integers(0, 2))
    def succeed_and_claim(self, n: int, token: int, following: int, stale: int) -> None:
        """A worker hands in a result and goes on with a message, of the same job perhaps."""
        held, before = replace(self._token(n, token), worker="w"), self._rows()
        dispatch = self._row(following)["dispatch_number"] - max(0, stale - 1)
        [ended], claimed = jobs.succeed_and_claim(
            [jobs.Result(held, '{"done": 1}')], [(self._ids[following], dispatch)]
        )
        moves = (ended, next(iter(claimed), None))
        after = self._rows()
        moved = {self._ids[i] for i, job in zip((n, following), moves, strict=True) if job}
        assert {each for each in self._ids if before[each] != after[each]} == moved
        for verb, i, job, owner in zip(
            ("succeed", "claim"), (n, following), moves, (held, None), strict=True
        ):
            if job is not None:
                self._check_move(verb, before[self._ids[i]], after[self._ids[i]], owner)
        if moves[1] is not None:
            assert dispatch == moves[1].dispatch_number
            self._tokens.append(moves[1])

    @rule(n=which, token=ANY_TOKEN)
    def fail(self, n: int, token: int) -> None:
        """A worker hands in an error."""
        held = self._token(n, token)
        self._move("fail", n, lambda _: jobs.fail(held, BROKEN), held)

    @rule(n=which, token=ANY_TOKEN, most=st.integers(1, 3))
    def fail_retryable(self, n: int, token: int, most: int) -> None:
        """A worker hands in an error that may pass."""
        held = self._token(n, token)
        self._move("fail_retryable", n, lambda _: jobs.fail_retryable(held, BUSY, most), held)

    @rule(n=which, token=ANY_TOKEN)
    def release(self, n: int, token: int) -> None:
        """A worker gives a job back."""
        held = self._token(n, token)
        self._move("release", n, lambda _: jobs.release(held, "interrupted"), held)

    @rule(n=which, token=ANY_TOKEN, worker=ANY_WORKER)
    def time_out(self, n: int, token: int, worker: str) -> None:
        """A worker's main process kills an attempt at its limit."""
        held = self._token(n, token)
        number = held.dispatch_number
        found = self._move(
            "time_out", n, lambda i: recovery.time_out(i, number, 1, worker=worker), held
        )
        assert found is None or worker == "w"

    @rule(n=which, token=ANY_TOKEN, worker=ANY_WORKER)
    def release_killed(self, n: int, token: int, worker: str) -> None:
        """A worker's main process kills an attempt and gives its job back."""
        held = self._token(n, token)
        number = held.dispatch_number
        found = self._move(
            "release_killed",
            n,
            lambda i: recovery.release_dispatch(i, number, "x", worker=worker),
            held,
        )
        assert found is None or worker == "w"

    @rule(n=which, token=ANY_TOKEN, worker=ANY_WORKER)
    def end_lease(self, n: int, token: int, worker: str) -> None:
        """A worker's main process finds an attempt's process dead."""
        held = self._token(n, token)
        number = held.dispatch_number
        found = self._move(
            "end_lease", n, lambda i: recovery.end_lease(i, number, worker=worker), held
        )
        assert found is None or worker == "w"

    @rule(n=which, token=ANY_TOKEN, worker=ANY_WORKER)
    def reclaim(self, n: int, token: int, worker: str) -> None:
        """A worker looks whether its claim took effect."""
        held = self._token(n, token)
        number = held.dispatch_number
        who = {"endpoint": "/v1/echo", "worker": worker}
        found = self._move("reclaim", n, lambda i: recovery.reclaim(i, number, **who), held)
        assert found is None or worker == "w"

    @rule(n=which)
    def lose(self, n: int) -> None:
        """A message gets lost, and beat looks."""
        self._sql(
            "UPDATE jobs SET dispatched_at = dispatched_at - interval '1 day' WHERE id = %s",
            self._ids[n],
        )
        everything = datetime.max.replace(tzinfo=timezone.utc)
        self._move("mark_lost", n, lambda _: _one(sweeps.mark_lost("/v1/echo", everything, 10)))

    @rule(n=which)
    def cancel(self, n: int) -> None:
        """Its organization cancels it."""
        if self._move("cancel", n, lambda i: jobs.cancel(self._ours, i)) is not None:
            self._cancelled.add(self._ids[n])

    @rule(n=which)
    def retry(self, n: int) -> None:
        """Its organization runs it again."""
        if self._move("retry", n, lambda i: jobs.retry(self._ours, i)) is not None:
            self._cancelled.discard(self._ids[n])

    @rule(n=which, verb=st.sampled_from(["cancel", "retry", "get"]))
    def meddle(self, n: int, verb: str) -> None:
        """Another organization tries its luck."""
        before = self._rows()
        assert getattr(jobs, verb)(self._theirs, self._ids[n]) is None
        assert self._rows() == before

    @rule(n=which)
    def expire(self, n: int) -> None:
        """Time passes for one of them, and beat looks."""
        self._sql("UPDATE jobs SET expires_at = created_at WHERE id = %s", self._ids[n])
        self._move("expire_due", n, self._expire_due)

    def _expire_due(self, job_id: str) -> Job | None:
        ran = self._rows()[job_id]["status"] == "in_progress"
        expired, running = sweeps.expire_due(10)
        assert [job.id for job in running] == [job_id] * ran  # whom to stop
        return jobs.get(self._ours, job_id) if expired else None

    @rule(n=which, losses=st.integers(0, 4))
    @precondition(lambda self: any(row["status"] == "in_progress" for row in self._rows().values()))
    def rescue(self, n: int, losses: int) -> None:
        """A worker falls silent, and beat looks."""
        self._sql(  # of another one the lease may have been ended
            "UPDATE jobs SET lease_expires_at = clock_timestamp() + interval '1 hour' "
            "WHERE status = 'in_progress'"
        )
        self._sql(
            "UPDATE jobs SET lease_expires_at = clock_timestamp(), loss_count = %s "
            "WHERE id = %s AND status = 'in_progress'",
            losses,
            self._ids[n],
        )
        self._move("rescue_lost", n, lambda _: _one(sweeps.rescue_lost(10)))

    @invariant()
    def a_cancelled_job_stays_cancelled(self) -> None:
        """No result after a cancel that was answered with success, unless somebody retries."""
        for job_id in self._cancelled:
            row = self._rows()[job_id]
            assert row["status"] in ("cancelled", "expired")
            [(response,)] = self._sql(
                "SELECT response_body FROM job_payloads WHERE job_id = %s", job_id
            )
            assert response is None

    @invariant()
    def history_is_one_path_that_ends_where_the_job_is(self) -> None:
        """Each move starts where the one before it ended; no attempt has two results."""
        for job_id, row in self._rows().items():
            events = self._sql(
                "SELECT from_status, to_status, attempt FROM job_events WHERE job_id = %s "
                "ORDER BY id",
                job_id,
            )
            assert [event[0] for event in events] == [None, *(event[1] for event in events[:-1])]
            assert events[-1][1] == row["status"]
            results = [attempt for _, to, attempt in events if to == "completed"]
            assert len(results) == len(set(results))

    @invariant()
    def nothing_hangs_on_a_job_that_is_not_there(self) -> None:
        """No foreign key says so, but how rows are written and deleted."""
        for table in ("job_events", "job_payloads", "job_facets"):
            without = f"SELECT job_id FROM {table} WHERE job_id NOT IN (SELECT id FROM jobs)"  # noqa: S608
            assert self._sql(without) == []

    def _move(
        self,
        verb: str,
        n: int,
        act: Callable[[str], Job | None],
        held: Job | None = None,
    ) -> Job | None:
        before = self._rows()
        moved = act(self._ids[n])
        after = self._rows()
        changed = [job_id for job_id in self._ids if before[job_id] != after[job_id]]
        assert changed in ([], [self._ids[n]]), "a verb moved another job"
        assert (moved is not None) == bool(changed) or verb in ("heartbeat", "mark_dispatched")
        for job_id in changed:
            self._check_move(verb, before[job_id], after[job_id], held)
        return moved

    def _check_move(
        self, verb: str, old: dict[str, Any], new: dict[str, Any], held: Job | None
    ) -> None:
        origin, target = Status(old["status"]), Status(new["status"])
        assert origin is target or target in TRANSITIONS[origin]
        assert origin not in TERMINAL or verb in ("retry", "expire_due")
        assert new["attempt_count"] - old["attempt_count"] == int(verb == "claim")
        assert new["dispatch_number"] - old["dispatch_number"] in (0, 1)
        if held is not None:
            assert origin is Status.IN_PROGRESS
            token = "dispatch_number" if verb in BY_DISPATCH else "attempt_count"
            assert getattr(held, token) == old[token]

    def _rows(self) -> dict[str, dict[str, Any]]:
        return {row["id"]: row for (row,) in self._sql("SELECT to_jsonb(jobs) FROM jobs")}

    def _row(self, n: int) -> dict[str, Any]:
        return self._rows()[self._ids[n]]

    def _token(self, n: int, number: int) -> Job:
        mine = [token for token in self._tokens if token.id == self._ids[n]]
        return mine[number % len(mine)]

    def _known(self, n: int, back: int) -> Job:
        number = self._row(n)["dispatch_number"] - back
        return replace(self._token(n, 0), dispatch_number=number)


def _one(moved: list[Job]) -> Job | None:
    return moved[0] if moved else None


@pytest.mark.timeout(240)
def test_whatever_happens_in_whatever_order(servers: None, sql: Sql) -> None:
    run_state_machine_as_test(
        lambda: Jobs(sql),
        settings=settings(
            max_examples=80,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
