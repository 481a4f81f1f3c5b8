"""Organizations and their keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jobs_backend import organizations
from jobs_backend.organizations import KeyTaken

Sql = Callable[..., list[tuple[Any, ...]]]


def test_a_key_belongs_to_one_organization(organization: str) -> None:
    other = organizations.create_organization("other")
    organizations.create_key(organization, "first", key="the-same-key")
    with pytest.raises(KeyTaken):
        organizations.create_key(other, "second", key="the-same-key")
    found = organizations.authenticate("the-same-key")
    assert found is not None
    assert found.organization_id == organization


def test_only_the_key_that_was_meant_is_revoked(organization: str) -> None:
    keys = [organizations.create_key(organization, name) for name in ("one", "two")]
    assert organizations.revoke_key(keys[0][1].id) is not None
    assert organizations.authenticate(keys[0][0]) is None
    assert organizations.authenticate(keys[1][0]) is not None
    assert organizations.revoke_key("key_none") is None


def test_a_key_is_stored_as_a_hash_alone(organization: str, sql: Sql) -> None:
    key, record = organizations.create_key(organization, "secret")
    [(stored,)] = sql("SELECT to_jsonb(api_keys)::text FROM api_keys")
    assert key not in stored
    assert record.prefix in stored
    assert len(record.prefix) < len(key) / 2
