"""Answers with large texts in them: whole, in their places, and in small pieces."""

from __future__ import annotations

import json

import pytest

from api.responses import _raw, json_response
from jobs_backend import pieces

LARGE = json.dumps("x\0" * pieces.LARGE)
PART = pieces.Part(f"[{LARGE}]", 1, len(LARGE) + 1)
WIDE = json.dumps("zażółć 👍 " * (pieces.LARGE // 8), ensure_ascii=False)


@pytest.mark.parametrize("number", [1, 10**30], ids=["plain", "a number that is written twice"])
def test_large_texts_arrive_whole_and_in_their_places(number: int) -> None:
    texts = {"request": LARGE, "small": '{"a": 1.50}', "response": WIDE, "part": PART}
    body = {"n": number, **{name: _raw(text) for name, text in texts.items()}, "last": "\0"}
    answer = json_response(body, 202)
    sent = list(answer.response)
    assert json.loads(b"".join(sent)) == {
        "n": number,
        **{name: json.loads(str(text)) for name, text in texts.items()},
        "last": "\0",
    }
    assert b'"small":{"a": 1.50}' in b"".join(sent)
    assert answer.status_code == 202
    assert answer.content_length == sum(map(len, sent))
    assert max(map(len, sent)) <= 4 * pieces.PIECE


def test_what_has_no_form_in_json_is_an_error() -> None:
    with pytest.raises(TypeError):
        json_response({"a": object()})
