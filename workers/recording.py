"""What a process of the pool writes of its jobs: that it claims one, and what came of it.

While Postgres is away there is nothing else that the process could do, so each move is insisted on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from jobs_backend import dispatching, jobs, log, recovery
from jobs_backend.endpoints import Endpoint
from jobs_backend.errors import (
    BrokerUnavailable,
    DatabaseUnavailable,
    EndpointNotRegistered,
    JobFailure,
    RetryableFailure,
)
from jobs_backend.job import Job
from jobs_backend.jobs import Result
from workers import descendants, hands
from workers.hands import Dispatch
from workers.outcome import INTERRUPTED, Interruption, Outcome, Success

_log = log.get(__name__)

DATABASE_RETRY_SECONDS = 0.5
DATABASE_RETRY_MAX_SECONDS = 5
# So often in a row a job may be interrupted by the death of its worker's main process.
FREE_INTERRUPTIONS = 3
# So often in a row a job that was given back runs again at once, as release.sql has it.
PROMPT_INTERRUPTIONS = 3


def claim(endpoint: Endpoint, dispatch: Dispatch, *, in_doubt: bool = False) -> Job | None:
    """Claim the job of a dispatch; None where there is nothing to run.

    Args:
        endpoint: the endpoint type that the message is for.
        dispatch: what it names.
        in_doubt: whether this process may have claimed it already, without an answer.
    """
    job_id, number = dispatch
    who = {"endpoint": endpoint.path, "worker": hands.worker_name()}
    return _insist(
        lambda: jobs.claim(job_id, number, **who),
        lambda: recovery.reclaim(job_id, number, **who),
        in_doubt,
    )


def record(endpoint: Endpoint, job: Job, outcome: Outcome, *, in_doubt: bool = False) -> Job | None:
    """Record what came of an attempt; None when it no longer owned its job.

    Args:
        endpoint: the job's endpoint type.
        job: as `claim` gave it.
        outcome: what came of it.
        in_doubt: whether it may be recorded already, without an answer.
    """
    try:
        return _record_as_it_is(endpoint, job, outcome, in_doubt)
    except Exception:
        # Whatever it holds that Postgres does not take: the job must not stay as if it ran.
        _log.exception("outcome_not_recordable")
        failure = JobFailure("internal_error", "The job failed because of an internal error.")
        return _insist(lambda: jobs.fail(job, failure), lambda: recovery.find_recorded(job))


def record_and_claim(
    endpoint: Endpoint,
    ended: Sequence[tuple[Job, Success]],
    following: Sequence[Dispatch],
    *,
    in_doubt: bool = False,
) -> tuple[list[Job | None], list[Job]]:
    """`record` successes and claim the next jobs, at once where Postgres does all of that.

    Args:
        endpoint: the endpoint type of all of them.
        ended: the jobs as they were claimed, and their results.
        following: what may be claimed; what is not, `claim` has to tell of.
        in_doubt: whether the successes may be recorded already, without an answer.

    Returns:
        What became of each result, and the jobs that were claimed.
    """
    if not in_doubt and (following or len(ended) > 1):
        try:
            return jobs.succeed_and_claim([result(*each) for each in ended], following)
        except Exception as problem:
            _log.warning("not_at_once", reason=str(problem))
            in_doubt = isinstance(problem, DatabaseUnavailable) and problem.may_have_run
    # Each of these waits for what may still be under way.
    recorded = [record(endpoint, job, outcome, in_doubt=in_doubt) for job, outcome in ended]
    claimed = [claim(endpoint, each, in_doubt=True) for each in following if in_doubt]
    return recorded, [job for job in claimed if job is not None]


def try_to_record(
    ended: Sequence[tuple[Job, Success]], *, in_doubt: bool = False
) -> list[Job | None]:
    """`record` successes, once: for whoever has something else to do while Postgres is away.

    Raises:
        DatabaseUnavailable: they are not recorded, or nobody knows.
    """
    if in_doubt:
        return [
            jobs.succeed(job, outcome.body, response_status=outcome.status)
            or recovery.find_recorded(job)
            for job, outcome in ended
        ]
    return jobs.succeed_and_claim([result(*each) for each in ended], ())[0]


def send_again(released: Job) -> None:
    """Send the message of a job that was given back, as some process may be free to run it.

    Where that fails beat does it, within seconds; and in its time for one that has to wait.
    """
    if released.interruption_count > PROMPT_INTERRUPTIONS:
        return
    from workers.celery_app import send  # it reads the settings when it is imported

    try:
        send(replace(released, taken_at=released.dispatch_after))
        dispatching.mark_dispatched(released, actor="worker")
    except (BrokerUnavailable, DatabaseUnavailable, EndpointNotRegistered) as problem:
        _log.warning("not_sent", job_id=released.id, reason=str(problem))


def result(job: Job, outcome: Success) -> Result:
    """A success in the form in which it is handed in."""
    return Result(job, outcome.body, outcome.status)


def report(job: Job, outcome: Outcome, recorded: Job | None, seconds: float) -> None:
    """Log what came of an attempt, by the outcome and by what it is recorded as."""
    what = (outcome is INTERRUPTED, recorded is not None)
    event = {
        (False, True): "job_ended",
        (False, False): "result_refused",  # cancelled meanwhile, or taken for lost
        (True, True): "job_released",
        (True, False): "job_stopped",
    }[what]
    _log.info(
        event,
        status=str(recorded.status) if recorded else None,
        code=outcome.code if isinstance(outcome, JobFailure) else None,
        seconds=round(seconds, 3),
        **names(job),
    )


def names(job: Job) -> dict[str, Any]:
    """What each line of the log about an attempt says."""
    return {
        "job_id": job.id,
        "attempt": job.attempt_count,
        "endpoint": job.endpoint,
        "request_id": job.request_id,
    }


def _record_as_it_is(endpoint: Endpoint, job: Job, outcome: Outcome, in_doubt: bool) -> Job | None:
    def move() -> Job | None:
        if isinstance(outcome, Success):
            return jobs.succeed(job, outcome.body, response_status=outcome.status)
        if isinstance(outcome, Interruption):
            return _give_back(job)
        if isinstance(outcome, RetryableFailure):
            return jobs.fail_retryable(job, outcome, endpoint.max_attempts)
        return jobs.fail(job, outcome)

    return _insist(move, lambda: recovery.find_recorded(job), in_doubt)


def _give_back(job: Job) -> Job | None:
    # Where the worker's main process is dead, this very job may have killed it, and must not go on
    # so for ever. It may as well be a neighbour of the one that did: so it is not charged at once.
    if job.interruption_count >= FREE_INTERRUPTIONS and descendants.is_orphan():
        return recovery.end_lease(job.id, job.dispatch_number, worker=job.worker)
    return jobs.release(job, "interrupted")


def _insist(
    move: Callable[[], Job | None],
    read_again: Callable[[], Job | None],
    in_doubt: bool = False,
) -> Job | None:
    # A move whose answer was lost may have been made: then it is refused the second time, and read
    # again instead.
    pause = DATABASE_RETRY_SECONDS
    while True:
        try:
            return move() or (read_again() if in_doubt else None)
        except DatabaseUnavailable as problem:
            in_doubt = in_doubt or problem.may_have_run
            _log.warning("database_unavailable", reason=str(problem), retry_in_seconds=pause)
            time.sleep(pause)
            pause = min(pause * 2, DATABASE_RETRY_MAX_SECONDS)
