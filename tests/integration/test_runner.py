"""One job through the runner: every way in which a handler can end."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jobs_backend import jobs, recovery, sweeps
from jobs_backend.endpoints import registry
from jobs_backend.errors import RetryableFailure
from jobs_backend.job import Job, Status
from jobs_backend.submission import NewJob, submit
from tests.conftest import eventually

pytestmark = pytest.mark.usefixtures("signals_as_in_a_worker")
Sql = Callable[..., list[tuple[Any, ...]]]


def _run(organization: str, endpoint: str, request: dict[str, Any]) -> Job:
    from workers import runner

    job = submit(NewJob(organization, endpoint, json.dumps(request)))
    runner.run(registry()[endpoint], job.id, job.dispatch_number)
    return _read(job)


def _read(job: Job) -> Job:
    found = jobs.get(job.organization_id, job.id, include_response=True)
    assert found is not None
    return found


def test_a_handler_gets_its_defaults_and_its_body_is_the_response(organization: str) -> None:
    job = _run(organization, "/v1/echo", {"text": "hi"})
    assert job.status == Status.COMPLETED
    assert job.response_status == 200
    assert json.loads(job.response_body or "") == {
        "text": "hi",
        "job_id": job.id,
        "attempt": 1,
        "organization_id": organization,
        "cancelled": False,
    }


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("failure", "out_of_paper"),
        ("crash", "internal_error"),
        ("nul", "ab"),
        ("odd", "5"),
        ("system_exit", "internal_error"),
        ("no_object", "invalid_response"),
        ("no_json", "invalid_response"),
        ("not_a_number", "invalid_response"),
        ("too_large", "response_too_large"),
        ("odd_status", "invalid_response"),
    ],
)
def test_a_handler_that_fails_leaves_a_code_and_words_for_the_user(
    organization: str, how: str, code: str
) -> None:
    job = _run(organization, "/v1/fails", {"how": how})
    assert job.status == Status.FAILED
    assert job.error is not None
    assert job.error["code"] == job.last_failure_code == code
    for internal in ("Traceback", "secret", "passwd", "Error:", "object at"):
        assert internal not in json.dumps(job.error)
    assert job.error.get("details") == ({"tray": 2} if how == "failure" else None)


@pytest.mark.parametrize("verb", [jobs.fail, lambda *of: jobs.fail_retryable(*of, 1)])
def test_an_error_is_bounded_whatever_a_handler_raises(
    organization: str, verb: Callable[..., Job | None]
) -> None:
    submitted = submit(NewJob(organization, "/v1/echo", "{}"))
    job = jobs.claim(submitted.id, 1, endpoint=submitted.endpoint, worker="worker:test")
    huge = RetryableFailure("c" * 100_000, "é" * 1_000_000, {"x": ["é"] * 100_000})
    assert verb(job, huge) is not None
    found = _read(submitted)
    assert found.last_failure_code == "c" * 63 + "…"
    assert found.error == {
        "code": found.last_failure_code,
        "message": "é" * 1_999 + "…",
        "details": {"truncated": True},
    }


def test_a_handler_that_cannot_be_imported_fails_the_job(organization: str) -> None:
    job = _run(organization, "/v1/missing-handler", {})
    assert (job.error or {})["code"] == "internal_error"


def test_half_a_surrogate_pair_costs_a_character_and_not_the_result(organization: str) -> None:
    job = _run(organization, "/v1/fails", {"how": "surrogate"})
    assert json.loads(job.response_body or "") == {"text": "half ? of it"}


def test_the_next_job_finds_the_process_as_this_one_did(
    organization: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found() -> tuple[str, int]:
        mask = os.umask(0o077)
        os.umask(mask)
        return os.getcwd(), mask

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = found()
    request = {"marker": str(tmp_path / "moved"), "how": "elsewhere", "seconds": 0}
    try:
        assert _run(organization, "/v1/work", request).status is Status.COMPLETED
        assert found() == before
    finally:
        os.umask(before[1])
    job = _run(organization, "/v1/forks", {"fails": False})  # which asks for a folder
    assert json.loads(job.response_body or "")["is_kept"] is True


def test_progress_shows_what_can_be_shown_and_fails_no_job(
    organization: str, sql: Sql, tmp_path: Path
) -> None:
    from workers import runner

    marker = tmp_path / "told"
    request = json.dumps({"marker": str(marker), "how": "odd_progress", "seconds": 20})
    job = submit(NewJob(organization, "/v1/work", request))
    work = threading.Thread(target=runner.run, args=(registry()["/v1/work"], job.id, 1))
    work.start()
    noted = eventually(lambda: sql("SELECT done, total, message FROM job_progress"))
    Path(f"{marker}.go").touch()
    work.join()
    [(done, total, message)] = noted
    assert (done, total) == (2**63 - 1, 2**63 - 1)
    assert message.startswith("half ? of it and more")
    assert (len(message), message[-1]) == (199, "…")  # of the 200, one was NUL
    assert _read(job).status is Status.COMPLETED


def test_progress_that_is_not_stored_keeps_no_lease_from_being_renewed(
    organization: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workers import heartbeat

    submitted = submit(NewJob(organization, "/v1/echo", "{}"))
    job = jobs.claim(submitted.id, 1, endpoint=submitted.endpoint, worker="worker:test")
    assert job is not None
    renewed = threading.Event()
    quick = _settings_with(heartbeat_seconds=0.05)
    monkeypatch.setattr(heartbeat, "settings", lambda: quick)
    monkeypatch.setattr(heartbeat, "PROGRESS_SECONDS", 0)
    monkeypatch.setattr(heartbeat, "RECORD_RETRY_SECONDS", 0)

    def renew(of: Job) -> Job:
        heartbeat.note(1, 2, None)
        renewed.set()
        return of

    def refuse(*_: Any) -> None:
        heartbeat.note(1, 2, None)
        raise ValueError("it is none that Postgres takes")

    monkeypatch.setattr(jobs, "heartbeat", renew)
    monkeypatch.setattr(jobs, "note_progress", refuse)
    events = (threading.Event(), threading.Event())
    with heartbeat.keeps_lease(job, registry()["/v1/echo"], *events):
        heartbeat.note(1, 2, None)
        assert renewed.wait(10)


@pytest.mark.parametrize("fails", [False, True])
def test_a_fork_that_comes_back_takes_nothing_with_it(organization: str, fails: bool) -> None:
    job = _run(organization, "/v1/forks", {"fails": fails})
    body = json.loads(job.response_body or "")
    assert body["is_kept"] is True
    assert not Path(body["folder"]).exists()


def test_an_interrupted_job_goes_back_to_the_queue(organization: str, sql: Sql) -> None:
    job = _run(organization, "/v1/fails", {"how": "stray_signal"})
    assert (job.status, job.dispatch_number, job.error) == (Status.QUEUED, 2, None)
    assert (job.failure_count, job.loss_count) == (0, 0)
    assert sql("SELECT reason FROM job_events WHERE to_status = 'queued'") == [("interrupted",)]


def test_what_became_of_an_attempt_whose_answer_was_lost(organization: str) -> None:
    from dataclasses import replace

    submitted = submit(NewJob(organization, "/v1/echo", "{}"))
    job = jobs.claim(submitted.id, 1, endpoint=submitted.endpoint, worker="worker:one")
    assert job is not None
    assert recovery.find_recorded(job) is None  # that it began is no end
    jobs.release(job, "interrupted")
    found = recovery.find_recorded(job)
    assert found is not None
    assert found.status == Status.QUEUED
    assert recovery.find_recorded(replace(job, worker="worker:two")) is None
    assert recovery.find_recorded(replace(job, attempt_count=2)) is None
    other = submit(NewJob(organization, "/v1/echo", "{}"))
    assert recovery.find_recorded(replace(job, id=other.id)) is None
    again = jobs.claim(job.id, 2, endpoint=job.endpoint, worker="worker:one")
    assert again is not None
    jobs.cancel(organization, job.id)
    assert recovery.find_recorded(again) is None  # it was somebody else
    assert recovery.reclaim(job.id, 2, endpoint=job.endpoint, worker="worker:one") is None


def test_a_message_for_another_endpoint_type_starts_nothing(organization: str) -> None:
    job = submit(NewJob(organization, "/v1/echo", "{}"))
    assert jobs.claim(job.id, 1, endpoint="/v1/anything", worker="worker:one") is None
    other = submit(NewJob(organization, "/v1/anything", "{}"))
    before = jobs.claim(other.id, 1, endpoint="/v1/anything", worker="worker:one")
    assert before is not None
    assert jobs.succeed_and_claim([jobs.Result(before, "{}")], [(job.id, 1)])[1] == []
    claimed = jobs.claim(job.id, 1, endpoint="/v1/echo", worker="worker:one")
    assert claimed is not None
    assert recovery.reclaim(job.id, 1, endpoint="/v1/anything", worker="worker:one") is None
    assert recovery.reclaim(job.id, 1, endpoint="/v1/echo", worker="worker:one") is not None


def test_a_job_that_is_interrupted_again_and_again_waits_longer_each_time(
    organization: str, sql: Sql
) -> None:
    job = submit(NewJob(organization, "/v1/echo", "{}"))
    pauses = []
    for number in range(1, 8):
        claimed = jobs.claim(job.id, number, endpoint=job.endpoint, worker="worker:one")
        assert claimed is not None
        released = jobs.release(claimed, "interrupted")
        assert released is not None
        query = "SELECT extract(epoch FROM dispatch_after - clock_timestamp())::float FROM jobs"
        pauses.append(sql(query)[0][0])
    assert all(pause <= 0 for pause in pauses[:3])
    assert [round(pause) for pause in pauses[3:]] == [1, 2, 4, 8]
    assert (released.loss_count, released.interruption_count) == (0, 7)


def test_a_job_that_waits_for_its_next_attempt_is_not_timed_out(organization: str) -> None:
    job = submit(NewJob(organization, "/v1/echo", "{}"))
    claimed = jobs.claim(job.id, 1, endpoint=job.endpoint, worker="worker:one")
    assert claimed is not None
    assert jobs.release(claimed, "interrupted") is not None
    assert recovery.time_out(job.id, 2, 10, worker="worker:one") is None


@pytest.mark.parametrize(("ran", "code"), [(0, None), (10, "timeout")])
def test_a_process_that_is_found_dead_after_its_limit_timed_out(
    organization: str, sql: Sql, ran: float, code: str | None
) -> None:
    job = submit(NewJob(organization, "/v1/echo", "{}"))
    claimed = jobs.claim(job.id, 1, endpoint=job.endpoint, worker="worker:one")
    assert claimed is not None
    sql("UPDATE jobs SET last_attempt_at = clock_timestamp() - make_interval(secs => %s)", ran)
    buried = recovery.bury(job.id, 1, 10, worker="worker:one")
    assert buried is not None
    assert buried.last_failure_code == code
    assert buried.status is (Status.FAILED if code else Status.IN_PROGRESS)
    assert buried.lease_expires_at != claimed.lease_expires_at


def test_a_job_that_needs_too_much_memory_is_tried_as_often_as_any(organization: str) -> None:
    from workers import runner

    job = _run(organization, "/v1/fails", {"how": "memory"})
    for attempt in (1, 2):
        assert (job.status, job.attempt_count) == (Status.QUEUED, attempt)
        assert job.last_failure_code == "out_of_memory"
        runner.run(registry()["/v1/fails"], job.id, job.dispatch_number)
        job = _read(job)
    assert (job.status, job.attempt_count) == (Status.FAILED, 3)
    assert (job.error or {})["code"] == "out_of_memory"


@pytest.mark.parametrize(
    ("failures", "retry_after", "least", "most"),
    [
        (0, None, 1, 2),
        (3, None, 8, 16),
        (40, None, 300, 600),
        (0, 100, 100, 100),
        (0, 10_000, 600, 600),
        (0, -5, 1, 2),
        (0, "soon", 1, 2),
    ],
)
def test_the_pause_before_another_attempt_grows_and_heeds_the_upstream(
    organization: str, sql: Sql, failures: int, retry_after: Any, least: float, most: float
) -> None:
    submitted = submit(NewJob(organization, "/v1/echo", "{}"))
    sql("UPDATE jobs SET failure_count = %s WHERE id = %s", failures, submitted.id)
    job = jobs.claim(submitted.id, 1, endpoint=submitted.endpoint, worker="worker:test")
    assert job is not None
    busy = RetryableFailure("busy", "It is busy.", retry_after=retry_after)
    waiting = jobs.fail_retryable(job, busy, 100)
    assert waiting is not None
    [(pause,)] = sql(
        "SELECT extract(epoch FROM dispatch_after - clock_timestamp())::float FROM jobs "
        "WHERE id = %s",
        job.id,
    )
    assert least - 1 <= pause <= most
    assert sweeps.take_undispatched(10) == []


def test_a_message_that_comes_twice_runs_once(organization: str) -> None:
    from workers import runner

    job = submit(NewJob(organization, "/v1/echo", '{"text": "hi"}'))
    for _ in range(3):
        runner.run(registry()["/v1/echo"], job.id, 1)
    assert _read(job).attempt_count == 1


@pytest.mark.parametrize("message", [("job_none", 1), ("'; DROP TABLE jobs; --", 1)])
def test_a_forged_message_changes_nothing(
    connection: Any, sql: Sql, message: tuple[str, int]
) -> None:
    from workers import runner

    runner.run(registry()["/v1/echo"], *message)
    assert sql("SELECT count(*) FROM jobs") == [(0,)]


def test_a_request_that_fits_no_longer_fails_with_its_own_code(organization: str) -> None:
    job = _run(organization, "/v1/echo", {"text": 7})
    assert (job.error or {})["code"] == "invalid_request"


def test_the_result_of_an_attempt_that_lost_its_job_is_refused(
    organization: str, tmp_path: Any
) -> None:
    from workers import runner

    started = tmp_path / "started"
    request = json.dumps({"seconds": 0.5, "started": str(started)})
    job = submit(NewJob(organization, "/v1/slow", request))
    work = threading.Thread(target=runner.run, args=(registry()["/v1/slow"], job.id, 1))
    work.start()
    eventually(started.exists)
    assert jobs.cancel(organization, job.id) is not None
    work.join()
    found = _read(job)
    assert (found.status, found.response_body) == (Status.CANCELLED, None)


def test_a_heartbeat_renews_the_lease_and_hears_that_the_job_is_lost(
    organization: str, sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workers import heartbeat

    submitted = submit(NewJob(organization, "/v1/echo", "{}"))
    job = jobs.claim(submitted.id, 1, endpoint=submitted.endpoint, worker="worker:test")
    assert job is not None
    assert job.lease_expires_at is not None
    lost = threading.Event()
    quick = _settings_with(heartbeat_seconds=0.05)
    monkeypatch.setattr(heartbeat, "settings", lambda: quick)

    def is_renewed() -> bool:
        lease = _read(job).lease_expires_at
        return lease is not None and lease > first_lease

    first_lease = job.lease_expires_at
    with heartbeat.keeps_lease(job, registry()["/v1/echo"], lost, threading.Event()):
        eventually(is_renewed)
        assert not lost.is_set()
        jobs.cancel(organization, job.id)
        assert lost.wait(10)


def _settings_with(**changes: Any) -> Any:
    from dataclasses import replace

    from jobs_backend.config import settings

    return replace(settings(), **changes)


@pytest.mark.parametrize(
    "verb",
    [
        jobs.heartbeat,
        lambda job: jobs.note_progress(job, 1, 2, None) or None,
        lambda job: jobs.succeed(job, "{}"),
        lambda job: jobs.succeed_and_claim([jobs.Result(job, "{}")], [])[0][0],
        lambda job: jobs.fail(job, RetryableFailure("broken", "It broke.")),
        lambda job: jobs.fail_retryable(job, RetryableFailure("busy", "It is busy."), 3),
        lambda job: jobs.release(job, "interrupted"),
    ],
    ids=[
        "heartbeat",
        "note_progress",
        "succeed",
        "succeed_and_claim",
        "fail",
        "fail_retryable",
        "release",
    ],
)
def test_an_attempt_whose_claim_a_crash_took_back_is_not_the_one_that_was_made_again(
    verb: Callable[[Job], Any], organization: str, sql: Sql
) -> None:
    job = submit(NewJob(organization, "/v1/echo", '{"text": "hi"}'))
    lost = jobs.claim(job.id, 1, endpoint="/v1/echo", worker="worker:first")
    assert lost is not None
    sql(  # as Postgres has it after a crash that came before the claim was on the disk
        "UPDATE jobs SET status = 'queued', attempt_count = 0, last_attempt_at = NULL, "
        "started_at = NULL, lease_expires_at = NULL, worker = NULL"
    )
    again = jobs.claim(job.id, 1, endpoint="/v1/echo", worker="worker:second")
    assert again is not None
    assert again.attempt_count == lost.attempt_count
    assert verb(lost) is None
    assert _read(job).status is Status.IN_PROGRESS
    assert verb(again) is not None
