"""Idempotency keys: a client's promise that two requests with the same key are one."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from typing import Any

from jobs_backend.db import database
from jobs_backend.errors import IdempotencyKeyReused
from jobs_backend.job import Job

# For so long a key stands for its job.
KEEP_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Key:
    """A key as the client sent it, and the hash of the body that it came with."""

    text: str
    body_hash: bytes


def key_for(text: str, body: Any) -> Key:
    """A key for a request body; two bodies that mean the same JSON are the same body."""
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Key(text, hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).digest())


def find(organization_id: str, key: Key) -> Job | None:
    """The job that the key stands for, with its request and marked as a replay.

    Raises:
        IdempotencyKeyReused: it came with another body then.
    """
    rows = database().run(
        "find_by_key", organization_id=organization_id, key=key.text, keep=KEEP_SECONDS
    )
    if not rows:
        return None
    if not hmac.compare_digest(bytes(rows[0]["body_hash"]), key.body_hash):
        raise IdempotencyKeyReused
    return replace(Job.from_row(rows[0]), is_replay=True)
