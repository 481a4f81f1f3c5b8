"""`python -m benchmarks.alone [jobs]`: what a short job costs its process, and Postgres.

One process drains a queue by itself, as one of the pool does between two messages of Celery's. So
two versions of the code that it runs are told apart by less than the noise of a whole stack.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from benchmarks import servers
from jobs_backend import log, organizations
from jobs_backend.endpoints import registry
from jobs_backend.migrate import migrate
from jobs_backend.submission import NewJob, submit_all

JOBS, BATCH = 5_000, 500


def main() -> None:
    """Print a row for it."""
    jobs = int(sys.argv[1]) if len(sys.argv) > 1 else JOBS
    with servers.private() as known:
        migrate(known.database_url)
        _fill(jobs)
        postgres = psutil.Process(known.pids[0])
        began = time.perf_counter(), time.process_time(), servers.cpu_seconds(postgres)
        with _silent():
            _drain()
        ended = time.perf_counter(), time.process_time(), servers.cpu_seconds(postgres)
        [(done,)] = known.sql("SELECT count(*) FROM jobs WHERE status = 'completed'")
    used = (after - before for before, after in zip(began, ended, strict=True))
    seconds, own, theirs = (f"{each / done * 1e3:.3f} ms" for each in used)
    print("| jobs | time of each | CPU of the process | CPU of Postgres |\n|---|---|---|---|")
    print(f"| {done:,} | {seconds} | {own} | {theirs} |")


def _fill(jobs: int) -> None:
    from workers import celery_app

    owner = organizations.create_organization("bench")
    for _ in range(0, jobs, BATCH):
        for job in submit_all([NewJob(owner, "/v1/noop", '{"n": 1}', parsed={"n": 1})] * BATCH):
            celery_app.send(job)


def _drain() -> None:
    from workers import broker, pulling, tasks  # noqa: F401 - as a worker has them

    endpoint = registry()["/v1/noop"]
    log.configure()
    while messages := broker.pull_messages(endpoint.queue, 1):
        [message] = messages
        dispatch = pulling.dispatch_of(message, endpoint.task_name)
        assert dispatch is not None
        pulling.run(endpoint, dispatch)


@contextmanager
def _silent() -> Iterator[None]:
    # Its lines are written as ever, and nobody sees them.
    kept = [os.dup(number) for number in (1, 2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        for number in (1, 2):
            os.dup2(nowhere, number)
        yield
    finally:
        for number, each in zip((1, 2), kept, strict=True):
            os.dup2(each, number)


if __name__ == "__main__":
    main()
