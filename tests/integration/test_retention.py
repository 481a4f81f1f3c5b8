"""How long jobs are kept: until they expire, lose their payloads, and are forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from jobs_backend import jobs, organizations, sweeps
from jobs_backend.cli import main
from jobs_backend.job import Job
from jobs_backend.submission import NewJob, submit

Sql = Callable[..., list[tuple[Any, ...]]]
DAY = 24 * 60 * 60


def _kept(job: Job) -> float:
    return (job.expires_at - job.created_at).total_seconds()


@pytest.mark.parametrize(
    ("endpoint", "of_organization", "kept"),
    [
        ("/v1/echo", None, 7 * DAY),
        ("/v1/echo", 60, 60),
        ("/v1/echo", 30 * DAY, 30 * DAY),
        ("/v1/short-lived", None, 3600),
        ("/v1/short-lived", 60, 60),
        ("/v1/short-lived", 30 * DAY, 3600),
    ],
)
def test_the_shorter_of_what_organization_and_endpoint_type_say(
    organization: str, endpoint: str, of_organization: int | None, kept: float
) -> None:
    found = organizations.set_retention("ours", of_organization)
    assert found is not None
    assert found.retention_seconds == of_organization
    job = submit(NewJob(organization, endpoint, "{}"))
    assert _kept(job) == kept
    jobs.cancel(organization, job.id)
    again = jobs.retry(organization, job.id)
    assert again is not None
    assert kept <= _kept(again) < kept + 10  # from the retry on


def test_clients_cannot_choose(create: Callable[..., Any]) -> None:
    for name in ("expires_at", "retention_seconds", "expires_in"):
        answer = create(**{name: 10**10})
        assert answer.status_code == 422


def test_an_organization_that_is_not_there(organization: str) -> None:
    assert organizations.set_retention("nobody", 60) is None


def test_the_command_line(organization: str) -> None:
    def say(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["orgs", *arguments])
        return str(result.output)

    assert "ours: jobs expire after 60 s." in say("retention", "ours", "60")
    listed = say("list")
    assert organization in listed
    assert "60 s" in listed
    assert "expire as JOBS_RETENTION_SECONDS says." in say("retention", "ours", "default")
    assert "There is no organization nobody" in say("retention", "nobody", "60")
    for wrong in ("0", "-5", "soon", "99999999999"):
        assert "must be a number of seconds" in say("retention", "ours", "--", wrong)


def test_a_job_expires_loses_its_payloads_and_is_forgotten(
    client: FlaskClient, organization: str, sql: Sql
) -> None:
    job = submit(NewJob(organization, "/v1/echo", '{"text": "x"}'))
    path = f"/v1/jobs/{job.id}"
    _age(job, 8, sql)
    too_late = jobs.claim(job.id, job.dispatch_number, endpoint=job.endpoint, worker="worker:test")
    assert too_late is None
    assert sweeps.expire_due(10) == (1, [])
    assert sweeps.expire_due(10) == (0, [])
    assert sweeps.purge_due(10) == 1
    assert sweeps.purge_due(10) == 0
    answer = client.get(path, query_string={"include_request": "true"})
    assert (answer.json["status"], answer.json["request"]) == ("expired", None)
    assert client.post(f"{path}/retry").json["detail"] == (
        "Cannot retry expired job: its data was deleted"
    )
    assert sweeps.delete_due(10) == 0
    _age(job, 98, sql)
    assert sweeps.delete_due(10) == 1
    assert client.get(path).status_code == 404
    for table in ("job_events", "job_payloads", "job_facets"):
        left = f"SELECT count(*) FROM {table} WHERE job_id = %s"  # noqa: S608
        assert sql(left, job.id) == [(0,)], table


def test_records_are_kept_for_ever_where_that_is_wanted(
    organization: str, sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from workers import beat

    job = submit(NewJob(organization, "/v1/echo", "{}"))
    _age(job, 1000, sql)
    sweeps.expire_due(10)
    sweeps.purge_due(10)
    for kept, left in ((0, 1), (90 * DAY, 0)):
        wanted = replace(beat.settings(), delete_after_seconds=kept)
        monkeypatch.setattr(beat, "settings", lambda wanted=wanted: wanted)
        beat.delete()
        assert sql("SELECT count(*) FROM jobs WHERE id = %s", job.id) == [(left,)]


def _age(job: Job, days: int, sql: Sql) -> None:
    ages = "created_at = clock_timestamp() - make_interval(days => %s)"
    ends = "expires_at = clock_timestamp() - make_interval(days => %s)"
    sql(f"UPDATE jobs SET {ages}, {ends} WHERE id = %s", days, days - 7, job.id)  # noqa: S608
