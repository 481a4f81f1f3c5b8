"""Submits at the same time share a statement, and nothing else."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import psycopg2
import pytest

from jobs_backend import idempotency, jobs, submission
from jobs_backend.db import database
from jobs_backend.errors import DatabaseUnavailable
from jobs_backend.job import Job, Status
from jobs_backend.submission import NewJob, submit, submit_all
from tests.conftest import eventually


class Gate:
    """The database, whose first submit waits until it is let go; counts the jobs of each."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.go = threading.Event()

    def __call__(self) -> Gate:
        return self

    def run(self, name: str, /, **parameters: Any) -> Any:
        self.sizes.append(len(parameters["requests"]))
        if len(self.sizes) == 1:
            assert self.go.wait(30)
        return database().run(name, **parameters)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """In the way of every submit of this test."""
    gate = Gate()
    monkeypatch.setattr(submission, "database", gate)
    yield gate
    gate.go.set()


def _submit_together(gate: Gate, new: Sequence[NewJob]) -> list[Future[Job]]:
    # The first holds the statement, so that all others come meanwhile.
    with ThreadPoolExecutor(len(new)) as pool:
        first = pool.submit(submit, new[0])
        eventually(lambda: gate.sizes)
        others = [pool.submit(submit, each) for each in new[1:]]
        eventually(lambda: len(submission._among_others._waiting) == len(others))
        gate.go.set()
        return [first, *others]


def test_who_comes_while_one_is_stored_shares_the_next_statement(
    gate: Gate, organization: str
) -> None:
    new = [
        NewJob(organization, "/v1/echo", f'{{"n": {n}}}', {"n": str(n)}, request_id=f"r{n}")
        for n in range(6)
    ]
    stored = [each.result() for each in _submit_together(gate, new)]
    assert gate.sizes == [1, 5]
    for wanted, job in zip(new, stored, strict=True):
        found = jobs.get(organization, job.id, include_request=True)
        assert found is not None
        assert found.status is Status.VALIDATING
        assert (found.request, found.metadata, found.request_id) == (
            wanted.request,
            wanted.metadata,
            wanted.request_id,
        )


def test_one_that_postgres_refuses_is_not_the_end_of_its_neighbours(
    gate: Gate, organization: str
) -> None:
    fine = NewJob(organization, "/v1/echo", "{}")
    bad = NewJob(organization, "/v1/any\0thing", "{}")
    first, second, third, fourth = _submit_together(gate, [fine, fine, bad, fine])
    with pytest.raises(psycopg2.DataError):
        third.result()
    ids = {each.result().id for each in (first, second, fourth)}
    assert {each for each in ids if jobs.get(organization, each)} == ids
    assert len(ids) == 3


def test_with_a_key_or_a_large_request_a_submit_waits_for_no_other(
    gate: Gate, organization: str
) -> None:
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(submit, NewJob(organization, "/v1/echo", "{}"))
        eventually(lambda: gate.sizes)
        large = json.dumps({"text": "x" * submission.SHARED_REQUEST_CHARACTERS})
        assert submit(NewJob(organization, "/v1/echo", large)).id
        key = idempotency.key_for("k", {})
        assert submit(NewJob(organization, "/v1/echo", "{}", key=key)).id
        assert not first.done()
        gate.go.set()


def test_many_at_once_are_all_stored_or_none(organization: str, connection: Any) -> None:
    new = [NewJob(organization, "/v1/echo", f'{{"n": {n}}}') for n in range(1000)]
    stored = submit_all(new)
    assert [jobs.get(organization, job.id, include_request=True).request for job in stored] == [  # type: ignore[union-attr] # it is there
        each.request for each in new
    ]
    with pytest.raises(psycopg2.Error):
        submit_all([*new, NewJob("org_unknown", "/v1/echo", "{}")])
    assert _count(connection, organization) == 1000


def test_what_became_of_many_is_read_again_where_the_answer_was_lost(
    organization: str, connection: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Cut:
        def run(self, name: str, /, **parameters: Any) -> Any:
            database().run(name, **parameters)
            raise DatabaseUnavailable("cut", may_have_run=True)

    monkeypatch.setattr(submission, "database", Cut)
    stored = submit_all([NewJob(organization, "/v1/echo", "{}") for _ in range(3)])
    assert len({job.id for job in stored}) == _count(connection, organization) == 3


def _count(connection: Any, organization: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM jobs WHERE organization_id = %s", (organization,))
        return int(cursor.fetchone()[0])
