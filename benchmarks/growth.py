"""Whether memory grows with the jobs that were run: `python -m benchmarks.growth [JOBS]`.

Jobs are submitted over HTTP and run; after every tenth of them each process's own memory is read.
The target is that from the second tenth on nothing moves by more than 5 %.
"""

from __future__ import annotations

import sys

import psutil

from benchmarks import load, measures, servers, systems
from benchmarks.systems import System

JOBS, STEPS = 50_000, 10


def main() -> None:
    """Measure, and print a Markdown table."""
    jobs = int(sys.argv[1]) if len(sys.argv) > 1 else JOBS
    seen: list[dict[str, float]] = []
    with servers.private() as known:
        system = systems.ours(known)
        with system.serving(known.folder) as url, system.working(known.folder):
            for step in range(STEPS):
                share = jobs // STEPS
                load.submit(url, system.api_key, jobs=share, connections=measures.CONNECTIONS)
                servers.wait_until(lambda: not system.waiting(), measures.PATIENCE_SECONDS, 0.5)
                seen.append(_memory(system))
                print(f"{(step + 1) * share:,} jobs: {seen[-1]}", flush=True)
    print(f"\n| process | after {jobs // STEPS:,} jobs | least after that | most | span |")
    print("|---|---|---|---|---|")
    for name in seen[0]:
        later = [each[name] for each in seen[1:]]
        least, most = min(later), max(later)
        span = (most - least) / least * 100
        print(f"| {name} | {seen[0][name]} MB | {least} MB | {most} MB | {span:.1f} % |")


def _memory(system: System) -> dict[str, float]:
    # Of processes that come and go the largest: what is shared with their parent is not counted.
    found: dict[str, float] = {}
    for process in system.processes:
        role = measures.role(process.cmdline())
        if role != "web":  # whose main process serves nobody
            found[role] = _own(process)
        if children := process.children():
            found[f"{role}: largest child"] = max(map(_own, children))
    return found


def _own(process: psutil.Process) -> float:
    return round(process.memory_full_info().uss / 2**20, 1)


if __name__ == "__main__":
    main()
