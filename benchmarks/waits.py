"""How soon `wait=N` answers after a job's end: `python -m benchmarks.waits`.

Jobs are claimed and ended by this process, while clients wait for them over HTTP: one, or many of
them at a time, each for a job of its own. From the end's commit to the whole answer.
"""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import psycopg2

from benchmarks import servers
from jobs_backend import config, jobs
from jobs_backend.submission import NewJob, submit

ROUNDS = {1: 60, 20: 10, 100: 4}


def main() -> None:
    """Measure, and print a Markdown table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # where root starts it, Postgres runs as another user
        with servers.stack(folder) as facts:
            config.set_environment(
                JOBS_DATABASE_URL=facts["database_url"], JOBS_ENDPOINTS="benchmarks.endpoints"
            )
            print("| waiting at a time | answers | p50 | p99 | at most |\n|---|---|---|---|---|")
            for waiters, rounds in ROUNDS.items():
                took = sorted(t for _ in range(rounds) for t in _round(facts, waiters))
                p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
                print(
                    f"| {waiters} | {len(took)} | {p50:.1f} ms | {p99:.1f} ms | {took[-1]:.1f} ms |"
                )


def _round(facts: dict[str, Any], waiters: int) -> list[float]:
    submitted = [submit(NewJob(facts["organization_id"], "/v1/noop", "{}")) for _ in range(waiters)]
    claimed = [jobs.claim(job.id, 1, endpoint="/v1/noop", worker="bench") for job in submitted]
    answered: dict[str, float] = {}
    threads = [threading.Thread(target=_wait, args=(facts, job.id, answered)) for job in submitted]
    for thread in threads:
        thread.start()
    servers.wait_until(lambda: _watched(facts) >= waiters, 30)
    ended = {}
    for job in claimed:
        assert job is not None
        assert jobs.succeed(job, "{}")
        ended[job.id] = time.perf_counter()
    for thread in threads:
        thread.join()
    return [(answered[job_id] - ended[job_id]) * 1000 for job_id in ended]


def _wait(facts: dict[str, Any], job_id: str, answered: dict[str, float]) -> None:
    headers = {"Api-Key": facts["api_key"]}
    with httpx.Client(base_url=facts["base_url"], headers=headers, timeout=60) as client:
        answer = client.get(f"/v1/jobs/{job_id}/status?wait=20")
        answered[job_id] = time.perf_counter()
    assert answer.json()["status"] == "completed"


def _watched(facts: dict[str, Any]) -> int:
    session = psycopg2.connect(facts["database_url"])
    try:
        cursor = session.cursor()
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock'"
        )
        return int(cursor.fetchone()[0])
    finally:
        session.close()


if __name__ == "__main__":
    main()
