"""A process of the pool that ends a job quickly takes the next messages of its queue itself.

Through Celery's main process each message takes half a millisecond: it is fetched, unpacked,
handed over a pipe, and its end reported over another. That is as long as all else that a short job
costs, and one process does it for all. So after a job the process that ran it looks into the queue,
as long as it has not kept its slot for longer than a few jobs take, and then reports back for all.
It looks before it records what came of the job, so that one commit does that and claims the next;
of jobs that take it a moment each it takes several, see workers/pace.py and workers/batch.py.
Where the queue is empty, it waits there for a moment once the job is recorded, if jobs have been
coming that close together.

To Celery's main process those jobs are part of the one whose message it handed out. The truth is in
workers/hands.py, for cancellations and deaths. What is pulled is off the queue at once, as every
message is here, so a process that dies with some loses them, and the re-dispatcher sends them
again.
JOBS_WORKER_PULL_SECONDS=0 has every message go through the main process; so has
JOBS_ACK_EMULATION=true, which asks for a book of what was taken that this would not keep.
"""

from __future__ import annotations

import base64
import math
import time
from collections.abc import Sequence

import orjson

from jobs_backend import log
from jobs_backend.config import settings
from jobs_backend.endpoints import Endpoint
from jobs_backend.errors import BrokerUnavailable
from jobs_backend.job import is_job_id
from workers import runner
from workers.broker import pull_messages, put_back
from workers.hands import Dispatch

_log = log.get(__name__)

# How many jobs a turn may be: the pool counts it as one towards the end of a process's life.
TURN_JOBS = 128
# Where jobs come one after the other, the next one is mostly there by then. Meanwhile the slot is
# kept from the other queues of its worker: and for longer where nothing else happens in Redis,
# which then looks ten times a second who has waited long enough. So only where it is likely to be
# of use.
LINGER_SECONDS = 0.02
# What Postgres keeps of a dispatch's number.
MAX_DISPATCH_NUMBER = 2**31 - 1
# When this process last had recorded all that came from a queue, by `time.monotonic`.
_idle_since: dict[str, float] = {}


def run(endpoint: Endpoint, dispatch: Dispatch) -> None:
    """Run the job of a message that this process was handed, and those of the next few.

    Args:
        endpoint: the endpoint type, by the queue that the message came from; and of the next ones.
        dispatch: what the message names.

    Raises:
        SystemExit: the worker shuts down; the job was given back.
    """
    turn = _Turn(endpoint)
    upcoming, linger = [dispatch], _linger(endpoint.queue)
    while upcoming:
        runner.run(endpoint, *upcoming[0], turn.next, turn.put_back)
        _idle_since[endpoint.queue] = time.monotonic()
        upcoming = turn.next(1, linger)


def dispatch_of(message: bytes, task_name: str) -> Dispatch | None:
    """What a message names; None for another task's, and what only Celery can make sense of."""
    # Whoever may write to Redis may have put anything there.
    try:
        form = orjson.loads(message)
        if form["headers"]["task"] != task_name or form["content-type"] != "application/json":
            return None
        (job_id, number), _, _ = orjson.loads(base64.b64decode(form["body"]))
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    is_job = isinstance(job_id, str) and is_job_id(job_id)
    is_number = isinstance(number, int) and 0 < number <= MAX_DISPATCH_NUMBER
    return (job_id, number) if is_job and is_number else None


def _linger(queue: str) -> float:
    # Had it waited for the job that it was handed now, would it have come?
    idle_for = time.monotonic() - _idle_since.get(queue, -math.inf)
    return LINGER_SECONDS if idle_for <= LINGER_SECONDS else 0


class _Turn:
    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._left = 0 if settings().ack_emulation else TURN_JOBS - 1
        # A slot is kept from the other queues of its worker; what takes longer gains nothing.
        self._ends = time.monotonic() + settings().worker_pull_seconds
        # Those that were pulled last, by what they name.
        self._messages: dict[Dispatch, bytes] = {}

    def next(self, limit: int, wait_seconds: float = 0) -> list[Dispatch]:
        """What the next messages name; nothing where the turn is over, or the queue empty."""
        limit = min(limit, self._left)
        if not limit or time.monotonic() >= self._ends:
            return []
        try:
            messages = pull_messages(self._endpoint.queue, limit, wait_seconds)
        except BrokerUnavailable as problem:
            _log.warning("not_pulled", queue=self._endpoint.queue, reason=str(problem))
            self._left = 0
            return []
        self._messages = {
            dispatch: message for message in messages if (dispatch := self._named(message))
        }
        return list(self._messages)

    def put_back(self, dispatches: Sequence[Dispatch]) -> None:
        """Put back messages that were among the last, for other processes to take."""
        self._put_back([self._messages[each] for each in dispatches])

    def _named(self, message: bytes) -> Dispatch | None:
        dispatch = dispatch_of(message, self._endpoint.task_name)
        if dispatch is None:
            self._left = 0  # it would be the next again
            self._put_back([message])
        else:
            self._left = max(0, self._left - 1)
        return dispatch

    def _put_back(self, messages: Sequence[bytes]) -> None:
        try:
            put_back(self._endpoint.queue, messages)
        except BrokerUnavailable as problem:  # a job of ours is sent again
            _log.warning("not_put_back", queue=self._endpoint.queue, reason=str(problem))
