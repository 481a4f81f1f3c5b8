"""The message of a task as Celery would send it, built once an endpoint type and then filled in.

Celery builds each message anew, by two pools, a routing table and a declaration, which takes ten
times as long as all that changes in it: ids, arguments and headers. Here it builds one, hands it to
kombu's transport in memory, and that is the form. What is pushed to Redis is what kombu's transport
for Redis would push; `tests/integration/test_envelope.py` compares the two, and
JOBS_PREBUILT_MESSAGES=false goes back to Celery's own way.
"""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Callable
from typing import Any

from celery import Celery
from kombu import Queue

# Takes the task's id, its arguments and the headers that change; gives what is pushed.
Envelope = Callable[[str, tuple[Any, ...], dict[str, Any]], str]


def envelope(app: Celery, task_name: str, queue: Queue) -> Envelope:
    """How to write a message for a task.

    Args:
        app: whose settings say how messages look.
        task_name: the task.
        queue: where it is sent.
    """
    form = _form(app, task_name, queue)
    _, keywords, embed = json.loads(base64.b64decode(form["body"]))

    def fill(task_id: str, arguments: tuple[Any, ...], headers: dict[str, Any]) -> str:
        body = json.dumps((arguments, keywords, embed))
        message = {
            **form,
            "body": base64.b64encode(body.encode()).decode(),
            "headers": {
                **form["headers"],
                **headers,
                "id": task_id,
                "root_id": task_id,
                "argsrepr": repr(arguments),
            },
            "properties": {
                **form["properties"],
                "correlation_id": task_id,
                "delivery_tag": str(uuid.uuid4()),
            },
        }
        return json.dumps(message)

    return fill


def _form(app: Celery, task_name: str, queue: Queue) -> dict[str, Any]:
    own = Celery("form", broker="memory://", set_as_current=False)
    own.conf.update(task_serializer=app.conf.task_serializer)
    with own.producer_pool.acquire(block=True) as producer:
        own.send_task(task_name, (), task_id="", queue=queue, ignore_result=True, producer=producer)
        message: dict[str, Any] = producer.channel._get(queue.name)
        return message
