"""Logs: one line an event, whatever the input holds."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from jobs_backend import config, log


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is logged, as JSON."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setenv("JOBS_DATABASE_URL", "postgresql://localhost/jobs")
    monkeypatch.setenv("JOBS_LOG_FORMAT", "json")
    config.settings.cache_clear()
    stream = io.StringIO()
    log.configure(stream)
    yield stream
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()
    config.settings.cache_clear()


@pytest.mark.parametrize("forged", ["a\nb", "a\r\n{}", "\x1b[31mred", "a\x00b", "a\u2028b"])
def test_no_input_forges_a_line(lines: io.StringIO, forged: str) -> None:
    log.get("test").info("seen", value=forged)
    logging.getLogger("library").warning("said %s", forged)
    written = lines.getvalue()
    assert written.count("\n") == 2
    assert written.isascii() or "\u2028" not in written
    assert "\x1b" not in written
    assert [json.loads(line)["level"] for line in written.splitlines()] == ["info", "warning"]


def test_what_is_bound_is_on_every_line(lines: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(job_id="job_1", attempt=2):
        log.get("test").info("inside")
        logging.getLogger("library").warning("inside, too")
    for line in lines.getvalue().splitlines():
        entry = json.loads(line)
        assert (entry["job_id"], entry["attempt"]) == ("job_1", 2)


def test_a_traceback_goes_to_the_log(lines: io.StringIO) -> None:
    try:
        int("why")
    except ValueError:
        log.get("test").exception("crashed")
    entry = json.loads(lines.getvalue())
    assert "ValueError: invalid literal" in entry["exception"]


def test_what_is_below_the_level_is_not_said_but_a_process_that_is_ready_always_says_so(
    lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBS_LOG_LEVEL", "warning")
    config.settings.cache_clear()
    log.configure(lines)
    log.get("test").info("unheard")
    log.get("test").warning("heard", number=2**70, thing={1})
    log.lifecycle("ready", port=8000)
    heard, ready = map(json.loads, lines.getvalue().splitlines())
    assert (heard["event"], heard["number"], heard["logger"]) == ("heard", 2**70, "test")
    assert (ready["event"], ready["port"], ready["level"]) == ("ready", 8000, "info")


@pytest.mark.parametrize("value", [{(1, 2): 3}, {"half": "\ud800"}, [2**70, "\ud800"], object()])
def test_whatever_is_told_the_line_is_json_and_nobody_fails(
    lines: io.StringIO, value: object
) -> None:
    log.get("test").info("told", value=value)
    assert json.loads(lines.getvalue())["event"] == "told"


def test_a_line_that_cannot_be_written_fails_nobody(
    lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_line: str) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(lines, "write", full)
    log.get("test").error("unheard")
    assert lines.getvalue() == ""
