"""Real servers for the tests that need them, started once, on free ports, and stopped by pid."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg2
import pytest
import redis as redis_client

from jobs_backend import config
from jobs_backend.endpoints import registry
from jobs_backend.local.servers import EmbeddedPostgres, embedded_redis
from jobs_backend.migrate import migrate

DEADLINE_SECONDS = 30


def eventually(condition: Callable[[], Any], seconds: float = DEADLINE_SECONDS) -> Any:
    """The first true value of `condition`, asked again and again until the deadline."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {condition}")
        time.sleep(0.01)
    return value


def forked(act: Callable[[], None]) -> int:
    """The id of a fork that does something, with a place for what it has in hand, and ends."""
    from workers import hands

    hands.reserve()
    process_id = os.fork()
    if not process_id:
        try:
            act()
        finally:
            os._exit(0)
    return process_id


@contextmanager
def frozen(processes: list[psutil.Process]) -> Iterator[None]:
    """Have processes stand still for as long as the block lasts."""
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            process.resume()


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty Postgres."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("postgres") / "data")
    try:
        yield server.start()
    finally:
        server.stop()


class RedisServer:
    """A Redis that a test may stop and start again on the same port."""

    def __init__(self, directory: Path) -> None:
        self._chosen = embedded_redis(directory)
        self.url = self._chosen.url
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(self._chosen.command, stdout=subprocess.DEVNULL)
        eventually(self._answers)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _answers(self) -> bool:
        with redis_client.Redis.from_url(self.url) as client:
            try:
                return bool(client.ping())
            except redis_client.ConnectionError:
                return False


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A Redis for the whole session."""
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def servers(
    postgres_url: str, redis_server: RedisServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Settings that name the test servers, and a migrated database."""
    config.set_environment(
        JOBS_DATABASE_URL=postgres_url,
        JOBS_REDIS_URL=redis_server.url,
        JOBS_ENDPOINTS="tests.endpoints",
        JOBS_MAX_RESPONSE_BYTES="2000000",
        JOBS_FILES_URL=str(tmp_path_factory.mktemp("files")),
        JOBS_BROKER_TIMEOUT_SECONDS="3",  # a busy machine is no broker that is away
    )
    registry.cache_clear()  # a test before may have asked for it already
    migrate(postgres_url)


@pytest.fixture
def connection(servers: None, postgres_url: str) -> Iterator[Any]:
    """A plain connection to a database whose tables are empty, for looking behind the scenes."""
    connection = psycopg2.connect(postgres_url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE organizations CASCADE")
        yield connection
    finally:
        connection.close()


@pytest.fixture
def sql(connection: Any) -> Callable[..., list[tuple[Any, ...]]]:
    """Run a statement and fetch what it returns."""

    def run(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    return run


@pytest.fixture
def organization(connection: Any) -> str:
    """An organization to own jobs."""
    from jobs_backend import organizations

    return organizations.create_organization("ours")
