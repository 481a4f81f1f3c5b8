"""Values as JSON text: nothing of a value is lost, whatever the fast way cannot write."""

from __future__ import annotations

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs_backend import json_text

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(), below, max_size=4),
)  # fmt: skip


@given(values)
def test_it_is_read_back_as_it_was(value: Any) -> None:
    assert json.loads(json_text.dumps(value)) == value


@pytest.mark.parametrize("depth", [200, 254, 255, 500])
def test_it_may_be_as_deep_as_the_settings_allow(depth: int) -> None:
    value: Any = 2**70
    for _ in range(depth):
        value = [value]
    assert json_text.dumps(value) == b"[" * depth + str(2**70).encode() + b"]" * depth


def test_text_that_is_json_already_goes_in_as_it_is() -> None:
    value = {"large": -(2**63) - 1, "raw": orjson.Fragment('{"b": 1e2}')}
    assert json_text.dumps(value) == b'{"large":-9223372036854775809,"raw":{"b": 1e2}}'
