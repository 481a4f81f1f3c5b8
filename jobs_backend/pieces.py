"""Texts too large for one statement go before it, in pieces, into a table of its transaction.

psycopg2 and libpq hold what a statement is given several times over, and nobody else of the process
gets a turn while they copy it. A piece is soon copied, and others get theirs between two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from psycopg2 import errors

# Characters of a text that goes in pieces, and of one piece.
LARGE = 1 << 20
PIECE = 1 << 18

_BEGIN = """
BEGIN;
CREATE TEMP TABLE pieces (name text, place integer, number integer, piece text) ON COMMIT DROP;
ALTER TABLE pg_temp.pieces ALTER COLUMN piece SET STORAGE EXTERNAL;
"""
_KEEP = "INSERT INTO pg_temp.pieces VALUES (%s, %s, %s, %s)"
# What stands in a statement in place of a text, and of a list of texts.
_WHOLE = "(SELECT string_agg(piece, '' ORDER BY number) FROM pg_temp.pieces WHERE name = '{}')"
_ALL = f"ARRAY{_WHOLE[:-1]} GROUP BY place ORDER BY place)"


@dataclass(frozen=True, eq=False, repr=False)
class Part:
    """A part of a text that is copied piece by piece, and only where it is needed."""

    whole: str
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __getitem__(self, span: slice) -> str:
        start, end, _ = span.indices(len(self))
        return self.whole[self.start + start : self.start + end]

    def __str__(self) -> str:
        return self[:]

    def isascii(self) -> bool:
        """Whether it has no other characters for sure; False where the whole has some."""
        return self.whole.isascii()


Text = str | Part


def part(text: str, start: int, end: int) -> Text:
    """text[start:end], without a copy where that is large.

    Of a text with other characters than ASCII's it is one, since one of them makes each of the
    whole take up to four times as much.
    """
    is_worth_it = end - start > LARGE and text.isascii()
    return Part(text, start, end) if is_worth_it else text[start:end]


def is_large(text: Text) -> bool:
    """Whether a text goes in pieces."""
    return len(text) > LARGE


def of(text: Text) -> Iterator[str]:
    """The pieces of a text; also of an empty one there is one, so that a list keeps its length."""
    yield text[:PIECE]
    for start in range(PIECE, len(text), PIECE):
        yield text[start : start + PIECE]


def large(parameters: dict[str, Any]) -> set[str]:
    """Which parameters of a statement are texts, or lists of texts, that go in pieces."""
    return {name for name, value in parameters.items() if any(map(is_large, _texts(value)))}


def begin(cursor: Any) -> bool:
    """Begin a transaction that takes pieces; False, and none, where the user may not.

    Args:
        cursor: of a connection that begins no transactions by itself.
    """
    try:
        cursor.execute(_BEGIN)
    except errors.InsufficientPrivilege:
        cursor.execute("ROLLBACK")
        return False
    return True


@contextmanager
def sent(
    cursor: Any, text: str, parameters: dict[str, Any], names: set[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Send the large texts of a statement before it, and commit after it.

    Args:
        cursor: after `begin`. An error leaves it in its transaction, so that the connection is of
            no more use.
        text: the statement. Where it names a large text, it is given one of the type `text`.
        parameters: the values that it names.
        names: those of them that go in pieces, as `large` told.

    Yields:
        What is to be run in the block: the statement, and the values that it still names.
    """
    for name in names:
        for place, each in enumerate(_texts(parameters[name])):
            for number, piece in enumerate(of(each)):
                cursor.execute(_KEEP, (name, place, number, piece))
    for name in names:
        form = _ALL if isinstance(parameters[name], list) else _WHOLE
        text = re.sub(rf"%\({name}\)s", form.format(name), text)
    yield text, {key: value for key, value in parameters.items() if key not in names}
    cursor.execute("COMMIT")


def whole(value: Any) -> Any:
    """The value of a parameter as psycopg2 takes it."""
    if isinstance(value, list):
        return [whole(each) for each in value]
    return str(value) if isinstance(value, Part) else value


def _texts(value: Any) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    is_texts = isinstance(value, list) and all(isinstance(each, Text) for each in value)
    return value if is_texts else []
