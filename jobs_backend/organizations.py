"""Organizations, which own jobs, and the API keys that speak for them."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cachetools import TTLCache

from jobs_backend.db import Row, database
from jobs_backend.errors import JobsError

SCOPES = ("jobs:read", "jobs:write", "admin")
DEFAULT_SCOPES = ("jobs:read", "jobs:write")
PREFIX_LENGTH = 10
# 32 random bytes: far past guessing, which is why a plain SHA-256 is enough to store.
KEY_BYTES = 32
# So long a key that was good is good without another look: how long a revoked one may work on.
KNOWN_SECONDS = 3
KNOWN_KEYS = 10_000

_known: TTLCache[bytes, ApiKey] = TTLCache(KNOWN_KEYS, KNOWN_SECONDS)
_known_lock = threading.Lock()


class KeyTaken(JobsError):
    """The key that was asked for belongs to another organization."""


@dataclass(frozen=True)
class ApiKey:
    """A key as it is stored: not the key itself, but what it opens and for whom."""

    id: str
    organization_id: str
    name: str
    prefix: str
    scopes: frozenset[str]
    created_at: datetime
    revoked_at: datetime | None
    organization_name: str | None = None


@dataclass(frozen=True)
class Organization:
    """Who owns jobs. `retention_seconds` is None where the general setting counts."""

    id: str
    name: str
    retention_seconds: int | None
    created_at: datetime


def create_organization(name: str) -> str:
    """The id of the organization of this name, which is made if there is none."""
    rows = database().run("create_organization", id=f"org_{secrets.token_urlsafe(12)}", name=name)
    return str(rows[0]["id"])


def find_organization(name: str) -> Organization | None:
    """The organization of this name."""
    rows = database().run("find_organization", name=name)
    return _organization(rows[0]) if rows else None


def list_organizations() -> list[Organization]:
    """Every organization, oldest first."""
    return [_organization(row) for row in database().run("list_organizations")]


def set_retention(name: str, seconds: int | None) -> Organization | None:
    """Say how long an organization's jobs are kept from now on; None if it does not exist.

    Args:
        name: of the organization.
        seconds: after which a new job expires, or a retried one; None for the general setting.
            Where its endpoint type says so too, the shorter time counts.
    """
    rows = database().run("set_retention", name=name, seconds=seconds)
    return _organization(rows[0]) if rows else None


def create_key(
    organization_id: str,
    name: str = "",
    scopes: Collection[str] = DEFAULT_SCOPES,
    *,
    key: str | None = None,
) -> tuple[str, ApiKey]:
    """Make a key for an organization.

    Args:
        organization_id: whom the key speaks for.
        name: what people call it.
        scopes: what it may do, out of SCOPES.
        key: the key to use; a random one if None. For development, where it is wanted known.

    Returns:
        The key, which nobody can read again, and its record.

    Raises:
        KeyTaken: `key` is another organization's.
    """
    key, columns = _new_key(key)
    rows = database().run(
        "create_key",
        organization_id=organization_id,
        name=name,
        scopes=sorted(scopes),
        **columns,
    )
    if not rows:
        raise KeyTaken("this key belongs to another organization")
    return key, _record(rows[0])


def rotate_key(key_id: str, grace: float = 0) -> tuple[str, ApiKey] | None:
    """Make a new key in an old one's place, with its organization, name and scopes.

    Args:
        key_id: the old one's.
        grace: for how many seconds more the old one works.

    Returns:
        As `create_key`; None if there is no such key, or it was revoked.
    """
    key, columns = _new_key()
    rows = database().run("rotate_key", old_id=key_id, grace=grace, **columns)
    return (key, _record(rows[0])) if rows else None


def authenticate(key: str) -> ApiKey | None:
    """The record of the key that a caller presented, or None if it is unknown or revoked.

    A key that was good a moment ago is taken to be so still. The look-up is by the key's hash, so
    that its timing tells nothing about any stored key; one that is unknown costs what one that was
    revoked costs.
    """
    hashed = _hash(key)
    with _known_lock:
        known = _known.get(hashed)
    return known or _look_up(hashed)


def _look_up(hashed: bytes) -> ApiKey | None:
    rows = database().run("find_key", key_hash=hashed)
    if not rows or not hmac.compare_digest(bytes(rows[0]["key_hash"]), hashed):
        return None
    record = _record(rows[0])
    with _known_lock:
        _known[hashed] = record
    return record


def forget_known_keys() -> None:
    """Look every key up anew."""
    with _known_lock:
        _known.clear()


def list_keys() -> list[ApiKey]:
    """Every key, revoked ones too, oldest first."""
    return [_record(row) for row in database().run("list_keys")]


def revoke_key(key_id: str) -> ApiKey | None:
    """Stop a key from working; None if there is no such key."""
    rows = database().run("revoke_key", id=key_id)
    return _record(rows[0]) if rows else None


def _new_key(key: str | None = None) -> tuple[str, dict[str, Any]]:
    key = key or f"jk_{secrets.token_urlsafe(KEY_BYTES)}"
    return key, {
        "id": f"key_{secrets.token_urlsafe(9)}",
        "prefix": key[: min(PREFIX_LENGTH, len(key) // 3)],
        "key_hash": _hash(key),
    }


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()


def _organization(row: Row) -> Organization:
    return Organization(row["id"], row["name"], row["retention_seconds"], row["created_at"])


def _record(row: Row) -> ApiKey:
    return ApiKey(
        id=row["id"],
        organization_id=row["organization_id"],
        name=row["name"],
        prefix=row["prefix"],
        scopes=frozenset(row["scopes"]),
        created_at=row["created_at"],
        revoked_at=row["revoked_at"],
        organization_name=row.get("organization_name"),
    )
