"""The command line helps whoever asks, and says in one line what is wrong."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jobs_backend import __version__, config
from jobs_backend.cli import main


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
        (["submit", "/v1/parses", "--api-key", "k", "-m", "pair"], "KEY=VALUE"),
        (["up", "--api-key", "two words"], "printable"),
    ],
)
def test_what_is_wrong_is_said_without_a_traceback(arguments: list[str], message: str) -> None:
    result = _run(*arguments)
    assert result.exit_code != 0
    assert message in result.output
    assert "Traceback" not in result.output


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
