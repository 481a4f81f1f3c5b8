"""Load over HTTP from a process of its own, on connections that stay open.

It speaks just as much HTTP as it needs, so that most of the two cores is left to who is measured.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

REQUEST = {"endpoint": "/v1/noop", "request": {"n": 1}}


@dataclass(frozen=True)
class Measured:
    """What a load saw: answers a second, and how long they took, in milliseconds."""

    per_second: float
    p50: float
    p99: float


def submit(base_url: str, api_key: str, *, jobs: int, connections: int) -> Measured:
    """Submit jobs one by one over several connections, as fast as they are taken."""
    context = multiprocessing.get_context("spawn")
    queue: Any = context.Queue()
    process = context.Process(
        target=_submit_all, args=(base_url, api_key, jobs, connections, queue)
    )
    process.start()
    seconds, times = queue.get()
    process.join()
    times.sort()
    return Measured(
        per_second=len(times) / seconds,
        p50=times[len(times) // 2] * 1000,
        p99=times[int(len(times) * 0.99)] * 1000,
    )


def _submit_all(base_url: str, api_key: str, jobs: int, connections: int, queue: Any) -> None:
    queue.put(asyncio.run(_Load(base_url, api_key, jobs).run(connections)))


class _Load:
    def __init__(self, base_url: str, api_key: str, jobs: int) -> None:
        self._url = urlsplit(base_url)
        body = json.dumps(REQUEST)
        self._request = (
            f"POST /v1/jobs HTTP/1.1\r\nHost: {self._url.netloc}\r\nApi-Key: {api_key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()
        self._left = jobs
        self._times: list[float] = []

    async def run(self, connections: int) -> tuple[float, list[float]]:
        started = time.perf_counter()
        await asyncio.gather(*(self._connection() for _ in range(connections)))
        return time.perf_counter() - started, self._times

    async def _connection(self) -> None:
        reader, writer = await asyncio.open_connection(self._url.hostname, self._url.port)
        while self._left > 0:
            self._left -= 1
            started = time.perf_counter()
            writer.write(self._request)
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(_length(head))
            assert head.startswith(b"HTTP/1.1 200"), head
            self._times.append(time.perf_counter() - started)
            if b"onnection: close" in head:  # gunicorn's default class keeps none open
                writer.close()
                reader, writer = await asyncio.open_connection(self._url.hostname, self._url.port)
        writer.close()


def _length(head: bytes) -> int:
    name = b"content-length:"
    return int(next(x[len(name) :] for x in head.lower().split(b"\r\n") if x.startswith(name)))
