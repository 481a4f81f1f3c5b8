"""How many jobs of an organization may wait at once."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from cachetools import LRUCache

from jobs_backend.config import settings
from jobs_backend.db import database

# A count is good for so long, or for so many times as long as it took; near the limit for no time.
GOOD_SECONDS, GOOD_TIMES = 1.0, 20
NEAR = 0.9
ORGANIZATIONS = 10_000


@dataclass
class _Count:
    waiting: int
    good_until: float


_counts: LRUCache[str, _Count] = LRUCache(ORGANIZATIONS)
_lock = threading.Lock()


def is_queue_full(organization_id: str) -> bool:
    """Whether the organization may have no more jobs waiting; if it may, one more is counted.

    Other processes count for themselves: together they may go over the limit by what they accept
    within a second, or while they count.
    """
    limit = settings().max_queued
    if not limit:
        return False
    with _lock:
        known = _counts.get(organization_id)
    if known is None or time.monotonic() > known.good_until or known.waiting >= NEAR * limit:
        known = _count(organization_id, limit)
    with _lock:
        known.waiting += 1
        _counts[organization_id] = known
    return known.waiting > limit


def _count(organization_id: str, limit: int) -> _Count:
    started = time.monotonic()
    rows = database().run("count_waiting", organization_id=organization_id, limit=limit)
    now = time.monotonic()
    return _Count(rows[0]["waiting"], now + max(GOOD_SECONDS, GOOD_TIMES * (now - started)))
