"""One Celery task an endpoint type. Imported by workers alone."""

from __future__ import annotations

import gc
import logging
import os
from typing import Any

from billiard.common import TERM_SIGNAL
from billiard.util import get_logger
from celery import signals

from jobs_backend import log
from jobs_backend.config import settings
from jobs_backend.endpoints import Endpoint, registry
from workers import descendants, hands, interruption, pulling, scratch, shutdown, stopping, watchdog
from workers.celery_app import app
from workers.stopping import StoppableRequest


def _register(endpoint: Endpoint) -> None:
    @app.task(
        name=endpoint.task_name,
        Request=StoppableRequest,
        endpoint=endpoint,
    )
    def run(job_id: str, dispatch_number: int, /) -> None:
        interruption.install()  # here, since Celery installs its own after every hook of a start
        pulling.run(endpoint, (job_id, dispatch_number))


for _endpoint in registry().values():
    _register(_endpoint)


@signals.setup_logging.connect
def _configure_logging(**_: Any) -> None:
    log.configure()
    get_logger().propagate = True  # billiard's, which otherwise writes as it likes
    # A revoke looks for a result backend in every worker that does not run the task, and warns.
    logging.getLogger("celery.worker.control").addFilter(_is_not_about_the_backend)


def _is_not_about_the_backend(record: logging.LogRecord) -> bool:
    return "as revoked in backend" not in str(record.msg)


@signals.celeryd_after_setup.connect
def _freeze(**_: Any) -> None:
    # Before each fork Celery collects garbage. What is loaded by now is none, and a child that does
    # not look at it shares it with the others.
    gc.collect()
    gc.freeze()


@signals.worker_before_create_process.connect
def _before_process(**_: Any) -> None:
    hands.reserve()


@signals.worker_process_init.connect
def _begin_process(**_: Any) -> None:
    hands.take([])  # its place is not given to another one, even if it never has a job
    # Where all share one machine that is busy, clients are answered first, and jobs run meanwhile
    # with what is left; nobody waits for a job as one waits for an answer.
    os.nice(settings().worker_nice)
    scratch.begin()
    descendants.adopt()
    descendants.end_with_parent(TERM_SIGNAL)  # then the job is given back at once


@signals.worker_process_shutdown.connect
def _end_process(**_: Any) -> None:
    scratch.end()


@signals.worker_ready.connect
def _say_ready(sender: Any, **_: Any) -> None:
    shutdown.bound()
    stopping.watch(sender)
    watchdog.watch(sender)
    log.lifecycle("worker_ready", endpoints=sorted(registry()))
