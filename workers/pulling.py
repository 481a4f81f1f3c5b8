"""A process of the pool that ends a job quickly takes the next message of its queue itself.

Through Celery's main process each message takes half a millisecond: it is fetched, unpacked,
handed over a pipe, and its end reported over another. That is as long as all else that a short job
costs, and one process does it for all. So after a job the process that ran it looks into the queue,
as long as it has not kept its slot for longer than a few jobs take, and then reports back for all.
It looks before it records what came of the job, so that one commit does that and claims the next.

To Celery's main process those jobs are part of the one whose message it handed out. The truth is in
workers/hands.py, for cancellations and deaths. What is pulled is off the queue at once, as every
message is here, so a process that dies with one loses it, and the re-dispatcher sends it again.
JOBS_WORKER_PULL_SECONDS=0 has every message go through the main process; so has
JOBS_ACK_EMULATION=true, which asks for a book of what was taken that this would not keep.
"""

from __future__ import annotations

import base64
import json
import time

from jobs_backend import log
from jobs_backend.config import settings
from jobs_backend.endpoints import Endpoint
from jobs_backend.errors import BrokerUnavailable
from workers import runner
from workers.celery_app import pull_message, put_back
from workers.hands import Dispatch

_log = log.get(__name__)

# How many jobs a turn may be: the pool counts it as one towards the end of a process's life.
TURN_JOBS = 16


def run(endpoint: Endpoint, dispatch: Dispatch) -> None:
    """Run the job of a message that this process was handed, and those of the next few.

    Args:
        endpoint: the endpoint type, by the queue that the message came from; and of the next ones.
        dispatch: what the message names.

    Raises:
        SystemExit: the worker shuts down; the job was given back.
    """
    # A slot is kept from the other queues of its worker; a job that takes longer gains nothing.
    ends = time.monotonic() + settings().worker_pull_seconds
    left = 0 if settings().ack_emulation else TURN_JOBS - 1

    def following() -> Dispatch | None:
        nonlocal left
        if not left or time.monotonic() >= ends:
            return None
        left -= 1
        return _pull(endpoint)

    runner.run(endpoint, *dispatch, following)


def _pull(endpoint: Endpoint) -> Dispatch | None:
    try:
        message = pull_message(endpoint.queue)
        dispatch = _dispatch(message, endpoint.task_name) if message else None
        if message and dispatch is None:
            # Another endpoint type's of the same queue, or what only Celery can make sense of.
            put_back(endpoint.queue, message)
    except BrokerUnavailable as problem:
        _log.warning("not_pulled", queue=endpoint.queue, reason=str(problem))
        return None
    return dispatch


def _dispatch(message: bytes, task_name: str) -> Dispatch | None:
    # Whoever may write to Redis may have put anything there.
    try:
        form = json.loads(message)
        if form["headers"]["task"] != task_name or form["content-type"] != "application/json":
            return None
        (job_id, number), _, _ = json.loads(base64.b64decode(form["body"]))
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    return (job_id, number) if isinstance(job_id, str) and isinstance(number, int) else None
