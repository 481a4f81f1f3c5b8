"""A process that goes on with the next message: one commit ends a job and claims the next."""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import threading
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import psycopg2
import pytest
from billiard.common import TERM_SIGNAL

from jobs_backend import jobs, pieces, recovery
from jobs_backend.endpoints import registry
from jobs_backend.errors import DatabaseUnavailable
from jobs_backend.job import Job, Status
from jobs_backend.jobs import Result
from jobs_backend.submission import NewJob, submit
from tests.conftest import eventually, forked
from workers import hands, interruption, recording, runner
from workers.hands import Dispatch

pytestmark = pytest.mark.usefixtures("signals_as_in_a_worker")
Sql = Callable[..., list[tuple[Any, ...]]]
Both = tuple[list[Job | None], list[Job]]
COMPLETED = [("validating", "in_progress"), ("in_progress", "completed")]


@pytest.fixture
def three(organization: str) -> list[Job]:
    """Three jobs that wait."""
    return [submit(NewJob(organization, "/v1/echo", '{"text": "hi"}')) for _ in range(3)]


def _run(
    waiting: list[Job], before_each: Callable[[], None] = lambda: None, at_once: int = 1
) -> None:
    messages = iter(waiting)

    def following(_limit: int) -> list[Dispatch]:
        before_each()
        return [(job.id, job.dispatch_number) for job in islice(messages, at_once)]

    first = next(messages)
    runner.run(registry()[first.endpoint], first.id, first.dispatch_number, following)


def _exit(*_: Any) -> None:
    raise SystemExit


def _read(job: Job) -> Job:
    found = jobs.get(job.organization_id, job.id, include_response=True)
    assert found is not None
    return found


def _statuses(all_of_them: list[Job]) -> list[tuple[Status, int]]:
    return [((now := _read(job)).status, now.attempt_count) for job in all_of_them]


def _moves(sql: Sql, job: Job) -> list[tuple[Any, ...]]:
    query = "SELECT from_status, to_status FROM job_events WHERE job_id = %s ORDER BY id OFFSET 1"
    return sql(query, job.id)


def test_each_has_its_own_result_and_history(three: list[Job], sql: Sql) -> None:
    _run(three)
    for job in three:
        assert json.loads(_read(job).response_body or "{}")["job_id"] == job.id
        assert _moves(sql, job) == COMPLETED
    assert hands.running() == {}


def test_a_result_and_the_claim_after_it_are_one_commit(three: list[Job], sql: Sql) -> None:
    _run(three)
    written = sql(
        "SELECT xmin::text, array_agg(job_id::text || ' ' || to_status ORDER BY id) FROM job_events"
        " WHERE to_status IN ('in_progress', 'completed') GROUP BY 1 ORDER BY min(id)"
    )
    first, second, third = (job.id for job in three)
    assert [each for _, each in written] == [
        [f"{first} in_progress"],
        [f"{first} completed", f"{second} in_progress"],
        [f"{second} completed", f"{third} in_progress"],
        [f"{third} completed"],
    ]


def test_a_large_result_and_a_large_request_after_it_come_through(organization: str) -> None:
    request = json.dumps({"text": "x" * (pieces.LARGE + 1)}, ensure_ascii=False)
    large = [submit(NewJob(organization, "/v1/anything", request)) for _ in range(3)]
    _run(large)
    assert [_read(job).response_body == request.replace(" ", "") for job in large] == [True] * 3


def test_what_was_cancelled_meanwhile_is_passed_by(three: list[Job]) -> None:
    jobs.cancel(three[1].organization_id, three[1].id)
    _run(three)
    assert _statuses(three) == [
        (Status.COMPLETED, 1),
        (Status.CANCELLED, 0),
        (Status.COMPLETED, 1),
    ]


def test_a_result_does_not_wait_for_a_row_that_somebody_holds(
    three: list[Job], postgres_url: str
) -> None:
    with psycopg2.connect(postgres_url) as other, other.cursor() as cursor:
        cursor.execute("SELECT FROM jobs WHERE id = %s FOR UPDATE", (three[1].id,))
        turn = threading.Thread(target=_run, args=(three,))
        turn.start()
        eventually(lambda: _read(three[0]).status is Status.COMPLETED)
        assert turn.is_alive()
    turn.join(20)
    assert _statuses(three) == [(Status.COMPLETED, 1)] * 3


@pytest.mark.parametrize("ran", [False, True])
def test_an_answer_that_was_lost_loses_nothing_and_repeats_nothing(
    three: list[Job], sql: Sql, monkeypatch: pytest.MonkeyPatch, ran: bool
) -> None:
    at_once = jobs.succeed_and_claim

    def cut_off(*arguments: Any, **options: Any) -> Both:
        if ran:
            at_once(*arguments, **options)
        raise DatabaseUnavailable("cut off", may_have_run=True)

    monkeypatch.setattr(jobs, "succeed_and_claim", cut_off)
    _run(three)
    for job in three:
        assert json.loads(_read(job).response_body or "{}")["attempt"] == 1
        assert _moves(sql, job) == COMPLETED


