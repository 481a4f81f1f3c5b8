"""Take the guards out of sql/ one by one: some test must fail each time. `make mutate`.

Each mutant is a copy of the project with one condition of one statement removed, or one list of
statuses made longer by one. The tests that prove the statements run against it, and the first
failure is its end. Prints which test caught which; ends with 1 if a mutant survived.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jobs_backend.job import Status
from jobs_backend.statements import SQL_DIRECTORY

ROOT = Path(__file__).parent.parent.parent
COPIED = ("jobs_backend", "workers", "api", "tests", "examples", "setup.cfg", "Procfile")
# What proves the statements, the quickest first.
PROOF = tuple(
    f"tests/integration/test_{name}.py"
    for name in (
        "matrix",
        "cancel_and_retry",
        "retrieve",
        "filters",
        "idempotency",
        "waits",
        "progress",
        "resources",
        "offload",
        "limits",
        "dispatch",
        "retention",
        "create",
        "organizations",
        "races",
        "turns",
        "batches",
        "runner",
        "state_machine",
    )
)
# Mutants that change nothing, and why.
EQUIVALENT = {
    ("rescue_lost.sql", "in_progress"): "nothing: a rule gives a lease to running jobs alone",
    ("mark_lost.sql", "also from `validating`"): "nothing: a rule says it was never handed over",
    ("find_recorded.sql", "also from `completed`"): "nothing: a worker moves no job that is over",
    ("list.sql", "by_facet"): "nothing: the job's own row names its organization; a hint for plans",
    ("list.sql", "all_terms"): "nothing: every find is compared with the text; only slower",
    ("list.sql", "any_terms"): "nothing: every find is compared with the text; only slower",
    ("reclaim.sql", "also from `validating`"): "nothing: no worker holds it",
    ("reclaim.sql", "also from `queued`"): "nothing: no worker holds it",
    ("heartbeat.sql", "also from `validating`"): "nothing: no worker holds it",
    ("heartbeat.sql", "also from `queued`"): "nothing: no worker holds it",
    ("succeed.sql", "also from `validating`"): "nothing: no worker holds it",
    ("succeed.sql", "also from `queued`"): "nothing: no worker holds it",
    ("succeed_and_claim.sql", "also from `validating`"): "nothing: no worker holds it",
    ("succeed_and_claim.sql", "also from `queued`"): "nothing: no worker holds it",
    ("fail.sql", "also from `validating`"): "nothing: no worker holds it",
    ("fail.sql", "also from `queued`"): "nothing: no worker holds it",
    ("time_out.sql", "also from `validating`"): "nothing: no worker holds it",
    ("time_out.sql", "also from `queued`"): "nothing: no worker holds it",
    ("release.sql", "also from `validating`"): "nothing: no worker holds it",
    ("release.sql", "also from `queued`"): "nothing: no worker holds it",
    ("end_lease.sql", "also from `validating`"): "nothing: no worker holds it",
    ("end_lease.sql", "also from `queued`"): "nothing: no worker holds it",
}
CONDITION = re.compile(r"^(\s*(?=AND)|.*?(?=WHERE))(WHERE|AND) (.+)$")
STATUSES = re.compile(r"status IN \(([^)]*)\)")
STATUS = re.compile(r"status = '(\w+)'")


@dataclass(frozen=True)
class Mutant:
    """One statement with one guard less."""

    file: str
    line: int
    guard: str
    change: str
    text: str


def main() -> int:
    """Try every mutant whose file name contains the first argument, or all."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    mutants = [mutant for mutant in _mutants() if wanted in mutant.file]
    survivors = 0
    print("| guard | change | caught by |\n|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        copy.chmod(0o755)
        for each in COPIED:
            source = ROOT / each
            copied = shutil.copytree if source.is_dir() else shutil.copy
            copied(source, copy / each)
        for mutant in mutants:
            caught = _caught_by(mutant, copy)
            survivors += caught is None
            print(
                f"| {mutant.file}:{mutant.line} | {mutant.change} | {caught or '**NOTHING**'} |",
                flush=True,
            )
    print(f"\n{len(mutants)} mutants, {survivors} survived.")
    return int(survivors > 0)


def _mutants() -> Iterator[Mutant]:
    for path in sorted(SQL_DIRECTORY.glob("*.sql")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            for change, mutated in _changes(line, (*lines[number + 1 :], "")[0]):
                text = "\n".join([*lines[:number], mutated, *lines[number + 1 :]])
                yield Mutant(path.name, number + 1, _part(line, change), change, text + "\n")


def _part(line: str, change: str) -> str:
    # What the change is about: the condition that it names, or the list of statuses in the line.
    return (
        change
        if change.startswith("without")
        else " ".join(STATUS.findall(line) + STATUSES.findall(line))
    )


def _changes(line: str, following: str) -> Iterator[tuple[str, str]]:
    if line.lstrip().startswith("--"):
        return
    found = CONDITION.match(line)
    # A condition that goes on in the next line cannot be cut in half.
    if found and line.count("(") == line.count(")"):
        indent, word, condition = found.groups()
        for part in condition.split(" AND "):
            rest = condition.replace(part, "TRUE", 1)
            yield (
                f"without `{part.rstrip(';')}`",
                f"{indent}{word} {rest}"
                + (";" if condition.endswith(";") and not rest.endswith(";") else ""),
            )
    if found and (listed := STATUSES.search(line)):
        for status in Status:
            if f"'{status}'" not in listed[1]:
                longer = f"status IN ({listed[1]}, '{status}')"
                yield f"also from `{status}`", line.replace(listed[0], longer)
    if found and (single := STATUS.search(line)):
        for status in Status:
            if status != single[1]:
                longer = f"status IN ('{single[1]}', '{status}')"
                yield f"also from `{status}`", line.replace(single[0], longer)
    if "SKIP LOCKED" in line:
        yield "waiting for locked rows", line.replace(" SKIP LOCKED", "")
    elif "FOR UPDATE" in line:
        yield "without `FOR UPDATE`", line.replace("FOR UPDATE", "")


def _caught_by(mutant: Mutant, copy: Path) -> str | None:
    for (file, guard), reason in EQUIVALENT.items():
        if file == mutant.file and guard in f"{mutant.guard}: {mutant.change}":
            return reason
    target = copy / "jobs_backend" / "sql" / mutant.file
    original = target.read_text(encoding="utf-8")
    target.write_text(mutant.text, encoding="utf-8")
    try:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *PROOF],
            cwd=copy,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        target.write_text(original, encoding="utf-8")
    failed = re.search(r"^(?:FAILED|ERROR) tests/integration/(\S+)", run.stdout, re.MULTILINE)
    if run.returncode == 0:
        return None
    return f"`{failed[1]}`" if failed else f"`{run.stdout.strip().splitlines()[-1]}`"


if __name__ == "__main__":
    sys.exit(main())
