"""How gunicorn serves the API; the Procfile names this module as its configuration."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from api import one_send, protocol_errors
from jobs_backend import log
from jobs_backend.config import WEB_THREADS, settings

bind = f"{settings().host}:{settings().port}"
workers = settings().web_workers
worker_class = settings().web_worker_class
threads = WEB_THREADS if worker_class == "gthread" else 1
worker_connections = 1000
timeout = 60
graceful_timeout = 20
keepalive = 7  # past the 5 s after which common clients drop an idle connection themselves
control_socket_disable = True
LOOK_SECONDS = 0.5
limit_request_line = 8190  # the most that gunicorn can


def on_starting(_server: Any) -> None:
    """Let gunicorn log and answer as everything else does, before the workers are forked."""
    log.configure()
    protocol_errors.install()
    for name in ("gunicorn.error", "gunicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True


def post_fork(_server: Any, _worker: Any) -> None:
    """Share the clients out evenly, and answer each in one piece."""
    one_send.install()
    if worker_class == "gevent":
        from api import turns  # not where nobody uses gevent

        turns.install()


def post_worker_init(worker: Any) -> None:
    """Answer those who wait for a job's end as soon as their worker is told to end."""
    threading.Thread(target=_end_waits, args=(worker,), daemon=True).start()


def _end_waits(worker: Any) -> None:
    from jobs_backend import waits  # not in gunicorn's master, before gevent has patched anything

    while worker.alive:
        time.sleep(LOOK_SECONDS)
    waits.end_all()
