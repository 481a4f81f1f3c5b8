"""What is measured of each system, one round at a time."""

from __future__ import annotations

import http.client
import json
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psutil

from benchmarks import load, servers
from benchmarks.servers import Servers, wait_until
from benchmarks.systems import System
from jobs_backend import organizations
from jobs_backend.submission import NewJob, submit, submit_all

CONNECTIONS = 16
BATCH, BATCHES = 1000, 5
# Of a hundred the second slowest would be chance.
PICK_UPS = 300
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
    """Everything of one that has an API: submit, drain, both at a time, and an idle pick-up."""
    with system.serving(known.folder) as url:
        warm = load.submit(url, system.api_key, jobs=200, connections=CONNECTIONS)
        assert warm.per_second
        alone = load.submit(url, system.api_key, jobs=jobs, connections=CONNECTIONS)
        with system.working(known.folder):
            drained = _pace(system, jobs + 200)
            both = _both(system, known, url, jobs)
            picked = sorted(_pick_ups(system, known, url, PICK_UPS))
    return {
        "submit": alone.per_second,
        "submit p50": alone.p50,
        "submit p99": alone.p99,
        "drain": drained,
        **both,
        "pick-up p50": statistics.median(picked),
        "pick-up p99": picked[int(PICK_UPS * 0.99) - 1],
    }


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


def _pick_ups(system: System, known: Servers, url: str, count: int) -> list[float]:
    # Milliseconds from sending a request until its handler was entered, one job at a time.
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    headers = {"Api-Key": system.api_key, "Content-Type": "application/json"}
    sent = {}
    for _ in range(count):
        now = time.time()
        connection.request("POST", "/v1/jobs", json.dumps(load.REQUEST), headers)
        sent[json.loads(connection.getresponse().read())["id"]] = now
        time.sleep(0.03)
    connection.close()
    wait_until(lambda: not system.waiting(), PATIENCE_SECONDS)
    entered = dict(known.sql(system.entered))
    return [(float(entered[job_id]) - moment) * 1000 for job_id, moment in sent.items()]
