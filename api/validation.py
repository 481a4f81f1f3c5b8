"""Marshmallow's findings in the forms that the contract gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

# The type that the documented API names for each of our messages; clients may branch on it.
_TYPES = {
    "Field required": "missing",
    "Unknown field": "extra_forbidden",
    "Input should be a valid string": "string_type",
    "Input should be a valid dictionary": "dict_type",
    "Input should be a valid integer": "int_parsing",
    "Input should be a valid boolean": "bool_parsing",
    "Field may not be null": "null_forbidden",
}
_TYPES_BY_START = (
    ("Input should be one of", "literal_error"),
    ("Input should be at ", "out_of_range"),
    ("At most ", "too_long"),
)


def as_list(messages: Mapping[str, Any], location: str) -> list[dict[str, Any]]:
    """The `detail` of a 422: one entry a wrong field, `{type, loc, msg}`.

    Args:
        messages: a ValidationError's messages, nested as the fields are.
        location: where the fields are, `body` or `query`.
    """
    return [
        {"type": _type_of(message), "loc": [location, *path], "msg": message}
        for path, message in _flat(messages)
    ]


def as_sentence(messages: Mapping[str, Any]) -> str:
    """Every wrong field in one line: `document.url: Field required; model: ...`."""
    return "; ".join(
        f"{'.'.join(map(str, path))}: {message}" if path else message
        for path, message in _flat(messages)
    )


def _flat(
    messages: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(messages, Mapping):
        for name, below in messages.items():
            yield from _flat(below, path if name == "_schema" else (*path, name))
    elif isinstance(messages, (list, tuple)):
        for message in messages:
            yield from _flat(message, path)
    else:
        yield path, _in_our_words(str(messages))


def _in_our_words(message: str) -> str:
    return _WORDS.get(message, message)


_WORDS = {
    "Missing data for required field.": "Field required",
    "Unknown field.": "Unknown field",
    "Not a valid string.": "Input should be a valid string",
    "Not a valid mapping type.": "Input should be a valid dictionary",
    "Invalid input type.": "Input should be a valid dictionary",
    "Not a valid integer.": "Input should be a valid integer",
    "Not a valid boolean.": "Input should be a valid boolean",
    "Field may not be null.": "Field may not be null",
}


def _type_of(message: str) -> str:
    by_start = (kind for start, kind in _TYPES_BY_START if message.startswith(start))
    return _TYPES.get(message) or next(by_start, "value_error")
