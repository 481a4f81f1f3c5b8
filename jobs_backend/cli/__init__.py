"""The command line: `jobs-backend`."""

from __future__ import annotations

import click

from jobs_backend import __version__
from jobs_backend.cli import check, client, server
from jobs_backend.errors import JobsError


class _Group(click.Group):
    """Tells what went wrong in one line, where it is ours to tell."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except JobsError as problem:
            raise click.ClickException(str(problem)) from problem
        except OSError as problem:
            if problem.filename is None:
                raise
            raise click.FileError(str(problem.filename), problem.strerror) from problem


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="jobs-backend")
def main() -> None:
    """A durable, cancellable job API in front of slow work.

    `up` runs everything on this machine; `submit`, `get` and `list` talk to a running API;
    `migrate` and `keys` work on the database; `check` tells what will not work.
    """


@main.command()
def version() -> None:
    """Print the version."""
    click.echo(__version__)


for _command in (*server.COMMANDS, *check.COMMANDS, *client.COMMANDS):
    main.add_command(_command)
