"""How fast a cancellation is, and how dead the work: `python -m benchmarks.cancel`."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import psutil

from benchmarks import servers
from jobs_backend import config, dispatching
from jobs_backend.submission import NewJob, submit

SAMPLES, CONCURRENCY = 50, 4
FROZEN_SAMPLES = 12
GRACE_SECONDS, HEARTBEAT_SECONDS = 2, 5
QUEUED = 10_000
Row = tuple[str, list[float], str]


def main() -> None:
    """Measure, and print a Markdown table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # where root starts it, Postgres runs as another user
        settings = {
            "JOBS_CANCEL_GRACE_SECONDS": str(GRACE_SECONDS),
            "JOBS_HEARTBEAT_SECONDS": str(HEARTBEAT_SECONDS),
        }
        with servers.stack(folder, concurrency=CONCURRENCY, **settings) as facts:
            rows = _measure(_Bench(facts, folder))
    print(f"\nGrace {GRACE_SECONDS} s, heartbeat {HEARTBEAT_SECONDS} s, {CONCURRENCY} slots.\n")
    print("| measure | n | p50 | p99 | target |\n|---|---|---|---|---|")
    for what, times, target in rows:
        p50, p99 = (_quantile(times, share) for share in (0.5, 0.99))
        print(f"| {what} | {len(times)} | {p50:,.0f} ms | {p99:,.0f} ms | {target} |")


class _Bench:
    """A client, and the folder in which works and clients leave their marks."""

    def __init__(self, facts: dict[str, Any], folder: Path) -> None:
        self.facts, self.folder = facts, folder
        self.http = httpx.Client(
            base_url=f"{facts['base_url']}/v1", headers={"Api-Key": facts["api_key"]}, timeout=30
        )

    def start(self, how: str) -> tuple[str, Path]:
        """Submit work, and wait until it is under way."""
        job_id, mark = self.submit(how)
        servers.wait_until(mark.with_suffix(".started").exists, 30)
        return job_id, mark

    def submit(self, how: str) -> tuple[str, Path]:
        """Submit work that ends by being cancelled."""
        mark = self.folder / f"{time.monotonic_ns()}"
        body = {"endpoint": "/v1/work", "request": {"how": how, "mark": str(mark)}}
        job_id: str = self.http.post("/jobs", json=body).raise_for_status().json()["id"]
        return job_id, mark

    def cancel(self, job_id: str) -> tuple[float, float]:
        """Cancel; gives how long the call took, in ms, and when its answer came."""
        started = time.perf_counter()
        self.http.post(f"/jobs/{job_id}/cancel").raise_for_status()
        return (time.perf_counter() - started) * 1000, time.time()


def _measure(bench: _Bench) -> list[Row]:
    calls: list[float] = []
    rows: list[Row] = [("cancel call, running job", calls, "")]
    print("work in Python ...", flush=True)
    python = [_until_dead(bench, "python", calls, _by_mark) for _ in range(SAMPLES)]
    rows.append(("200 until Python-level work is dead", python, "p99 < 1,000 ms"))
    print("the freed slot ...", flush=True)
    rows.append(("200 until the slot runs its next job", _next_job(bench), "p99 < 500 ms"))
    print("work in C ...", flush=True)
    in_c = [_until_dead(bench, "c", calls, _by_process) for _ in range(SAMPLES)]
    limit = f"p99 < {(GRACE_SECONDS + 1) * 1000:,} ms"
    rows.append(("200 until C-level work is dead", in_c, limit))
    print("with Redis frozen ...", flush=True)
    frozen_calls: list[float] = []
    frozen = _frozen(bench, frozen_calls)
    rows.append(("cancel call, Redis frozen", frozen_calls, "< 300 ms"))
    limit = f"< {(HEARTBEAT_SECONDS + 1) * 1000:,} ms"
    rows.append(("200 until dead, Redis frozen", frozen, limit))
    print(f"{QUEUED:,} queued jobs ...", flush=True)
    queued = _queued(bench)
    print(f"\nCancelled {QUEUED:,} queued jobs one by one: {QUEUED / (sum(queued) / 1000):,.0f}/s.")
    rows.append(("cancel call, queued job", queued, ""))
    return rows


def _until_dead(
    bench: _Bench, how: str, calls: list[float], died: Callable[[Path], float]
) -> float:
    job_id, mark = bench.start(how)
    took, answered = bench.cancel(job_id)
    calls.append(took)
    return max(0.0, died(mark) - answered) * 1000


def _by_mark(mark: Path) -> float:
    ended = mark.with_suffix(".ended")
    servers.wait_until(lambda: ended.exists() and ended.read_text(), 30)
    return float(ended.read_text())


def _by_process(mark: Path) -> float:
    process = psutil.Process(int(mark.with_suffix(".started").read_text().split()[1]))
    dead = (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
    servers.wait_until(lambda: not process.is_running() or process.status() in dead, 30)
    return time.time()


def _next_job(bench: _Bench) -> list[float]:
    times = []
    running = [bench.start("python") for _ in range(CONCURRENCY)]
    for _ in range(SAMPLES):
        waiting = bench.submit("python")
        job_id, _ = running.pop(0)
        _, answered = bench.cancel(job_id)
        started = waiting[1].with_suffix(".started")
        servers.wait_until(started.exists, 30)
        times.append(max(0.0, float(started.read_text().split()[0]) - answered) * 1000)
        running.append(waiting)
    for job_id, _ in running:
        bench.cancel(job_id)
    return times


def _frozen(bench: _Bench, calls: list[float]) -> list[float]:
    times = []
    redis = bench.facts["pids"]["redis"]
    while len(times) < FROZEN_SAMPLES:
        running = [bench.start("python") for _ in range(CONCURRENCY)]
        os.kill(redis, signal.SIGSTOP)
        try:
            answers = [bench.cancel(job_id) for job_id, _ in running]
            ends = [_by_mark(mark) for _, mark in running]
        finally:
            os.kill(redis, signal.SIGCONT)
        calls.extend(took for took, _ in answers)
        times.extend((end - at) * 1000 for end, (_, at) in zip(ends, answers, strict=True))
    return times


def _queued(bench: _Bench) -> list[float]:
    config.set_environment(JOBS_DATABASE_URL=bench.facts["database_url"])
    # It would find that their messages are lost, and send them.
    beat = bench.facts["pids"]["beat"]
    os.kill(beat, signal.SIGSTOP)
    try:
        waiting = []
        for _ in range(QUEUED):  # stored and noted as sent: what a cancel finds of a backlog
            job = submit(NewJob(bench.facts["organization_id"], "/v1/work", "{}"))
            dispatching.mark_dispatched(job)
            waiting.append(job.id)
        return [bench.cancel(job_id)[0] for job_id in waiting]
    finally:
        os.kill(beat, signal.SIGCONT)


def _quantile(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


if __name__ == "__main__":
    main()
