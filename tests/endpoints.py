"""Endpoint types for tests, declared as a user's own package declares them."""

from __future__ import annotations

import ctypes
import hashlib
import itertools
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from pathlib import Path
from subprocess import PIPE
from typing import Any

from marshmallow import Schema, fields, validate

from jobs_backend.endpoints import Endpoint
from jobs_backend.errors import JobFailure, RetryableFailure
from workers.context import Response
from workers.interruption import Interrupted


class EchoRequest(Schema):
    """A request with a default, so that tests see who fills it in."""

    text = fields.String(required=True)
    times = fields.Integer(load_default=1, validate=validate.Range(1, 10))


ENDPOINTS = [
    Endpoint("/v1/echo", request=EchoRequest, handler="tests.endpoints:echo"),
    Endpoint("/v1/anything", handler="tests.endpoints:anything", queue="others"),
    Endpoint("/v1/slow", handler="tests.endpoints:slow", queue="others"),
    Endpoint("/v1/limited", handler="tests.endpoints:slow", soft_time_limit=1, time_limit=30),
    Endpoint("/v1/work", handler="tests.endpoints:work"),
    Endpoint(
        "/v1/limited-work",
        handler="tests.endpoints:work",
        queue="work",
        soft_time_limit=1,
        time_limit=2,
    ),
    Endpoint("/v1/flaky", handler="tests.endpoints:flaky", queue="others", max_attempts=3),
    Endpoint("/v1/fails", handler="tests.endpoints:fails", queue="others"),
    Endpoint("/v1/forks", handler="tests.endpoints:forks", queue="others"),
    Endpoint("/v1/hangs", handler="tests.endpoints:hangs"),
    Endpoint("/v1/leaves-a-program", handler="tests.endpoints:leaves_a_program", queue="others"),
    Endpoint("/v1/short-lived", handler="tests.endpoints:anything", retention_seconds=3600),
    Endpoint("/v1/backlog", handler="tests.endpoints:anything", queue="backlog"),
    Endpoint("/v1/missing-handler", handler="tests.no_such_module:run", queue="others"),
]


def echo(request: dict[str, Any], context: Any) -> dict[str, Any]:
    """Say it back, and who it was said by."""
    context.log.info("echoing")
    return {
        "text": request["text"] * request["times"],
        "job_id": context.job_id,
        "attempt": context.attempt,
        "organization_id": context.organization_id,
        "cancelled": context.cancelled,
    }


