"""Speed beside what users have today: `python -m benchmarks [--quick]`.

In each round every system has its turn, on the same private servers; the table and the chart are
written to benchmarks/RESULTS.md. What the other modules of this package measure is in their first
lines, and in docs/performance.md.
"""

from __future__ import annotations

import argparse

from benchmarks import measures, report, servers, systems
from benchmarks.baselines import limit
from benchmarks.report import LIMIT, Rounds

JOBS, ROUNDS, LIMIT_SECONDS = 5_000, 3, 10
QUICK_JOBS = 1_000
# RQ forks a process for each job.
RQ_JOBS = 300


def main() -> None:
    """Measure, and print what was written."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round of 1,000 jobs")
    is_quick = parser.parse_args().quick
    jobs, count = (QUICK_JOBS, 1) if is_quick else (JOBS, ROUNDS)
    rounds: Rounds = {}
    with servers.private() as known:
        for number in range(count):
            print(f"round {number + 1} of {count} ...", flush=True)
            _round(known, jobs, rounds)
    print(report.write(rounds, jobs))


def _round(known: servers.Servers, jobs: int, rounds: Rounds) -> None:
    def note(name: str, figures: measures.Figures) -> None:
        rounds.setdefault(name, []).append(figures)
        print(f"  {name} done", flush=True)

    known.sql(limit.TABLE)
    seconds = LIMIT_SECONDS if jobs == JOBS else 3
    pace = limit.jobs_per_second(known.database_url, known.folder, seconds)
    note(LIMIT, {"lifecycles": pace})
    ours, by_hand = systems.ours(known), systems.hand_written(known)
    loaded = [measures.lifecycle(each, known, jobs) for each in (ours, by_hand)]
    picked = measures.pick_ups(known, ours, by_hand)
    note(ours.name, loaded[0] | picked[0] | measures.batch(known))
    note(by_hand.name, loaded[1] | picked[1])
    for make in (systems.bare_celery, systems.procrastinate, systems.rq):
        system = make(known)
        few = RQ_JOBS if make is systems.rq else jobs
        note(system.name, measures.drain(system, known, few))


if __name__ == "__main__":
    main()
