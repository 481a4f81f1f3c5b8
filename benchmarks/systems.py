"""Those who are measured, each under the same handles: how to fill, start and watch it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
from honcho.environ import parse_procfile

from benchmarks import servers
from benchmarks.baselines import by_hand
from jobs_backend import organizations
from jobs_backend.local.servers import free_port
from jobs_backend.migrate import migrate

CORES = os.cpu_count() or 2
PROCFILE = Path(servers.ROOT) / "Procfile"


@dataclass
class System:
    """One that runs jobs.

    Attributes:
        name: as the table calls it.
        workers: the commands that run its jobs.
        waiting: how many jobs are not done yet.
        fill: queue so many, for one that has no API.
        web: the command that serves its API, with a place for the port, or None.
        api_key: whom its API lets in.
        entered: a statement that gives, by job, when its handler was entered.
        processes: what runs of it now.
    """

    name: str
    workers: tuple[str, ...]
    waiting: Callable[[], int]
    fill: Callable[[int], None] | None = None
    web: str | None = None
    api_key: str = "none"
    entered: str = ""
    processes: list[psutil.Process] = field(default_factory=list)

    @contextmanager
    def serving(self, folder: Path) -> Iterator[str]:
        """Its API; gives its base URL."""
        port = free_port()
        assert self.web
        os.environ["PORT"] = str(port)  # as a hosting platform would
        with self._started(folder, self.web.replace("{port}", str(port))):
            url = f"http://127.0.0.1:{port}"
            servers.wait_until(lambda: _answers(url), 30)
            yield url

    @contextmanager
    def working(self, folder: Path) -> Iterator[None]:
        """Its workers."""
        with self._started(folder, *self.workers):
            yield

    @contextmanager
    def _started(self, folder: Path, *commands: str) -> Iterator[None]:
        with ExitStack() as stack:
            log = folder / f"{self.name.split()[0]}.log"
            started = [stack.enter_context(servers.running(each, log)) for each in commands]
            self.processes += started
            try:
                yield
            finally:
                for each in started:
                    self.processes.remove(each)


def ours(known: servers.Servers) -> System:
    """This project, as its Procfile has it."""
    migrate(known.database_url)
    key, _ = organizations.create_key(organizations.create_organization("bench"))
    commands = parse_procfile(PROCFILE.read_text()).processes
    return System(
        "jobs-backend",
        workers=tuple(commands[name].removeprefix("exec ") for name in ("worker", "beat")),
        waiting=lambda: _count(known, "jobs WHERE completed_at IS NULL"),
        web=commands["web"].removeprefix("exec "),
        api_key=key,
        entered="SELECT job_id, response_body ->> 'at' FROM job_payloads",
    )


def hand_written(known: servers.Servers) -> System:
    """Baseline B."""
    known.sql(by_hand.TABLE)
    return System(
        "B: by hand",
        workers=("celery --quiet --app benchmarks.baselines.by_hand worker --loglevel WARNING",),
        waiting=lambda: _count(known, "by_hand WHERE completed_at IS NULL"),
        web="gunicorn --workers 2 --bind 127.0.0.1:{port} benchmarks.baselines.by_hand:web",
        entered="SELECT id, response ->> 'at' FROM by_hand",
    )


def bare_celery(known: servers.Servers) -> System:
    """Baseline A."""
    from benchmarks.baselines import bare_celery

    return System(
        "A: bare Celery",
        workers=(
            "celery --quiet --app benchmarks.baselines.bare_celery worker --loglevel WARNING",
        ),
        waiting=lambda: int(known.redis().llen("bare")),
        fill=bare_celery.fill,
    )


def procrastinate(known: servers.Servers) -> System:
    """Baseline C, in Postgres."""
    from benchmarks.baselines import procrastinate_queue

    app = procrastinate_queue.app
    with app.open():
        if not known.sql("SELECT 1 FROM pg_tables WHERE tablename = 'procrastinate_jobs'"):
            app.schema_manager.apply_schema()
    return System(
        "C: procrastinate",
        workers=(
            "procrastinate --app benchmarks.baselines.procrastinate_queue.app worker "
            f"--concurrency {CORES}",
        ),
        waiting=lambda: _count(known, "procrastinate_jobs WHERE status IN ('todo', 'doing')"),
        fill=procrastinate_queue.fill,
    )


def rq(known: servers.Servers) -> System:
    """Baseline C, in Redis."""
    from benchmarks.baselines import rq_queue

    return System(
        "C: RQ",
        workers=(f"rq worker --quiet --url {known.redis_url}",) * CORES,
        waiting=lambda: int(known.redis().llen("rq:queue:default")),
        fill=rq_queue.fill,
    )


def _count(known: servers.Servers, what: str) -> int:
    return int(known.sql(f"SELECT count(*) FROM {what}")[0][0])  # noqa: S608 - ours


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", timeout=2).status_code < 500
    except httpx.HTTPError:
        return False
