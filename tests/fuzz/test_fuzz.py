"""Requests by the thousand, made from the API's own description, against the real stack.

FUZZ_EXAMPLES says how many for each operation; `make fuzz` runs a long one.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from jobs_backend import config
from tests.acceptance.conftest import KEY, Stack

EXAMPLES = config.variable("FUZZ_EXAMPLES") or "5"
PROGRAM = str(Path(sys.executable).parent / "schemathesis")
SETTINGS = Path(__file__).with_name("schemathesis.toml")


@pytest.mark.timeout(7200)
def test_every_answer_is_as_described(tmp_path: Path) -> None:
    stack = Stack(tmp_path / "data", JOBS_ENDPOINTS="")
    stack.start()
    try:
        fuzzed = subprocess.run(
            [
                *(PROGRAM, "--config-file", str(SETTINGS)),
                *("run", f"{stack.facts['base_url']}/openapi.json", "--header", f"Api-Key: {KEY}"),
                *("--checks", "all", "--max-examples", EXAMPLES, "--seed", "1"),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert fuzzed.returncode == 0, fuzzed.stdout[-20_000:] + fuzzed.stderr[-5_000:]
        assert re.search(r"API Links: +[1-9]\d* covered", fuzzed.stdout), fuzzed.stdout
        assert "request_crashed" not in stack.log("web")
    finally:
        stack.stop()
