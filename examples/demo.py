"""The main job from nothing to its result: `make demo`.

Starts the whole stack in .data, submits sample.pdf to /v1/parses, shows each status as it changes,
prints the parsed text, and stops everything. Ends with 0 only if the job completed and the text
holds what the sample says.
"""

from __future__ import annotations

import base64
import json
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

HERE = Path(__file__).parent
DATA_DIR = Path(".data")
JOBS_BACKEND = str(Path(sys.executable).parent / "jobs-backend")
TERMINAL = ("completed", "failed", "cancelled", "expired")
START_SECONDS, JOB_SECONDS, STOP_SECONDS = 90, 120, 60

console = Console(highlight=False)


class DemoFailed(Exception):
    """What went wrong, and the log to read."""


def main() -> None:
    """Run the demo; exit with 1 and one line if it fails."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with tempfile.TemporaryDirectory() as folder:
            stack = _start(Path(folder) / "ready.json")
            try:
                _run_job(json.loads((Path(folder) / "ready.json").read_text(encoding="utf-8")))
            finally:
                _stop(stack)
    except DemoFailed as problem:
        console.print(f"[red]The demo failed:[/red] {problem}")
        sys.exit(1)
    except OSError as problem:
        console.print(f"[red]The demo failed:[/red] {problem.filename}: {problem.strerror}")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    console.print("[green]Done: the sample was parsed and everything is stopped.[/green]")


def _start(ready_file: Path) -> subprocess.Popen[bytes]:
    options = ["--port", "0", "--data-dir", str(DATA_DIR), "--ready-file", str(ready_file)]
    # In a session of its own: a Ctrl-C comes to this program, which stops the stack in order.
    log = (DATA_DIR / "logs" / "up.log").resolve()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        stack = subprocess.Popen(
            [JOBS_BACKEND, "up", *options],
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_ready(stack, ready_file, log)
    except BaseException:  # a Ctrl-C most likely
        _stop(stack)
        raise
    return stack


def _wait_until_ready(stack: subprocess.Popen[bytes], ready_file: Path, log: Path) -> None:
    with _spinner() as progress:
        progress.add_task("Starting Postgres, Redis, the API, a worker and beat")
        deadline = time.monotonic() + START_SECONDS
        while not ready_file.exists():
            if stack.poll() is not None or time.monotonic() > deadline:
                _stop(stack)
                said = log.read_text(encoding="utf-8", errors="replace").partition("Error")
                cause = "".join(said[1:]).strip() or "no answer"
                raise DemoFailed(f"the stack did not start ({cause}); see {log}")
            time.sleep(0.05)


def _run_job(facts: dict[str, Any]) -> None:
    console.print(f"The API answers at {facts['base_url']}/v1")
    with httpx.Client(
        base_url=facts["base_url"], headers={"Api-Key": facts["api_key"]}, timeout=30
    ) as client:
        sample = HERE / "sample.pdf"
        console.print(f"Submitting {sample.name} ({sample.stat().st_size:,} bytes) to /v1/parses")
        answer = client.post("/v1/jobs", json=_body(sample))
        if answer.is_error:
            raise DemoFailed(f"the job was refused: {answer.text}")
        job = _finished(client, answer.json())
    _check(job)


def _body(sample: Path) -> dict[str, Any]:
    content = base64.b64encode(sample.read_bytes()).decode("ascii")
    document = {"filename": sample.name, "url": f"data:application/pdf;base64,{content}"}
    return {
        "endpoint": "/v1/parses",
        "request": {"document": document, "table_parsing_format": "markdown"},
        "metadata": {"sent_by": "demo"},
    }


def _finished(client: httpx.Client, job: dict[str, Any]) -> dict[str, Any]:
    started = time.monotonic()
    shown = None
    with _spinner() as progress:
        task = progress.add_task(f"{job['id']}: {job['status']}")
        while True:
            if job["status"] != shown:
                shown = job["status"]
                progress.update(task, description=f"{job['id']}: {shown}")
                progress.print(f"  {time.monotonic() - started:5.1f} s  {shown}", highlight=False)
            if shown in TERMINAL:
                break
            if time.monotonic() - started > JOB_SECONDS:
                raise DemoFailed(f"the job is still {shown}; see {_log('worker')}")
            time.sleep(0.05)
            job = client.get(f"/v1/jobs/{job['id']}/status").json()
    whole: dict[str, Any] = client.get(
        f"/v1/jobs/{job['id']}", params={"include_response": True}
    ).json()
    return whole


def _check(job: dict[str, Any]) -> None:
    if job["status"] != "completed":
        raise DemoFailed(f"the job {job['status']}: {job['error']}; see {_log('worker')}")
    text = job["response"]["body"]["output"]["text"]
    console.rule("parsed text")
    console.print(text, markup=False, soft_wrap=True)
    console.rule()
    expected = (HERE / "sample_expected.txt").read_text(encoding="utf-8").splitlines()
    missing = [phrase for phrase in expected if phrase not in text]
    if missing:
        raise DemoFailed(f"the parsed text lacks {missing}; see {_log('worker')}")


def _stop(stack: subprocess.Popen[bytes]) -> None:
    if stack.poll() is None:
        with _spinner() as progress:
            progress.add_task("Stopping everything")
            stack.terminate()
            try:
                stack.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                stack.kill()
                stack.wait()


def _spinner() -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)


def _log(name: str) -> Path:
    return (DATA_DIR / "logs" / f"{name}.log").resolve()


if __name__ == "__main__":
    main()
