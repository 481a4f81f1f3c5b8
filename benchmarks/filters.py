"""What each filter of a list costs among very many jobs: `python -m benchmarks.filters`.

One organization has ROWS jobs (an argument gives another number), another has ten. Each query is
asked over HTTP by one client. The plan is the index that led to the page.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
import psycopg2

from benchmarks import servers
from jobs_backend import config, organizations, pages
from jobs_backend.db import SQL_DIRECTORY

ROWS, FEW = 1_000_000, 10
CALLS = 50

QUERIES = (
    "",
    "order=asc",
    "after={middle}",
    "before={middle}",
    "id={middle}",
    "status=completed",
    "status=queued",
    "status=failed&after={middle}",
    "endpoint=/v1/noop",
    "endpoint=/v1/parses",
    "source=api",
    "source=project",
    "source=workflow",
    "project_id=proj_7",
    "workflow_id=wf_7",
    "workflow_block_id=block_7",
    "model=retab-small",
    "model=rare",
    "model=unknown",
    "filename_contains=invoice",
    "filename_contains=_000777",
    "filename_contains=no_such_name",
    "filename_regex=^invoice_.*pdf$",
    "filename_regex=_000777_%5Cd%2B",
    "filename_regex=no_such_name",
    "document_type=pdf",
    "document_type=xlsx",
    "document_type=heic",
    "from_date={day}&to_date={day}",
    "to_date={day}",
    'metadata={{"env":"prod"}}',
    'metadata={{"batch":"777"}}',
    'metadata={{"batch":"none"}}',
    'metadata={{"env":"prod"}}&status=queued',
    "model=retab-small&status=completed&from_date={day}",
    "document_type=xlsx&model=rare",
)


def main() -> None:
    """Measure, and print a Markdown table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # where root starts it, Postgres runs as another user
        with servers.stack(folder) as facts:
            config.set_environment(
                JOBS_DATABASE_URL=facts["database_url"], JOBS_ENDPOINTS="benchmarks.endpoints"
            )
            session = psycopg2.connect(facts["database_url"])
            session.autocommit = True
            sql = session.cursor()
            large = facts["organization_id"]
            small = organizations.create_organization("small")
            small_key, _ = organizations.create_key(small)
            print(f"storing {rows:,} jobs ...", flush=True)
            for organization, count in ((large, rows), (small, FEW)):
                _store(sql, organization, count)
            sql.execute("VACUUM ANALYZE")
            sql.execute("CHECKPOINT")
            middle = _middle(sql, large, rows)
            small_middle = _middle(sql, small, FEW)
            print("\n| query | plan | p50 | p99 | p50, few jobs |\n|---|---|---|---|---|")
            for query in QUERIES:
                known = _times(facts, facts["api_key"], query.format(**middle))
                few = _times(facts, small_key, query.format(**small_middle))
                plan = _plan(sql, large, query.format(**middle))
                print(
                    f"| `{query or 'none'}` | {plan} | {statistics.median(known):.1f} ms "
                    f"| {sorted(known)[int(CALLS * 0.99)]:.1f} ms "
                    f"| {statistics.median(few):.1f} ms |",
                    flush=True,
                )
            session.close()


