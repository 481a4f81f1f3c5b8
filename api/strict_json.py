"""JSON from a stranger: nothing that could mean two things, or that Postgres cannot keep."""

from __future__ import annotations

import codecs
import json
import re
from collections import deque
from typing import Any, NoReturn

from api.long_strings import Hollow, end_of
from jobs_backend import pieces
from jobs_backend.pauses import SHORT, VALUE, Pauses, let_others_run

MAX_NUMBER_LENGTH = 309  # as many digits as the largest double has
# Of whose members it is kept how they were written.
MOST_MEMBERS = 1000


class InvalidJson(ValueError):
    """The text is no JSON that we take; the message says why, for the client."""


class Members(dict[str, Any]):
    """A body that is an object of a few members, and how each of them was written.

    Attributes:
        texts: the JSON text of each, by its name.
    """

    texts: dict[str, pieces.Text]


def decode(received: deque[bytes]) -> str:
    """The letters of a request body that came in pieces; those are used up.

    Raises:
        InvalidJson: it is not UTF-8.
    """
    decoder, letters, pauses = codecs.getincrementaldecoder("utf-8")(), [], Pauses()
    try:
        while received:
            piece = received.popleft()
            letters.append(decoder.decode(piece, final=not received))
            pauses.after(len(piece))
    except UnicodeDecodeError:
        raise InvalidJson("the body is not UTF-8") from None
    return "".join(letters)


def loads(text: str, *, max_depth: int, max_values: int) -> Any:
    """Parse a request body.

    Args:
        text: the body, as `decode` gives it.
        max_depth: how many levels of arrays and objects may lie in one another.
        max_values: how many values arrays and objects may hold, all together.

    Returns:
        Its value; of an object that is not empty, as `Members`, if it has at most MOST_MEMBERS.

    Raises:
        InvalidJson: not JSON; or NaN, Infinity or a number out of range, a duplicate key, a NUL
            character, half a surrogate pair, too deep, or too many values.
    """
    hollow = Hollow(text)
    let_others_run(len(text))
    _check_number(hollow.text, max_values)
    try:
        value = hollow.filled(_value(text, hollow))
    except json.JSONDecodeError as problem:
        raise InvalidJson(
            f"{problem.msg} at line {problem.lineno}, column {problem.colno}"
        ) from None
    except RecursionError:
        raise _too_deep(max_depth) from None
    let_others_run(len(text))
    _check(value, max_depth)
    return value


def _value(whole: str, hollow: Hollow) -> Any:
    try:
        return _members(whole, hollow) or _DECODER.decode(hollow.text)
    except json.JSONDecodeError as problem:
        place = hollow.place(problem.pos)
        raise json.JSONDecodeError(problem.msg, whole, place) from None


def _members(whole: str, hollow: Hollow) -> Members | None:
    # None for what is no object with members, or not written as one, or has more than any of ours:
    # the decoder says what it is.
    text, place = hollow.text, hollow.place
    pairs: list[tuple[str, Any]] = []
    spans: list[tuple[str, int, int]] = []
    pauses = Pauses()
    at = _space(text, 0)
    separator = text[at : at + 1]
    while separator == ("," if pairs else "{"):
        before, at = at, _space(text, at + 1)
        if text[at : at + 1] != '"' or len(pairs) == MOST_MEMBERS:
            return None
        name, at = _DECODER.raw_decode(text, at)
        at = _space(text, at)
        if text[at : at + 1] != ":":
            return None
        start = _space(text, at + 1)
        value, at = _DECODER.raw_decode(text, start)
        pairs.append((name, value))
        spans.append((name, start, at))
        pauses.after(at - before)
        at = _space(text, at)
        separator = text[at : at + 1]
    if not pairs or separator != "}" or _space(text, at + 1) != len(text):
        return None
    members = Members(_object(pairs))
    members.texts = {
        name: pieces.part(whole, place(start), place(end)) for name, start, end in spans
    }
    return members


_SPACE = re.compile(r"[ \t\n\r]*")


def _space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


_BEFORE_VALUES = ",[{"


def _check_number(text: str, most: int) -> None:
    # Before they are made: one of three characters takes up to a hundred times as much.
    if len(text) <= most or _at_most(text) <= most:
        return
    number, at, quote, pauses = 0, 0, text.find('"'), Pauses()
    while at < len(text):
        until = min(at + SHORT, len(text) if quote < 0 else quote)
        number += sum(text.count(sign, at, until) for sign in _BEFORE_VALUES)
        if number > most:
            raise InvalidJson(f"more than {most:,} values")
        before, at = at, until
        if at == quote:
            at = end_of(text, quote + 1) + 1
            if not at:
                return  # it is no JSON, which the parser tells
            quote = text.find('"', at)
        pauses.after(at - before + VALUE)


def _at_most(text: str) -> int:
    # As if there were no strings, which takes a hundredth of the time.
    number, pauses = 0, Pauses()
    for at in range(0, len(text), SHORT):
        number += sum(text.count(sign, at, at + SHORT) for sign in _BEFORE_VALUES)
        pauses.after(SHORT)
    return number


# The parser calls back for numbers and objects alone: between two of them there is a pause in time.
_parsed = Pauses()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    _parsed.after_value()
    value = dict(pairs)
    if len(value) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise InvalidJson(f"duplicate key {_short(key)}")
            seen.add(key)
    return value


def _constant(name: str) -> NoReturn:
    raise InvalidJson(f"{name} is not JSON")


def _float(digits: str) -> float:
    _parsed.after_value()
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise InvalidJson(f"number {_short(digits)} is out of range")
    return value


def _int(digits: str) -> int:
    _parsed.after_value()
    if len(digits) > MAX_NUMBER_LENGTH:
        raise InvalidJson(f"a number of {len(digits):,} digits is out of range")
    return int(digits)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_int
)


def _check(value: Any, max_depth: int) -> None:
    # A list of what is left to look at, instead of recursion, so that depth costs no stack.
    left: list[tuple[Any, int]] = [(value, 1)]
    pauses = Pauses()
    while left:
        item, depth = left.pop()
        if isinstance(item, str):
            _check_text(item, pauses)
        elif isinstance(item, (dict, list)):
            if depth > max_depth:
                raise _too_deep(max_depth)
            if isinstance(item, dict):
                for key in item:
                    pauses.after_value()
                    _check_text(key, pauses)
            for child in item.values() if isinstance(item, dict) else item:
                pauses.after_value()
                if isinstance(child, _CHECKED):
                    left.append((child, depth + 1))


_CHECKED = (str, dict, list)


def _check_text(text: str, pauses: Pauses) -> None:
    if "\0" in text:
        raise InvalidJson("NUL characters (\\u0000) are not allowed")
    if text.isascii():
        return
    for piece in pieces.of(text):
        try:
            piece.encode("utf-8")
        except UnicodeEncodeError:
            raise InvalidJson("half of a surrogate pair is not a character") from None
        pauses.after(len(piece))


def _too_deep(max_depth: int) -> InvalidJson:
    return InvalidJson(f"nested more than {max_depth} levels deep")


def _short(text: str) -> str:
    shown = text if len(text) <= 40 else f"{text[:40]}..."
    return ascii(shown)
