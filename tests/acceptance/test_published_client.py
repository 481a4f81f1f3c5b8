"""The published client's own ways of cancelling, with another base URL and key and nothing else.

Its documentation shows two: cancel what is left of a batch, and cancel what takes too long.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from contextlib import closing
from typing import Any

import pytest

from tests.acceptance.conftest import KEY, TERMINAL, Stack

pytestmark = pytest.mark.skipif(
    sys.version_info < (3, 11), reason="the published client needs Python 3.11"
)
SLOW: dict[str, Any] = {"endpoint": "/v1/slow", "request": {"seconds": 60}}
PATIENCE = 0.5


def _options(stack: Stack) -> dict[str, str]:
    return {"api_key": KEY, "base_url": f"{stack.facts['base_url']}/v1"}


def test_a_batch_is_cancelled_by_its_metadata(stack: Stack) -> None:
    import retab

    with closing(retab.Retab(**_options(stack))) as client:
        batch = {client.jobs.create(**SLOW, metadata={"batch_id": "batch_7"}).id for _ in range(5)}
        other = client.jobs.create(**SLOW, metadata={"batch_id": "batch_8"})
        # By id: a job that begins between the two lists is in both of them.
        listed = {
            job.id
            for status in ("queued", "in_progress")
            for job in client.jobs.list(status=status, metadata={"batch_id": "batch_7"}).data
        }
        assert listed == batch
        for job_id in listed:
            cancelled = client.jobs.cancel(job_id)
            assert (cancelled.status, cancelled.response, cancelled.error) == (
                "cancelled",
                None,
                None,
            )
            assert cancelled.completed_at is not None
        assert client.jobs.retrieve(other.id).status not in TERMINAL
        client.jobs.cancel(other.id)
        with pytest.raises(retab.exceptions.APIError, match="Cannot cancel job"):
            client.jobs.cancel(other.id)


def test_a_job_that_takes_too_long_is_cancelled(stack: Stack) -> None:
    import retab

    with closing(retab.Retab(**_options(stack))) as client:
        job = client.jobs.create(**SLOW)
        deadline = time.monotonic() + PATIENCE
        while client.jobs.retrieve(job.id).status not in TERMINAL:
            if time.monotonic() > deadline:
                client.jobs.cancel(job.id)
                break
            time.sleep(0.05)
        final = client.jobs.retrieve(job.id)
        assert final.status == "cancelled"
        retried = client.jobs.retry(job.id)
        assert (retried.id, retried.status) == (job.id, "queued")
        assert client.jobs.cancel(job.id).status == "cancelled"


def test_the_async_client_does_both(stack: Stack) -> None:
    import retab

    async def use() -> None:
        client = retab.AsyncRetab(**_options(stack))
        try:
            metadata = {"batch_id": "batch_9"}
            jobs = [await client.jobs.create(**SLOW, metadata=metadata) for _ in range(3)]
            with pytest.raises(TimeoutError):
                await client.jobs.wait_for_completion(
                    jobs[0].id, poll_interval_seconds=0.1, timeout_seconds=PATIENCE
                )
            await asyncio.gather(*(client.jobs.cancel(job.id) for job in jobs))
            listed = await client.jobs.list(status="cancelled", metadata=metadata)
            assert {job.id for job in listed.data} == {job.id for job in jobs}
            assert (await client.jobs.retry(jobs[0].id)).status == "queued"
            assert (await client.jobs.cancel(jobs[0].id)).status == "cancelled"
        finally:
            await client.close()

    logging.getLogger("httpx").setLevel(logging.WARNING)
    asyncio.run(use())