def _store(sql: Any, organization: str, rows: int) -> None:
    # 100 days of jobs; what is rare is spread over all of them.
    sql.execute(
        """
        INSERT INTO jobs (id, organization_id, endpoint, status, metadata, attempt_count, error,
                          cancelled, last_attempt_at, started_at, completed_at, dispatch_after,
                          dispatched_at, created_at, expires_at)
        SELECT 'job_' || left(md5(%(organization)s || n), 22), %(organization)s,
               CASE WHEN n %% 10 = 0 THEN '/v1/parses' ELSE '/v1/noop' END, status,
               jsonb_build_object('env', 'prod', 'batch', (n / 100)::text)
               || CASE WHEN n %% 10 = 3 THEN jsonb_build_object(
                      'workflow_id', 'wf_' || n %% 997, 'block_id', 'block_' || n %% 997)
                  ELSE '{}' END,
               CASE WHEN status = 'queued' THEN 0 ELSE 1 END,
               CASE WHEN status = 'failed' THEN '{"code": "x", "message": "y"}'::jsonb END,
               status = 'cancelled',
               CASE WHEN status <> 'queued' THEN t END, CASE WHEN status <> 'queued' THEN t END,
               CASE WHEN status <> 'queued' THEN t END, t, now() + interval '1 day', t,
               now() + interval '30 days'
        FROM generate_series(1, %(rows)s) AS n,
             LATERAL (SELECT now() - interval '100 days' * (1 - n::float / %(rows)s) AS t,
                             CASE WHEN n %% 1000 = 7 THEN 'queued' WHEN n %% 50 = 1 THEN 'failed'
                                  WHEN n %% 50 = 2 THEN 'cancelled' ELSE 'completed' END
                             AS status) AS one
        """,
        {"organization": organization, "rows": rows},
    )
    sql.execute("INSERT INTO job_payloads (job_id, request) SELECT id, '{}' FROM jobs "
                "WHERE organization_id = %s", (organization,))  # fmt: skip
    sql.execute(
        """
        INSERT INTO job_facets (job_id, organization_id, created_at, endpoint, model, project_id,
                                workflow_id, workflow_block_ids, filenames, document_types, terms)
        SELECT id, organization_id, created_at, endpoint,
               CASE WHEN n %% 10000 = 1 THEN 'rare' ELSE 'retab-small' END,
               CASE WHEN n %% 10 = 5 THEN 'proj_' || n %% 997 END,
               metadata ->> 'workflow_id', array_remove(ARRAY[metadata ->> 'block_id'], NULL),
               ARRAY[name], ARRAY[kind],
               ARRAY(SELECT DISTINCT (crc32(convert_to(concat_ws(chr(1), organization_id, term),
                                                       'UTF8')) - 2147483648)::integer
                     FROM (SELECT concat_ws(chr(1), 'gram', substr(name, at, 3)) AS term
                           FROM generate_series(1, length(name) - 2) AS at
                           UNION ALL SELECT concat_ws(chr(1), 'type', kind)
                           UNION ALL SELECT concat_ws(chr(1), 'block', metadata ->> 'block_id')
                           UNION ALL SELECT concat_ws(chr(1), 'pair', key, value)
                           FROM jsonb_each_text(metadata)) AS terms)
        FROM (SELECT *, row_number() OVER (ORDER BY created_at) AS n FROM jobs
              WHERE organization_id = %(organization)s) AS numbered,
             LATERAL (SELECT CASE WHEN n %% 100 = 0 THEN 'xlsx' WHEN n %% 10 = 0 THEN 'docx'
                             ELSE 'pdf' END AS kind) AS kinds,
             LATERAL (SELECT format('invoice_%%s_%%s.%%s', lpad(n::text, 6, '0'),
                                    n %% 7, kind) AS name) AS names
        """,
        {"organization": organization},
    )


def _middle(sql: Any, organization: str, rows: int) -> dict[str, str]:
    sql.execute(
        "SELECT id, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM jobs "
        "WHERE organization_id = %s ORDER BY created_at OFFSET %s LIMIT 1",
        (organization, rows // 2),
    )
    job_id, day = sql.fetchone()
    return {"middle": job_id, "day": day}


def _times(facts: dict[str, Any], key: str, query: str) -> list[float]:
    times = []
    with httpx.Client(base_url=facts["base_url"], headers={"Api-Key": key}, timeout=60) as client:
        for _ in range(CALLS):
            started = time.perf_counter()
            client.get(f"/v1/jobs?{query}").raise_for_status()
            times.append((time.perf_counter() - started) * 1000)
    return times


def _plan(sql: Any, organization: str, query: str) -> str:
    # The indexes of the half of the statement that was not folded away, the leading one first.
    from urllib.parse import parse_qsl

    from api.queries import ListJobs

    given = dict(parse_qsl(query))
    if "document_type" in given:
        given["document_type"] = [given["document_type"]]
    loaded = ListJobs().load(given)
    cursor = loaded["before"] or loaded["after"]
    parameters = {
        **pages._parameters(organization, pages.Filters(**loaded["filters"])),
        **pages._cursor(organization, "after", cursor),
        "newer": loaded["newest_first"] == (loaded["before"] is not None),
        "include_request": False,
        "include_response": False,
        "limit": 21,
    }
    statement = (SQL_DIRECTORY / "list.sql").read_text()
    sql.execute("EXPLAIN (FORMAT JSON) " + statement, parameters)
    [plan] = sql.fetchone()[0]
    return ", ".join(dict.fromkeys(_indexes(plan["Plan"])))


def _indexes(node: dict[str, Any]) -> list[str]:
    own = [node["Index Name"]] if "Index Name" in node else []
    return own + [name for below in node.get("Plans", ()) for name in _indexes(below)]


if __name__ == "__main__":
    main()
