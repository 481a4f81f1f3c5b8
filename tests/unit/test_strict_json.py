"""Strict JSON agrees with the standard library on everything that it takes."""

from __future__ import annotations

import json
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import strict_json
from jobs_backend import pauses, pieces

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
    assert strict_json.loads(text, max_depth=100, max_values=10**6) == value


@given(st.binary())
def test_any_bytes_are_taken_or_refused(text: bytes) -> None:
    try:
        value = strict_json.loads(
            strict_json.decode(deque([text])), max_depth=100, max_values=10**6
        )
    except strict_json.InvalidJson:
        return
    assert value == json.loads(text)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(1, 5))
def test_a_body_may_come_in_any_pieces(text: str, size: int) -> None:
    whole = text.encode()
    received = deque(whole[at : at + size] for at in range(0, len(whole), size))
    assert strict_json.decode(received) == text


@pytest.mark.parametrize(
    "received", [[b"\xff", b"a"], [b"a", b"\xc3", b"(", b"b"], [b"a", b"\xc3"]]
)
def test_what_is_no_utf_8_is_refused(received: list[bytes]) -> None:
    with pytest.raises(strict_json.InvalidJson, match="not UTF-8"):
        strict_json.decode(deque(received))


@pytest.mark.parametrize(("depth", "is_taken"), [(10, True), (11, False)])
def test_the_depth_bound_is_exact(depth: int, is_taken: bool) -> None:
    text = "[" * depth + "]" * depth
    if is_taken:
        strict_json.loads(text, max_depth=10, max_values=10**6)
    else:
        with pytest.raises(strict_json.InvalidJson, match="more than 10 levels"):
            strict_json.loads(text, max_depth=10, max_values=10**6)


@pytest.mark.parametrize("digits", ["1e308", "-1.5", "9" * 309, "1E-999", "0"])
def test_numbers_within_range_are_taken(digits: str) -> None:
    assert strict_json.loads(digits, max_depth=1, max_values=10**6) == json.loads(digits)


def test_a_long_duplicate_key_is_shortened_in_the_message() -> None:
    key = json.dumps("k" * 1000)
    with pytest.raises(strict_json.InvalidJson) as raised:
        strict_json.loads(f"{{{key}: 1, {key}: 2}}", max_depth=9, max_values=10**6)
    assert len(str(raised.value)) < 80


@given(st.dictionaries(TEXT, VALUES, min_size=1), st.sampled_from([None, 1, "\t"]), st.booleans())
def test_members_are_kept_as_they_were_written(
    value: dict[str, object], indent: int | str | None, is_ascii: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=is_ascii)
    read = strict_json.loads(f" {text}\n", max_depth=100, max_values=10**6)
    assert read == value
    assert isinstance(read, strict_json.Members)
    assert {name: json.loads(str(each)) for name, each in read.texts.items()} == value
    assert all(str(each) in text for each in read.texts.values())


def test_a_large_member_is_not_copied() -> None:
    text = json.dumps({"a": "e" * pieces.LARGE, "b": 1})
    read = strict_json.loads(text, max_depth=9, max_values=10**6)
    member = read.texts["a"]
    assert isinstance(member, pieces.Part)
    assert member.whole is text
    assert str(member) == f'"{read["a"]}"'
    assert "".join(pieces.of(member)) == str(member)
    assert len(member) == pieces.LARGE + 2
    wide = json.dumps({"a": "e" * pieces.LARGE, "b": "€"}, ensure_ascii=False)
    assert strict_json.loads(wide, max_depth=9, max_values=10**6).texts["a"] == str(member)


def test_numbers_and_escapes_are_kept_as_they_were_written() -> None:
    read = strict_json.loads(
        '{"a": {"n": 1.50e+2, "t":"\\u00e9"} , "b":0}', max_depth=9, max_values=10**6
    )
    assert read.texts == {"a": '{"n": 1.50e+2, "t":"\\u00e9"}', "b": "0"}


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1,}',
        '{"a": 1 "b": 2}',
        '{"a" 1}',
        "{a: 1}",
        '{,"a": 1}',
        '{"a": 1',
        '{"a": 1} x',
        '{"a": 1}}',
        '{"a":',
        '{"a": "x}',
        '[{"a": 1}',
        "{",
        "",
    ],
)
def test_what_is_no_object_is_refused_as_the_standard_library_says(text: str) -> None:
    with pytest.raises(json.JSONDecodeError) as expected:
        json.loads(text)
    with pytest.raises(strict_json.InvalidJson) as raised:
        strict_json.loads(text, max_depth=9, max_values=10**6)
    assert str(raised.value).startswith(expected.value.msg)


@pytest.mark.parametrize(
    "value", [[0] * 50, {"k": [1, {"a": "x,[{" * 50}]}, ["\\", 'a"', ",,,"], 7]
)
def test_the_bound_on_values_is_exact(value: object) -> None:
    text = json.dumps(value)
    most = _values(value)
    assert strict_json.loads(text, max_depth=9, max_values=most) == value
    if most:
        with pytest.raises(strict_json.InvalidJson, match=f"more than {most - 1:,} values"):
            strict_json.loads(text, max_depth=9, max_values=most - 1)


@pytest.mark.parametrize("unit", ["1", "[1]", '{"a": "b"}'])
def test_others_get_their_turn_among_many_values(
    unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    paused: list[float] = []
    monkeypatch.setattr(pauses.time, "sleep", paused.append)
    number = 10 * pauses.SHORT // pauses.VALUE
    strict_json.loads(f"[{','.join([unit] * number)}]", max_depth=9, max_values=10**6)
    assert len(paused) >= 20  # ten times while it is parsed, ten while it is looked at


def _values(value: object) -> int:
    # How many stand in arrays and objects, with those themselves.
    if not isinstance(value, (dict, list)):
        return 0
    below = value.values() if isinstance(value, dict) else value
    return len(value) + sum(map(_values, below))


def test_more_members_than_any_of_ours_are_read_all_the_same() -> None:
    value = {f"k{number}": number for number in range(strict_json.MOST_MEMBERS + 1)}
    read = strict_json.loads(json.dumps(value), max_depth=9, max_values=10**6)
    assert read == value
    assert not isinstance(read, strict_json.Members)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text", ['["' + '\\"' * 50_000 + "," * 200_000, '["' * 100_000 + "," * 200_000, '["a\\']
)
def test_what_has_no_end_is_not_read_again_and_again(text: str) -> None:
    with pytest.raises(strict_json.InvalidJson):
        strict_json.loads(text, max_depth=9, max_values=1000)
    with pytest.raises(strict_json.InvalidJson):
        strict_json.loads(text, max_depth=9, max_values=10**6)
