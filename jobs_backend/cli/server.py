"""The commands of those who run the service: up, migrate, keys."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import click

from jobs_backend import config, organizations
from jobs_backend.migrate import migrate as apply_migrations

DATA_DIR = Path(".data")


@click.command()
@click.option("--host", help="Address to listen on. [default: JOBS_HOST, else 127.0.0.1]")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes any free one. [default: PORT, else 8000]",
)
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default=DATA_DIR,
    show_default=True,
    help="Where the embedded servers keep their data, and all processes their logs.",
)
@click.option(
    "--concurrency",
    type=click.IntRange(1, 256),
    help="How many jobs run at the same time, each in a process. "
    "[default: JOBS_WORKER_CONCURRENCY, else one a core, at least 4]",
)
@click.option(
    "--api-key",
    default=None,
    help="Development key to use. [default: a new random one at each start]",
)
@click.option(
    "--ready-file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Write base URL, key, server URLs and process ids to this file, as JSON, once all answer.",
)
@click.option("--verbose", "-v", is_flag=True, help="Show what the processes log, too.")
def up(verbose: bool, **options: Any) -> None:
    """Run the whole stack here: Postgres, Redis, API, worker and beat. Ctrl-C stops it.

    Where JOBS_DATABASE_URL or JOBS_REDIS_URL is set, that server is used, and none is embedded.
    """
    # Only this command needs what it imports here.
    from jobs_backend.local.stack import Options, Stack

    if options["api_key"] is not None and not is_usable_key(options["api_key"]):
        raise click.BadParameter("must be printable ASCII without spaces", param_hint="--api-key")
    started = time.monotonic()

    def greet(facts: dict[str, Any]) -> None:
        click.echo(_greeting(facts, time.monotonic() - started))

    echo = (lambda name, line: click.echo(f"{name:8} | {line}")) if verbose else _be_quiet
    Stack(Options(**options), click.echo, echo).run(greet)


of_stack = click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default=DATA_DIR,
    show_default=True,
    help="Where JOBS_DATABASE_URL is not set: use the stack that runs with this folder.",
)


@click.command()
@of_stack
def migrate(data_dir: Path) -> None:
    """Bring the database of JOBS_DATABASE_URL up to date. Safe to run from many hosts at once."""
    use_running_stack(data_dir)
    applied = apply_migrations(config.settings().database_url)
    click.echo("\n".join(f"Applied {name}" for name in applied) or "Nothing to do.")


@click.group()
@of_stack
def keys(data_dir: Path) -> None:
    """Make, list, rotate and revoke the API keys in the database of JOBS_DATABASE_URL."""
    use_running_stack(data_dir)


@keys.command("create")
@click.option("--organization", required=True, help="Name; a new one is made if there is none.")
@click.option("--name", default="", help="What to call the key.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(organizations.SCOPES),
    default=organizations.DEFAULT_SCOPES,
    show_default=True,
    help="What the key may do; repeat for more.",
)
def create_key(organization: str, name: str, scopes: tuple[str, ...]) -> None:
    """Make a key and show it, this once."""
    if not organization.strip():
        raise click.BadParameter("must not be empty", param_hint="--organization")
    is_new = organizations.find_organization(organization) is None
    organization_id = organizations.create_organization(organization)
    if is_new:
        click.echo(f"{organization} is a new organization.", err=True)
    key, record = organizations.create_key(organization_id, name, scopes)
    click.echo(f"{record.id} of {organization} ({organization_id}), scopes {', '.join(scopes)}.")
    click.echo("Keep it now, it cannot be shown again:", err=True)
    click.echo(key)


@keys.command("rotate")
@click.argument("key_id")
@click.option(
    "--grace",
    type=click.IntRange(0, 30 * 24 * 60 * 60),
    default=0,
    show_default=True,
    help="For how many seconds more the old key works.",
)
def rotate_key(key_id: str, grace: int) -> None:
    """Make a new key in the place of the one with this id (`key_...`), and show it, this once."""
    rotated = organizations.rotate_key(key_id, grace)
    if rotated is None:
        raise click.ClickException(f"There is no key {key_id}, or it was revoked.")
    key, record = rotated
    click.echo(f"{record.id} in the place of {key_id}, which works for {grace} s more.")
    click.echo("Keep it now, it cannot be shown again:", err=True)
    click.echo(key)


@keys.command("list")
def list_keys() -> None:
    """List the keys, revoked ones too."""
    for key in organizations.list_keys():
        state = f"revoked {key.revoked_at:%Y-%m-%d %H:%M}" if key.revoked_at else "active"
        click.echo(
            f"{key.id:18} {key.prefix + '...':14} {key.created_at:%Y-%m-%d %H:%M}  {state:24} "
            f"{key.organization_name} ({key.organization_id})  {','.join(sorted(key.scopes))}  "
            f"{key.name}"
        )


@keys.command("revoke")
@click.argument("key_id")
def revoke_key(key_id: str) -> None:
    """Stop the key with this id (`key_...`) from working."""
    if organizations.revoke_key(key_id) is None:
        raise click.ClickException(f"There is no key {key_id}.")
    click.echo(f"Revoked {key_id}.")


@click.group()
@of_stack
def orgs(data_dir: Path) -> None:
    """Make and list organizations, and say how long their jobs are kept."""
    use_running_stack(data_dir)


@orgs.command("create")
@click.argument("name")
def create_organization(name: str) -> None:
    """Make an organization. It can do nothing before it has a key: see `keys create`."""
    if not name.strip():
        raise click.BadParameter("must not be empty")
    if organizations.find_organization(name) is not None:
        raise click.ClickException(f"There is an organization {name} already.")
    click.echo(f"{organizations.create_organization(name)} {name}")


@orgs.command("list")
def list_organizations() -> None:
    """List the organizations and how long their jobs are kept."""
    for each in organizations.list_organizations():
        kept = f"{each.retention_seconds} s" if each.retention_seconds else "default"
        click.echo(
            f"{each.id:20} {each.created_at:%Y-%m-%d %H:%M}  keeps jobs: {kept:14} {each.name}"
        )


@orgs.command("retention")
@click.argument("name")
@click.argument("seconds", metavar="SECONDS|default")
def set_retention(name: str, seconds: str) -> None:
    """Have an organization's new and retried jobs expire after so many seconds."""
    if seconds != "default" and not (seconds.isdigit() and 0 < int(seconds) < 2**31):
        raise click.BadParameter("must be a number of seconds from 1, or 'default'")
    kept = None if seconds == "default" else int(seconds)
    if organizations.set_retention(name, kept) is None:
        raise click.ClickException(f"There is no organization {name}.")
    after = "as JOBS_RETENTION_SECONDS says" if kept is None else f"after {kept} s"
    click.echo(f"{name}: jobs expire {after}.")


