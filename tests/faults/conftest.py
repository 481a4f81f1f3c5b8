"""One harness for all faults: log what was accepted, inject, heal, drain, and look at every job.

Servers are private and real, signals go by pid. With CHAOS_PACE=production the stack runs with the
settings that users have, for the figures of the README; otherwise with shorter ones of the same
proportions, so that a test takes seconds.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psutil
import psycopg2
import pytest

from jobs_backend import config
from jobs_backend.local.servers import EmbeddedPostgres
from jobs_backend.migrate import migrate
from tests.acceptance.conftest import ROOT, TERMINAL, Stack
from tests.conftest import RedisServer, eventually

IS_PRODUCTION = os.environ.get("CHAOS_PACE") == "production"
PACE = (
    {}
    if IS_PRODUCTION
    else {
        "JOBS_LEASE_SECONDS": "3",
        "JOBS_HEARTBEAT_SECONDS": "1",
        "JOBS_SWEEP_SECONDS": "1",
        "JOBS_DATABASE_TIMEOUT_SECONDS": "2",
        "JOBS_CANCEL_GRACE_SECONDS": "2",
        "JOBS_SHUTDOWN_GRACE_SECONDS": "1",
        "JOBS_RETRY_BACKOFF_SECONDS": "0.2",
        "JOBS_STALL_SECONDS": "6",
    }
)
LEASE, SWEEP, STALL = (30, 5, 60) if IS_PRODUCTION else (3, 1, 6)
# How long a message may be in a worker's hands, whatever the pace.
IN_HAND = 10
SLACK = 10
CONCURRENCY = 4

figures: list[tuple[str, str]] = []


class World:
    """Everything that can be broken, and what was accepted while it was."""

    WORKER = ("worker", "--loglevel", "WARNING", "--without-gossip", "--without-mingle")
    BEAT = ("beat", "--loglevel", "WARNING", "--scheduler", "workers.beat:Sweeper")

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.postgres = EmbeddedPostgres(directory / "servers" / "postgres")
        self.redis = RedisServer(directory / "redis")
        self.stack: Stack
        self.accepted: list[str] = []
        self.refused: Counter[Any] = Counter()
        self._lock = threading.Lock()

    def start(self, **settings: str) -> None:
        """Start the servers and the stack."""
        self.database_url = self.postgres.start()
        migrate(self.database_url)
        self.redis.start()
        self.stack = Stack(
            self.directory / "data",
            database_url=self.database_url,
            redis_url=self.redis.url,
            **{**PACE, **settings},
        )
        self.stack.start("--concurrency", str(CONCURRENCY))

    def stop(self) -> None:
        """Stop everything; nothing may be left."""
        try:
            if self.stack.process is not None and self.stack.process.poll() is None:
                self.stack.stop()
            assert self.stack.left_over() == []
        finally:
            for process in self.stack.left_over():
                process.kill()
            self.redis.stop()
            self.postgres.stop()

    @property
    def pids(self) -> dict[str, int]:
        """The stack's processes."""
        pids: dict[str, int] = self.stack.facts["pids"]
        return pids

    def submit(
        self, count: int = 1, endpoint: str = "/v1/echo", request: Any = None
    ) -> list[dict[str, Any]]:
        """Submit jobs one after the other; what is refused is counted, by status or error."""
        body = {"endpoint": endpoint, "request": {"text": "x"} if request is None else request}
        with self.stack.client() as client:
            answers = (self.post(client, body) for _ in range(count))
            return [job for job in answers if job is not None]

    def hang(self, name: str, **request: Any) -> tuple[dict[str, Any], psutil.Process]:
        """Submit a job that hangs in its first attempt; return it, and its process."""
        marker = self.directory / name
        [job] = self.submit(1, "/v1/hangs", {"marker": str(marker), **request})
        pid = eventually(lambda: _read(Path(f"{marker}.pid")))
        return job, psutil.Process(int(pid))

    def let_go(self, name: str) -> None:
        """Let a hanging job go on."""
        (self.directory / f"{name}.go").touch()

    def job(self, job: dict[str, Any]) -> dict[str, Any]:
        """A job as it is now."""
        with self.stack.client() as client:
            found: dict[str, Any] = client.get(f"/v1/jobs/{job['id']}").json()
        return found

    @contextmanager
    def celery(
        self, *arguments: str, prefix: str = "", **environment: str
    ) -> Iterator[CeleryProcess]:
        """Run one more worker or beat, its command and environment changed where that is said."""
        facts = self.stack.facts
        settings = {
            "JOBS_DATABASE_URL": facts["database_url"],
            "JOBS_REDIS_URL": facts["redis_url"],
            "JOBS_ENDPOINTS": "tests.endpoints",
            "JOBS_WORKER_CONCURRENCY": str(CONCURRENCY),
            "PYTHONPATH": str(ROOT),
            "REMAP_SIGTERM": "SIGQUIT",
            **PACE,
            **environment,
        }
        program = [str(Path(sys.executable).parent / "celery"), "--app", "workers.celery_app"]
        process = CeleryProcess([*prefix.split(), *program, *arguments], settings)
        try:
            eventually(lambda: "_ready" in process.said)
            yield process
        finally:
            process.stop()

    def sql(self, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Run a statement on a connection of its own."""
        connection = psycopg2.connect(self.database_url)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def settle(self, seconds: float, since: float | None = None) -> float:
        """Wait until all that was accepted is over, and check it.

        Args:
            seconds: how long that may take.
            since: from when on to count, by `time.monotonic`; now if None.

        Returns:
            The seconds that it took.
        """
        started = time.monotonic() if since is None else since
        eventually(self._is_over, seconds)
        took = time.monotonic() - started
        self.check()
        return took

    def check(self) -> None:
        """Whatever was accepted is there, is over, and was ended once, by its own attempt."""
        rows = self.sql(
            "SELECT jobs.id, status, attempt_count, response_attempt, "
            " response_body::jsonb ->> 'attempt' "
            "FROM jobs LEFT JOIN job_payloads ON job_id = jobs.id WHERE jobs.id = ANY (%s)",
            self.accepted,
        )
        assert {row[0] for row in rows} == set(self.accepted)
        for job_id, status, attempts, response_attempt, said in rows:
            assert status in TERMINAL, (job_id, status)
            if status == "completed":
                assert response_attempt == attempts
                assert said in (None, str(attempts))
        ended_twice = self.sql(
            "SELECT job_id, attempt FROM job_events WHERE from_status = 'in_progress' "
            "GROUP BY job_id, attempt HAVING count(*) <> 1"
        )
        assert ended_twice == []
        begun_not_ended = self.sql(
            "SELECT job_id, attempt FROM job_events AS begun WHERE to_status = 'in_progress' "
            "AND job_id = ANY (%s) AND NOT EXISTS (SELECT FROM job_events AS ended "
            " WHERE ended.job_id = begun.job_id AND ended.attempt = begun.attempt "
            " AND ended.from_status = 'in_progress')",
            self.accepted,
        )
        assert begun_not_ended == []
        with self._lock:
            self.accepted.clear()
            self.refused.clear()

    def attempts(self, job: dict[str, Any]) -> int:
        """How often a job was started."""
        [(count,)] = self.sql(
            "SELECT count(*) FROM job_events WHERE job_id = %s AND to_status = 'in_progress'",
            job["id"],
        )
        return int(count)

    def log_has(self, name: str, text: str) -> bool:
        """Whether a process said so."""
        return text in self.stack.log(name)

    @contextmanager
    def black_holed(self) -> Iterator[None]:
        """In Redis's place somebody listens who takes no connection, and has a full backlog."""
        self.redis.stop()
        port = urlsplit(self.redis.url).port
        try:
            with ExitStack() as sockets:
                hole = sockets.enter_context(socket.socket())
                hole.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                hole.bind(("127.0.0.1", port or 0))
                hole.listen(0)
                for filler in [sockets.enter_context(socket.socket()) for _ in range(4)]:
                    filler.setblocking(False)
                    with suppress(BlockingIOError):
                        filler.connect(hole.getsockname())
                yield
        finally:
            self.redis.start()

    def _is_over(self) -> bool:
        [(waiting,)] = self.sql(
            "SELECT count(*) FROM jobs WHERE id = ANY (%s) AND status <> ALL (%s)",
            self.accepted,
            list(TERMINAL),
        )
        return waiting == 0

    def post(self, client: httpx.Client, body: Any) -> dict[str, Any] | None:
        """Submit a job through a client; None if it was refused."""
        try:
            answer = client.post("/v1/jobs", json=body)
        except httpx.HTTPError as problem:
            with self._lock:
                self.refused[type(problem).__name__] += 1
            return None
        with self._lock:
            if answer.status_code in (200, 202):
                job: dict[str, Any] = answer.json()
                self.accepted.append(job["id"])
                return job
            self.refused[answer.status_code] += 1
        return None


class CeleryProcess:
    """A worker or beat beside those of the stack, and what it says."""

    def __init__(self, command: list[str], settings: dict[str, str]) -> None:
        self.said = ""
        self._process = subprocess.Popen(
            command,
            env=config.environment(**settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.pid = self._process.pid
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def stop(self) -> None:
        """End it as a supervisor would."""
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        finally:
            self._listener.join()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout:
            for line in self._process.stdout:
                self.said += line


class Load:
    """Clients that submit all the time while a block runs; `jobs` are the ids of what was taken."""

    def __init__(
        self, world: World, clients: int = 2, pause: float = 0.05, request: Any = None
    ) -> None:
        self._world = world
        self._pause = pause
        self._body = (
            {"endpoint": "/v1/echo", "request": {"text": "x"}}
            if request is None
            else {"endpoint": "/v1/slow", "request": request}
        )
        self.jobs: list[str] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run) for _ in range(clients)]

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        # Each keeps its connection, as clients do.
        with self._world.stack.client() as client:
            while not self._stop.wait(self._pause):
                job = self._world.post(client, self._body)
                if job is not None:
                    self.jobs.append(job["id"])


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A stack on servers of its own for the tests of one file; each heals what it broke."""
    made = World(tmp_path_factory.mktemp("world"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Note what a test measured, for the table at the end."""

    def note(text: str) -> None:
        figures.append((request.node.name.removeprefix("test_").replace("_", " "), text))

    return note


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the figures as a table."""
    if figures:
        terminalreporter.section("faults")
        terminalreporter.write_line("| fault | measured |\n|---|---|")
        for fault, text in figures:
            terminalreporter.write_line(f"| {fault} | {text} |")


def _read(path: Path) -> str | None:
    try:
        return path.read_text()
    except FileNotFoundError:
        return None
