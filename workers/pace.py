"""How long the jobs of an endpoint type take in this process, and how many it may claim at once.

What is claimed together waits for each other: a job for those before it to run, and a result for
those after it. So only as many are as are likely to be run within BATCH_SECONDS; of jobs that take
longer than that there is one at a time.
"""

from __future__ import annotations

import resource
import time

BATCH_SECONDS = 0.02
MOST = 16
# The longest that was seen counts for less with each job, so that one slow job among dozens of
# quick ones keeps them from being claimed together.
FADING = 0.95
# What a process knows nothing of takes a moment.
_paces: dict[str, float] = {}
_THREAD = getattr(resource, "RUSAGE_THREAD", None)


def batch_limit(endpoint_path: str) -> int:
    """How many jobs of an endpoint type this process may claim at once, one at least."""
    pace = max(_paces.get(endpoint_path, BATCH_SECONDS), BATCH_SECONDS / MOST)
    return max(1, int(BATCH_SECONDS / pace))


def note(endpoint_path: str, seconds: float) -> None:
    """Take note of how long a job took."""
    faded = _paces.get(endpoint_path, BATCH_SECONDS) * FADING
    _paces[endpoint_path] = max(seconds, faded)


class Stopwatch:
    """How long the thread that made it takes for something.

    Where it waited for nothing, that is the processor's time: what a machine that is busy with
    something else adds to it says nothing of a job.
    """

    def __init__(self) -> None:
        self._began, self._worked, self._waited = _now()

    def seconds(self) -> float:
        """So long it took until now."""
        now, worked, waited = _now()
        has_waited = waited is None or waited != self._waited
        return now - self._began if has_waited else worked - self._worked


def _now() -> tuple[float, float, int | None]:
    waits = resource.getrusage(_THREAD).ru_nvcsw if _THREAD is not None else None
    return time.monotonic(), time.thread_time(), waits
