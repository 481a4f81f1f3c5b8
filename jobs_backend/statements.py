"""The statements of sql/, prepared once a connection: Postgres parses and plans each of them once.

What Postgres answers is given as one dict a row, by column.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from psycopg2 import errors, extensions

from jobs_backend import pieces
from jobs_backend.config import settings
from jobs_backend.pauses import Pauses

Row = dict[str, Any]
# Rows, and how many characters they have.
_Found = tuple[list[Row], int]
SQL_DIRECTORY = Path(__file__).parent / "sql"
# Not prepared: what says so, since its plan depends on its values, or since it cannot be.
AS_IT_IS = "-- Planned anew each time"
# A connection keeps for good what memory its largest statement or answer took: the process about
# twice the length of a statement or a row, and Postgres four times that of a payload.
LARGE = 2 << 20
_PARAMETER = re.compile(r"%\((\w+)\)s")


class Connection(extensions.connection):  # type: ignore[misc] # it has no types
    """A connection to Postgres that knows what it has prepared, and whether it grew large."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.prepared: set[str] = set()
        self.runs = 0
        self.is_swollen = False

    def has_doubled(self) -> bool:
        """Count a run, and tell whether there were twice as many as when it was so last."""
        self.runs += 1
        return self.runs & (self.runs - 1) == 0


def execute(connection: Connection, name: str, parameters: dict[str, Any]) -> list[Row]:
    """Run the statement of sql/<name>.sql, and give the rows that it returned."""
    with connection.cursor() as cursor:
        try:
            rows, length = _run(connection, cursor, name, parameters)
        finally:  # one that fails takes as much memory
            connection.is_swollen = _is_large(cursor.query)
        connection.is_swollen = connection.is_swollen or length > LARGE
        return rows


@cache
def text(name: str) -> str:
    """What stands in sql/<name>.sql."""
    return (SQL_DIRECTORY / f"{name}.sql").read_text(encoding="utf-8")


def _run(connection: Connection, cursor: Any, name: str, parameters: dict[str, Any]) -> _Found:
    large = pieces.large(parameters)
    if large and pieces.begin(cursor):
        with pieces.sent(cursor, text(name), parameters, large) as statement:
            cursor.execute(*statement)
            return _rows(cursor)
    whole = {key: pieces.whole(parameters[key]) for key in large}
    _execute(connection, cursor, name, {**parameters, **whole} if whole else parameters)
    return _rows(cursor)


def _execute(connection: Connection, cursor: Any, name: str, parameters: dict[str, Any]) -> None:
    if not _is_prepared(name):
        cursor.execute(text(name), parameters)
        return
    try:
        _execute_prepared(connection, cursor, name, parameters)
    except errors.FeatureNotSupported:
        # A migration changed a table that it returns; nothing was run.
        cursor.execute(f"DEALLOCATE {name}")
        connection.prepared.discard(name)
        _execute_prepared(connection, cursor, name, parameters)


def _rows(cursor: Any) -> _Found:
    if cursor.description is None:
        return [], 0
    columns = [column.name for column in cursor.description]
    rows, length, pauses = [], 0, Pauses()
    for values in cursor:
        rows.append(dict(zip(columns, values, strict=True)))
        before = length
        for value in values:
            if type(value) is str:
                length += len(value)
        pauses.after(length - before)
    return rows, length


def _is_large(value: str | bytes | None) -> bool:
    return value is not None and len(value) > LARGE


def _execute_prepared(
    connection: Connection, cursor: Any, name: str, parameters: dict[str, Any]
) -> None:
    prepare, run = _prepared(name)
    if name not in connection.prepared:
        cursor.execute(prepare)
        connection.prepared.add(name)
    # A plan made while a table was empty reads it whole, or by a wrong index, until Postgres has
    # counted it, a minute later or more. So there are new ones, ever more rarely.
    cursor.execute(f"DISCARD PLANS; {run}" if connection.has_doubled() else run, parameters)


def _is_prepared(name: str) -> bool:
    return settings().database_prepare and AS_IT_IS not in text(name)


@cache
def _prepared(name: str) -> tuple[str, str]:
    # Parameters by number, as Postgres has them, and by name, as we do.
    names = list(dict.fromkeys(_PARAMETER.findall(text(name))))
    numbered = _PARAMETER.sub(lambda found: f"${names.index(found[1]) + 1}", text(name))
    values = ", ".join(f"%({each})s" for each in names)
    return (
        f"PREPARE {name} AS {numbered}",
        f"EXECUTE {name} ({values})" if names else f"EXECUTE {name}",
    )
