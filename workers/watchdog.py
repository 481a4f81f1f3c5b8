"""A worker that stopped taking messages, although its process lives, starts itself again.

It is told by progress alone: a queue of this worker's keeps one and the same oldest message, while
the worker had chance after chance to take it; or a message that it took is begun by none of its
processes. The reason does not matter: a subscription that was lost with a connection, a loop that
hangs, a process that is frozen, a pipe that Celery mistook for another.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Any

from celery.worker.state import reserved_requests, total_count

from jobs_backend import log
from jobs_backend.config import settings
from jobs_backend.errors import BrokerUnavailable
from workers import shutdown
from workers.broker import oldest_messages, probe_writing

_log = log.get(__name__)

LOOKS = 12


def watch(worker: Any) -> None:
    """Look after a worker from now on."""
    queues = sorted(worker.app.amqp.queues.consume_from)
    slots = worker.pool.num_processes
    threading.Thread(target=_watch, args=(queues, slots), name="watchdog", daemon=True).start()


def _watch(queues: list[str], slots: int) -> None:
    # Queues take turns: a worker that is busy may take many messages before one's turn comes, and
    # one with a process to spare takes whatever there is.
    whole_chance = 2 * len(queues)
    fronts = {queue: _Front() for queue in queues}
    taken_before = _taken()
    waits: dict[str, int] = {}
    # Long enough for a worker that was told to end, and so takes nothing more, to be gone by then.
    ending = settings().shutdown_grace_seconds + 2 * shutdown.LISTEN_SECONDS
    patience = max(settings().stall_seconds, 1.5 * ending)
    while True:
        time.sleep(patience / LOOKS)
        taken = _taken()
        is_idle = len(reserved_requests) < slots
        chance = whole_chance if is_idle else min(whole_chance, LOOKS * (taken - taken_before))
        taken_before = taken
        stalled = [
            queue
            for queue, front in fronts.items()
            if front.missed_of(_oldest(queue), chance) >= LOOKS * whole_chance
        ]
        waits = {each: waits.get(each, 0) + 1 for each in _not_begun()}
        stuck = [task_id for task_id, looks in waits.items() if looks > LOOKS]
        if stalled or stuck:
            _log.error("worker_stalled", queues=stalled, not_begun=stuck, seconds=patience)
            shutdown.restart()
            return


def _not_begun() -> list[str]:
    # A worker takes no more messages than it has processes that are free.
    return [each.id for each in tuple(reserved_requests) if not each.time_start]


@dataclass
class _Front:
    """The oldest message of a queue, and how often this worker could have taken it."""

    message: bytes | None = None
    missed: int = 0

    def missed_of(self, message: bytes | None, chance: int) -> int:
        if message is None or message != self.message:
            self.message, self.missed = message, 0
        else:
            self.missed += chance
        return self.missed


def _oldest(queue: str) -> bytes | None:
    try:
        probe_writing()
        return next(iter(oldest_messages(queue)), None)
    except BrokerUnavailable:
        return None  # then nobody could have taken anything


def _taken() -> int:
    return sum(total_count.values())
