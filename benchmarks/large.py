"""What requests and responses of 32 MB cost everybody else: `python -m benchmarks.large`.

A process submits jobs whose request, or reads a job whose response, has almost 32 MB, as fast as it
can; clients in this one submit small jobs meanwhile. The targets: an API process grows by no more
than four times the body, and the others' p99 by no more than three times.
"""

from __future__ import annotations

import json
import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

import httpx
import psutil

from benchmarks import servers, systems
from benchmarks.systems import System

BODY_BYTES = 31 * 2**20
SECONDS = 20


def main() -> None:
    """Measure, and print a Markdown table."""
    print("| beside | large calls | others' p50 | p99 | most that a process grew |")
    print("|---|---|---|---|---|")
    with (
        servers.private() as known,
        ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool,
    ):
        system = systems.ours(known)
        with system.serving(known.folder) as url, system.working(known.folder):
            job_id = pool.submit(_mirrored, url, system.api_key).result()
            servers.wait_until(lambda: not system.waiting(), 60)
            path = f"/v1/jobs/{job_id}?include_response=true"
            for name, call, *arguments in (
                ("nothing", _rest),
                ("reading 31 MB", _read, path),
                ("submitting 31 MB", _submit),
            ):
                _beside(name, url, system, pool, call, *arguments)


def _beside(
    name: str, url: str, system: System, pool: Executor, call: Callable[..., int], *arguments: str
) -> None:
    workers = system.processes[0].children()
    before = {each.pid: each.memory_info().rss for each in workers}
    times: list[float] = []
    with _others(url, system, times), _peaks(workers) as peaks:
        calls = pool.submit(call, url, system.api_key, *arguments).result()
    times.sort()
    grown = max(peaks[pid] - rss for pid, rss in before.items()) / 2**20
    p50, p99 = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.99))
    print(f"| {name} | {calls} | {p50:.1f} ms | {p99:.1f} ms | {grown:.0f} MB |", flush=True)


# What a process of its own does, whose work would else be in the way of the clients beside it.


def _mirrored(url: str, key: str) -> str:
    job_id: str = _post(_client(url, key), _large("/v1/mirror")).json()["id"]
    return job_id


def _rest(_url: str, _key: str) -> int:
    time.sleep(SECONDS)
    return 0


def _read(url: str, key: str, path: str) -> int:
    client = _client(url, key)
    return _again(lambda: client.get(path).raise_for_status())


def _submit(url: str, key: str) -> int:
    client, body = _client(url, key), _large("/v1/noop")
    return _again(lambda: _post(client, body))


def _again(call: Callable[[], object]) -> int:
    calls, until = 0, time.monotonic() + SECONDS
    while time.monotonic() < until:
        call()
        calls += 1
    return calls


def _client(url: str, key: str) -> httpx.Client:
    return httpx.Client(base_url=url, headers={"Api-Key": key}, timeout=120)


def _large(endpoint: str) -> bytes:
    return json.dumps({"endpoint": endpoint, "request": {"text": "x" * BODY_BYTES}}).encode()


def _post(client: httpx.Client, body: bytes) -> httpx.Response:
    json_type = {"Content-Type": "application/json"}
    return client.post("/v1/jobs", content=body, headers=json_type).raise_for_status()


@contextmanager
def _others(url: str, system: System, times: list[float]) -> Iterator[None]:
    done = threading.Event()
    small = json.dumps({"endpoint": "/v1/noop", "request": {"n": 1}}).encode()

    def run() -> None:
        client = _client(url, system.api_key)
        while not done.wait(0.1):
            started = time.perf_counter()
            _post(client, small)
            times.append(time.perf_counter() - started)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    yield
    done.set()
    for thread in threads:
        thread.join()


@contextmanager
def _peaks(workers: list[psutil.Process]) -> Iterator[dict[int, int]]:
    done, peaks = threading.Event(), {each.pid: 0 for each in workers}

    def run() -> None:
        while not done.wait(0.02):
            for each in workers:
                peaks[each.pid] = max(peaks[each.pid], each.memory_info().rss)

    thread = threading.Thread(target=run)
    thread.start()
    yield peaks
    done.set()
    thread.join()


if __name__ == "__main__":
    main()
