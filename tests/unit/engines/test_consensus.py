"""Several answers made into one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.engines import consensus, schemas

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["a", "B", "b "]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner),
    max_leaves=8,
)


@given(json_values, st.integers(1, 5))
def test_one_and_the_same_answer_is_the_answer(value: Any, count: int) -> None:
    output, likelihoods = consensus.merged([value] * count)
    assert output == value
    assert set(_leaves(likelihoods)) <= {1.0}


@given(st.lists(json_values, min_size=1, max_size=5))
def test_an_answer_has_the_same_shape_as_its_likelihoods(choices: list[Any]) -> None:
    output, likelihoods = consensus.merged(choices)
    assert _shape(output) == _shape(likelihoods)
    assert all(0 < share <= 1 for share in _leaves(likelihoods))


@given(json_values, json_values)
def test_two_of_three_win_wherever_they_stand(value: Any, other: Any) -> None:
    for choices in ([value, value, other], [value, other, value], [other, value, value]):
        assert consensus.merged(choices)[0] == value


@pytest.mark.parametrize(
    ("choices", "output", "likelihoods"),
    [
        (["Ada ", "ada", "Eve"], "Ada ", 2 / 3),
        (["Ada", "ADA", "ADA", "Eve"], "ADA", 3 / 4),
        ([1, 1.0, 2], 1, 2 / 3),
        ([True, 1, True], True, 2 / 3),
        ([None, "x"], None, 1 / 2),
        (
            [{"a": 1}, {"a": 1, "b": 2}, {"a": 2, "b": 2}],
            {"a": 1, "b": 2},
            {"a": 2 / 3, "b": 2 / 3},
        ),
        ([[1, 2], [1, 3], [1]], [1, 2], [1, 1 / 3]),
        ([{"a": 1}, "no object", {"a": 1}], {"a": 1}, {"a": 2 / 3}),
    ],
)
def test_what_counts_as_the_same(choices: list[Any], output: Any, likelihoods: Any) -> None:
    merged = consensus.merged(choices)
    assert merged[0] == output
    assert merged[1] == pytest.approx(likelihoods)


def test_the_nearest_choice_has_most_in_common() -> None:
    choices = [{"a": 1, "b": 1}, {"a": 2, "b": 2}, {"a": 2, "b": 3}]
    assert consensus.nearest(choices, {"a": 2, "b": 3}) == {"a": 2, "b": 3}
    assert consensus.nearest(choices, {}) == choices[0]


def test_schemas_are_checked_and_never_fetched() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"$ref": "#/$defs/n"}},
        "$defs": {"n": {"type": "integer"}},
    }
    assert schemas.problems(schema, {"a": 1}) == []
    assert schemas.problems(schema, {"a": "x"})
    assert schemas.is_valid(schema)
    assert not schemas.is_valid({"type": "nonsense"})
    assert schemas.problems({"$ref": "https://127.0.0.1:9/s.json"}, {})
    assert schemas.problems({"$ref": "#"}, {})


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in _leaves(item)]
    if isinstance(value, list):
        return [leaf for item in value for leaf in _leaves(item)]
    return [value]


def _shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _shape(item) for name, item in value.items()}
    return [_shape(item) for item in value] if isinstance(value, list) else None
