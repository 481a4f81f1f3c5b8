"""What a process has in hand is seen by the one that forked it, and outlives it."""

from __future__ import annotations

import os
import signal

from tests.conftest import forked
from workers import hands


def _die_with(*dispatch: tuple[str, int]) -> None:
    for each in dispatch[:-1]:
        with hands.holding(each):
            pass
    with hands.holding(dispatch[-1]):
        os.kill(os.getpid(), signal.SIGKILL)


def test_what_a_process_died_with_is_known_until_it_is_taken() -> None:
    longest = ("job_" + "x" * 64, 2**31 - 1)
    first = forked(lambda: _die_with(("job_a", 1), ("job_b", 2)))
    second = forked(lambda: _die_with(longest))
    for process_id in (first, second):
        os.waitpid(process_id, 0)
    assert hands.of(first) == ("job_b", 2)
    assert hands.running() == {("job_b", 2): first, longest: second}
    assert hands.take_from(first) == ("job_b", 2)
    assert hands.take_from(first) is None
    assert hands.running() == {longest: second}
    assert hands.take_from(second) == longest


def test_a_process_that_ends_well_leaves_nothing() -> None:
    def work() -> None:
        with hands.holding(("job_a", 1)):
            pass

    process_id = forked(work)
    os.waitpid(process_id, 0)
    assert hands.of(process_id) is None
    assert hands.running() == {}


def test_a_place_is_not_given_to_two_that_live() -> None:
    ears, mouths = zip(*(os.pipe() for _ in range(3)), strict=True)

    def wait(number: int) -> None:
        with hands.holding((f"job_{number}", 1)):
            os.write(mouths[number], b".")
            signal.pause()

    living = [forked(lambda number=number: wait(number)) for number in range(3)]
    try:
        for ear in ears:
            os.read(ear, 1)
        for _ in range(1100):  # more than there are places: they go round
            hands.reserve()
            with hands.holding(("job_x", 9)):
                assert len(hands.running()) == 4
    finally:
        for process_id in living:
            os.kill(process_id, signal.SIGKILL)
            os.waitpid(process_id, 0)
            hands.take_from(process_id)
        for descriptor in (*ears, *mouths):
            os.close(descriptor)


def test_what_is_no_job_id_is_no_trouble() -> None:
    with hands.holding(("j\xf6b", 1)):
        assert list(hands.running()) == [("j?b", 1)]
    with hands.holding(("job_" + "x" * 200, 1)):  # it is cut
        assert hands.running() == {}
