"""An idempotency key's hash is that of its body as canonical JSON, however large it is."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs_backend import idempotency, pauses, pieces

TEXT = st.text(max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=15,
)


@given(VALUES)
def test_it_is_the_hash_of_canonical_json(value: object) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "LARGE", 5)
        patch.setattr(pieces, "PIECE", 3)
        assert idempotency.key_for("k", value).body_hash == _hash(value)


def test_others_get_their_turn_while_a_large_body_is_hashed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paused: list[float] = []
    monkeypatch.setattr(pauses.time, "sleep", paused.append)
    body = {"text": 'a"\n€' * pauses.SHORT, "numbers": [*range(50_000)]}
    assert idempotency.key_for("k", body).body_hash == _hash(body)
    assert len(paused) >= 4


def _hash(value: object) -> bytes:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
