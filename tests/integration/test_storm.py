"""Everybody at once, for a while: API, runner and sweeps on the same few jobs.

`make test` runs a shorter storm than `make storm`, of 16 threads with 1,000 rounds each.
"""

from __future__ import annotations

import os
import random
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any

import pytest
from flask import Flask

from jobs_backend import sweeps
from jobs_backend.endpoints import registry
from jobs_backend.job import Status
from jobs_backend.submission import NewJob, submit
from workers import hands

Sql = Callable[..., list[tuple[Any, ...]]]
THREADS = 16
ROUNDS = int(os.environ.get("STORM_ROUNDS", "60"))
JOBS = 12


class Actor:
    """One thread's share of the storm."""

    def __init__(self, app: Flask, key: str, postgres: Sql, ids: list[str], seed: int) -> None:
        self._client = app.test_client()
        self._client.environ_base["HTTP_API_KEY"] = key
        self._sql = postgres
        self._ids = ids
        self._random = random.Random(seed)  # noqa: S311 - no secret
        self.cancelled: Counter[str] = Counter()
        self.answers: Counter[int] = Counter()

    def run(self) -> None:
        """Act, round after round, on jobs that the others act on too."""
        acts = (self._cancel, self._cancel, self._retry, self._work, self._work, self._expire)
        for _ in range(ROUNDS):
            self._random.choice(acts)(self._random.choice(self._ids))

    def _cancel(self, job_id: str) -> None:
        answer = self._client.post(f"/v1/jobs/{job_id}/cancel")
        self.answers[answer.status_code] += 1
        if answer.status_code == 200:
            assert answer.json["status"] == "cancelled"
            self.cancelled[job_id] += 1

    def _retry(self, job_id: str) -> None:
        self.answers[self._client.post(f"/v1/jobs/{job_id}/retry").status_code] += 1

    def _work(self, job_id: str) -> None:
        from workers import runner

        others = iter(self._random.sample(self._ids, self._random.randrange(4)))

        def following(_limit: int) -> list[tuple[str, int]]:
            return [(each, self._dispatch_number(each)) for each in islice(others, 3)]

        runner.run(registry()["/v1/echo"], job_id, self._dispatch_number(job_id), following)

    def _dispatch_number(self, job_id: str) -> int:
        [(number,)] = self._sql("SELECT dispatch_number FROM jobs WHERE id = %s", job_id)
        return int(number)

    def _expire(self, job_id: str) -> None:
        # Half of them only those that completed, since else these would never come back.
        statuses = ["completed"] if self._random.random() < 0.5 else list(Status)
        self._sql(
            "UPDATE jobs SET expires_at = created_at WHERE id = %s AND status = ANY (%s)",
            job_id,
            statuses,
        )
        sweeps.expire_due(2)


@pytest.mark.timeout(900)
def test_no_guard_breaks_in_a_storm(
    app: Flask,
    key: str,
    organization: str,
    sql: Sql,
    postgres_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What a process has in hand is one thread's there, and everybody's here.
    monkeypatch.setattr(hands, "go_on", lambda _: None)
    ids = [submit(NewJob(organization, "/v1/echo", '{"text": "hi"}')).id for _ in range(JOBS)]
    actors = [Actor(app, key, _session(postgres_url), ids, seed) for seed in range(THREADS)]
    # A runner takes a thread that began during its job for one that the handler left behind.
    everybody = threading.Barrier(THREADS)
    with ThreadPoolExecutor(THREADS, initializer=everybody.wait) as pool:
        for done in [pool.submit(actor.run) for actor in actors]:
            done.result()

    answers = sum((actor.answers for actor in actors), Counter())
    assert set(answers) <= {200, 202, 400, 409}, answers  # 202: the broker was slow
    cancelled = sum((actor.cancelled for actor in actors), Counter())
    assert cancelled.total() > ROUNDS / 2  # or there was no storm
    for job_id in ids:
        _check_history(job_id, cancelled[job_id], sql)


def _check_history(job_id: str, cancellations: int, sql: Sql) -> None:
    events = sql(
        "SELECT from_status, to_status, attempt FROM job_events WHERE job_id = %s ORDER BY id",
        job_id,
    )
    [(status, attempts, response_attempt)] = sql(
        "SELECT status, attempt_count, response_attempt "
        "FROM jobs JOIN job_payloads ON job_id = jobs.id WHERE jobs.id = %s",
        job_id,
    )
    assert [event[0] for event in events] == [None, *(event[1] for event in events[:-1])]
    assert events[-1][1] == status
    # Every cancel that said 200 is in the history; after it comes a retry, the expiry or nothing.
    assert sum(event[1] == "cancelled" for event in events) == cancellations
    assert {to for origin, to, _ in events if origin == "cancelled"} <= {"queued", "expired"}
    results = [attempt for _, to, attempt in events if to == "completed"]
    assert len(results) == len(set(results))
    claims = [attempt for _, to, attempt in events if to == "in_progress"]
    assert claims == list(range(1, attempts + 1))
    assert response_attempt is None or response_attempt == results[-1]


def _session(url: str) -> Sql:
    import psycopg2

    connection = psycopg2.connect(url)
    connection.autocommit = True

    def run(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    return run
