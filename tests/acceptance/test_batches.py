"""Jobs that a process claimed beside one that takes its time, is cancelled, or kills it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from typing import Any

import httpx
import psutil
import pytest

from tests.acceptance.conftest import Stack, finish, submit
from tests.conftest import eventually, frozen

WELL = {"how": "not_at_all"}


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack of one process that runs jobs, and pulls the next however long one took."""
    running = Stack(
        tmp_path_factory.mktemp("single") / "data",
        JOBS_WORKER_PULL_SECONDS="60",
        JOBS_SWEEP_SECONDS="0.5",
    )
    running.start("--concurrency", "1")
    yield running
    running.stop()


@pytest.fixture
def http(single: Stack) -> Iterator[httpx.Client]:
    """A client of that stack, whose process knows by now how quick these jobs are."""
    with single.client() as client:
        for job in [submit(client, "/v1/fails", WELL) for _ in range(60)]:
            finish(client, job)
        yield client


def _submit_nine(single: Stack, http: httpx.Client, how: str) -> list[dict[str, Any]]:
    """Eight quick jobs and one that is not, the sixth: the first runs alone, the others as one."""
    worker = psutil.Process(single.facts["pids"]["worker"])
    with frozen([worker, *worker.children()]):
        ways = ["not_at_all"] * 5 + [how] + ["not_at_all"] * 3
        return [submit(http, "/v1/fails", {"how": each}) for each in ways]


def _claims(http: httpx.Client, jobs: list[dict[str, Any]]) -> int:
    """How many commits claimed them first; each has a moment of its own."""
    return len({http.get(f"/v1/jobs/{job['id']}").json()["started_at"] for job in jobs})


def test_processes_that_run_jobs_give_way_to_others(single: Stack) -> None:
    worker = psutil.Process(single.facts["pids"]["worker"])
    for child in worker.children():
        assert child.nice() == min(worker.nice() + 10, 19)


def test_many_are_claimed_at_once(single: Stack, http: httpx.Client) -> None:
    jobs = _submit_nine(single, http, "not_at_all")
    for job in jobs:
        assert (found := finish(http, job))["status"] == "completed"
        assert found["response"]["body"] == {"well": True}
        assert found["attempt_count"] == 1
    assert _claims(http, jobs) < 5


def test_one_that_takes_its_time_keeps_nobody(single: Stack, http: httpx.Client) -> None:
    jobs = _submit_nine(single, http, "slowly")
    for job in jobs[:5]:
        assert finish(http, job)["attempt_count"] == 1
    assert http.get(f"/v1/jobs/{jobs[5]['id']}").json()["status"] == "in_progress"
    states = [http.get(f"/v1/jobs/{job['id']}").json()["status"] for job in jobs[6:]]
    assert states == ["queued"] * 3  # for another process, if there were one
    for job in jobs[5:]:
        assert finish(http, job)["status"] == "completed"
    assert _claims(http, jobs) < 5


def test_a_poisonous_job_costs_its_neighbours_nothing(single: Stack, http: httpx.Client) -> None:
    jobs = _submit_nine(single, http, "killed")
    poisonous = finish(http, jobs.pop(5))
    assert (poisonous["status"], poisonous["error"]["code"]) == ("failed", "worker_lost")
    for job in jobs:
        found = finish(http, job)
        assert (found["status"], found["last_failure_code"]) == ("completed", None)
        assert found["attempt_count"] <= 2
    assert _claims(http, jobs) < 5


def test_a_worker_that_is_told_to_end_amid_them_gives_them_back(
    single: Stack, http: httpx.Client
) -> None:
    jobs = _submit_nine(single, http, "slowly")
    eventually(lambda: finish(http, jobs[4])["status"] == "completed")
    psutil.Process(single.facts["pids"]["worker"]).send_signal(signal.SIGTERM)
    for job in jobs:
        found = finish(http, job)
        assert (found["status"], found["last_failure_code"]) == ("completed", None)
