"""Connections to Postgres: lazy, bounded, never carried over a fork, re-made when they broke."""

from __future__ import annotations

import fcntl
import os
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

import psycopg2
from psycopg2 import errors, extensions

from jobs_backend import statements
from jobs_backend.config import settings
from jobs_backend.deadlines import deadline
from jobs_backend.errors import DatabaseNotMigrated, DatabaseUnavailable, StatementTooSlow
from jobs_backend.statements import Row

# What a statement meets in a database that is older than this version.
_LACKING = (errors.UndefinedTable, errors.UndefinedColumn, errors.UndefinedFunction)
CONNECT_TIMEOUT_SECONDS = 3
# The server gives up on a statement before the client does, so that the cause is told by name.
CLIENT_DEADLINE_MARGIN_SECONDS = 1
ROLLBACK_RETRIES = 3
# How long a statement of a session of one's own may take, by the client's clock.
SESSION_SECONDS = 5


class Database:
    """A bounded set of connections of one process, each lent to one statement at a time.

    Args:
        url: where Postgres is, as a `postgresql://` URL.
        size: how many connections there may be at once; who comes later waits for one.
        timeout: seconds that a statement may take, and that a caller waits for a connection.
    """

    def __init__(self, url: str, *, size: int, timeout: float) -> None:
        self._url = url
        self._size = size
        self._timeout = timeout
        self._begin_anew()

    def run(self, name: str, /, *, timeout: float | None = None, **parameters: Any) -> list[Row]:
        """Run the statement of sql/<name>.sql in a transaction of its own.

        Args:
            name: the file's name less its ending.
            timeout: seconds that it may take, if that is less than for others.
            parameters: the values that the statement names; bound, never pasted.

        Returns:
            The rows that it returned, each as a dict by column.

        Raises:
            StatementTooSlow: Postgres gave it up.
            DatabaseUnavailable: Postgres is away, does not answer in time, or every connection is
                lent out for longer than the timeout.
        """
        for _ in range(ROLLBACK_RETRIES):
            # The victim of a deadlock was rolled back whole: it may simply try again.
            with suppress(extensions.TransactionRollbackError):
                return self._run_once(name, parameters, timeout)
        try:
            return self._run_once(name, parameters, timeout)
        except extensions.TransactionRollbackError as problem:
            raise DatabaseUnavailable(_first_line(problem)) from problem

    def ping(self, timeout: float) -> None:
        """Return when Postgres answers, and has the tables.

        Raises:
            DatabaseNotMigrated: it has none of them.
            DatabaseUnavailable: it did not within `timeout` seconds.
        """
        with deadline(timeout), self._connection() as connection, connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM jobs LIMIT 0")

    def _run_once(self, name: str, parameters: dict[str, Any], timeout: float | None) -> list[Row]:
        with self._connection() as connection:
            if timeout is None:
                return statements.execute(connection, name, parameters)
            with _limited(connection, timeout):
                return statements.execute(connection, name, parameters)

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        if os.getpid() != self._pid:
            self._begin_anew()
        connection = None
        with deadline(self._timeout + CLIENT_DEADLINE_MARGIN_SECONDS) as until:
            if not self._free.acquire(timeout=max(0, until - time.monotonic())):
                raise DatabaseUnavailable("every database connection is busy")
            try:
                connection = self._idle_connection() or self._connect()
                yield connection
            except extensions.TransactionRollbackError:
                raise
            except _LACKING as problem:
                raise DatabaseNotMigrated(
                    f"{_first_line(problem)}: run `jobs-backend migrate` on this database"
                ) from problem
            except (errors.QueryCanceled, errors.LockNotAvailable) as problem:
                raise StatementTooSlow(_first_line(problem)) from problem
            except (
                psycopg2.OperationalError,
                psycopg2.InterfaceError,
                psycopg2.InternalError,  # a standby that takes no writes, for one
                TimeoutError,
            ) as problem:
                cut_off = connection is not None and not _is_idle(connection)
                raise DatabaseUnavailable(_first_line(problem), may_have_run=cut_off) from problem
            finally:
                self._give_back(connection)
                self._free.release()

    def _begin_anew(self) -> None:
        # After a fork the parent's connections are not ours to use nor to close.
        self._pid = os.getpid()
        self._idle: list[Any] = []
        self._free = threading.BoundedSemaphore(self._size)

    def _idle_connection(self) -> Any | None:
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:
                return None
            if _is_quiet(connection):
                return connection
            connection.close()
        return None

    def _give_back(self, connection: Any | None) -> None:
        if connection is None:
            return
        if _is_idle(connection) and not connection.is_swollen:
            self._idle.append(connection)
        else:
            connection.close()

    def session(self) -> Session:
        """A session of the caller's own, for what is bound to one.

        Raises:
            DatabaseUnavailable: Postgres cannot be reached.
        """
        with _translated():
            return Session(self._connect())

    def _connect(self) -> Any:
        with deadline(CONNECT_TIMEOUT_SECONDS):
            connection = psycopg2.connect(
                self._url,
                connection_factory=statements.Connection,
                application_name="jobs-backend",
                connect_timeout=CONNECT_TIMEOUT_SECONDS,
                keepalives_idle=30,
                keepalives_interval=10,
                keepalives_count=3,
                options=self._options(),
            )
        connection.autocommit = True
        return connection

    def _options(self) -> str:
        # A pooler that shares sessions out takes no options for one: the role has them there.
        if not settings().database_prepare:
            return ""
        return (
            f"-c statement_timeout={round(self._timeout * 1000)}"
            f" -c lock_timeout={round(self._timeout * 1000)}"
            " -c idle_in_transaction_session_timeout=60000"
            " -c timezone=UTC"
            # What is prepared is planned once: no plan of it depends on values.
            " -c plan_cache_mode=force_generic_plan"
            # Rows are found by an index and joined from a few, also where nothing is known of a
            # table yet, or it was small when the statement was planned.
            " -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off"
            # No statement runs for as long as it would take to compile it.
            " -c jit=off"
            # The guards rely on it: who waited for a row sees what became of it.
            r" -c default_transaction_isolation=read\ committed"
        )


