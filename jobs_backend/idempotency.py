"""Idempotency keys: a client's promise that two requests with the same key are one."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from jobs_backend import pieces
from jobs_backend.db import database
from jobs_backend.errors import IdempotencyKeyReused
from jobs_backend.job import Job
from jobs_backend.pauses import VALUE, Pauses

# For so long a key stands for its job.
KEEP_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Key:
    """A key as the client sent it, and the hash of the body that it came with."""

    text: str
    body_hash: bytes


def key_for(text: str, body: Any) -> Key:
    """A key for a request body; two bodies that mean the same JSON are the same body."""
    body_hash, pauses = hashlib.sha256(), Pauses()
    for part in _canonical(body):
        body_hash.update(part.encode("utf-8", "surrogatepass"))
        pauses.after(len(part) + VALUE)
    return Key(text, body_hash.digest())


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


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _canonical(value: Any) -> Iterator[str]:
    # As JSON with sorted keys, but large texts in pieces: others would have to wait for the whole.
    large: list[str] = []
    mark = secrets.token_hex(16)
    text = _encode(_marked(value, mark, large, Pauses()))
    # What stands between two marks is the number of a text.
    for place, part in enumerate(re.split(f"{mark}([0-9]+)", text)):
        if place % 2:
            yield from (_encode(piece)[1:-1] for piece in pieces.of(large[int(part)]))
        else:
            yield part


def _marked(value: Any, mark: str, large: list[str], pauses: Pauses) -> Any:
    # The value with a mark in place of each large text; itself where it has none.
    pauses.after_value()
    if isinstance(value, str) and pieces.is_large(value):
        large.append(value)
        return f"{mark}{len(large) - 1}"
    if not isinstance(value, (dict, list)):
        return value
    items = value.items() if isinstance(value, dict) else enumerate(value)
    changed = {
        key: other
        for key, item in items
        if (other := _marked(item, mark, large, pauses)) is not item
    }
    if not changed:
        return value
    if isinstance(value, dict):
        return {**value, **changed}
    return [changed.get(number, item) for number, item in enumerate(value)]
