"""Ids of jobs: short, unguessable, and beside those of the same time."""

from __future__ import annotations

import re
import time

import pytest

from jobs_backend.job import is_job_id, new_job_id


def test_ids_of_a_time_stand_together_and_none_comes_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    starts = []
    for minute in (29_000_000, 29_000_001, 2**24 + 29_000_000):
        monkeypatch.setattr(time, "time", lambda minute=minute: minute * 60.0 + 59)
        ids = {new_job_id() for _ in range(1000)}
        assert len(ids) == 1000
        assert len({each[8:] for each in ids}) == 1000
        assert all(re.fullmatch(r"job_[A-Za-z0-9_-]{22}", each) for each in ids)
        assert all(map(is_job_id, ids))
        [start] = {each[:8] for each in ids}
        starts.append(start)
    assert starts[0][:-1] == starts[1][:-1]
    assert starts[0] != starts[1]
    assert starts[0] == starts[2]  # from the beginning again after 32 years
