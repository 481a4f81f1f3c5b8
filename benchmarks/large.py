"""What requests and responses of 32 MB cost everybody else: `python -m benchmarks.large`.

One client submits jobs whose request, and one reads a job whose response, has almost 32 MB; others
submit small ones meanwhile. The targets: an API process grows by no more than four times the body,
and the others' p99 by no more than three times.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
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
    with servers.private() as known:
        system = systems.ours(known)
        with system.serving(known.folder) as url, system.working(known.folder):
            headers = {"Api-Key": system.api_key}
            with httpx.Client(base_url=url, headers=headers, timeout=120) as client:
                body = json.dumps(_job("/v1/mirror", {"text": "x" * BODY_BYTES}))
                json_type = {"Content-Type": "application/json"}
                job_id = client.post("/v1/jobs", content=body, headers=json_type).json()["id"]
                servers.wait_until(lambda: not system.waiting(), 60)
                path = f"/v1/jobs/{job_id}?include_response=true"
                _beside("nothing", url, system, lambda: time.sleep(1))
                _beside("reading 31 MB", url, system, lambda: client.get(path).raise_for_status())
                _beside(
                    "submitting 31 MB",
                    url,
                    system,
                    lambda: client.post(
                        "/v1/jobs", content=body, headers=json_type
                    ).raise_for_status(),
                )


def _beside(name: str, url: str, system: System, call: Callable[[], object]) -> None:
    workers = system.processes[0].children()
    before = {each.pid: each.memory_info().rss for each in workers}
    times: list[float] = []
    calls, until = 0, time.monotonic() + SECONDS
    with _others(url, system, times), _peaks(workers) as peaks:
        while time.monotonic() < until:
            call()
            calls += 1
    times.sort()
    grown = max(peaks[pid] - rss for pid, rss in before.items()) / 2**20
    p50, p99 = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.99))
    print(f"| {name} | {calls} | {p50:.1f} ms | {p99:.1f} ms | {grown:.0f} MB |", flush=True)


@contextmanager
def _others(url: str, system: System, times: list[float]) -> Iterator[None]:
    done = threading.Event()

    def run() -> None:
        headers = {"Api-Key": system.api_key}
        with httpx.Client(base_url=url, headers=headers, timeout=120) as client:
            while not done.wait(0.1):
                started = time.perf_counter()
                client.post("/v1/jobs", json=_job("/v1/noop", {"n": 1})).raise_for_status()
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


def _job(endpoint: str, request: dict[str, object]) -> dict[str, object]:
    return {"endpoint": endpoint, "request": request}


if __name__ == "__main__":
    main()
