"""The command line helps whoever asks, and says in one line what is wrong."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from jobs_backend import __version__, config
from jobs_backend.cli import main
from jobs_backend.endpoints import registry


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    for name in config.environment():
        if name.startswith("JOBS_"):
            monkeypatch.delenv(name)
    config.settings.cache_clear()
    yield
    config.settings.cache_clear()


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize(
    "command",
    [
        "",
        "up",
        "migrate",
        "check",
        "keys",
        "keys create",
        "keys list",
        "keys revoke",
        "submit",
        "get",
        "list",
        "cancel",
        "retry",
    ],
)
def test_every_command_has_help(command: str) -> None:
    result = _run(*command.split(), "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.output
    assert len(result.output.splitlines()) > 4


def test_version() -> None:
    assert _run("version").output.strip() == __version__


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["migrate"], "JOBS_DATABASE_URL"),
        (["keys", "list"], "JOBS_DATABASE_URL"),
        (["list"], "No API key"),
        (["list", "--api-key", "k", "--base-url", "http://127.0.0.1:9"], "No answer from"),
        (["submit", "/v1/parses", "--api-key", "k", "--request", "["], "--request"),
        (
            ["submit", "/v1/parses", "--api-key", "k", "--request", "@none.json"],
            "none.json: No such",
        ),
        (["submit", "/v1/parses", "--api-key", "k", "-m", "pair"], "KEY=VALUE"),
        (["up", "--api-key", "two words"], "printable"),
    ],
)
def test_what_is_wrong_is_said_without_a_traceback(arguments: list[str], message: str) -> None:
    result = _run(*arguments)
    assert result.exit_code != 0
    assert message in result.output
    assert "Traceback" not in result.output


class _Echo(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"id": "job_x", "request": {}, "sent": ' + body + b"}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def echo() -> Iterator[str]:
    """The URL of a server that answers what it is sent."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Echo) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("given", ['{"text": "größer"}', "@request.json", "@-"])
def test_a_request_is_given_as_it_is_or_in_a_file(echo: str, tmp_path: Path, given: str) -> None:
    text = '{"text": "größer"}'
    (tmp_path / "request.json").write_text(text, encoding="utf-8")
    command = ["submit", "/v1/echo", "--base-url", echo, "--api-key", "k", "--request", given]
    result = CliRunner().invoke(main, command, input=text)
    assert json.loads(result.output)["sent"] == {
        "endpoint": "/v1/echo",
        "request": {"text": "größer"},
    }


def test_a_database_that_is_away_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBS_DATABASE_URL", "postgresql://127.0.0.1:9/x")
    result = _run("migrate")
    assert result.exit_code == 1
    assert "refused" in result.output
    assert len(result.output.splitlines()) == 1


def test_a_port_in_use_is_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = _run("up", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 1
    assert "Cannot listen on 127.0.0.1 port" in result.output


MINE = """
from jobs_backend.endpoints import Endpoint

def count(request, context):
    return {}

ENDPOINTS = [Endpoint("/v1/right", "counting:count"), Endpoint("/v1/wrong", "counting:cuont")]
"""


@pytest.fixture
def _of_mine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    (tmp_path / "counting.py").write_text(MINE)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("JOBS_ENDPOINTS", "counting")
    monkeypatch.setenv("JOBS_DATABASE_URL", "postgresql://127.0.0.1:9/x")
    monkeypatch.setenv("JOBS_REDIS_URL", "redis://127.0.0.1:9/0")
    registry.cache_clear()
    yield
    registry.cache_clear()
    sys.modules.pop("counting", None)


@pytest.mark.usefixtures("_of_mine")
def test_check_names_a_handler_that_is_not_there() -> None:
    result = _run("check", "--offline")
    assert result.exit_code == 1
    assert "ok       /v1/right: counting:count" in result.output
    assert "/v1/wrong: cannot import its handler: ImportError: counting has no cuont" in (
        result.output
    )
    assert "refused" not in result.output


@pytest.mark.usefixtures("_of_mine")
def test_check_names_every_server_that_does_not_answer() -> None:
    told = _run("check").output.splitlines()[-1]
    assert told.startswith("Error: ")
    assert all(each in told for each in ("cuont", "Postgres", "Redis"))


def test_check_names_what_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBS_DATABASE_URL", "postgresql://127.0.0.1:9/x")
    monkeypatch.setenv("JOBS_WORKER_CONCURENCY", "2")
    monkeypatch.setenv("JOBS_OF_MINE", "x")
    result = _run("check", "--offline")
    assert result.exit_code == 0
    assert "JOBS_WORKER_CONCURENCY is set, and no setting; is JOBS_WORKER_CONCURRENCY" in (
        result.output
    )
    assert "JOBS_OF_MINE is set, and no setting\n" in result.output
