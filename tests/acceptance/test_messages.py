"""What cannot work says so, in words that name the cause; never a traceback."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from jobs_backend import config
from tests.acceptance.conftest import KEY, PROGRAM, Stack
from tests.conftest import eventually

NOBODY = "127.0.0.1:1"


def _say(folder: Path, *arguments: str, **environment: str) -> str:
    changes = {"JOBS_DATABASE_URL": "", "JOBS_REDIS_URL": "", "JOBS_ENDPOINTS": "", **environment}
    result = subprocess.run(
        [PROGRAM, *arguments],
        cwd=folder,
        env=config.environment(**changes),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    return result.stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("x = (", "cannot import mine: SyntaxError"),
        (
            "from jobs_backend.endpoints import Endpoint\nEndpoint('/v1/x', 'a:b', no=1)",
            "TypeError",
        ),
        ("from marshmallow import fields\nfields.Nope", "has no attribute 'Nope'"),
        ("ENDPOINTS = 5", "mine holds no list ENDPOINTS"),
    ],
)
def test_endpoint_modules(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "mine.py").write_text(content)
    said = _say(tmp_path, "up", "--port", "0", JOBS_ENDPOINTS="mine")
    assert told in said
    assert len(said.splitlines()) == 1


@pytest.mark.slow
def test_what_does_not_keep_the_stack_from_running_is_noted(tmp_path: Path) -> None:
    stack = Stack(tmp_path / "data", JOBS_WORKER_CONCURENCY="3")
    stack.start()
    said = stack.stop()
    assert "Note: check failed: Error: /v1/missing-handler: cannot import its handler: " in said
    assert "Note: JOBS_WORKER_CONCURENCY is set, and no setting; is JOBS_WORKER_CONCURRENCY" in said


def test_check_looks_at_the_servers_of_the_stack_that_runs(stack: Stack) -> None:
    changes = {"JOBS_DATABASE_URL": "", "JOBS_REDIS_URL": "", "JOBS_ENDPOINTS": ""}
    result = subprocess.run(
        [PROGRAM, "check", "--data-dir", str(stack.data_dir)],
        env=config.environment(**changes),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-2:] == ["ok       Postgres", "ok       Redis"]


def test_all_settings_at_once_before_anything_is_started(tmp_path: Path) -> None:
    wrong = {
        "PORT": "abc",
        "JOBS_WORKER_CONCURRENCY": "0",
        "JOBS_LEASE_SECONDS": "x",
        "JOBS_DELETE_AFTER": "5",
    }
    said = _say(tmp_path, "up", **wrong)
    assert len(said.splitlines()) == len(wrong)
    assert all(name in said for name in wrong)
    assert not (tmp_path / ".data" / "postgres").exists()


@pytest.mark.parametrize(
    ("arguments", "environment", "told"),
    [
        ("up --port 0", {"JOBS_REDIS_URL": f"redis://:secret@{NOBODY}/0"}, "Redis at 127.0.0.1"),
        ("migrate", {"JOBS_DATABASE_URL": f"postgresql://u:secret@{NOBODY}/x"}, "Postgres at 127"),
        ("up --port 0 --ready-file /nonexistent/r", {}, "no folder /nonexistent"),
        ("up --port 0 --data-dir taken", {}, "holds no database, but other files (foreign)"),
        ("up --port 0 --data-dir wrong", {}, "wrong/logs"),
        ("get '' --api-key k", {}, "is no job id"),
        ("list --api-key é", {}, "printable ASCII"),
        ('submit /v1/x --request {"a":NaN} --api-key k', {}, "--request"),
        ("keys create --organization '' ", {"JOBS_DATABASE_URL": "postgresql://x"}, "not be empty"),
    ],
)
def test_one_line(tmp_path: Path, arguments: str, environment: dict[str, str], told: str) -> None:
    (tmp_path / "taken" / "postgres").mkdir(parents=True)
    (tmp_path / "taken" / "postgres" / "foreign").touch()
    (tmp_path / "wrong").mkdir()
    (tmp_path / "wrong" / "logs").touch()
    said = _say(tmp_path, *(part.strip("'") for part in arguments.split()), **environment)
    assert told in said
    assert "secret" not in said


@pytest.mark.parametrize("body", ["zz\r\n", "2\r\n{}xx\r\n", "0\r\nfoo bar\r\n\r\n"])
def test_a_chunked_body_that_is_none(stack: Stack, body: str) -> None:
    address = urlsplit(stack.facts["base_url"])
    head = (
        f"POST /v1/jobs HTTP/1.1\r\nHost: x\r\nApi-Key: {KEY}\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: chunked\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall((head + body).encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 400")
    assert "request_crashed" not in stack.log("web")


@pytest.mark.slow
def test_a_relative_pythonpath_is_the_users(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "mine.py").write_text(
        "from jobs_backend.endpoints import Endpoint\n"
        "ENDPOINTS = [Endpoint('/v1/mine', handler='mine:run')]\n"
        "def run(request, context): return {'pid': 1}\n"
    )
    stack = Stack(tmp_path / "data", JOBS_ENDPOINTS="mine", PYTHONPATH=f"lib{os.pathsep}")
    stack.start()
    try:
        with stack.client() as client:
            answer = client.post("/v1/jobs", json={"endpoint": "/v1/mine", "request": {}})
            assert answer.status_code == httpx.codes.OK
    finally:
        stack.stop()


def test_every_line_of_a_workers_log_is_json_once_it_is_ready(stack: Stack) -> None:
    with stack.client() as client:
        for how in ("crash", "killed"):
            body = {"endpoint": "/v1/fails", "request": {"how": how}}
            job = client.post("/v1/jobs", json=body).json()
        eventually(lambda: "process_died" in stack.log("worker"))
        client.post(f"/v1/jobs/{job['id']}/cancel")
    lines = stack.log("worker").splitlines()
    ready = next(number for number, line in enumerate(lines) if "worker_ready" in line)
    facts = [json.loads(line) for line in lines[ready:] if not line.startswith("-- ended")]
    [died] = [each for each in facts if each["event"] == "process_died"]
    assert {"job_id", "dispatch", "attempt", "request_id"} <= set(died)
