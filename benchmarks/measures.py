"""What is measured of each system, one round at a time."""

from __future__ import annotations

import http.client
import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from urllib.parse import urlsplit

import psutil

from benchmarks import load, servers
from benchmarks.servers import Servers, wait_until
from benchmarks.systems import System
from jobs_backend import organizations
from jobs_backend.submission import NewJob, submit, submit_all

CONNECTIONS = 16
BATCH, BATCHES = 1000, 5
# Of a hundred the second slowest would be chance. The first ones find everything cold.
PICK_UPS, WARM_UPS = 600, 30
PAUSE_SECONDS = 0.03
PATIENCE_SECONDS = 300
LOOK_SECONDS = 0.1
# Before this share of the jobs is done, workers may still be starting.
WARM_UP = 0.2
Figures = dict[str, float]


def drain(system: System, known: Servers, jobs: int) -> Figures:
    """Jobs a second, from a queue that was filled while no worker ran."""
    assert system.fill
    system.fill(jobs)
    with system.working(known.folder):
        return {"drain": _pace(system, jobs)}


def lifecycle(system: System, known: Servers, jobs: int) -> Figures:
    """What one that has an API does under load: submit, drain, and both at a time."""
    with system.serving(known.folder) as url:
        warm = load.submit(url, system.api_key, jobs=200, connections=CONNECTIONS)
        assert warm.per_second
        alone = load.submit(url, system.api_key, jobs=jobs, connections=CONNECTIONS)
        with system.working(known.folder):
            drained = _pace(system, jobs + 200)
            both = _both(system, known, url, jobs)
    return {
        "submit": alone.per_second,
        "submit p50": alone.p50,
        "submit p99": alone.p99,
        "drain": drained,
        **both,
    }


def pick_ups(known: Servers, *systems: System) -> list[Figures]:
    """Milliseconds from sending a request until its handler was entered, by system.

    All of them are up, and idle but for one job at a time, which each has in turn: so what happens
    on the machine meanwhile happens to all of them.
    """
    with ExitStack() as stack:
        clients = [stack.enter_context(_client(each, known)) for each in systems]
        _in_turn(clients, WARM_UPS)
        _wait_for(systems)
        sent = _in_turn(clients, PICK_UPS)
        _wait_for(systems)
    return [_picked(system, known, each) for system, each in zip(systems, sent, strict=True)]


def batch(known: Servers) -> Figures:
    """Jobs a second that the domain stores, one by one and a thousand at a time."""
    owner = organizations.create_organization(f"batch-{time.time()}")
    new = [NewJob(owner, "/v1/noop", '{"n": 1}', parsed={"n": 1})] * BATCH
    alone = together = 0.0
    for _ in range(BATCHES):  # in turn, since one batch is over in a tenth of a second
        started = time.perf_counter()
        for each in new[: BATCH // 10]:
            submit(each)
        between = time.perf_counter()
        submit_all(new)
        alone += between - started
        together += time.perf_counter() - between
    known.sql(f"DELETE FROM jobs WHERE organization_id = '{owner}'")  # noqa: S608 - ours
    return {"one by one": BATCHES * BATCH / 10 / alone, "batch": BATCHES * BATCH / together}


def _pace(system: System, jobs: int) -> float:
    wait_until(lambda: system.waiting() <= jobs * (1 - WARM_UP), PATIENCE_SECONDS, LOOK_SECONDS)
    left, started = system.waiting(), time.perf_counter()
    wait_until(lambda: not system.waiting(), PATIENCE_SECONDS, LOOK_SECONDS)
    return left / (time.perf_counter() - started)


def _both(system: System, known: Servers, url: str, jobs: int) -> Figures:
    started = time.perf_counter()
    with _cpu(system, known) as used:
        load.submit(url, system.api_key, jobs=jobs, connections=CONNECTIONS)
        wait_until(lambda: not system.waiting(), PATIENCE_SECONDS, LOOK_SECONDS)
    pace = jobs / (time.perf_counter() - started)
    return {
        "submit and run": pace,
        **{f"CPU {name}": seconds / jobs * 1000 for name, seconds in used.items()},
    }


@contextmanager
def _cpu(system: System, known: Servers) -> Iterator[Figures]:
    # Seconds by role, the main process of the workers apart from its children.
    before = _used(system, known)
    used: Figures = {}
    yield used
    used.update({name: seconds - before[name] for name, seconds in _used(system, known).items()})
    used["all but servers"] = sum(
        seconds for name, seconds in used.items() if name not in ("Postgres", "Redis")
    )


def _used(system: System, known: Servers) -> Figures:
    used: Figures = {}
    for each in system.processes:
        name = role(each.cmdline())
        whole, alone = servers.cpu_seconds(each), sum(each.cpu_times()[:2])
        used[name] = alone if name == "worker" else whole
        if name == "worker":
            used["worker's children"] = whole - alone
    for name, pid in zip(("Postgres", "Redis"), known.pids, strict=True):
        used[name] = servers.cpu_seconds(psutil.Process(pid))
    return used


def role(command: list[str]) -> str:
    """What a process does, by its command."""
    text = " ".join(command)
    return "web" if "gunicorn" in text else "beat" if " beat " in text else "worker"


# Submits one job, and tells its id.
Client = Callable[[], str]


@contextmanager
def _client(system: System, known: Servers) -> Iterator[Client]:
    headers = {"Api-Key": system.api_key, "Content-Type": "application/json"}
    body = json.dumps(load.REQUEST)
    with (
        system.serving(known.folder) as url,
        system.working(known.folder),
        closing(http.client.HTTPConnection(urlsplit(url).netloc)) as connection,
    ):

        def submit_one() -> str:
            connection.request("POST", "/v1/jobs", body, headers)
            return str(json.loads(connection.getresponse().read())["id"])

        yield submit_one


def _in_turn(clients: Sequence[Client], count: int) -> list[dict[str, float]]:
    # When each of their jobs was sent; nobody is always the first.
    sent: list[dict[str, float]] = [{} for _ in clients]
    turn = list(zip(clients, sent, strict=True))
    for _ in range(count):
        for client, moments in turn:
            now = time.time()
            moments[client()] = now
            time.sleep(PAUSE_SECONDS)
        turn.reverse()
    return sent


def _wait_for(systems: Sequence[System]) -> None:
    # Until they have done what they were given.
    for system in systems:
        wait_until(lambda system=system: not system.waiting(), PATIENCE_SECONDS)


def _picked(system: System, known: Servers, sent: dict[str, float]) -> Figures:
    entered = dict(known.sql(system.entered))
    took = sorted((float(entered[job_id]) - moment) * 1000 for job_id, moment in sent.items())
    return {
        "pick-up p50": statistics.median(took),
        "pick-up p99": took[int(len(took) * 0.99) - 1],
    }
