"""`jobs-backend up`: servers, migrations and the Procfile's processes, from start to stop."""

from __future__ import annotations

import fcntl
import json
import os
import shlex
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from honcho.environ import parse_procfile

import jobs_backend
from jobs_backend import config, organizations
from jobs_backend.endpoints import registry
from jobs_backend.errors import JobsError
from jobs_backend.local.addresses import StackFailed, accepts, check_redis, reachable, usable_port
from jobs_backend.local.leftovers import MARK, end_leftovers
from jobs_backend.local.servers import EmbeddedPostgres, embedded_redis
from jobs_backend.local.supervisor import STOP_SECONDS, ProcessFailed, Supervisor

ORGANIZATION = "development"
START_SECONDS = 60
# A job's process has one connection, and another while it tells that it lives.
CONNECTIONS_A_SLOT, OTHER_CONNECTIONS = 2, 50
READY_LINES = {"worker": "worker_ready", "beat": "beat_ready"}
# Who takes in work stops first, and what all need stops last.
STOP_ORDER = (("web", "beat", "worker"), ("redis",))


@dataclass(frozen=True)
class Options:
    """What `jobs-backend up` was asked for; see its help. None leaves it to the environment."""

    data_dir: Path
    host: str | None
    port: int | None
    concurrency: int | None
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
        self._tell = say
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
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as `nohup` has it
            signal.signal(signal.SIGHUP, self._on_signal)
        with _only_one(self._data_dir):
            try:
                self._start()
                if not self._is_stopping:
                    with suppress(OSError):
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

    def _say(self, line: str) -> None:
        # Whoever listened may be gone, as `tee` is at Ctrl-C, and the processes have to be stopped
        # all the same.
        with suppress(OSError):
            self._tell(line)

    def _start(self) -> None:
        database_url = config.variable("JOBS_DATABASE_URL")
        redis_url = config.variable("JOBS_REDIS_URL")
        self._check_settings(database_url, redis_url)
        end_leftovers(self._data_dir)
        port = usable_port(config.settings().host, config.settings().port)
        environment = self._environment(
            database_url or self._postgres_url(), redis_url or self._redis_url(), port
        )
        config.set_environment(**environment)
        processes = parse_procfile(_procfile().read_text(encoding="utf-8")).processes
        self._release(processes.pop("release"), environment)
        organization_id, api_key = _development_key(self._options.api_key)
        self._facts = {
            "base_url": f"http://{reachable(environment['JOBS_HOST'])}:{port}",
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
        self._look_for_handlers(environment)
        for name in processes:
            self._wait(name, self._web_answers if name == "web" else None)
        self._write_facts()

    def _check_settings(self, database_url: str | None, redis_url: str | None) -> None:
        # What is wrong with the settings, or with a module of JOBS_ENDPOINTS, is told before
        # anything is started.
        options = {
            "JOBS_HOST": self._options.host,
            "PORT": self._options.port,
            "JOBS_WORKER_CONCURRENCY": self._options.concurrency,
        }
        given = {name: str(value) for name, value in options.items() if value is not None}
        config.set_environment(
            JOBS_DATABASE_URL=database_url or "postgresql://to-be-started",
            JOBS_REDIS_URL=redis_url or "redis://to-be-started",
            **given,
        )
        sys.path.append(str(Path.cwd()))
        registry()
        for told in config.unknown_names():
            self._say(f"Note: {told}")
        ready_file = self._options.ready_file
        if ready_file is not None and not ready_file.resolve().parent.is_dir():
            raise StackFailed(f"There is no folder {ready_file.parent} for --ready-file")
        if redis_url is not None:
            check_redis(redis_url)

    def _postgres_url(self) -> str:
        self._say("Starting Postgres ...")
        self._postgres = EmbeddedPostgres(self._data_dir / "postgres")
        slots = config.settings().worker_concurrency
        return self._postgres.start(connections=CONNECTIONS_A_SLOT * slots + OTHER_CONNECTIONS)

    def _redis_url(self) -> str:
        self._say("Starting Redis ...")
        redis = embedded_redis(self._data_dir / "redis")
        if redis.note is not None:
            self._say(f"  Note: {redis.note}")
        mark = config.environment(**{MARK: str(self._data_dir)})
        self._supervisor.start("redis", f"exec {shlex.join(redis.command)}", mark)
        port = int(redis.url.rpartition(":")[2].partition("/")[0])
        self._wait("redis", lambda: accepts("127.0.0.1", port))
        return redis.url

    def _environment(self, database_url: str, redis_url: str, port: int) -> dict[str, str]:
        # Our own packages come first, so that an `api` or `workers` folder of the user's own does
        # not stand in for them; the user's folder comes last, for modules named in JOBS_ENDPOINTS.
        ours = str(Path(jobs_backend.__file__).resolve().parent.parent)
        # They run in the data folder: what was relative to this one is not any more.
        users = (config.variable("PYTHONPATH") or "").split(os.pathsep)
        path = [ours, *(str(Path(each).resolve()) for each in users if each), str(Path.cwd())]
        programs = [str(Path(sys.executable).parent), config.variable("PATH") or os.defpath]
        return {
            "JOBS_DATABASE_URL": database_url,
            "JOBS_FILES_URL": self._files_url(),
            "JOBS_REDIS_URL": redis_url,
            "JOBS_HOST": config.settings().host,
            "PORT": str(port),
            "PYTHONPATH": os.pathsep.join(path),
            "PATH": os.pathsep.join(programs),
            MARK: str(self._data_dir),
        }

    def _files_url(self) -> str:
        url = config.variable("JOBS_FILES_URL") or str(self._data_dir / "files")
        return url if "://" in url else str(Path(url).resolve())

    def _release(self, command: str, environment: dict[str, str]) -> None:
        self._say("Migrating the database ...")
        self._once("release", command, environment)

    def _look_for_handlers(self, environment: dict[str, str]) -> None:
        # In a process of its own, since importing them may take much, and leave much. A type whose
        # handler is not there fails its jobs, and keeps no other from running.
        if config.settings().endpoints:
            try:
                self._once("check", "exec jobs-backend check --offline", environment)
            except ProcessFailed as problem:
                self._say(f"Note: {problem}")

    def _once(self, name: str, command: str, environment: dict[str, str]) -> None:
        self._supervisor.run_once(name, command, config.environment(**environment), START_SECONDS)

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
        is_begun = bool(self._supervisor.pids) or self._postgres is not None
        if is_begun:
            self._say("Stopping ...")
        for names in STOP_ORDER:
            self._supervisor.stop(*names, timeout=_stop_seconds())
        if self._postgres is not None:
            self._postgres.stop()
        for path in filter(None, (self._data_dir / "stack.json", self._options.ready_file)):
            path.unlink(missing_ok=True)
        if is_begun:
            self._say("Stopped.")


def _stop_seconds() -> float:
    # A worker may take as long as it is allowed to, and a little more.
    try:
        return STOP_SECONDS + config.settings().shutdown_grace_seconds
    except JobsError:
        return STOP_SECONDS


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
