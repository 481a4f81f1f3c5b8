"""C: procrastinate, a queue in Postgres, with its own defaults, but a job a core at once."""

from __future__ import annotations

import procrastinate

from jobs_backend import config

app = procrastinate.App(
    connector=procrastinate.PsycopgConnector(conninfo=config.variable("BENCH_DATABASE_URL") or "")
)


@app.task(name="noop")
async def noop() -> None:
    """Do nothing."""


def fill(count: int) -> None:
    """Queue so many."""
    with app.open():
        noop.batch_defer(*({} for _ in range(count)))