def test_a_result_that_postgres_does_not_take_is_no_harm_to_the_next(
    three: list[Job], sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = jobs.succeed_and_claim

    def spoilt(results: Sequence[Result], following: Sequence[Dispatch]) -> Both:
        [own] = results
        return at_once([replace(own, body="{") if own.job.id == three[0].id else own], following)

    monkeypatch.setattr(jobs, "succeed_and_claim", spoilt)
    _run(three)
    assert _statuses(three) == [(Status.COMPLETED, 1)] * 3
    assert all(_moves(sql, job) == COMPLETED for job in three)


def _end_of_a_fork(act: Callable[[], None]) -> tuple[int, str, list[Dispatch]]:
    """How a fork ended that did something, what it was called, and what it had in hand."""
    faulthandler.cancel_dump_traceback_later()  # a fork would wait for its thread, and has none
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # later Pythons warn of forks beside threads
        process_id = forked(act)
    try:
        _, status = eventually(lambda: (found := os.waitpid(process_id, os.WNOHANG))[0] and found)
    except AssertionError:
        os.kill(process_id, signal.SIGKILL)
        os.waitpid(process_id, 0)
        raise
    return os.waitstatus_to_exitcode(status), *hands.take_from(process_id)


def test_who_dies_before_its_claim_takes_nothing_from_the_worker_that_has_the_job(
    organization: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The message came twice.
    job = submit(NewJob(organization, "/v1/echo", "{}"))
    running = jobs.claim(job.id, 1, endpoint=job.endpoint, worker="worker:first")
    assert running is not None
    monkeypatch.setattr(recording, "claim", lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
    ended, worker, held = _end_of_a_fork(lambda: _run([job]))
    assert (ended, held) == (-signal.SIGKILL, [(job.id, 1)])
    # What its main process may do then:
    assert recovery.bury(job.id, 1, 0, worker=worker) is None
    assert recovery.release_dispatch(job.id, 1, "killed", worker=worker) is None
    assert jobs.heartbeat(running) is not None


def test_a_process_in_which_no_result_can_be_recorded_ends_with_the_job_in_its_hands(
    organization: str,
) -> None:
    breaking = submit(NewJob(organization, "/v1/fails", '{"how": "no_json_any_more"}'))
    ended, _, held = _end_of_a_fork(lambda: _run([breaking]))
    assert (ended, held) == (-signal.SIGKILL, [(breaking.id, 1)])
    assert _read(breaking).status is Status.IN_PROGRESS


def test_it_is_the_job_without_a_result_that_is_taken_back_and_not_the_next(
    three: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    for verb in ("succeed_and_claim", "succeed", "fail"):
        monkeypatch.setattr(jobs, verb, None)  # as a handler might
    ended, _, held = _end_of_a_fork(lambda: _run(three))
    assert (ended, held) == (-signal.SIGKILL, [(three[0].id, 1)])
    assert _statuses(three)[:2] == [(Status.IN_PROGRESS, 1), (Status.VALIDATING, 0)]


def test_a_job_that_failed_ends_the_turn(organization: str, three: list[Job]) -> None:
    failing = submit(NewJob(organization, "/v1/fails", '{"how": "failure"}'))
    asked: list[None] = []
    _run([failing, *three], lambda: asked.append(None))
    assert asked == []
    assert _read(failing).status is Status.FAILED


def test_what_was_meant_for_the_job_before_does_not_stop_the_next(three: list[Job]) -> None:
    _run(three, lambda: os.kill(os.getpid(), signal.SIGUSR1))
    assert _statuses(three) == [(Status.COMPLETED, 1)] * 3


def test_a_shutdown_gives_back_what_was_claimed_last(three: list[Job]) -> None:
    signal.signal(TERM_SIGNAL, _exit)  # as Celery's pool does
    interruption.install()
    with pytest.raises(SystemExit):
        _run(three, lambda: os.kill(os.getpid(), TERM_SIGNAL))
    assert _statuses(three) == [
        (Status.COMPLETED, 1),
        (Status.QUEUED, 1),
        (Status.VALIDATING, 0),
    ]


def test_a_result_that_is_refused_keeps_nobody_from_the_next(three: list[Job]) -> None:
    def cancel() -> None:
        jobs.cancel(three[0].organization_id, three[0].id)

    _run(three, cancel)
    assert _statuses(three) == [
        (Status.CANCELLED, 1),
        (Status.COMPLETED, 1),
        (Status.COMPLETED, 1),
    ]
    assert _read(three[0]).response_body is None
