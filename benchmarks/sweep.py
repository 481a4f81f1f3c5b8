"""What sweeping very many due jobs costs those who submit meanwhile: `python -m benchmarks.sweep`.

Clients submit at a steady pace: first beside an idle beat, then beside the sweep of ROWS jobs all
due at once, and then of the purge of their payloads. An argument gives another number.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import psycopg2

from benchmarks import servers

ROWS = 1_000_000
CLIENTS, SUBMITS_A_SECOND = 4, 40
IDLE_SECONDS = 20


def main() -> None:
    """Measure, and print a Markdown table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # where root starts it, Postgres runs as another user
        with servers.stack(folder) as facts:
            session = psycopg2.connect(facts["database_url"])
            session.autocommit = True
            sql = session.cursor()
            print(f"storing {rows:,} jobs ...", flush=True)
            store_ended(sql, facts["organization_id"], rows)
            with _Load(facts, "idle") as idle:
                time.sleep(IDLE_SECONDS)
            print("expiring ...", flush=True)
            _make_due(sql, "1 minute")
            with _Load(facts, "expiring") as expiring:
                swept = _pace(sql, "status <> 'expired'")
            print("purging ...", flush=True)
            _make_due(sql, "2 days")
            with _Load(facts, "purging") as purging:
                purged = _pace(sql, "status = 'expired' AND purged_at IS NULL")
            session.close()
    print("\n| beside | submits | p50 | p99 | p99 of idle | rows/s |\n|---|---|---|---|---|---|")
    for load, pace in ((idle, None), (expiring, swept), (purging, purged)):
        print(
            f"| {load.name} | {len(load.times)} | {load.quantile(0.5):.1f} ms "
            f"| {load.quantile(0.99):.1f} ms | {load.quantile(0.99) / idle.quantile(0.99):.2f} "
            f"| {'' if pace is None else format(pace, ',.0f')} |"
        )


def store_ended(sql: Any, organization_id: str, rows: int) -> None:
    """Store so many jobs that ended long ago, known by their metadata, with a cursor.

    Their ids begin alike a thousand at a time, as those of a minute do.
    """
    sql.execute(
        "INSERT INTO jobs (id, organization_id, endpoint, status, metadata, attempt_count, "
        " last_attempt_at, started_at, completed_at, dispatch_after, dispatched_at, created_at, "
        " expires_at) "
        "SELECT 'job_' || lpad(to_hex(n / 1000), 4, '0') || left(md5(n::text), 18), "
        " %s, '/v1/noop', 'completed', '{\"old\": \"1\"}', 1, "
        " t, t, t, t, t, t, t + interval '30 days' "
        "FROM generate_series(1, %s) AS n, "
        " LATERAL (SELECT clock_timestamp() - interval '20 days' AS t) AS moment",
        (organization_id, rows),
    )
    sql.execute(
        "INSERT INTO job_payloads (job_id, request) SELECT id, '{\"n\": 1}' FROM jobs "
        "ON CONFLICT DO NOTHING"
    )
    sql.execute("VACUUM ANALYZE")
    sql.execute("CHECKPOINT")


def _make_due(sql: Any, ago: str) -> None:
    # What is swept before this has settled does not count.
    sql.execute(
        "UPDATE jobs SET expires_at = clock_timestamp() - %s::interval WHERE metadata IS NOT NULL",
        (ago,),
    )
    sql.execute("VACUUM ANALYZE jobs")
    sql.execute("CHECKPOINT")


def _pace(sql: Any, condition: str) -> float:
    # Jobs a second. An index tells whether any are left: reading the table each time would be load.
    due = f"FROM jobs WHERE {condition} AND expires_at <= now()"
    sql.execute(f"SELECT count(*) {due}")
    [rows], started = sql.fetchone(), time.monotonic()
    while rows:
        time.sleep(1)
        sql.execute(f"SELECT EXISTS (SELECT {due})")
        if not sql.fetchone()[0]:
            break
    return float(rows / (time.monotonic() - started))


class _Load:
    """Clients that submit at a steady pace, and how long each submit took."""

    def __init__(self, facts: dict[str, Any], name: str) -> None:
        self.name = name
        self.times: list[float] = []
        self._facts = facts
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run) for _ in range(CLIENTS)]

    def quantile(self, share: float) -> float:
        """In milliseconds."""
        times = sorted(self.times)
        return times[min(int(len(times) * share), len(times) - 1)] * 1000

    def __enter__(self) -> _Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        headers = {"Api-Key": self._facts["api_key"]}
        body = {"endpoint": "/v1/noop", "request": {"n": 1}}
        with httpx.Client(base_url=self._facts["base_url"], headers=headers, timeout=60) as client:
            while not self._stop.wait(CLIENTS / SUBMITS_A_SECOND):
                started = time.perf_counter()
                client.post("/v1/jobs", json=body).raise_for_status()
                self.times.append(time.perf_counter() - started)


if __name__ == "__main__":
    main()
