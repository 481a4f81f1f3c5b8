"""The whole stack as real processes, started the way that users start it."""

from __future__ import annotations

import base64
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from benchmarks.documents import prose
from jobs_backend import config
from tests.conftest import eventually

ROOT = Path(__file__).parent.parent.parent
PROGRAM = str(Path(sys.executable).parent / "jobs-backend")
KEY = "acceptance-test-key"
TERMINAL = ("completed", "failed", "cancelled", "expired")


class Stack:
    """`jobs-backend up` in a data folder of its own."""

    def __init__(
        self,
        data_dir: Path,
        *,
        program: str = PROGRAM,
        database_url: str = "",
        redis_url: str = "",
        **environment: str,
    ) -> None:
        self.data_dir = data_dir
        self.ready_file = data_dir.parent / f"{data_dir.name}-ready.json"
        self._program = program
        self._environment = {"PYTHONPATH": str(ROOT), "JOBS_ENDPOINTS": "tests.endpoints"}
        # An empty variable is as good as none: what other tests set must not reach this stack.
        theirs = ("MAX_RESPONSE_BYTES", "FILES_URL", "BROKER_TIMEOUT_SECONDS")
        self._environment.update({f"JOBS_{name}": "" for name in theirs})
        self._environment.update(JOBS_DATABASE_URL=database_url, JOBS_REDIS_URL=redis_url)
        self._environment.update(environment)
        self.process: subprocess.Popen[str] | None = None

    def start(self, *options: str) -> None:
        """Start it and wait until everything answers."""
        self.process = subprocess.Popen(
            [
                *(self._program, "up", "--port", "0", "--data-dir", str(self.data_dir)),
                *("--ready-file", str(self.ready_file), "--api-key", KEY, *options),
            ],
            env=config.environment(**self._environment),
            cwd=self.data_dir.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        eventually(lambda: self.ready_file.exists() or self.process.poll() is not None, 60)
        assert self.process.poll() is None, self.process.communicate()[0]

    @property
    def facts(self) -> dict[str, Any]:
        """What the ready file says now."""
        facts: dict[str, Any] = json.loads(self.ready_file.read_text())
        return facts

    def client(self) -> httpx.Client:
        """A client with the development key."""
        return httpx.Client(base_url=self.facts["base_url"], headers={"Api-Key": KEY}, timeout=60)

    def stop(self, number: int = signal.SIGINT) -> str:
        """Stop it with a signal and return all that it printed."""
        assert self.process is not None
        self.process.send_signal(number)
        output, _ = self.process.communicate(timeout=60)
        return output

    def log(self, name: str) -> str:
        """What a process logged."""
        return (self.data_dir / "logs" / f"{name}.log").read_text()

    def left_over(self) -> list[psutil.Process]:
        """Processes of this stack that still run."""
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            is_marked = process.environ().get("JOBS_STACK") == str(self.data_dir)
            return is_marked or str(self.data_dir) in " ".join(process.cmdline())
        except psutil.Error:
            return False


def long_document(pages: int) -> str:
    """The data URL of a PDF that takes a while to read: some 100 pages a second."""
    return f"data:application/pdf;base64,{base64.b64encode(prose(pages, 8)).decode()}"


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack for all tests that leave it standing."""
    running = Stack(tmp_path_factory.mktemp("stack") / "data")
    running.start()
    yield running
    if running.process is not None and running.process.poll() is None:
        running.stop()


@pytest.fixture
def http(stack: Stack) -> Iterator[httpx.Client]:
    """A client of the shared stack."""
    with stack.client() as client:
        yield client


def finish(client: httpx.Client, job: dict[str, Any], seconds: float = 60) -> dict[str, Any]:
    """Poll a job until it is over, then fetch it whole."""
    deadline = time.monotonic() + seconds
    path = f"/v1/jobs/{job['id']}"
    while (state := client.get(f"{path}/status").json())["status"] not in TERMINAL:
        assert time.monotonic() < deadline, f"still {state['status']} after {seconds} s"
        time.sleep(0.05)
    query = {"include_request": True, "include_response": True}
    whole: dict[str, Any] = client.get(path, params=query).json()
    return whole


def submit(client: httpx.Client, endpoint: str, request: dict[str, Any]) -> dict[str, Any]:
    """Submit a job that must be taken."""
    answer = client.post("/v1/jobs", json={"endpoint": endpoint, "request": request})
    assert answer.status_code in (200, 202), answer.text  # 202: the machine was busy
    job: dict[str, Any] = answer.json()
    return job


def document(path: Path) -> dict[str, str]:
    """A file as the API takes it."""
    content = base64.b64encode(path.read_bytes()).decode()
    return {"filename": path.name, "url": f"data:application/pdf;base64,{content}"}
