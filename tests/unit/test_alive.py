"""Processes that have ended are not waited for, whether or not somebody took note of it."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator

import psutil
import pytest

from jobs_backend.alive import has_ended, is_alive, wait_ended
from tests.conftest import eventually


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(["sleep", "60"])
    yield process
    process.kill()
    process.wait()


def test_one_that_ended_unnoticed_is_not_alive(sleeper: subprocess.Popen[bytes]) -> None:
    process = psutil.Process(sleeper.pid)
    assert is_alive(sleeper.pid)
    assert not has_ended(process)
    sleeper.kill()
    eventually(lambda: has_ended(process))
    assert psutil.pid_exists(sleeper.pid), "nobody has taken note of it"
    assert not is_alive(sleeper.pid)
    assert wait_ended([process], 60) == []
    sleeper.wait()
    assert has_ended(process)
    assert not is_alive(sleeper.pid)


def test_those_that_go_on_are_returned_when_the_time_is_over(
    sleeper: subprocess.Popen[bytes],
) -> None:
    process = psutil.Process(sleeper.pid)
    started = time.monotonic()
    assert wait_ended([process], 0.1) == [process]
    assert time.monotonic() - started >= 0.1
