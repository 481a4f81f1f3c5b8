"""Jobs a second beside bare Celery, on the same Redis and with as many workers: `make bench`."""

from __future__ import annotations

import os
import platform
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import celery
import psycopg2

from benchmarks import load, servers

JOBS, CONNECTIONS, ROUNDS, CONCURRENCY = 2_000, 16, 3, 2


def main() -> None:
    """Measure, and print a Markdown table."""
    rows: dict[str, list[float]] = {}
    latency: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # where root starts it, Postgres runs as another user
        with servers.stack(folder, concurrency=CONCURRENCY) as facts:
            for number in range(ROUNDS):
                print(f"round {number + 1} of {ROUNDS} ...", flush=True)
                _bare(facts, rows)
                _ours(facts, rows, latency)
    _print(rows, latency)


def _bare(facts: dict[str, Any], rows: dict[str, list[float]]) -> None:
    with servers.bare_worker(facts["redis_url"], concurrency=CONCURRENCY) as app:
        from benchmarks.bare_celery import noop

        started = time.perf_counter()
        for _ in range(JOBS):
            noop.apply_async()
        published = time.perf_counter()
        servers.wait_until(lambda: _run_by(app) >= JOBS, 120)
        ended = time.perf_counter()
    rows.setdefault("bare Celery: published", []).append(JOBS / (published - started))
    rows.setdefault("bare Celery: end to end", []).append(JOBS / (ended - started))


def _run_by(app: Any) -> int:
    stats = app.control.inspect(timeout=0.2).stats() or {}
    return sum(worker["total"].get("bare.noop", 0) for worker in stats.values())


def _ours(
    facts: dict[str, Any], rows: dict[str, list[float]], latency: list[tuple[float, float]]
) -> None:
    connection = psycopg2.connect(facts["database_url"])
    connection.autocommit = True
    cursor = connection.cursor()

    def completed() -> int:
        cursor.execute("SELECT count(*) FROM jobs WHERE status = 'completed'")
        return int(cursor.fetchone()[0])

    before = completed()
    started = time.perf_counter()
    measured = load.submit(facts["base_url"], facts["api_key"], jobs=JOBS, connections=CONNECTIONS)
    servers.wait_until(lambda: completed() >= before + JOBS, 120)
    ended = time.perf_counter()
    connection.close()
    rows.setdefault("jobs-backend: submitted over HTTP", []).append(measured.per_second)
    rows.setdefault("jobs-backend: end to end, durable", []).append(JOBS / (ended - started))
    latency.append((measured.p50, measured.p99))


def _print(rows: dict[str, list[float]], latency: list[tuple[float, float]]) -> None:
    print(
        f"\n{JOBS:,} no-op jobs, {CONCURRENCY} worker processes, {CONNECTIONS} connections; "
        f"median of {ROUNDS} rounds (min, max)\n"
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"Celery {celery.__version__}\n"
    )
    print("| measure | jobs/s | min | max |\n|---|---|---|---|")
    for name, values in rows.items():
        print(f"| {name} | {median(values):,.0f} | {min(values):,.0f} | {max(values):,.0f} |")
    p50, p99 = (median(values) for values in zip(*latency, strict=True))
    print(f"\nA submit took {p50:.1f} ms at p50 and {p99:.1f} ms at p99.")


if __name__ == "__main__":
    main()
