"""A document of 200 pages: told of page by page, in bounded memory, and stopped within a second."""

from __future__ import annotations

import time
from typing import Any

import httpx
import psutil

from tests.acceptance.conftest import Stack, finish, long_document
from tests.conftest import eventually

PAGES = 200
MEGABYTE = 1024 * 1024


def _submit(http: httpx.Client) -> dict[str, Any]:
    request = {"document": {"filename": "long.pdf", "url": long_document(PAGES)}}
    answer = http.post("/v1/jobs", json={"endpoint": "/v1/parses", "request": request})
    assert answer.status_code == 200
    job: dict[str, Any] = answer.json()
    return job


def _children(stack: Stack) -> list[psutil.Process]:
    return psutil.Process(stack.facts["pids"]["worker"]).children(recursive=True)


def test_it_is_read_in_bounded_memory_with_progress(stack: Stack, http: httpx.Client) -> None:
    before = max(child.memory_info().rss for child in _children(stack))
    job = _submit(http)
    seen: set[int] = set()
    most = before
    deadline = time.monotonic() + 100
    while (state := http.get(f"/v1/jobs/{job['id']}/status").json())["completed_at"] is None:
        assert time.monotonic() < deadline
        if state["progress"]:
            assert state["progress"]["total"] == PAGES
            seen.add(state["progress"]["done"])
        most = max([most, *(child.memory_info().rss for child in _children(stack))])
        time.sleep(0.1)
    pages = finish(http, job)["response"]["body"]["output"]["pages"]
    assert [page.splitlines()[0] for page in pages] == [f"Page {n + 1}" for n in range(PAGES)]
    assert any(0 < done < PAGES for done in seen)  # how often is up to how fast it is
    assert most - before < 400 * MEGABYTE


def test_it_stops_within_a_second_of_a_cancel(stack: Stack, http: httpx.Client) -> None:
    jobs = [_submit(http) for _ in range(2)]  # as many as the worker has processes
    for job in jobs:
        eventually(lambda job=job: http.get(f"/v1/jobs/{job['id']}").json()["progress"])
    waiting = http.post("/v1/jobs", json={"endpoint": "/v1/echo", "request": {"text": "next"}})
    for job in jobs:
        assert http.post(f"/v1/jobs/{job['id']}/cancel").status_code == 200
    done = http.get(f"/v1/jobs/{waiting.json()['id']}?wait=5").json()
    assert done["status"] == "completed"
    cancelled_at = max(http.get(f"/v1/jobs/{job['id']}").json()["completed_at"] for job in jobs)
    # Whole seconds, and other tests on the same cores: alone it is far less than one.
    assert done["completed_at"] - cancelled_at <= 2