COMMANDS = (up, migrate, keys, orgs)


def running_stack(data_dir: Path) -> dict[str, Any]:
    """The facts of the stack that runs with a data folder; empty if none does."""
    try:
        facts: dict[str, Any] = json.loads((data_dir / "stack.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts


def use_running_stack(data_dir: Path) -> None:
    """Where JOBS_DATABASE_URL is not set, work on the servers of the stack that runs here."""
    if config.variable("JOBS_DATABASE_URL") is not None:
        return
    facts = running_stack(data_dir)
    for name in ("JOBS_DATABASE_URL", "JOBS_REDIS_URL") if facts else ():
        if config.variable(name) is None:
            config.set_environment(**{name: facts[name.removeprefix("JOBS_").lower()]})


def is_usable_key(key: str) -> bool:
    """Whether an HTTP header can carry it."""
    return bool(key) and key.isascii() and key.isprintable() and " " not in key


def _be_quiet(_name: str, _line: str) -> None:
    return


def _greeting(facts: dict[str, Any], seconds: float) -> str:
    url, key = facts["base_url"], facts["api_key"]
    return f"""Ready after {seconds:.1f} s.

  Base URL  {url}/v1
  API key   {key}

Try it:

  curl -s {url}/v1/jobs -H 'Api-Key: {key}' -H 'Content-Type: application/json' \\
    -d '{{"endpoint": "/v1/parses", "request": {{"document": {{"filename": "hello.txt", \
"url": "data:text/plain,Hello%20there"}}}}}}'

Ctrl-C stops everything."""
