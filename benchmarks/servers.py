"""Private servers and the processes of whoever is measured, for as long as it takes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg2
from redis import Redis

from jobs_backend import config
from jobs_backend.local.servers import EmbeddedPostgres, embedded_redis

ROOT = str(Path(__file__).parent.parent)
PROGRAMS = Path(sys.executable).parent


@contextmanager
def stack(folder: Path, *, concurrency: int = 2, **environment: str) -> Iterator[dict[str, Any]]:
    """`jobs-backend up` with the no-op endpoint type; gives what its ready file says."""
    ready = folder / "ready.json"
    process = subprocess.Popen(
        [
            *(str(PROGRAMS / "jobs-backend"), "up", "--port", "0", "--ready-file", str(ready)),
            *("--data-dir", str(folder / "data"), "--concurrency", str(concurrency)),
        ],
        env=config.environment(
            JOBS_ENDPOINTS="benchmarks.endpoints", PYTHONPATH=ROOT, **environment
        ),
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until(ready.exists, 60)
        yield json.loads(ready.read_text())
    finally:
        process.terminate()
        process.wait()


@dataclass(frozen=True)
class Servers:
    """A Postgres and a Redis that nobody else uses."""

    folder: Path
    database_url: str
    redis_url: str
    pids: tuple[int, int]

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """What a statement returns."""
        connection = psycopg2.connect(self.database_url)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def redis(self) -> Redis:
        """A client of the Redis."""
        return Redis.from_url(self.redis_url)


@contextmanager
def private() -> Iterator[Servers]:
    """Start both, and stop them again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # where root starts it, Postgres runs as another user
        postgres = EmbeddedPostgres(folder / "postgres")
        database_url = postgres.start(connections=100)
        chosen = embedded_redis(folder / "redis")
        redis = subprocess.Popen(chosen.command, stdout=subprocess.DEVNULL)
        try:
            found = Servers(folder, database_url, chosen.url, (postgres.pid, redis.pid))
            config.set_environment(
                BENCH_DATABASE_URL=database_url,
                BENCH_REDIS_URL=chosen.url,
                JOBS_DATABASE_URL=database_url,
                JOBS_REDIS_URL=chosen.url,
                JOBS_ENDPOINTS="benchmarks.endpoints",
                PYTHONPATH=ROOT,
            )
            wait_until(lambda: _answers(found), 30)
            yield found
        finally:
            redis.terminate()
            redis.wait()
            postgres.stop()


@contextmanager
def running(command: str, log: Path) -> Iterator[psutil.Process]:
    """One command as a process, from the programs of this installation; gives the process."""
    path = f"{PROGRAMS}:{config.variable('PATH')}"
    with log.open("ab") as output:
        process = psutil.Popen(
            ["/bin/sh", "-c", f"exec {command}"],
            env=config.environment(PATH=path),
            stdout=output,
            stderr=output,
        )
    try:
        yield process
    finally:
        family = [process, *process.children(recursive=True)]
        process.terminate()
        _, alive = psutil.wait_procs(family, timeout=15)
        for each in alive:
            each.kill()


def cpu_seconds(*processes: psutil.Process) -> float:
    """What these and all below them have used, those that have ended included."""
    total = 0.0
    for process in processes:
        # A process last, since it takes over what a child of its own used that ends meanwhile.
        for each in (*reversed(process.children(recursive=True)), process):
            with suppress(psutil.NoSuchProcess):
                total += sum(each.cpu_times()[:4])
    return total


def wait_until(condition: Callable[[], Any], seconds: float, pause: float = 0.01) -> None:
    """Return once the condition holds.

    Raises:
        TimeoutError: it did not within this many seconds.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(pause)


def _answers(servers: Servers) -> bool:
    try:
        return bool(servers.redis().ping())
    except OSError:
        return False
    except Exception as problem:
        if "onnect" in str(problem):
            return False
        raise
