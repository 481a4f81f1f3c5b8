"""Several answers made one: what most say, and how many say so."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.engines import answers, consensus

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)
ROW = st.fixed_dictionaries(
    {"name": st.sampled_from(["a", "b", "c", "d"]), "total": st.sampled_from([1, 2.5, None])}
)
ORDERS = st.fixed_dictionaries(
    {"id": st.sampled_from("xyz"), "rows": st.lists(ROW, max_size=4)},
    optional={"note": st.text(max_size=2)},
)


@given(VALUES, st.integers(1, 5))
def test_what_all_say_is_certain(value: Any, count: int) -> None:
    output, likelihoods = consensus.merge([value] * count)
    assert output == value
    assert likelihoods == _ones(value)


@given(st.lists(ORDERS, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_what_most_say_wins_in_any_order(others: list[Any], random: Any) -> None:
    most = {"id": "x", "rows": [{"name": "a", "total": 1}, {"name": "b", "total": 2.5}]}
    choices = [*others, *[most] * (len(others) + 1)]
    random.shuffle(choices)
    output, likelihoods = consensus.merge(choices)
    assert output == most
    assert min(_leaves(likelihoods)) > 0.5


def test_the_order_of_most_is_the_order() -> None:
    first, second = {"name": "a", "total": 1}, {"name": "b", "total": 2.5}
    output, _ = consensus.merge([[second, first], [first, second], [first, second]])
    assert output == [first, second]


@given(st.lists(VALUES, min_size=1, max_size=6))
def test_likelihoods_have_the_output_s_shape(choices: list[Any]) -> None:
    output, likelihoods = consensus.merge(choices)
    assert _ones(output) == _ones(likelihoods)
    assert all(0 < share <= 1 for share in _leaves(likelihoods))
    assert consensus.merge(choices) == (output, likelihoods)


@given(st.lists(ORDERS, min_size=1, max_size=5))
def test_the_output_fits_the_schema_that_the_choices_fit(choices: list[Any]) -> None:
    schema = {
        "type": "object",
        "properties": {"rows": {"type": "array", "uniqueItems": True}, "id": {"enum": [*"xyz"]}},
        "required": ["id", "rows"],
    }
    fitting = [choice for choice in choices if not answers.problems(choice, schema)]
    if fitting:
        output, _ = consensus.merge(fitting, lambda merged: not answers.problems(merged, schema))
        assert answers.problems(output, schema) == []


def test_what_fits_no_more_gives_way_to_the_choice_that_is_most_like_it() -> None:
    choices = [
        {"kind": "sum", "net": 1, "gross": 2},
        {"kind": "net", "net": 1, "gross": None},
        {"kind": "sum", "net": 1, "gross": 3},
        {"kind": "net", "net": 1, "gross": None},
        {"kind": "sum", "net": None, "gross": 2},
    ]
    output, likelihoods = consensus.merge(choices, choices.__contains__)
    assert output == {"kind": "sum", "net": 1, "gross": 2}
    assert likelihoods == {"kind": 0.6, "net": 0.8, "gross": 0.4}


def test_the_most_frequent_spelling_is_given_back() -> None:
    output, likelihoods = consensus.merge(["ACME  inc", "Acme Inc", "acme inc", "Acme Inc", "Ajax"])
    assert (output, likelihoods) == ("Acme Inc", 0.8)


@pytest.mark.parametrize(
    ("choices", "output", "likelihood"),
    [
        ([1, 1.0, 2], 1, 2 / 3),
        ([0.1 + 0.2, 0.3, 1], 0.1 + 0.2, 2 / 3),
        ([2, 1], 2, 0.5),
        ([True, 1, 1], 1, 2 / 3),
        ([None, "", None], None, 2 / 3),
        ([10**400, 0.5, 10**400], 10**400, 2 / 3),
        (["a", {"b": 1}, "a"], "a", 2 / 3),
        ([[], [1], []], [], []),
        ([{}, {"a": 1}], {}, {}),
        ([{"a": 1}, {}, {"a": 2}], {"a": 1}, {"a": 1 / 3}),
    ],
)
def test_leaf_by_leaf(choices: list[Any], output: Any, likelihood: Any) -> None:
    found, likelihoods = consensus.merge(choices)
    assert (found, type(found)) == (output, type(output))
    assert likelihoods == likelihood


def test_rows_are_compared_with_the_rows_that_they_are() -> None:
    rows = [{"item": name, "price": price} for name, price in zip("abcdef", range(6), strict=True)]
    wrong = {"item": "f", "price": 99}
    choices = [rows, rows[1:], [*rows[:2], *rows[3:]], [*rows[:5], wrong], rows]
    output, likelihoods = consensus.merge(choices)
    assert output == rows
    assert [each["item"] for each in likelihoods] == [0.8, 1.0, 0.8, 1.0, 1.0, 1.0]
    assert [each["price"] for each in likelihoods] == [0.8, 1.0, 0.8, 1.0, 1.0, 0.8]


def test_a_row_that_lacks_in_a_long_list_moves_no_other() -> None:
    rows = [{"item": f"item {number}", "price": number} for number in range(1_000)]
    choices = [rows, rows, [*rows[:500], *rows[501:]]]
    _, likelihoods = consensus.merge(choices)
    assert [each["price"] for each in likelihoods] == [*[1.0] * 500, 2 / 3, *[1.0] * 499]


def test_long_lists_that_differ_everywhere_take_no_time() -> None:
    choices = [[{"n": number, "by": who} for number in range(2_000 + who)] for who in range(6)]
    output, likelihoods = consensus.merge(choices)
    assert len(output) == 2_000
    assert likelihoods[7] == {"n": 1.0, "by": 1 / 6}


def _ones(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _ones(inner) for name, inner in value.items()}
    return [_ones(inner) for inner in value] if isinstance(value, list) else 1.0


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in _leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in _leaves(inner)]
    return [value]
