"""Load over HTTP from a process of its own, on connections that stay open."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

BODY = json.dumps({"endpoint": "/v1/noop", "request": {"n": 1}})


@dataclass(frozen=True)
class Measured:
    """What a load saw: answers a second, and how long they took, in milliseconds."""

    per_second: float
    p50: float
    p99: float


def submit(base_url: str, api_key: str, *, jobs: int, connections: int) -> Measured:
    """Submit jobs one by one over several connections, as fast as they are taken."""
    queue: Any = multiprocessing.get_context("spawn").Queue()
    process = multiprocessing.get_context("spawn").Process(
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
    times: list[float] = []
    numbers = iter(range(jobs))
    lock = threading.Lock()

    def work() -> None:
        connection = http.client.HTTPConnection(urlsplit(base_url).netloc)
        headers = {"Api-Key": api_key, "Content-Type": "application/json"}
        while True:
            with lock:
                if next(numbers, None) is None:
                    return
            started = time.perf_counter()
            connection.request("POST", "/v1/jobs", BODY, headers)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            times.append(time.perf_counter() - started)

    started = time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    queue.put((time.perf_counter() - started, times))