def anything(request: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Give the request back."""
    return request


def slow(request: dict[str, Any], context: Any) -> dict[str, Any]:
    """Work for `seconds`, leaving `started` behind where a path is given."""
    if "started" in request:
        Path(request["started"]).touch()
    deadline = time.monotonic() + request["seconds"]
    while time.monotonic() < deadline:
        context.progress(1, 2)
        time.sleep(0.02)
    return {"pid": os.getpid()}


def work(request: dict[str, Any], context: Any) -> dict[str, Any]:
    """Work for `seconds` in the way that the request names; says in files how that ended.

    `<marker>.started` holds the process id once it is under way, `<marker>.finally` appears when
    its clean-up ran, `<marker>.done` when nobody stopped it.
    """
    marker = request["marker"]
    Path(f"{marker}.started.part").write_text(str(os.getpid()))
    Path(f"{marker}.started.part").rename(f"{marker}.started")
    try:
        _WORK[request["how"]](request, context, time.monotonic() + request["seconds"])
    finally:
        Path(f"{marker}.finally").touch()
    Path(f"{marker}.done").touch()
    return {"attempt": context.attempt}


def _in_python(_request: dict[str, Any], _context: Any, until: float) -> None:
    while time.monotonic() < until:
        pass


def _asleep(_request: dict[str, Any], _context: Any, until: float) -> None:
    time.sleep(max(0, until - time.monotonic()))


def _in_c(_request: dict[str, Any], _context: Any, until: float) -> None:
    # One call that never looks at Python's signal handlers, for longer than any test waits.
    hashlib.pbkdf2_hmac("sha256", b"x", b"y", int(2_000_000 * (until - time.monotonic())))


def _stubborn(_request: dict[str, Any], _context: Any, until: float) -> None:
    while time.monotonic() < until:
        try:
            time.sleep(0.01)
        except BaseException:  # noqa: S112 - this is what it is here for
            continue


def _until_told(request: dict[str, Any], _context: Any, until: float) -> None:
    while time.monotonic() < until and not Path(f"{request['marker']}.go").exists():
        time.sleep(0.1)


def _polite(_request: dict[str, Any], context: Any, until: float) -> None:
    while True:
        try:
            while time.monotonic() < until and not context.cancelled:
                time.sleep(0.01)
            return
        except BaseException:  # noqa: S112 - it wants to be asked, also where it just asks itself
            continue


def _with_files(request: dict[str, Any], context: Any, until: float) -> None:
    folder = tempfile.mkdtemp()
    Path(f"{request['marker']}.folder").write_text(folder)
    _stubborn(request, context, until)


def _with_children(request: dict[str, Any], _context: Any, until: float) -> None:
    seconds = str(until - time.monotonic())
    child = subprocess.Popen(["sh", "-c", f"sleep {seconds} & echo $! ; wait"], stdout=PIPE)
    assert child.stdout is not None
    grandchild = child.stdout.readline().decode().strip()
    Path(f"{request['marker']}.children").write_text(f"{child.pid} {grandchild}")
    child.wait()


def _in_threads(request: dict[str, Any], _context: Any, until: float) -> None:
    def tick() -> None:
        while time.monotonic() < until:
            Path(f"{request['marker']}.tick").write_text(str(time.time()))
            time.sleep(0.05)

    thread = threading.Thread(target=tick)
    thread.start()
    thread.join()


def _in_the_background(request: dict[str, Any], context: Any, until: float) -> None:
    seconds = until - time.monotonic()
    command = f"sleep {seconds} > /dev/null 2>&1 & echo $! > {request['marker']}.children"
    subprocess.run(["sh", "-c", command], check=True)
    _asleep(request, context, until)


def _holding_the_lock(_request: dict[str, Any], _context: Any, until: float) -> None:
    # C code that never lets another thread run, the heartbeat's included.
    sum(itertools.repeat(0, int(2e8 * (until - time.monotonic()))))


def _in_an_import(request: dict[str, Any], context: Any, until: float) -> None:
    folder = Path(f"{request['marker']}.modules")
    folder.mkdir()
    under_way = f"open({str(folder / 'under_way')!r}, 'w').close()"
    (folder / "slow_module.py").write_text(f"import time\n{under_way}\ntime.sleep(30)\n")
    sys.path.insert(0, str(folder))
    import slow_module  # noqa: F401


def _elsewhere(_request: dict[str, Any], context: Any, _until: float) -> None:
    os.umask(0o777)
    os.chdir(context.folder)
    tempfile.tempdir = str(context.folder)


def _with_odd_progress(request: dict[str, Any], context: Any, until: float) -> None:
    for odd in ((float("nan"), 1), (1, float("inf")), ("a", 2), (None, None), (1, 2, NoText())):
        context.progress(*odd)
    context.progress(10**40, 10**41, "half \ud800 of\0 it" + " and more" * 100)
    _until_told(request, context, until)


class NoText:
    """Nothing that could be shown."""

    def __str__(self) -> str:
        raise RuntimeError("secret")


_WORK: dict[str, Any] = {
    "python": _in_python,
    "sleep": _asleep,
    "c": _in_c,
    "stubborn": _stubborn,
    "polite": _polite,
    "go": _until_told,
    "threads": _in_threads,
    "background": _in_the_background,
    "lock": _holding_the_lock,
    "import": _in_an_import,
    "files": _with_files,
    "children": _with_children,
    "elsewhere": _elsewhere,
    "odd_progress": _with_odd_progress,
}


def forks(request: dict[str, Any], context: Any) -> dict[str, Any]:
    """Have a fork come back, or fail, and tell whether the job's folder is still there after it."""
    kept = context.folder / "kept"
    kept.touch()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # later Pythons warn of forks beside threads
        child = os.fork()
    if child == 0:
        if request["fails"]:
            raise JobFailure("of_the_fork", "It is not the job's.")
        return {"by": "the fork"}
    os.waitpid(child, 0)
    return {"is_kept": kept.exists(), "folder": str(context.folder)}


def leaves_a_program(_request: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Start a short program in the background and do not wait for it."""
    subprocess.run(["sh", "-c", "sleep 0.1 &"], check=True)
    return {}


def hangs(request: dict[str, Any], context: Any) -> dict[str, Any]:
    """Wait for a file `<marker>.go` in the first attempts, as many as `hanging` says, then answer.

    `<marker>.pid` holds the process id of the attempt that waits. One that is `deaf` goes on
    whatever is raised in it.
    """
    marker = request["marker"]
    if context.attempt <= request.get("hanging", 1):
        Path(f"{marker}.part").write_text(str(os.getpid()))
        Path(f"{marker}.part").rename(f"{marker}.pid")
        while not Path(f"{marker}.go").exists():
            try:
                time.sleep(0.05)
            except BaseException:
                if not request.get("deaf"):
                    raise
    return {"attempt": context.attempt}


def flaky(request: dict[str, Any], context: Any) -> dict[str, Any]:
    """Fail for a reason that passes, until the attempt that the request names."""
    if context.attempt < request["succeeds_at"]:
        raise RetryableFailure(
            "upstream_busy", "The upstream is busy.", retry_after=request.get("retry_after")
        )
    return {"attempt": context.attempt}


def fails(request: dict[str, Any], _context: Any) -> Any:
    """Fail in the way that the request names."""
    return _WAYS[request["how"]]()


def _raise(error: BaseException) -> Any:
    raise error


_WAYS: dict[str, Any] = {
    "not_at_all": lambda: {"well": True},
    "slowly": lambda: (time.sleep(3), {"well": True})[1],
    "failure": lambda: _raise(JobFailure("out_of_paper", "There is no paper.", {"tray": 2})),
    "crash": lambda: _raise(RuntimeError("secret: /etc/passwd")),
    "memory": lambda: bytearray(1 << 62),
    "segfault": lambda: ctypes.string_at(0),
    "system_exit": lambda: _raise(SystemExit(1)),
    "nul": lambda: _raise(JobFailure("a\0b", "half \ud800 of\0 it", {"x": "\0"})),
    "odd": lambda: _raise(JobFailure(5, ValueError("x"), {"x": {1, 2}})),  # type: ignore[arg-type]
    "odd_status": lambda: Response(99, {}),
    # Only for a process that may be lost.
    "no_json_any_more": lambda: setattr(json, "dumps", None),
    "stray_signal": lambda: _raise(Interrupted()),
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "parent_killed": lambda: (os.kill(os.getppid(), signal.SIGKILL), time.sleep(30)),
    "no_object": lambda: ["no", "object"],
    "no_json": lambda: {"when": object()},
    "not_a_number": lambda: {"value": float("nan")},
    "surrogate": lambda: {"text": "half \ud800 of it"},
    "too_large": lambda: {"text": "x" * 3_000_000},
}
