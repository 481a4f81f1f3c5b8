"""The broker's queues as such: what waits in them, taking it out, and whether Redis works at all.

Every call is within the same bounds: a share of JOBS_BROKER_TIMEOUT_SECONDS to connect, and one for
each answer.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from functools import cache
from typing import Any

from kombu.exceptions import KombuError, OperationalError
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.retry import Retry

from jobs_backend.config import settings
from jobs_backend.errors import BrokerUnavailable

# Of the time that a call may spend on the broker: to connect, and then for each answer.
CONNECT_SHARE, ANSWER_SHARE = 0.1, 0.15
# The header of a message that says when its sender took the job in hand.
TAKEN_AT = "taken_at"
# So many are looked at, since some may be unreadable.
OLDEST_MESSAGES = 10
# So many connections are kept of those that a process needed at once.
MOST_IDLE = 100


def sent_before(queue: str) -> datetime:
    """Before which moment, by Postgres's clock, every message that went into a queue has left it.

    A queue is first in, first out, and each message says when its sender took the job in hand: so
    whatever was handed over before the oldest one says, is not in the queue any more. An empty
    queue holds nothing that was ever handed over; one whose messages say nothing may hold it all.

    Raises:
        BrokerUnavailable: the broker did not answer.
    """
    oldest = oldest_messages(queue)
    if not oldest:
        return datetime.max.replace(tzinfo=timezone.utc)
    told = (_taken_at(message) for message in oldest)
    return next(filter(None, told), datetime.min.replace(tzinfo=timezone.utc))


def oldest_messages(queue: str) -> list[bytes]:
    """The messages that have waited longest in a queue, the oldest first; [] for an empty queue.

    Raises:
        BrokerUnavailable: the broker did not answer.
    """
    with bounded():
        key = settings().redis_key_prefix + queue
        found: Any = client().lrange(key, -OLDEST_MESSAGES, -1)
        return list(reversed(found))


def push_messages(queue: str, messages: Sequence[str]) -> None:
    """Put messages into a queue, to be taken after all that are there.

    Args:
        queue: its name.
        messages: in the order in which they are to be taken.

    Raises:
        BrokerUnavailable: the broker did not confirm them all. It may have them all the same.
    """
    with bounded():
        _asked("LPUSH", settings().redis_key_prefix + queue, *messages)


def pull_messages(queue: str, limit: int, wait_seconds: float = 0) -> list[bytes]:
    """Take the messages that have waited longest out of a queue, the oldest first.

    Args:
        queue: its name.
        limit: how many at the most.
        wait_seconds: how long an empty queue is given for one to come, which is taken alone then.

    Raises:
        BrokerUnavailable: the broker did not answer. Messages may be lost with that, as with a
            worker that dies: their jobs are sent again.
    """
    key = settings().redis_key_prefix + queue
    # Well within what the connection waits for an answer.
    longest = settings().broker_timeout_seconds * ANSWER_SHARE / 2
    with bounded():
        if not wait_seconds:
            return _asked("RPOP", key, limit) or []
        found = _asked("BRPOP", key, min(wait_seconds, longest))
    return [found[1]] if found else []


def put_back(queue: str, messages: Sequence[bytes]) -> None:
    """Undo `pull_messages` for some of them, the oldest first as it gave them.

    Raises:
        BrokerUnavailable: it was not done, or nobody knows.
    """
    if messages:
        with bounded():
            _asked("RPUSH", settings().redis_key_prefix + queue, *reversed(messages))


def probe_writing() -> None:
    """Return when the broker carries out writes, within the same bounds as `send`.

    Raises:
        BrokerUnavailable: it did not, although it may still answer what only reads: it is paused,
            a replica, short of replicas, or cannot save to its disk.
    """
    with bounded():
        # It is one of the writes that need no memory, like those by which workers take messages.
        client().delete(f"{settings().redis_key_prefix}probe")


@contextmanager
def bounded() -> Iterator[None]:
    """Have what the broker does not answer in time, or cannot do, be one error.

    Raises:
        BrokerUnavailable: the block did not come to its end.
    """
    try:
        yield
    except (KombuError, OperationalError, RedisError, OSError) as problem:
        raise BrokerUnavailable(type(problem).__name__) from problem


@cache
def client() -> Redis:
    """Redis itself, for what Celery has no call for or makes long work of."""
    return _client()


def _asked(*command: Any) -> Any:
    # What the client does for a call, less its pool, which takes a third as much again.
    idle = _idle_connections(os.getpid())
    try:
        connection = idle.pop()
    except IndexError:
        connection = _client().connection_pool.make_connection()

    def ask() -> Any:
        connection.send_command(*command)
        return connection.read_response()

    try:
        return connection.retry.call_with_retry(ask, lambda _: connection.disconnect())
    except BaseException:  # its answer may still come
        connection.disconnect()
        raise
    finally:
        if len(idle) < MOST_IDLE:
            idle.append(connection)
        else:
            connection.disconnect()


@cache
def _idle_connections(_process_id: int) -> list[Any]:
    # As many as have asked at the same time. No fork may share them.
    return []


def _client() -> Redis:
    patience = settings().broker_timeout_seconds
    return Redis.from_url(
        settings().redis_url,
        socket_connect_timeout=patience * CONNECT_SHARE,
        socket_timeout=patience * ANSWER_SHARE,
        # A connection that a restart of Redis broke is found out by using it.
        retry=Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),
    )


def _taken_at(message: bytes) -> datetime | None:
    # Whoever may write to Redis may have put anything there.
    try:
        moment = datetime.fromisoformat(json.loads(message)["headers"][TAKEN_AT])
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    return moment if moment.tzinfo else None
