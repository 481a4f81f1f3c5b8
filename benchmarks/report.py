"""A table and a chart of what was measured, with the targets beside."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import celery
import pygal

from benchmarks.measures import Figures

OURS, A, B, LIMIT = "jobs-backend", "A: bare Celery", "B: by hand", "L: pgbench"
HERE = Path(__file__).parent
Rounds = dict[str, list[Figures]]


@dataclass(frozen=True)
class Ratio:
    """One line of the targets: ours by another's, as the median of the rounds."""

    name: str
    measure: str
    other: str
    target: float
    is_cost: bool = False
    other_measure: str = ""

    def of(self, rounds: Rounds) -> float | None:
        """The ratio, or None where one of the two was not measured."""
        theirs = self.other_measure or self.measure
        pairs = [
            (ours[self.measure], other[theirs])
            for ours, other in zip(rounds[OURS], rounds.get(self.other, []), strict=False)
            if self.measure in ours and theirs in other
        ]
        return median(ours / other for ours, other in pairs) if pairs else None


RATIOS = (
    Ratio("drain, by bare Celery's", "drain", A, 1.5),
    Ratio("drain, by hand-written's", "drain", B, 2),
    Ratio("submit and run at a time, by hand-written's", "submit and run", B, 1.7),
    Ratio("submit over HTTP, by hand-written's", "submit", B, 1.5),
    Ratio("p99 of a submit, by hand-written's", "submit p99", B, 1, is_cost=True),
    Ratio("batch of 1,000, by one by one's", "batch", OURS, 8, other_measure="one by one"),
    Ratio("idle pick-up p50, by hand-written's", "pick-up p50", B, 1, is_cost=True),
    Ratio("idle pick-up p99, by hand-written's", "pick-up p99", B, 1, is_cost=True),
    Ratio("CPU a job, by hand-written's", "CPU all but servers", B, 0.6, is_cost=True),
    Ratio("drain, by the limit of Postgres", "drain", LIMIT, 0.35, other_measure="lifecycles"),
)


def write(rounds: Rounds, jobs: int) -> str:
    """Write RESULTS.md and its chart; gives the text."""
    text = "\n".join([_head(rounds, jobs), _ratios(rounds), _figures(rounds)])
    (HERE / "RESULTS.md").write_text(text)
    _chart(rounds)
    return text


def _head(rounds: Rounds, jobs: int) -> str:
    return f"""# Results

`python -m benchmarks`: {jobs:,} no-op jobs a measure, rounds: {len(rounds[OURS])}, each system in
each round, everything (load, servers, workers) on {os.cpu_count()} cores ({platform.machine()}).
Python {platform.python_version()}, Celery {celery.__version__}, the embedded Postgres and Redis.
What each baseline is stands in [baselines/](baselines). CPU is in milliseconds a job, while jobs
are submitted and run at the same time; latencies are in milliseconds, of idle pick-ups while both
systems are up and have one job each in turn.

![Jobs a second](results.svg)
"""


def _ratios(rounds: Rounds) -> str:
    lines = ["## Beside the targets", "", "| measure | ratio | target | |", "|---|---|---|---|"]
    for each in RATIOS:
        found = each.of(rounds)
        if found is None:
            continue
        is_met = found <= each.target if each.is_cost else found >= each.target
        sign = "≤" if each.is_cost else "≥"
        verdict = "met" if is_met else "missed"
        lines.append(f"| {each.name} | {found:.2f} | {sign} {each.target:g} | {verdict} |")
    return "\n".join([*lines, ""])


def _figures(rounds: Rounds) -> str:
    lines = ["## Figures", "", "Medians of the rounds, with the least and the most.", ""]
    lines += ["| system | measure | median | min | max |", "|---|---|---|---|---|"]
    for system, figures in rounds.items():
        for measure in figures[0]:
            values = [each[measure] for each in figures]
            shown = " | ".join(_shown(f(values)) for f in (median, min, max))
            lines.append(f"| {system} | {measure} | {shown} |")
    return "\n".join([*lines, ""])


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def _chart(rounds: Rounds) -> None:
    measures = ("submit", "drain", "submit and run")
    # No script of somebody else's, and no fonts from elsewhere.
    chart = pygal.Bar(title="Jobs a second (median)", js=(), x_labels=measures)
    for system, figures in rounds.items():
        value: Callable[[str], float | None] = lambda name, known=figures: (  # noqa: E731
            median(each[name] for each in known) if name in known[0] else None
        )
        if system != LIMIT:
            chart.add(system, [value(name) for name in measures])
    chart.render_to_file(str(HERE / "results.svg"))
