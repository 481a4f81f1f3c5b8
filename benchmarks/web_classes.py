"""Which gunicorn worker class takes jobs fastest: `python -m benchmarks.web_classes`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from benchmarks import load, servers

JOBS, ROUNDS = 1_500, 3
CLASSES = ("sync", "gthread", "gevent")


def main() -> None:
    """Measure each class in turn, several times, and print a Markdown table."""
    seen: dict[tuple[str, int], list[load.Measured]] = {}
    for _ in range(ROUNDS):
        for name in CLASSES:
            with tempfile.TemporaryDirectory() as temporary:
                folder = Path(temporary)
                folder.chmod(0o755)
                with servers.stack(folder, JOBS_WEB_WORKER_CLASS=name) as facts:
                    for connections in (1, 16):
                        jobs = JOBS if connections > 1 else JOBS // 5
                        measured = load.submit(
                            facts["base_url"], facts["api_key"], jobs=jobs, connections=connections
                        )
                        seen.setdefault((name, connections), []).append(measured)
    print("| class | connections | jobs/s | p50 ms | p99 ms |\n|---|---|---|---|---|")
    for (name, connections), runs in seen.items():
        print(
            f"| {name} | {connections} | {median(run.per_second for run in runs):,.0f} "
            f"| {median(run.p50 for run in runs):.1f} | {median(run.p99 for run in runs):.1f} |"
        )


if __name__ == "__main__":
    main()
