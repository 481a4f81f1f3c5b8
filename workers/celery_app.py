"""The Celery application, `send`, `stop` and `ping`: all of Celery that the API may touch.

A message is a doorbell: it names a job and a dispatch, and nothing more. Postgres knows the rest,
and a message that is late, repeated or not taken costs time and never a job. So messages are
acknowledged early, no results are stored, and the message itself is never to be trusted.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from celery import Celery
from kombu import Exchange, Queue

from jobs_backend.config import settings
from jobs_backend.endpoints import Endpoint, registry
from jobs_backend.errors import EndpointNotRegistered
from jobs_backend.job import Job
from workers.broker import ANSWER_SHARE, CONNECT_SHARE, TAKEN_AT, bounded, client, push_messages
from workers.envelope import Envelope, envelope

# Of the time that a call may spend on the broker: until it has a connection of the pool.
POOL_SHARE = 0.2
# Raises in the handler and leaves its process alive; see workers/interruption.py.
STOP_SIGNAL = "SIGUSR1"
# The header of a message that names the HTTP request behind it.
REQUEST_ID = "http_request_id"


def send(*jobs: Job) -> None:
    """Hand the messages of the jobs' current dispatches to the broker, within a bounded time.

    Raises:
        BrokerUnavailable: the broker did not confirm them all. It may have them all the same: the
            claim refuses a message that comes twice.
        EndpointNotRegistered: there is no queue for one of them; nothing was sent.
    """
    addressed = [(_endpoint(job), job) for job in jobs]
    with bounded():
        if settings().prebuilt_messages:
            _push(addressed)
        else:
            _publish(addressed)


def _endpoint(job: Job) -> Endpoint:
    endpoint = registry().get(job.endpoint)
    if endpoint is None:
        raise EndpointNotRegistered(job.endpoint)
    return endpoint


def _push(addressed: Sequence[tuple[Endpoint, Job]]) -> None:
    messages: dict[str, list[str]] = {}
    for endpoint, job in addressed:
        fill = _envelope(endpoint.task_name, endpoint.queue)
        message = fill(job.task_id, _arguments(job), _headers(job))
        messages.setdefault(endpoint.queue, []).append(message)
    for queue, texts in messages.items():
        push_messages(queue, texts)


def _publish(addressed: Sequence[tuple[Endpoint, Job]]) -> None:
    for endpoint, job in addressed:
        _publisher().send_task(
            endpoint.task_name,
            args=_arguments(job),
            task_id=job.task_id,
            queue=_queue(endpoint.queue),
            headers=_headers(job),
            retry=False,
            ignore_result=True,
        )


def _arguments(job: Job) -> tuple[str, int]:
    return job.id, job.dispatch_number


def _headers(job: Job) -> dict[str, Any]:
    return {
        TAKEN_AT: (job.taken_at or job.created_at).isoformat(),
        REQUEST_ID: job.request_id,
    }


def stop(job: Job) -> None:
    """Have the worker that runs the job's current dispatch stop it: a revoke with terminate.

    A hint, within the same bounds as `send`: workers that do not hear it find out by the attempt's
    next heartbeat. Celery's own `control.revoke` insists until the broker answers.

    Raises:
        BrokerUnavailable: the broker did not confirm it.
    """
    arguments = {"task_id": job.task_id, "terminate": True, "signal": STOP_SIGNAL}
    with bounded():
        producers = _publisher().amqp.producer_pool
        mailbox = _publisher().control.mailbox.exchange
        # A hint is not worth to wait for its turn for long.
        patience = settings().broker_timeout_seconds * CONNECT_SHARE
        with producers.acquire(timeout=patience) as producer:
            producer.publish(
                {"method": "revoke", "arguments": arguments, "destination": None},
                exchange=mailbox,
                declare=[mailbox],  # tells kombu that it is a fanout; costs no round trip
                headers={"clock": _publisher().clock.forward(), "expires": 0},
                serializer="json",
                retry=False,
            )


def ping() -> None:
    """Return when the broker answers, within the same bounds as `send`.

    Raises:
        BrokerUnavailable: it did not.
    """
    with bounded():
        client().ping()


@cache
def _envelope(task_name: str, queue: str) -> Envelope:
    return envelope(_publisher(), task_name, _queue(queue))


def _queue(name: str) -> Queue:
    # The anonymous exchange routes by the queue's name alone. A named one keeps its bindings in
    # Redis, and a publisher would not notice that they are gone.
    return Queue(name, exchange=Exchange("", type="direct"), routing_key=name)


def _transport_options(**changes: Any) -> dict[str, Any]:
    return {
        "global_keyprefix": settings().redis_key_prefix,
        "priority_steps": [0],
        "socket_keepalive": True,
        **changes,
    }


def _worker_app() -> Celery:
    app = Celery("jobs_backend", include=["workers.tasks"])
    app.conf.update(
        broker_url=settings().redis_url,
        broker_transport_options=_transport_options(
            socket_timeout=10,
            socket_connect_timeout=5,
            health_check_interval=25,
            # What a worker takes is off the queue at once: Postgres knows what it has to give out
            # again, and to keep a second book of that in Redis costs more than all else here.
            ack_emulation=settings().ack_emulation,
        ),
        # Wait for Redis for as long as it takes, at the start too.
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        accept_content=["json"],
        task_serializer="json",
        result_backend=None,
        task_ignore_result=True,
        task_acks_late=False,
        task_create_missing_queues=False,
        task_queues=[_queue(name) for name in _queue_names()],
        task_default_queue=_queue_names()[0],
        worker_concurrency=settings().worker_concurrency,
        worker_prefetch_multiplier=1,
        worker_disable_prefetch=True,
        worker_max_tasks_per_child=1000,
        worker_proc_alive_timeout=60,
        worker_send_task_events=False,
        worker_enable_remote_control=True,
        worker_soft_shutdown_timeout=settings().shutdown_grace_seconds,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        beat_schedule={},
        enable_utc=True,
        timezone="UTC",
    )
    return app


def _queue_names() -> list[str]:
    return sorted({endpoint.queue for endpoint in registry().values()})


@cache
def _publisher() -> Celery:
    # Celery's own patience is meant for workers. Whoever calls `send` holds a client's request.
    patience = settings().broker_timeout_seconds
    publisher = Celery("jobs_backend.publisher", set_as_current=False)
    publisher.conf.update(
        broker_url=settings().redis_url,
        broker_transport_options=_transport_options(
            socket_connect_timeout=patience * CONNECT_SHARE,
            socket_timeout=patience * ANSWER_SHARE,
            max_retries=0,
        ),
        broker_pool_acquire_timeout=patience * POOL_SHARE,
        task_publish_retry=False,
        task_serializer="json",
        result_backend=None,
    )
    return publisher


app = _worker_app()
