"""`jobs-backend check` beside servers that are there, and a database of an older version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner

from jobs_backend.cli import main

Sql = Callable[..., list[tuple[Any, ...]]]


@pytest.mark.usefixtures("servers")
def test_servers_that_answer_are_right_and_one_handler_is_not() -> None:
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1
    *_, postgres, redis, told = result.output.splitlines()
    assert (postgres, redis) == ("ok       Postgres", "ok       Redis")
    assert told.startswith("Error: /v1/missing-handler: ")
    assert ";" not in told


@pytest.mark.usefixtures("servers")
def test_a_migration_that_is_missing_is_named(sql: Sql) -> None:
    newest = "SELECT max(migration_id) FROM _yoyo_migration"
    [taken] = sql(
        f"DELETE FROM _yoyo_migration WHERE migration_id = ({newest}) RETURNING "  # noqa: S608
        "migration_hash, migration_id, applied_at_utc"
    )
    try:
        result = CliRunner().invoke(main, ["check"])
    finally:
        sql("INSERT INTO _yoyo_migration VALUES (%s, %s, %s)", *taken)
    assert result.exit_code == 1
    assert f"Postgres lacks migrations ({taken[1]}): `jobs-backend migrate`" in result.output
