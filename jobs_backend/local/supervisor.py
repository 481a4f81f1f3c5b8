"""Run commands side by side, write down what they say, and start them again when they die."""

from __future__ import annotations

import logging
import logging.handlers
import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from honcho.process import Process

from jobs_backend.alive import is_alive
from jobs_backend.errors import JobsError

LOG_BYTES = 10 * 1024 * 1024
RESTART_SECONDS, RESTART_MAX_SECONDS = 0.5, 10
# A process that ran this long before it died was healthy: its next restart waits as the first did.
HEALTHY_SECONDS = 30
STOP_SECONDS = 15
# So long the children of a process that died may take to end by themselves, and give back what they
# have in hand.
ORPHAN_SECONDS = 2


class ProcessFailed(JobsError):
    """A process ended before it was ready; the message names its log."""


@dataclass
class _Managed:
    name: str
    command: str
    environment: dict[str, str]
    log: logging.Logger
    log_path: Path
    ready_line: str | None
    pid: int | None = None
    is_starting: bool = False
    is_ready: bool = False
    exits: int = 0
    started_at: float = field(default_factory=time.monotonic)
    restart_at: float | None = None
    ended_at: float | None = None


class Supervisor:
    """Processes by name, each in a session of its own, its output in <logs>/<name>.log.

    Args:
        logs: the folder for the logs; made if missing.
        cwd: where the commands run.
        on_restart: called with a name when a process that died runs again.
        echo: called with (name, line) for everything that a process says.
    """

    def __init__(
        self,
        logs: Path,
        cwd: Path,
        *,
        on_restart: Callable[[str], None] = lambda _name: None,
        echo: Callable[[str, str], None] = lambda _name, _line: None,
    ) -> None:
        self._logs = logs
        self._cwd = cwd
        self._on_restart = on_restart
        self._echo = echo
        self._events: queue.Queue[Any] = queue.Queue()
        self._processes: dict[str, _Managed] = {}
        self._stopping: set[str] = set()
        logs.mkdir(parents=True, exist_ok=True)

    @property
    def pids(self) -> dict[str, int]:
        """The processes that run now."""
        return {name: each.pid for name, each in self._processes.items() if each.pid is not None}

    def start(
        self,
        name: str,
        command: str,
        environment: dict[str, str],
        *,
        ready_line: str | None = None,
    ) -> None:
        """Start a shell command, of which the last process should be the command itself (`exec`).

        Args:
            ready_line: text that a line of its output holds once it is ready to serve.
        """
        path = self._logs / f"{name}.log"
        self._processes[name] = _Managed(
            name, command, environment, _line_logger(path), path, ready_line
        )
        self._launch(self._processes[name])

    def run_once(
        self, name: str, command: str, environment: dict[str, str], timeout: float
    ) -> None:
        """Run a command to its end.

        Raises:
            ProcessFailed: it ended with another code than 0, or not within `timeout` seconds.
        """
        path = self._logs / f"{name}.log"
        try:
            with path.open("ab") as log:
                subprocess.run(  # noqa: S602 - a line of our own Procfile
                    command,
                    shell=True,
                    env=environment,
                    cwd=self._cwd,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    timeout=timeout,
                    check=True,
                )
        except subprocess.SubprocessError:
            said = path.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            cause = f": {said[-1]}" if said else ""
            raise ProcessFailed(f"{name} failed{cause} (see {path})") from None

    def wait_ready(
        self,
        name: str,
        timeout: float,
        answers: Callable[[], bool] | None = None,
        *,
        unless: Callable[[], bool] = lambda: False,
    ) -> None:
        """Wait until a process said its ready line, or until `answers` returns True.

        Args:
            unless: ends the wait early when it returns True.

        Raises:
            ProcessFailed: it ended, or `timeout` seconds passed.
        """
        process = self._processes[name]
        deadline = time.monotonic() + timeout
        while not unless() and not (process.is_ready if answers is None else answers()):
            if process.exits:
                raise ProcessFailed(f"{name} ended while starting; see {process.log_path}")
            if time.monotonic() > deadline:
                raise ProcessFailed(
                    f"{name} was not ready within {timeout:g} s; see {process.log_path}"
                )
            self.tick(0.05)

    def tick(self, seconds: float) -> None:
        """Attend to the processes for about this long."""
        self._restart_due()
        self._bury_orphans()
        try:
            event = self._events.get(timeout=seconds)
            while True:
                self._attend(event)
                event = self._events.get_nowait()
        except queue.Empty:
            return

    def stop(self, *names: str, timeout: float = STOP_SECONDS) -> None:
        """Ask processes to end; kill those that do not within `timeout` s, with their children."""
        self._stopping.update(names)
        stopped = [self._processes[name] for name in names if name in self._processes]
        for process in stopped:
            process.restart_at = None
            # Only the process itself: what it started is its own to end in good order.
            self._signal(process, os.kill, signal.SIGTERM)
        deadline = time.monotonic() + timeout
        while _any_runs(stopped) and time.monotonic() < deadline:
            self.tick(0.05)
        for process in stopped:
            self._signal(process, os.killpg, signal.SIGKILL)
        while _any_runs(stopped):
            self.tick(0.05)

    def _launch(self, process: _Managed) -> None:
        runner = Process(
            process.command, name=process.name, env=process.environment, cwd=str(self._cwd)
        )
        process.restart_at = None
        process.started_at = time.monotonic()
        process.is_starting = True
        threading.Thread(target=runner.run, args=(self._events,), daemon=True).start()

    def _attend(self, event: Any) -> None:
        process = self._processes[event.name]
        if event.type == "start":
            process.pid = event.data["pid"]
            process.is_starting = False
            if process.name in self._stopping:
                self._signal(process, os.kill, signal.SIGTERM)
            elif process.exits:
                self._on_restart(process.name)
        elif event.type == "line":
            line = event.data.decode("utf-8", "replace").rstrip("\n")
            process.log.info(line)
            self._echo(process.name, line)
            if process.ready_line is not None and process.ready_line in line:
                process.is_ready = True
        elif event.type == "stop":
            self._ended(process, event.data["returncode"])

    def _ended(self, process: _Managed, code: int) -> None:
        # What it leaves behind in its session would go on beside its successor.
        self._signal(process, os.killpg, signal.SIGKILL)
        process.pid = None
        if time.monotonic() - process.started_at > HEALTHY_SECONDS:
            process.exits = 0
        process.exits += 1
        if process.name not in self._stopping:
            pause = min(RESTART_SECONDS * 2 ** (process.exits - 1), RESTART_MAX_SECONDS)
            process.restart_at = time.monotonic() + pause
            process.log.info(f"-- ended with code {code}; starting again in {pause:g} s --")

    def _restart_due(self) -> None:
        for process in self._processes.values():
            if process.restart_at is not None and time.monotonic() >= process.restart_at:
                self._launch(process)

    def _bury_orphans(self) -> None:
        # The end of its output tells that a process ended, but children that outlived it keep the
        # output open.
        now = time.monotonic()
        for process in self._processes.values():
            if process.pid is None or is_alive(process.pid):
                process.ended_at = None
            elif process.ended_at is None:
                process.ended_at = now
            elif now - process.ended_at > ORPHAN_SECONDS:
                self._signal(process, os.killpg, signal.SIGKILL)

    @staticmethod
    def _signal(process: _Managed, send: Callable[[int, int], None], number: int) -> None:
        if process.pid is not None:
            try:
                send(process.pid, number)
            except (ProcessLookupError, PermissionError):
                return


def _any_runs(processes: list[_Managed]) -> bool:
    return any(process.pid is not None or process.is_starting for process in processes)


def _line_logger(path: Path) -> logging.Logger:
    logger = logging.Logger(path.name)
    logger.addHandler(
        logging.handlers.RotatingFileHandler(
            path, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8"
        )
    )
    return logger
