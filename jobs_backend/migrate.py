"""Bring the database up to the newest migration, once, however many try at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import errors
from psycopg2.extensions import parse_dsn
from yoyo import get_backend, read_migrations

from jobs_backend.errors import DatabaseUnavailable

MIGRATIONS_DIRECTORY = Path(__file__).parent / "migrations"
# Any number that no other program on this database is likely to use.
ADVISORY_LOCK = 7_325_220_911


def migrate(database_url: str) -> list[str]:
    """Apply the migrations that the database does not have yet.

    Args:
        database_url: a `postgresql://` URL of a user who may create tables.

    Returns:
        The names of the migrations that were applied now, in order.

    Raises:
        DatabaseUnavailable: Postgres cannot be reached, or does not let this user.
    """
    with _told_of_trouble(database_url), _alone(database_url):
        return _apply(database_url)


def pending(database_url: str) -> list[str]:
    """The names of the migrations that a database of ours does not have yet.

    Raises:
        DatabaseUnavailable: Postgres cannot be reached, or does not let this user.
    """
    with _told_of_trouble(database_url), _backend(database_url) as backend:
        return [migration.id for migration in _missing(backend)]


@contextmanager
def _told_of_trouble(database_url: str) -> Iterator[None]:
    try:
        yield
    except (psycopg2.OperationalError, errors.InsufficientPrivilege) as problem:
        told = str(problem).strip().partition("\n")[0]
        raise DatabaseUnavailable(f"Postgres at {_address(database_url)}: {told}") from problem


@contextmanager
def _alone(database_url: str) -> Iterator[None]:
    # Yoyo's own lock is a row that a killed process leaves behind; this one ends with its
    # transaction, for which also a pooler lends out one and the same session.
    connection = psycopg2.connect(database_url, connect_timeout=10, application_name="migrate")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (ADVISORY_LOCK,))
        yield
    finally:
        connection.close()


def _address(database_url: str) -> str:
    # Without user and password.
    parts = parse_dsn(database_url)
    return f"{parts.get('host', 'localhost')} port {parts.get('port', 5432)}"


def _apply(database_url: str) -> list[str]:
    with _backend(database_url) as backend:
        backend.break_lock()  # whoever held it is gone: we are alone
        with backend.lock():
            missing = _missing(backend)
            backend.apply_migrations(missing)
            return [migration.id for migration in missing]


@contextmanager
def _backend(database_url: str) -> Iterator[Any]:
    backend = get_backend(database_url.replace("postgres://", "postgresql://", 1))
    try:
        yield backend
    finally:
        backend.connection.close()


def _missing(backend: Any) -> Any:
    return backend.to_apply(read_migrations(str(MIGRATIONS_DIRECTORY)))
