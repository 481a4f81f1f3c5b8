"""Long strings that are read by themselves come out as if the whole text had been read at once."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from api import long_strings, strict_json
from jobs_backend import pauses

# Short ones are long here, so that few letters meet every place where a string may be cut.
LONG, PIECE = 12, 7
ODD = st.sampled_from(
    ["\\", '"', "\n", "é", "퟿", "\ud7ff", "\ue000", "😀", "a", "/", ",", "u", "0"]
)
TEXT = st.text(ODD, max_size=60) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60
)
VALUES = st.recursive(
    TEXT | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=12,
)


@pytest.fixture(autouse=True, scope="module")
def _short_ones_are_long() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_strings, "LONG", LONG)
        patch.setattr(long_strings, "PIECE", PIECE)
        yield


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
@example("\\" * 40, True, None)
@example('\\"' * 20, False, None)
@example("😀" * 20, True, None)
@example("a😀" * 20, True, None)
@example({"k" * 20: "v" * 20, "w" * 20: ["x" * 20, {"y": "z" * 20}]}, True, 1)
def test_values_are_the_same(value: object, is_ascii: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=is_ascii, indent=indent)
    assert _read(text) == value


@given(st.dictionaries(TEXT, VALUES, min_size=1), st.booleans())
def test_members_are_kept_as_they_were_written(value: dict[str, object], is_ascii: bool) -> None:
    text = json.dumps(value, ensure_ascii=is_ascii)
    texts = _read(text).texts
    assert {name: json.loads(str(each)) for name, each in texts.items()} == value
    assert all(str(each) in text for each in texts.values())


@given(
    st.text("ab", max_size=40), st.integers(0), st.sampled_from(["", '"', "\\", "\n", "x", "\\u12"])
)
def test_what_is_wrong_is_told_where_it_stands(value: str, at: int, wrong: str) -> None:
    text = json.dumps({"a": "b" * 20, "value": [value, 1], "c": "d" * 20})
    at %= len(text)
    text = text[:at] + wrong + text[at + (not wrong) :]
    try:
        expected = json.loads(text)
    except json.JSONDecodeError as problem:
        with pytest.raises(strict_json.InvalidJson) as raised:
            _read(text)
        told = f"{problem.msg} at line {problem.lineno}, column {problem.colno}"
        assert str(raised.value) == told
    else:
        assert _taken(text) in (expected, None)


def test_it_is_a_mark_that_no_client_can_know() -> None:
    whole = json.dumps(["a" * 20, "b"])
    first, second = (long_strings.Hollow(whole).text for _ in range(2))
    assert first != second
    assert _read(json.dumps([json.loads(first)[0], "a" * 20])) == [json.loads(first)[0], "a" * 20]


def test_names_are_no_long_strings() -> None:
    whole = json.dumps({"a" * 20: 1})
    assert long_strings.Hollow(whole).text == whole


@pytest.mark.parametrize("letter", ["a", "é", "\n", "😀", '"'])
def test_others_get_their_turn_within_a_long_string(
    letter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, paused = json.dumps({"text": letter * (4 << 20)}), []
    monkeypatch.setattr(long_strings, "PIECE", 1 << 18)
    monkeypatch.setattr(pauses.time, "sleep", paused.append)
    hollow = long_strings.Hollow(text)
    assert len(hollow.text) < 100
    assert hollow.filled(json.loads(hollow.text)) == {"text": letter * (4 << 20)}
    assert len(paused) >= len(text) // (2 * pauses.SHORT)


def _read(text: str) -> strict_json.Members:
    read: strict_json.Members = strict_json.loads(text, max_depth=100, max_values=10**6)
    return read


def _taken(text: str) -> object:
    try:
        return _read(text)
    except strict_json.InvalidJson:
        return None
