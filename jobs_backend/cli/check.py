"""The command that tells what will not work before a job shows it: `jobs-backend check`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from jobs_backend import config, endpoints
from jobs_backend.cli.server import of_stack, use_running_stack
from jobs_backend.db import database
from jobs_backend.errors import DatabaseNotMigrated, DatabaseUnavailable, JobsError
from jobs_backend.migrate import pending

ANSWER_SECONDS = 5


@click.command()
@of_stack
@click.option(
    "--offline",
    is_flag=True,
    help="Look at what is installed here, and ask no server for anything.",
)
def check(data_dir: Path, offline: bool) -> None:
    """Look for what will not work: settings, your handlers, Postgres, Redis.

    Prints a line for each, and ends with 1 if there is a problem. Your handlers are imported as a
    worker imports them, so run it where a worker runs.
    """
    use_running_stack(data_dir)
    config.settings()
    for told in config.unknown_names():
        click.echo(f"note     {told}")
    click.echo("ok       settings")
    problems = list(_handlers())
    if not offline:
        problems += [*_answers("Postgres", _postgres), *_answers("Redis", _redis)]
    if problems:
        # One line of all, as whoever runs this may show but the last.
        raise click.ClickException("; ".join(problems))


def _handlers() -> Iterator[str]:
    # Those that come with this package are tested with it, and need what only workers install.
    sys.path.append(str(Path.cwd()))
    for endpoint in endpoints.own():
        try:
            endpoint.import_handler()
        except Exception as problem:  # it is a user's own, and may fail in any way
            yield f"{endpoint.path}: cannot import its handler: {type(problem).__name__}: {problem}"
        else:
            click.echo(f"ok       {endpoint.path}: {endpoint.handler}")


def _answers(what: str, ask: Callable[[], None]) -> Iterator[str]:
    try:
        ask()
    except JobsError as problem:
        yield str(problem)
    else:
        click.echo(f"ok       {what}")


def _postgres() -> None:
    try:
        database().ping(ANSWER_SECONDS)
        missing = pending(config.settings().database_url)
    except DatabaseNotMigrated:
        missing = ["all"]
    except DatabaseUnavailable as problem:
        raise JobsError(f"Postgres (JOBS_DATABASE_URL) does not answer: {problem}") from problem
    if missing:
        raise JobsError(f"Postgres lacks migrations ({', '.join(missing)}): `jobs-backend migrate`")


def _redis() -> None:
    from jobs_backend.local.addresses import check_redis

    check_redis(config.settings().redis_url)


COMMANDS = (check,)
