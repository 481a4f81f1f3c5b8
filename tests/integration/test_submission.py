"""Storing many jobs at once."""

from __future__ import annotations

from typing import Any

import psycopg2
import pytest

from jobs_backend import jobs, submission
from jobs_backend.db import database
from jobs_backend.errors import DatabaseUnavailable
from jobs_backend.submission import NewJob, submit_all


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