class Session:
    """One connection to Postgres, for locks and notifications: they last as long as it does."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def run(self, name: str, /, **parameters: Any) -> list[Row]:
        """Run the statement of sql/<name>.sql; as `Database.run`, but nothing is tried again."""
        with _translated(), deadline(SESSION_SECONDS):
            return statements.execute(self._connection, name, parameters)

    def told(self) -> set[str]:
        """What NOTIFY told this session since the last time."""
        with _translated():
            self._connection.poll()
        told = {each.payload for each in self._connection.notifies}
        self._connection.notifies.clear()
        return told

    def descriptor(self) -> int:
        """Its socket, to wait for."""
        with _translated():
            return int(self._connection.fileno())

    def close(self) -> None:
        """End it."""
        self._connection.close()


def database() -> Database:
    """The process's database, by its settings. Opens nothing until it is used."""
    chosen = settings()
    return _database(
        chosen.database_url, chosen.database_pool_size, chosen.database_timeout_seconds
    )


@cache
def _database(url: str, size: int, timeout: float) -> Database:
    return Database(url, size=size, timeout=timeout)


@contextmanager
def _limited(connection: Any, timeout: float) -> Iterator[None]:
    # For one transaction: by a pooler the next statement may go to another session.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN; SET LOCAL statement_timeout = %s", (round(timeout * 1000),))
        try:
            yield
        finally:
            cursor.execute("COMMIT")  # of one that failed it is a rollback


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (psycopg2.Error, TimeoutError) as problem:
        raise DatabaseUnavailable(_first_line(problem), may_have_run=True) from problem


def _is_idle(connection: Any) -> bool:
    # Anything else means that it broke, or that an answer is still on its way.
    status = connection.info.transaction_status
    return not connection.closed and bool(status == extensions.TRANSACTION_STATUS_IDLE)


def _is_quiet(connection: Any) -> bool:
    # An idle session hears nothing, unless the server said goodbye. Asking the kernel costs no
    # round trip, and spares the first caller after a restart an error; `select` would let other
    # green threads run first.
    try:
        unread = fcntl.ioctl(connection.fileno(), termios.FIONREAD, bytes(4))
        connection.poll()  # raises at the end of what is sent, which a goodbye may lack
    except (psycopg2.Error, ValueError, OSError):
        return False
    return not any(unread)


def _first_line(problem: BaseException) -> str:
    return str(problem).strip().partition("\n")[0]
