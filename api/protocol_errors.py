"""Errors that gunicorn answers by itself, before any request exists: as JSON, like all others.

Imported by gunicorn's master, so it imports nothing that gevent would have to patch.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from gunicorn import util


def install() -> None:
    """Have gunicorn answer a request that it cannot read with JSON instead of an HTML page."""
    util.write_error = _answer


def _answer(sock: Any, status: int, reason: str, _message: str) -> None:
    # gunicorn's message quotes what was sent, and its parser: neither is the client's to see again.
    request_id = f"req_{uuid.uuid4().hex}"
    body = json.dumps(
        {
            "detail": f"The request could not be read: {reason}",
            "code": reason.lower().replace(" ", "_"),
            "request_id": request_id,
        }
    )
    head = (
        f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nContent-Type: application/json\r\n"
        f"X-Request-Id: {request_id}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    util.write_nonblock(sock, (head + body).encode("ascii"))
