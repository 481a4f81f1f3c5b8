"""Endpoint types for measuring: one that does nothing, and one that has to be cancelled."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import Any

from jobs_backend.endpoints import Endpoint

ENDPOINTS = [
    Endpoint("/v1/noop", handler="benchmarks.endpoints:noop"),
    Endpoint("/v1/mirror", handler="benchmarks.endpoints:mirror"),
    Endpoint("/v1/work", handler="benchmarks.endpoints:work"),
]


def noop(_request: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Answer at once, with the time."""
    return {"ok": True, "at": time.time()}


def mirror(request: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Answer with the request."""
    return request


def work(request: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Work until somebody ends it; `<mark>.started` and `<mark>.ended` say when."""
    mark = Path(request["mark"])
    draft = mark.with_suffix(".draft")
    draft.write_text(f"{time.time()} {os.getpid()}")
    draft.rename(mark.with_suffix(".started"))
    try:
        if request["how"] == "c":
            hashlib.pbkdf2_hmac("sha256", b"x", b"y", 2_000_000_000)
        while True:
            time.sleep(0.001)
    finally:
        mark.with_suffix(".ended").write_text(str(time.time()))
