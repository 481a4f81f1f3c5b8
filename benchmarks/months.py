"""What tables parted by month would change: `python -m benchmarks.months [STORED]`.

STORED jobs of twelve months that are over, each with its payload, its facets and four lines of
history, in the tables as they are, and then in the same ones parted by ranges of ids, which begin
with their time. The statements are this project's own in both.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from benchmarks import backlog, servers
from benchmarks.servers import Servers
from jobs_backend import jobs, organizations, pages
from jobs_backend.migrate import migrate

STORED, MONTHS = 1_000_000, 12
READS = 200
PARTED = {"jobs": "id", "job_payloads": "job_id", "job_facets": "job_id", "job_events": "job_id"}
_JOBS = """
INSERT INTO jobs (id, organization_id, endpoint, status, attempt_count, last_attempt_at, started_at,
                  completed_at, dispatch_after, dispatched_at, created_at, expires_at)
SELECT 'job_' || chr((97 + n::bigint * {months} / {rows})::integer)
       || lpad(to_hex(n / 1000), 4, '0') || left(md5(n::text), 17),
       '{owner}', '/v1/noop', 'completed', 1, t, t, t, t, t, t, t + interval '2 years'
FROM generate_series(0, {rows} - 1) AS n,
     LATERAL (SELECT now() - interval '1 year' * (1 - n::float / {rows}) AS t) AS moment
"""
_PAYLOADS = """
INSERT INTO job_payloads (job_id, request, response_attempt, response_status, response_body)
SELECT id, '{"n": 1}', 1, 200, '{"n": 1}' FROM jobs
"""
_FACETS = """
INSERT INTO job_facets (job_id, organization_id, created_at, endpoint, model, workflow_block_ids,
                        filenames, document_types, terms)
SELECT id, organization_id, created_at, endpoint, 'retab-small', '{}', '{a.pdf}', '{pdf}', '{1}'
FROM jobs
"""
_EVENTS = """
INSERT INTO job_events (job_id, attempt, from_status, to_status, at, actor)
SELECT id, 1, 'queued', 'in_progress', created_at, 'bench' FROM jobs, generate_series(1, 4)
"""


def main() -> None:
    """Measure, and print Markdown tables."""
    stored = int(sys.argv[1]) if len(sys.argv) > 1 else STORED
    with servers.private() as known:
        migrate(known.database_url)
        owner = organizations.create_organization("months")
        _store(known, owner, stored)
        print(f"| tables | {' | '.join(backlog.STATEMENTS)} |\n|---|{'---|' * 4}")
        reads = {"as they are": _measured(owner, "as they are")}
        took = {"deleting the jobs of a month": _took(known, "DELETE FROM jobs WHERE id < 'job_b'")}
        took["the vacuum after it"] = _took(known, "VACUUM")
        _part(known)
        _store(known, owner, stored)
        reads["parted"] = _measured(owner, "parted")
        month = ", ".join(f"{table}_1" for table in PARTED)
        took["dropping the tables of a month"] = _took(known, f"DROP TABLE {month}")
    print("\n| tables | one job | the newest 20 | the newest 20 of a status |\n|---|---|---|---|")
    for name, times in reads.items():
        print(f"| {name} | {' | '.join(f'{each:.2f} ms' for each in times)} |")
    print(f"\n| {stored // MONTHS:,} jobs | |\n|---|---|")
    for name, seconds in took.items():
        print(f"| {name} | {seconds:.2f} s |")


def _store(known: Servers, owner: str, rows: int) -> None:
    jobs_of_months = _JOBS.format(months=MONTHS, rows=rows, owner=owner)
    for statement in (jobs_of_months, _PAYLOADS, _FACETS, _EVENTS, "VACUUM ANALYZE", "CHECKPOINT"):
        known.sql(statement)


def _part(known: Servers) -> None:
    # Each table is made anew, in parts: twelve, and one for all that is later, as today's jobs are.
    triggers = known.sql(
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger "
        "WHERE tgrelid = 'jobs'::regclass AND NOT tgisinternal"
    )
    for table, key in PARTED.items():
        known.sql(f"ALTER TABLE {table} RENAME TO old")
        known.sql(
            f"CREATE TABLE {table} (LIKE old INCLUDING DEFAULTS INCLUDING GENERATED "
            f"INCLUDING IDENTITY INCLUDING INDEXES) PARTITION BY RANGE ({key})"
        )
        known.sql("DROP TABLE old CASCADE")  # two foreign keys that no statement here comes by
        known.sql(f"CREATE TABLE {table}_later PARTITION OF {table} DEFAULT")
        for month in range(MONTHS):
            first, last = (f"job_{chr(ord('a') + each)}" for each in (month, month + 1))
            known.sql(
                f"CREATE TABLE {table}_{month + 1} PARTITION OF {table} "
                f"FOR VALUES FROM ('{first}') TO ('{last}')"
            )
    known.sql("ALTER TABLE jobs_later SET (fillfactor = 80)")
    for (trigger,) in triggers:
        known.sql(trigger)


def _measured(owner: str, name: str) -> list[float]:
    backlog.row(name, owner)
    [newest] = pages.list_page(owner, pages.Filters(), limit=1).jobs
    calls: Sequence[Callable[[], Any]] = (
        partial(jobs.get, owner, newest.id),
        partial(pages.list_page, owner, pages.Filters()),
        partial(pages.list_page, owner, pages.Filters(status="completed")),
    )
    return [_median(each) for each in calls]


def _median(call: Callable[[], Any]) -> float:
    times = []
    for _ in range(READS):
        started = time.perf_counter()
        assert call()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def _took(known: Servers, statement: str) -> float:
    started = time.perf_counter()
    known.sql(statement)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
