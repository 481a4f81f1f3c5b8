"""Strict JSON agrees with the standard library on everything that it takes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import strict_json

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_clean_comes_through_unchanged(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False)
    assert strict_json.loads(text, max_depth=100) == value


@given(st.binary())
def test_any_bytes_are_taken_or_refused(text: bytes) -> None:
    try:
        value = strict_json.loads(strict_json.decode(text), max_depth=100)
    except strict_json.InvalidJson:
        return
    assert value == json.loads(text)


@pytest.mark.parametrize(("depth", "is_taken"), [(10, True), (11, False)])
def test_the_depth_bound_is_exact(depth: int, is_taken: bool) -> None:
    text = "[" * depth + "]" * depth
    if is_taken:
        strict_json.loads(text, max_depth=10)
    else:
        with pytest.raises(strict_json.InvalidJson, match="more than 10 levels"):
            strict_json.loads(text, max_depth=10)


@pytest.mark.parametrize("digits", ["1e308", "-1.5", "9" * 309, "1E-999", "0"])
def test_numbers_within_range_are_taken(digits: str) -> None:
    assert strict_json.loads(digits, max_depth=1) == json.loads(digits)


def test_a_long_duplicate_key_is_shortened_in_the_message() -> None:
    key = json.dumps("k" * 1000)
    with pytest.raises(strict_json.InvalidJson) as raised:
        strict_json.loads(f"{{{key}: 1, {key}: 2}}", max_depth=9)
    assert len(str(raised.value)) < 80
