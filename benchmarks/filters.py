"""What it costs to find jobs among very many: `python -m benchmarks.filters [SIZE ...]`.

Organizations of 1,000, 100,000 and 1,000,000 jobs (arguments give other sizes) are made one after
the other, each is asked everything over HTTP by one client as soon as it is there, and one that has
ten jobs is asked last. The plan is the indexes that lead to a page of the largest.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg2

from benchmarks import servers
from jobs_backend import config, organizations, pages
from jobs_backend.statements import SQL_DIRECTORY

SIZES, FEW = (1_000, 100_000, 1_000_000), 10
CALLS = 50

# Below /v1/jobs: what is asked of one job.
ONE_JOB = ("/{middle}", "/{middle}/status")

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
    sizes = tuple(int(size) for size in sys.argv[1:]) or SIZES
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
            few = _fill(sql, facts, FEW)
            known = []
            for size in sizes:
                print(f"storing {size:,} jobs ...", flush=True)
                large = _fill(sql, facts, size)
                known.append(large.measure())
            _print(sizes, known, few.measure(), large.plans(sql))
            session.close()


def _print(
    sizes: tuple[int, ...],
    known: list[dict[str, list[float]]],
    few: dict[str, list[float]],
    plans: dict[str, str],
) -> None:
    titles = [f"{size:,}: p50 | p99" for size in sizes]
    print("\n| query | plan |", " | ".join(titles), f"| p50 ratio | {FEW} beside them: p50 |")
    print("|---|---|" + "---|---|" * len(sizes) + "---|---|")
    for asked in (*ONE_JOB, *QUERIES):
        p50 = [statistics.median(times[asked]) for times in known]
        p99 = [sorted(times[asked])[int(CALLS * 0.99)] for times in known]
        figures = " | ".join(f"{a:.1f} ms | {b:.1f} ms" for a, b in zip(p50, p99, strict=True))
        print(
            f"| `{_shown(asked)}` | {plans.get(asked, 'jobs_pkey')} | {figures} "
            f"| {p50[-1] / p50[0]:.1f} | {statistics.median(few[asked]):.1f} ms |"
        )


def _shown(asked: str) -> str:
    return asked.replace("{{", "{").replace("}}", "}") or "none"


@dataclass(frozen=True)
class _Organization:
    """One that has jobs, and whom to ask for them."""

    id: str
    key: str
    base_url: str
    example: dict[str, str]

    def measure(self) -> dict[str, list[float]]:
        """Milliseconds of every call."""
        headers = {"Api-Key": self.key}
        with httpx.Client(base_url=self.base_url, headers=headers, timeout=60) as client:
            lists = {query: _times(client, "?" + query.format(**self.example)) for query in QUERIES}
            one = {path: _times(client, path.format(**self.example)) for path in ONE_JOB}
        return one | lists

    def plans(self, sql: Any) -> dict[str, str]:
        """Which indexes Postgres uses for each list."""
        return {query: _plan(sql, self.id, query.format(**self.example)) for query in QUERIES}


def _fill(sql: Any, facts: dict[str, Any], rows: int) -> _Organization:
    organization = organizations.create_organization(f"with {rows}")
    key, _ = organizations.create_key(organization)
    _store(sql, organization, rows)
    sql.execute("VACUUM ANALYZE")
    sql.execute("CHECKPOINT")
    return _Organization(organization, key, facts["base_url"], _middle(sql, organization, rows))


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


def _times(client: httpx.Client, path: str) -> list[float]:
    times = []
    for _ in range(CALLS):
        started = time.perf_counter()
        client.get(f"/v1/jobs{path}").raise_for_status()
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
