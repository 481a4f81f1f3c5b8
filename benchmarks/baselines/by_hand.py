"""B: what a team writes by hand in an afternoon: a route, a status table, and a Celery task.

Celery, Flask and gunicorn have their default settings.
"""

from __future__ import annotations

import json
import threading
import time
import uuid
from typing import Any

import psycopg2
from celery import Celery
from flask import Flask, jsonify, request
from marshmallow import Schema, ValidationError, fields

from jobs_backend import config

TABLE = """
CREATE TABLE IF NOT EXISTS by_hand (
    id text PRIMARY KEY, status text NOT NULL, endpoint text NOT NULL, request jsonb NOT NULL,
    response jsonb, created_at timestamptz NOT NULL DEFAULT now(), started_at timestamptz,
    completed_at timestamptz)
"""

app = Celery("by_hand", broker=config.variable("BENCH_REDIS_URL"))
app.conf.task_default_queue = "by_hand"
app.conf.broker_connection_retry_on_startup = True  # only silences a warning
web = Flask(__name__)
_local = threading.local()


class CreateJob(Schema):
    """The body of a submit."""

    endpoint = fields.String(required=True)
    request = fields.Dict(required=True)
    metadata = fields.Dict(keys=fields.String(), values=fields.String())


@web.post("/v1/jobs")
def create() -> Any:
    """Store a job and queue its task."""
    try:
        body = CreateJob().load(request.get_json())
    except ValidationError as problem:
        return jsonify(problem.messages), 422
    job_id = uuid.uuid4().hex
    _execute(
        "INSERT INTO by_hand (id, status, endpoint, request) VALUES (%s, 'queued', %s, %s)",
        (job_id, body["endpoint"], json.dumps(body["request"])),
    )
    run.apply_async((job_id,))
    return jsonify(id=job_id, status="queued", endpoint=body["endpoint"], request=body["request"])


@app.task(name="by_hand.run")
def run(job_id: str) -> None:
    """Claim the job, do nothing, finish it."""
    claimed = _execute(
        "UPDATE by_hand SET status = 'in_progress', started_at = now() "
        "WHERE id = %s AND status = 'queued'",
        (job_id,),
    )
    if claimed:
        _execute(
            "UPDATE by_hand SET status = 'completed', completed_at = now(), response = %s "
            "WHERE id = %s AND status = 'in_progress'",
            (json.dumps({"ok": True, "at": time.time()}), job_id),
        )


def _execute(statement: str, parameters: tuple[Any, ...]) -> int:
    if not hasattr(_local, "connection"):
        _local.connection = psycopg2.connect(config.variable("BENCH_DATABASE_URL"))
    with _local.connection as connection, connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)
