"""Whether a job costs more the more there are: `python -m benchmarks.backlog [STORED]`.

The four statements of a job's way, each run for some hundred jobs by one client: with 100, 10,000
and 100,000 others that wait, and then with STORED others that are over.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Any

import psycopg2

from benchmarks import servers
from benchmarks.sweep import store_ended
from jobs_backend import dispatching, jobs, organizations
from jobs_backend.job import Job
from jobs_backend.migrate import migrate
from jobs_backend.submission import NewJob, submit, submit_all

WAITING = (100, 10_000, 100_000)
STORED = 1_000_000
SAMPLE = 300
STATEMENTS = ("submit", "mark_dispatched", "claim", "succeed")


def main() -> None:
    """Measure, and print a Markdown table."""
    stored = int(sys.argv[1]) if len(sys.argv) > 1 else STORED
    with servers.private() as known:
        migrate(known.database_url)
        owner = organizations.create_organization("backlog")
        print(f"| others | {' | '.join(STATEMENTS)} |\n|---|{'---|' * len(STATEMENTS)}")
        waiting = 0
        for wanted in WAITING:
            while waiting < wanted:
                count = min(1000, wanted - waiting)
                submit_all([NewJob(owner, "/v1/noop", "{}")] * count)
                waiting += count
            row(f"{wanted:,} waiting", owner)
        known.sql("TRUNCATE jobs CASCADE")
        with closing(psycopg2.connect(known.database_url)) as session, session.cursor() as sql:
            session.autocommit = True
            store_ended(sql, owner, stored)
        row(f"{stored:,} that are over", owner)


def row(name: str, owner: str) -> None:
    """Run the statements for an organization's jobs, and print a row with their medians."""
    times: dict[str, list[float]] = {each: [] for each in STATEMENTS}
    who = {"endpoint": "/v1/noop", "worker": "worker:bench"}
    for _ in range(SAMPLE):
        job = _timed(times["submit"], submit, NewJob(owner, "/v1/noop", "{}"))
        _timed(times["mark_dispatched"], dispatching.mark_dispatched, job)
        claimed = _timed(times["claim"], partial(jobs.claim, **who), job.id, 1)
        _timed(times["succeed"], jobs.succeed, claimed, "{}")
    medians = (f"{statistics.median(each) * 1000:.2f} ms" for each in times.values())
    print(f"| {name} | {' | '.join(medians)} |", flush=True)


def _timed(times: list[float], verb: Callable[..., Job | None], *arguments: Any) -> Job:
    started = time.perf_counter()
    job = verb(*arguments)
    times.append(time.perf_counter() - started)
    assert job
    return job


if __name__ == "__main__":
    main()
