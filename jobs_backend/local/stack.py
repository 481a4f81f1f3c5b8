"""`jobs-backend up`: servers, migrations and the Procfile's processes, from start to stop."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shlex
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
from honcho.environ import parse_procfile

import jobs_backend
from jobs_backend import config, organizations
from jobs_backend.endpoints import registry
from jobs_backend.errors import JobsError
from jobs_backend.local.servers import EmbeddedPostgres, embedded_redis, free_port
from jobs_backend.local.supervisor import ProcessFailed, Supervisor

ORGANIZATION = "development"
START_SECONDS = 60
# A job's process has one connection, and another while it tells that it lives.
CONNECTIONS_A_SLOT, OTHER_CONNECTIONS = 2, 50
# Marks every process that a stack starts, so that the next one can tell what is left of it.
MARK = "JOBS_STACK"
READY_LINES = {"worker": "worker_ready", "beat": "beat_ready"}
# Who takes in work stops first, and what all need stops last.
STOP_ORDER = (("web",), ("beat", "worker"), ("redis",))


class StackFailed(JobsError):
    """The stack cannot be started; the message is one line that says why."""


@dataclass(frozen=True)
class Options:
    """What `jobs-backend up` was asked for; see its help."""

    data_dir: Path
    host: str
    port: int
    concurrency: int
    api_key: str | None
    ready_file: Path | None


class Stack:
    """The processes of one data folder.

    Args:
        options: as asked for.
        say: prints a line for the person who started it.
        echo: called with (name, line) for everything that the processes say.
    """

    def __init__(
        self,
        options: Options,
        say: Callable[[str], None],
        echo: Callable[[str, str], None] = lambda _name, _line: None,
    ) -> None:
        self._options = options
        self._say = say
        self._data_dir = options.data_dir.resolve()
        self._postgres: EmbeddedPostgres | None = None
        try:
            self._data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise StackFailed(f"Cannot make {self._data_dir}: {problem.strerror}") from None
        self._supervisor = Supervisor(
            self._data_dir / "logs", self._data_dir, on_restart=self._restarted, echo=echo
        )
        self._is_stopping = False
        self._facts: dict[str, Any] = {}

    def run(self, on_ready: Callable[[dict[str, Any]], None]) -> None:
        """Start everything, call `on_ready` with the facts of the ready file, run until a signal.

        Raises:
            StackFailed: something could not be started; what had been is stopped again.
        """
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        with _only_one(self._data_dir):
            try:
                self._start()
                if not self._is_stopping:
                    on_ready(self._facts)
                while not self._is_stopping:
                    self._supervisor.tick(0.5)
                    if self._postgres is not None and self._postgres.revive():
                        self._restarted("postgres")
            except (ProcessFailed, JobsError) as problem:
                if not self._is_stopping:
                    raise StackFailed(str(problem)) from problem
            finally:
                self._stop()

    def _start(self) -> None:
        _end_leftovers(self._data_dir)
        port = _usable_port(self._options.host, self._options.port)
        environment = self._environment(self._database_url(), self._redis_url(), port)
        config.set_environment(**environment)
        processes = parse_procfile(_procfile().read_text(encoding="utf-8")).processes
        self._release(processes.pop("release"), environment)
        organization_id, api_key = _development_key(self._options.api_key)
        self._facts = {
            "base_url": f"http://{_reachable(self._options.host)}:{port}",
            "api_key": api_key,
            "organization_id": organization_id,
            "database_url": environment["JOBS_DATABASE_URL"],
            "redis_url": environment["JOBS_REDIS_URL"],
        }
        self._say("Starting API, worker and beat ...")
        for name, command in processes.items():
            self._supervisor.start(
                name, command, config.environment(), ready_line=READY_LINES.get(name)
            )
        for name in processes:
            self._wait(name, self._web_answers if name == "web" else None)
        self._write_facts()

    def _database_url(self) -> str:
        url = config.variable("JOBS_DATABASE_URL")
        if url is not None:
            return url
        self._say("Starting Postgres ...")
        self._postgres = EmbeddedPostgres(self._data_dir / "postgres")
        return self._postgres.start(
            connections=CONNECTIONS_A_SLOT * self._options.concurrency + OTHER_CONNECTIONS
        )

    def _redis_url(self) -> str:
        url = config.variable("JOBS_REDIS_URL")
        if url is not None:
            return url
        self._say("Starting Redis ...")
        redis = embedded_redis(self._data_dir / "redis")
        if redis.note is not None:
            self._say(f"  Note: {redis.note}")
        mark = config.environment(**{MARK: str(self._data_dir)})
        self._supervisor.start("redis", f"exec {shlex.join(redis.command)}", mark)
        port = int(redis.url.rpartition(":")[2].partition("/")[0])
        self._wait("redis", lambda: _accepts("127.0.0.1", port))
        return redis.url

    def _environment(self, database_url: str, redis_url: str, port: int) -> dict[str, str]:
        # Our own packages come first, so that an `api` or `workers` folder of the user's own does
        # not stand in for them; the user's folder comes last, for modules named in JOBS_ENDPOINTS.
        ours = str(Path(jobs_backend.__file__).resolve().parent.parent)
        path = [ours, config.variable("PYTHONPATH") or "", str(Path.cwd())]
        programs = [str(Path(sys.executable).parent), config.variable("PATH") or os.defpath]
        return {
            "JOBS_DATABASE_URL": database_url,
            "JOBS_REDIS_URL": redis_url,
            "JOBS_HOST": self._options.host,
            "JOBS_WORKER_CONCURRENCY": str(self._options.concurrency),
            "PORT": str(port),
            "PYTHONPATH": os.pathsep.join(filter(None, path)),
            "PATH": os.pathsep.join(programs),
            MARK: str(self._data_dir),
        }

    def _release(self, command: str, environment: dict[str, str]) -> None:
        self._say("Migrating the database ...")
        # What is wrong with the settings, or with a module of JOBS_ENDPOINTS, is told here.
        config.settings()
        sys.path.append(str(Path.cwd()))
        registry()
        self._supervisor.run_once(
            "release", command, config.environment(**environment), START_SECONDS
        )

    def _web_answers(self) -> bool:
        with suppress(httpx.HTTPError):
            return httpx.get(f"{self._facts['base_url']}/readyz", timeout=3).status_code == 200
        return False

    def _wait(self, name: str, answers: Callable[[], bool] | None) -> None:
        self._supervisor.wait_ready(name, START_SECONDS, answers, unless=lambda: self._is_stopping)

    def _restarted(self, name: str) -> None:
        self._say(f"{name} had ended and was started again; see {self._data_dir / 'logs'}")
        self._write_facts()

    def _write_facts(self) -> None:
        pids = dict(self._supervisor.pids)
        if self._postgres is not None:
            pids["postgres"] = self._postgres.pid
        self._facts["pids"] = pids
        for path in filter(None, (self._data_dir / "stack.json", self._options.ready_file)):
            _write_private(path, json.dumps(self._facts, indent=2) + "\n")

    def _on_signal(self, _number: int, _frame: Any) -> None:
        if self._is_stopping:
            return
        self._is_stopping = True

    def _stop(self) -> None:
        self._is_stopping = True
        self._say("Stopping ...")
        for names in STOP_ORDER:
            self._supervisor.stop(*names)
        if self._postgres is not None:
            self._postgres.stop()
        for path in filter(None, (self._data_dir / "stack.json", self._options.ready_file)):
            path.unlink(missing_ok=True)
        self._say("Stopped.")


@contextmanager
def _only_one(data_dir: Path) -> Iterator[None]:
    with (data_dir / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StackFailed(
                f"{data_dir} is in use by another `jobs-backend up`: stop that, "
                "or choose another --data-dir"
            ) from None
        yield


def _end_leftovers(data_dir: Path) -> None:
    # A stack that was killed could not stop its processes. Postgres stays: it is taken over.
    left = {process for process in psutil.process_iter() if _is_marked(process, str(data_dir))}
    left.update(_recorded(data_dir / "stack.json"))
    for process in left:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _, alive = psutil.wait_procs(left, timeout=10)
    for process in alive:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(alive, timeout=5)


def _recorded(facts: Path) -> Iterator[psutil.Process]:
    # Redis hides its environment behind its title. A process that is older than the record of its
    # id is the one that was recorded.
    with suppress(OSError, ValueError):
        pids: dict[str, int] = json.loads(facts.read_text(encoding="utf-8"))["pids"]
        for name, pid in pids.items():
            with suppress(psutil.NoSuchProcess):
                process = psutil.Process(pid)
                if name != "postgres" and process.create_time() <= facts.stat().st_mtime:
                    yield process


def _is_marked(process: psutil.Process, data_dir: str) -> bool:
    try:
        mark = process.environ().get(MARK)
        return process.pid != os.getpid() and bool(mark == data_dir)
    except (psutil.Error, OSError):
        return False


def _usable_port(host: str, port: int) -> int:
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        advice = (
            "Choose another with --port (0 takes any free one)"
            if problem.errno in (errno.EADDRINUSE, errno.EACCES)
            else "Choose an address of this machine with --host"
        )
        reason = problem.strerror or problem
        raise StackFailed(f"Cannot listen on {host} port {port}: {reason}. {advice}") from None
    return port or free_port(host)


def _reachable(host: str) -> str:
    # An address that means every interface is none to call.
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - compared with, not listened on


def _accepts(host: str, port: int) -> bool:
    with suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


def _procfile() -> Path:
    return Path(jobs_backend.__file__).parent / "Procfile"


def _development_key(wanted: str | None) -> tuple[str, str]:
    organization_id = organizations.create_organization(ORGANIZATION)
    for key in organizations.list_keys():
        if key.organization_id == organization_id and key.revoked_at is None:
            organizations.revoke_key(key.id)
    api_key, _ = organizations.create_key(organization_id, "jobs-backend up", key=wanted)
    return organization_id, api_key


def _write_private(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
