"""What a process of the pool has claimed: a job that it runs, and where jobs are quick, some more.

Of those that were claimed together some wait for their turn, and others for their result to be
recorded, which one commit does for all of them and for the claims of the next ones. Nobody waits
for long: where a job takes its time, the results are recorded meanwhile, and what is not begun is
given back, for other processes to run.
"""

from __future__ import annotations

import math
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jobs_backend import jobs, log
from jobs_backend.config import settings
from jobs_backend.endpoints import Endpoint
from jobs_backend.errors import DatabaseUnavailable
from jobs_backend.job import Job
from workers import descendants, hands, interruption, pace, recording
from workers.hands import Dispatch
from workers.outcome import INTERRUPTED, Success

_log = log.get(__name__)

# Gives the dispatches that the next messages name, so many at the most.
Following = Callable[[int], Sequence[Dispatch]]
# Puts messages back whose dispatches were given.
PutBack = Callable[[Sequence[Dispatch]], None]


class Batch:
    """The jobs of one endpoint type that this process has claimed.

    All but `put_down` is for the thread that runs them.

    Args:
        endpoint: their endpoint type.
        following: gives what comes after the first.
        put_back: takes some of that back.
    """

    def __init__(self, endpoint: Endpoint, following: Following, put_back: PutBack) -> None:
        self._endpoint = endpoint
        self._following, self._put_back = following, put_back
        # Whoever waits for it may wait for as long as Postgres takes to answer.
        self._lock = threading.Lock()
        # Which of them this process goes on with, for whoever tells it to stop.
        self._current: Dispatch | None = None
        # Named by a message, and not to be claimed beside others; more of its kind may follow it.
        self._alone: deque[Dispatch] = deque()
        self._has_alone_behind = False
        # Claimed and not begun; when, by `time.monotonic`.
        self._ahead: deque[Job] = deque()
        self._claimed_at = 0.0
        # Being given back: not to be begun any more.
        self._given_up: list[Job] = []
        # To be recorded; whether they are, where an answer was lost, nobody knows.
        self._ended: list[_Ended] = []
        self._is_in_doubt = False
        # When the first of those began whose result was refused, by `time.time`.
        self._refused_from = math.inf

    @property
    def keeps_others(self) -> bool:
        """Whether jobs wait for the one that runs."""
        return bool(self._ahead or self._given_up or self._ended or self._alone)

    def claim(self, dispatch: Dispatch) -> None:
        """Claim the job of a dispatch that this process has in hand already, if it may be run."""
        with self._lock:
            self._current = dispatch
            self._claim_alone(dispatch)

    def next(self) -> Job | None:
        """The job to run now; None when all are done, and recorded."""
        with self._lock:
            while True:
                self._clear_up()
                while self._ahead:
                    job = self._ahead.popleft()
                    self._go_on(_dispatch(job))
                    if self._may_begin(job):
                        return job
                    self._given_up.append(job)
                self._settle()
                if not self._alone:
                    return None
                self._claim_alone(self._alone.popleft())

    def end(self, job: Job, outcome: Success, started: float) -> None:
        """Have a job's result recorded, now or with those that were claimed with it.

        Args:
            job: as `next` gave it.
            outcome: its result.
            started: when it began, by `time.time`.
        """
        with self._lock:
            self._ended.append(_Ended(job, outcome, started, time.time()))
            if not self._ahead:
                self._record(self._upcoming())
            elif outcome.is_large:
                self._record()

    def put_down(self) -> bool:
        """Record what has ended, and give back what is not begun: a step each time.

        Returns:
            Whether there is more to do.

        Raises:
            DatabaseUnavailable: this step was not done, or nobody knows; it can be done again.
        """
        with self._lock:
            if self._alone:
                self._return_messages()
            elif self._ended:
                self._hand_in()
            elif self._ahead or self._given_up:
                self._release_one()
            return self.keeps_others

    def _upcoming(self) -> Sequence[Dispatch]:
        if self._given_up:
            return ()
        if self._alone:
            return [self._alone.popleft()]
        limit = pace.batch_limit(self._endpoint.path)
        return self._following(1 if self._has_alone_behind else limit)

    def _may_begin(self, job: Job) -> bool:
        # A lease is renewed while its job runs, and not before.
        is_fresh = time.monotonic() - self._claimed_at < settings().heartbeat_seconds
        return is_fresh and not hands.is_struck(_dispatch(job))

    def _settle(self) -> None:
        self._record()
        self._clear_up()
        for job in self._given_up:
            recorded = recording.record(self._endpoint, job, INTERRUPTED)
            recording.report(job, INTERRUPTED, recorded, 0)
        self._given_up.clear()
        if interruption.was_asked():  # they would be claimed to be given back
            self._return_messages()

    def _return_messages(self) -> None:
        self._put_back(self._alone)
        self._alone.clear()

    def _claim_alone(self, dispatch: Dispatch) -> None:
        self._take([dispatch])
        job = recording.claim(self._endpoint, dispatch)
        if job is None:
            _log.info("claim_refused", job_id=dispatch[0], dispatch=dispatch[1])
            if not self._alone:
                self._alone.extend(self._following(1))
        else:
            self._ahead.append(job)
            self._claimed_at = time.monotonic()

    def _record(self, following: Sequence[Dispatch] = ()) -> None:
        if not self._ended:
            return
        ended, in_doubt = [(each.job, each.outcome) for each in self._ended], self._is_in_doubt
        own = [_dispatch(job) for job, _ in ended]
        if following:
            # Not all of them yet: somebody else's may be among them, by a message that came twice.
            self._take([following[0], *own])
        try:
            recorded, claimed = recording.record_and_claim(
                self._endpoint, ended, following, in_doubt=in_doubt
            )
        except Exception:
            self._take(own)
            raise
        if following:
            self._take_on(claimed, following)
        self._report(recorded)

    def _take_on(self, claimed: Sequence[Job], following: Sequence[Dispatch]) -> None:
        mine = [_dispatch(job) for job in claimed]
        self._take(mine)
        self._ahead.extend(claimed)
        self._claimed_at = time.monotonic()
        left = [each for each in following if each not in mine]
        self._has_alone_behind = bool(left) or any(job.attempt_count > 1 for job in claimed)
        self._alone.extend(left[:1])
        self._put_back(left[1:])

    def _hand_in(self) -> None:
        ended = [(each.job, each.outcome) for each in self._ended]
        try:
            self._report(recording.try_to_record(ended, in_doubt=self._is_in_doubt))
        except DatabaseUnavailable as problem:
            self._is_in_doubt = self._is_in_doubt or problem.may_have_run
            raise

    def _release_one(self) -> None:
        if not self._given_up:
            self._given_up.append(self._ahead.pop())
        job = self._given_up[-1]
        # Once more does no harm: it is not this attempt's any more.
        released = jobs.release(job, "another job of its process takes its time")
        self._given_up.pop()
        recording.report(job, INTERRUPTED, released, 0)
        if released is not None:
            recording.send_again(released)

    def _report(self, recorded: Sequence[Job | None]) -> None:
        ended, self._ended, self._is_in_doubt = self._ended, [], False
        for each, job in zip(ended, recorded, strict=True):
            recording.report(each.job, each.outcome, job, each.ended - each.started)
            if job is None:
                self._refused_from = min(self._refused_from, each.started)

    def _clear_up(self) -> None:
        # What a refused attempt left working works for nobody. This is no moment at which another
        # one runs; what those left that ended meanwhile cannot be told from it.
        if self._refused_from < math.inf:
            descendants.kill(os.getpid(), started_after=self._refused_from)
            self._refused_from = math.inf

    def _take(self, dispatches: Sequence[Dispatch]) -> None:
        if dispatches:
            self._meant_for(dispatches[0])
        hands.take(dispatches)

    def _go_on(self, dispatch: Dispatch) -> None:
        self._meant_for(dispatch)
        hands.go_on(dispatch)

    def _meant_for(self, dispatch: Dispatch) -> None:
        # What tells this process to stop from here on is meant for the next attempt.
        if dispatch != self._current:
            self._current = dispatch
            interruption.begin_next()


@dataclass(frozen=True)
class _Ended:
    job: Job
    outcome: Success
    started: float
    ended: float


def _dispatch(job: Job) -> Dispatch:
    return job.id, job.dispatch_number
