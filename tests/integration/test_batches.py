"""Quick jobs that a process claims together: no one of them is worse off for the others."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import redis
from billiard.common import TERM_SIGNAL

from jobs_backend import config, jobs, recovery, statements
from jobs_backend.endpoints import registry
from jobs_backend.errors import BrokerUnavailable, DatabaseUnavailable
from jobs_backend.job import Job, Status
from jobs_backend.submission import NewJob, submit
from tests.conftest import RedisServer, eventually
from tests.integration.test_races import _somebody_waits
from tests.integration.test_turns import _end_of_a_fork, _exit, _moves, _read, _statuses
from workers import batch, hands, heartbeat, interruption, pulling, runner
from workers.hands import Dispatch

pytestmark = pytest.mark.usefixtures("signals_as_in_a_worker")
Sql = Callable[..., list[tuple[Any, ...]]]
COMPLETED = [("validating", "in_progress"), ("in_progress", "completed")]


class Works:
    """Jobs that leave files behind, and run as one turn: the first alone, the others together."""

    def __init__(self, organization: str, folder: Path) -> None:
        self._organization, self._folder = organization, folder

    def submit(self, how: str = "sleep", seconds: float = 0) -> Job:
        number = len(list(self._folder.iterdir()))
        marker = self._folder / str(number)
        marker.touch()
        request = {"how": how, "seconds": seconds, "marker": str(marker)}
        return submit(NewJob(self._organization, "/v1/work", json.dumps(request)))

    def file(self, job: Job, name: str) -> Path:
        found = jobs.get(job.organization_id, job.id, include_request=True)
        assert found is not None
        return Path(json.loads(found.request or "{}")["marker"] + f".{name}")

    def was_begun(self, job: Job) -> bool:
        return self.file(job, "finally").exists()


@pytest.fixture
def works(organization: str, tmp_path: Path) -> Works:
    """A way to submit jobs."""
    folder = tmp_path / "works"
    folder.mkdir()
    return Works(organization, folder)


def _run(
    waiting: list[Job],
    before_each: Callable[[], None] = lambda: None,
    put_back: batch.PutBack = lambda _: None,
) -> None:
    messages = iter(waiting)

    def following(_limit: int) -> list[Dispatch]:
        before_each()
        return [(job.id, job.dispatch_number) for job in islice(messages, 16)]

    first = next(messages)
    endpoint = registry()[first.endpoint]
    runner.run(endpoint, first.id, first.dispatch_number, following, put_back)


def _commits(sql: Sql) -> list[list[str]]:
    written = sql(
        "SELECT array_agg(job_id::text || ' ' || to_status ORDER BY id) FROM job_events"
        " WHERE to_status IN ('in_progress', 'completed', 'failed')"
        " GROUP BY xmin::text ORDER BY min(id)"
    )
    return [sorted(each) for (each,) in written]


def _together(ended: list[Job], claimed: list[Job]) -> list[str]:
    return sorted(
        [f"{job.id} completed" for job in ended] + [f"{job.id} in_progress" for job in claimed]
    )


def test_one_commit_claims_them_and_one_records_them(works: Works, sql: Sql) -> None:
    first, *others = all_of_them = [works.submit() for _ in range(5)]
    _run(all_of_them)
    assert _commits(sql) == [
        _together([], [first]),
        _together([first], others),
        _together(others, []),
    ]
    for job in all_of_them:
        assert json.loads(_read(job).response_body or "") == {"attempt": 1}
        assert _moves(sql, job) == COMPLETED
    assert hands.held() == []


def test_what_was_attempted_before_runs_alone(works: Works, sql: Sql) -> None:
    first, again, *others = [works.submit() for _ in range(4)]
    _run([first, _released(again), *others])
    assert _commits(sql)[1:] == [  # after its own first claim
        _together([], [first]),
        _together([first], others),
        _together(others, [again]),
        _together([again], []),
    ]


def test_those_that_were_attempted_before_cost_no_more_than_others_do(
    works: Works, sql: Sql
) -> None:
    first, *others = [works.submit() for _ in range(5)]
    again = [_released(job) for job in others]
    queue = [(job.id, job.dispatch_number) for job in again]
    asked: list[int] = []

    def following(limit: int) -> list[Dispatch]:
        asked.append(limit)
        taken, queue[:] = queue[:limit], queue[limit:]
        return taken

    def put_back(dispatches: Sequence[Dispatch]) -> None:
        queue[:0] = dispatches

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch.pace, "batch_limit", lambda _: 16)
        runner.run(registry()["/v1/work"], first.id, 1, following, put_back)
    assert asked == [16, 1, 1, 1, 1]
    assert _statuses([first, *others]) == [(Status.COMPLETED, 1), *[(Status.COMPLETED, 2)] * 4]
    assert _commits(sql)[len(others) :] == [
        _together([], [first]),
        _together([first], []),
        _together([], [again[0]]),
        _together([again[0]], [again[1]]),
        _together([again[1]], [again[2]]),
        _together([again[2]], [again[3]]),
        _together([again[3]], []),
    ]


def _released(job: Job) -> Job:
    claimed = jobs.claim(job.id, job.dispatch_number, endpoint=job.endpoint, worker="worker:test")
    assert claimed is not None
    released = jobs.release(claimed, "interrupted")
    assert released is not None
    return released


def test_a_large_request_is_claimed_alone(organization: str, sql: Sql) -> None:
    def submitted(size: int) -> Job:
        request = {"text": os.urandom(size // 2).hex()}
        return submit(NewJob(organization, "/v1/anything", json.dumps(request)))

    first, large, small = submitted(10), submitted(500_000), submitted(10)
    _run([first, large, small])
    assert _commits(sql)[1:] == [
        _together([first], [small]),
        _together([small], [large]),
        _together([large], []),
    ]
    assert _statuses([first, large, small]) == [(Status.COMPLETED, 1)] * 3


def test_one_that_fails_fails_alone(organization: str, works: Works) -> None:
    works_as = [works.submit() for _ in range(3)]
    failing = submit(NewJob(organization, "/v1/work", '{"how": "unknown", "seconds": 0}'))
    _run([*works_as, failing, works.submit()])
    assert _read(failing).status is Status.FAILED
    assert _statuses(works_as) == [(Status.COMPLETED, 1)] * 3


def test_a_result_that_is_refused_is_nobody_elses_loss(works: Works) -> None:
    all_of_them = [works.submit() for _ in range(4)]
    recorded = batch.recording.record_and_claim
    cancelled = all_of_them[2]

    def cancel_first(*arguments: Any, **options: Any) -> Any:
        if works.was_begun(cancelled):
            jobs.cancel(cancelled.organization_id, cancelled.id)
        return recorded(*arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch.recording, "record_and_claim", cancel_first)
        _run(all_of_them)
    assert [status for status, _ in _statuses(all_of_them)] == [
        *(Status.COMPLETED, Status.COMPLETED, Status.CANCELLED, Status.COMPLETED)
    ]
    assert _read(cancelled).response_body is None


class Slow:
    """Of five jobs the third goes on until it is told; the second has ended, two have not begun."""

    def __init__(self, works: Works) -> None:
        self.works = works
        self.jobs = [works.submit("go" if n == 2 else "sleep", 60 * (n == 2)) for n in range(5)]
        self.put_back: list[Dispatch] = []
        options = {"put_back": self.put_back.extend}
        self._turn = threading.Thread(target=_run, args=(self.jobs,), kwargs=options)

    def __enter__(self) -> Slow:
        self._turn.start()
        eventually(self.works.file(self.jobs[2], "started").exists)
        return self

    def __exit__(self, *_: object) -> None:
        self.works.file(self.jobs[2], "go").touch()
        self._turn.join(20)
        assert not self._turn.is_alive()


def test_nobody_waits_for_one_that_takes_its_time(works: Works, sql: Sql) -> None:
    with Slow(works) as slow:
        eventually(lambda: _statuses(slow.jobs[3:]) == [(Status.QUEUED, 1)] * 2)
        assert _statuses(slow.jobs[:3]) == [
            *((Status.COMPLETED, 1), (Status.COMPLETED, 1), (Status.IN_PROGRESS, 1))
        ]
    assert _statuses(slow.jobs[2:3]) == [(Status.COMPLETED, 1)]
    assert [works.was_begun(job) for job in slow.jobs[3:]] == [False, False]
    reasons = sql("SELECT DISTINCT reason FROM job_events WHERE to_status = 'queued'")
    assert reasons == [("another job of its process takes its time",)]
    _run([replace(job, dispatch_number=2) for job in slow.jobs[3:]])
    assert _statuses(slow.jobs[3:]) == [(Status.COMPLETED, 2)] * 2


def test_what_is_given_back_is_sent_at_once(works: Works, redis_server: RedisServer) -> None:
    with redis.Redis.from_url(redis_server.url) as client:
        client.flushall()
        with Slow(works) as slow:
            queue = config.settings().redis_key_prefix + "work"
            messages = eventually(lambda: (found := client.lrange(queue, 0, -1))[1:] and found)
            eventually(lambda: all(_read(job).dispatched_at for job in slow.jobs[3:]))
    task_name = registry()["/v1/work"].task_name
    assert {pulling.dispatch_of(each, task_name) for each in messages} == {
        (job.id, 2) for job in slow.jobs[3:]
    }


def test_what_is_given_back_while_redis_is_away_waits_for_beat(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_job: Job) -> None:
        raise BrokerUnavailable("away")

    from workers import celery_app

    monkeypatch.setattr(celery_app, "send", refuse)
    with Slow(works) as slow:
        eventually(lambda: _statuses(slow.jobs[3:]) == [(Status.QUEUED, 1)] * 2)
    assert [_read(job).dispatched_at for job in slow.jobs[3:]] == [None] * 2


def test_messages_that_wait_for_their_claim_are_put_back(works: Works, postgres_url: str) -> None:
    slow = Slow(works)
    with psycopg2.connect(postgres_url) as other, other.cursor() as cursor:
        cursor.execute("SELECT FROM jobs WHERE id = %s FOR UPDATE", (slow.jobs[4].id,))
        with slow:
            # One step after the other: let go in between, its process would run what is left.
            eventually(lambda: slow.put_back and _read(slow.jobs[3]).status is Status.QUEUED)
    assert slow.put_back == [(slow.jobs[4].id, 1)]
    assert _statuses(slow.jobs[3:]) == [(Status.QUEUED, 1), (Status.VALIDATING, 0)]


@pytest.mark.parametrize(("ran", "is_known"), [(False, True), (False, False), (True, False)])
@pytest.mark.parametrize("verb", ["succeed_and_claim", "release"])
def test_what_cannot_be_put_down_is_put_down_later(
    works: Works, sql: Sql, monkeypatch: pytest.MonkeyPatch, verb: str, ran: bool, is_known: bool
) -> None:
    as_it_is, missed = getattr(jobs, verb), threading.Event()

    def cut_off(*arguments: Any, **options: Any) -> Any:
        if missed.is_set():
            return as_it_is(*arguments, **options)
        if threading.current_thread().name != "heartbeat":
            return as_it_is(*arguments, **options)
        if ran:
            as_it_is(*arguments, **options)
        missed.set()
        raise DatabaseUnavailable("cut off", may_have_run=not is_known)

    monkeypatch.setattr(heartbeat, "RECORD_RETRY_SECONDS", 0.1)
    monkeypatch.setattr(jobs, verb, cut_off)
    with Slow(works) as slow:
        assert missed.wait(20)
        states = [*[(Status.COMPLETED, 1)] * 2, (Status.IN_PROGRESS, 1), *[(Status.QUEUED, 1)] * 2]
        eventually(lambda: _statuses(slow.jobs) == states)  # while the slow one still runs
    assert [works.was_begun(job) for job in slow.jobs[3:]] == [False, False]
    for job in slow.jobs[:3]:
        assert _moves(sql, job) == COMPLETED


def test_where_postgres_stays_away_all_is_done_in_the_end(
    works: Works, sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, missed = jobs.release, threading.Event()

    def away(*arguments: Any, **options: Any) -> Any:
        if threading.current_thread().name == "heartbeat":
            missed.set()
            raise DatabaseUnavailable("away", may_have_run=True)
        return release(*arguments, **options)

    monkeypatch.setattr(jobs, "release", away)
    with Slow(works) as slow:
        assert missed.wait(20)
    # One of the two was about to be given back. The other runs.
    assert sorted(_statuses(slow.jobs[3:])) == [(Status.COMPLETED, 1), (Status.QUEUED, 1)]


def test_a_process_that_stood_still_gives_nothing_back_for_that(works: Works) -> None:
    asked: list[None] = []
    attempt = heartbeat._Attempt(
        works.submit(),
        registry()["/v1/work"],
        threading.Event(),
        threading.Event(),
        lambda: bool(asked.append(None)),
    )
    attempt._too_long_for_others -= 60  # as if it had not run since
    attempt.mind_others()
    assert asked == []
    assert attempt.due > time.monotonic()
    attempt._too_long_for_others -= 60
    attempt.mind_others()
    assert len(asked) == 1


def test_one_that_waits_and_is_struck_out_is_not_begun(works: Works) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch.Batch, "put_down", lambda _: False)
        with Slow(works) as slow:
            cancelled = slow.jobs[3]
            assert (cancelled.id, 1) in hands.held()
            jobs.cancel(cancelled.organization_id, cancelled.id)
            hands.strike((cancelled.id, 1))
    assert [status for status, _ in _statuses(slow.jobs)] == [
        *(Status.COMPLETED, Status.COMPLETED, Status.COMPLETED, Status.CANCELLED, Status.COMPLETED)
    ]
    assert not works.was_begun(cancelled)


def test_one_that_is_struck_out_by_mistake_is_given_back(works: Works) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch.Batch, "put_down", lambda _: False)
        with Slow(works) as slow:
            hands.strike((slow.jobs[4].id, 1))
    assert _statuses(slow.jobs[3:]) == [(Status.COMPLETED, 1), (Status.QUEUED, 1)]
    assert not works.was_begun(slow.jobs[4])


def test_what_waited_for_so_long_that_it_may_be_somebody_elses_is_not_begun(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch.Batch, "put_down", lambda _: False)
        with Slow(works) as slow:
            # As if the time of a heartbeat had passed, of which a lease lasts several.
            changed = replace(config.settings(), heartbeat_seconds=0)
            monkeypatch.setattr(batch, "settings", lambda: changed)
    assert _statuses(slow.jobs[3:]) == [(Status.QUEUED, 1)] * 2
    assert not any(works.was_begun(job) for job in slow.jobs[3:])


def test_who_dies_amid_them_has_them_all_in_hand(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_of_them = [works.submit() for _ in range(5)]
    handle, begun = runner._handle, []

    def die_with_the_third(*arguments: Any) -> Any:
        begun.append(arguments)
        if len(begun) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return handle(*arguments)

    monkeypatch.setattr(runner, "_handle", die_with_the_third)
    ended, worker, (ran, *others) = _end_of_a_fork(lambda: _run(all_of_them))
    assert ended == -signal.SIGKILL
    assert ran == (all_of_them[2].id, 1)
    assert set(others) == {(job.id, 1) for job in (all_of_them[1], *all_of_them[3:])}
    # What its main process does then:
    for dispatch in others:
        assert recovery.release_dispatch(*dispatch, "killed", worker=worker) is not None


def test_who_dies_while_they_are_recorded_has_them_all_in_hand(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_of_them = [works.submit() for _ in range(4)]
    at_once = jobs.succeed_and_claim

    def die(results: list[jobs.Result], following: list[Dispatch]) -> Any:
        if len(results) > 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return at_once(results, following)

    monkeypatch.setattr(jobs, "succeed_and_claim", die)
    _, _, held = _end_of_a_fork(lambda: _run(all_of_them))
    assert sorted(held) == sorted((job.id, 1) for job in all_of_them[1:])


def test_a_shutdown_gives_back_what_is_not_done(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    signal.signal(TERM_SIGNAL, _exit)  # as Celery's pool does
    interruption.install()
    all_of_them = [works.submit() for _ in range(5)]
    as_it_is = batch.Batch.end

    def end(self: batch.Batch, job: Job, *arguments: Any) -> None:
        as_it_is(self, job, *arguments)
        if job.id == all_of_them[2].id:
            os.kill(os.getpid(), TERM_SIGNAL)

    monkeypatch.setattr(batch.Batch, "end", end)
    with pytest.raises(SystemExit):
        _run(all_of_them)
    assert _statuses(all_of_them) == [(Status.COMPLETED, 1)] * 3 + [(Status.QUEUED, 1)] * 2


def test_a_shutdown_puts_back_messages_whose_jobs_are_not_claimed(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    signal.signal(TERM_SIGNAL, _exit)
    interruption.install()
    first, *others = [works.submit() for _ in range(3)]
    again = [_released(job) for job in others]
    put_back: list[Dispatch] = []
    as_it_is = batch.Batch._claim_alone

    def claim_alone(self: batch.Batch, dispatch: Dispatch) -> None:
        as_it_is(self, dispatch)
        if dispatch == (others[0].id, 2):
            os.kill(os.getpid(), TERM_SIGNAL)

    monkeypatch.setattr(batch.Batch, "_claim_alone", claim_alone)
    with pytest.raises(SystemExit):
        _run([first, *again], put_back=put_back.extend)
    assert put_back == [(others[1].id, 2)]
    assert _statuses(others) == [(Status.QUEUED, 2), (Status.QUEUED, 1)]


def test_a_claim_whose_answer_was_lost_is_waited_for(
    works: Works, sql: Sql, monkeypatch: pytest.MonkeyPatch, postgres_url: str
) -> None:
    first, second = works.submit(), works.submit()

    def under_way(results: list[jobs.Result], _following: list[Dispatch]) -> Any:
        jobs.cancel(first.organization_id, first.id)  # so nobody waits for its row
        connection = psycopg2.connect(postgres_url)
        claim = {"id": second.id, "dispatch": 1, "endpoint": "/v1/work", "lease": 30}
        worker = results[0].job.worker
        with connection.cursor() as cursor:
            cursor.execute(statements.text("claim"), {**claim, "worker": worker, "actor": worker})
        threading.Thread(target=commit_once_it_is_waited_for, args=(connection,)).start()
        raise DatabaseUnavailable("cut off", may_have_run=True)

    def commit_once_it_is_waited_for(connection: Any) -> None:
        try:
            eventually(lambda: _somebody_waits(sql))
        finally:
            connection.commit()
            connection.close()

    monkeypatch.setattr(jobs, "succeed_and_claim", under_way)
    _run([first, second])
    assert _statuses([first, second]) == [(Status.CANCELLED, 1), (Status.COMPLETED, 1)]


def test_what_is_meant_for_one_does_not_stop_the_next(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_of_them = [works.submit() for _ in range(5)]
    as_it_is = batch.Batch.end

    def end(self: batch.Batch, job: Job, *arguments: Any) -> None:
        os.kill(os.getpid(), signal.SIGUSR1)
        as_it_is(self, job, *arguments)

    monkeypatch.setattr(batch.Batch, "end", end)
    _run(all_of_them)
    assert _statuses(all_of_them) == [(Status.COMPLETED, 1)] * 5


@pytest.mark.parametrize("ran", [False, True])
def test_an_answer_that_was_lost_loses_nothing_and_repeats_nothing(
    works: Works, sql: Sql, monkeypatch: pytest.MonkeyPatch, ran: bool
) -> None:
    at_once = jobs.succeed_and_claim

    def cut_off(*arguments: Any) -> Any:
        if ran:
            at_once(*arguments)
        raise DatabaseUnavailable("cut off", may_have_run=True)

    monkeypatch.setattr(jobs, "succeed_and_claim", cut_off)
    all_of_them = [works.submit() for _ in range(5)]
    _run(all_of_them)
    for job in all_of_them:
        assert json.loads(_read(job).response_body or "") == {"attempt": 1}
        assert _moves(sql, job) == COMPLETED


def test_the_heartbeats_thread_is_asked_while_jobs_wait_and_not_otherwise(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []
    monkeypatch.setattr(batch.Batch, "put_down", lambda _: bool(asked.append(time.monotonic())))
    _run([works.submit("sleep", 3 * heartbeat.PATIENCE_SECONDS)])
    assert asked == []
    _run([works.submit(), works.submit("sleep", 3 * heartbeat.PATIENCE_SECONDS), works.submit()])
    assert len(asked) == 1
