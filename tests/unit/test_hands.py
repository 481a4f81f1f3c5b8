"""What a process has in hand is seen by the one that forked it, and outlives it."""

from __future__ import annotations

import itertools
import os
import signal

from tests.conftest import eventually, forked
from workers import hands, pace


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
    assert hands.take_from(first)[1] == [("job_b", 2)]
    assert hands.take_from(first) == ("", [])
    assert hands.running() == {longest: second}
    assert hands.take_from(second)[1] == [longest]


def test_a_dead_process_is_called_what_it_called_itself_and_no_other_is() -> None:
    ear, mouth = os.pipe()
    names = {hands.worker_name()}
    for number in range(3):

        def die() -> None:
            os.write(mouth, hands.worker_name().encode())
            _die_with(("job_a", number))  # noqa: B023 - it is forked at once

        process_id = forked(die)
        os.waitpid(process_id, 0)
        told = os.read(ear, 1000).decode()
        assert f":{process_id}:" in told
        assert hands.take_from(process_id) == (told, [("job_a", number)])
        names.add(told.replace(f":{process_id}:", ":"))  # its number may come again
    assert len(names) == 4
    for descriptor in (ear, mouth):
        os.close(descriptor)


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
        for _ in range(1030):  # more than there are places: they go round
            hands.reserve()
            with hands.holding(("job_x", 9)):
                pass  # what was written over stays so
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
    with hands.holding(("job_" + "x" * 5000, 1)):  # it is cut
        assert hands.running() == {}


ABC = [("job_a", 1), ("job_b", 2), ("job_c", 3)]


def test_of_several_one_is_run_and_all_are_held() -> None:
    with hands.holding(ABC[0]):
        hands.take(ABC)
        assert hands.running() == {ABC[0]: os.getpid()}
        assert hands.held() == ABC
        hands.go_on(ABC[1])
        assert hands.running() == {ABC[1]: os.getpid()}
        assert hands.held() == ABC
    assert hands.held() == []


def test_what_a_process_died_with_names_first_what_it_ran() -> None:
    def die() -> None:
        with hands.holding(ABC[0]):
            hands.take(ABC)
            hands.go_on(ABC[1])
            os.kill(os.getpid(), signal.SIGKILL)

    process_id = forked(die)
    os.waitpid(process_id, 0)
    assert hands.take_from(process_id)[1] == [ABC[1], ABC[0], ABC[2]]
    assert hands.held() == []


def test_one_that_waits_is_struck_out_in_its_own_process() -> None:
    ear, mouth = os.pipe()
    answer, question = os.pipe()

    def look() -> None:
        with hands.holding(ABC[0]):
            hands.take(ABC)
            os.write(mouth, b".")
            os.read(answer, 1)
            hands.take([ABC[2], ABC[1]])  # it stays struck out wherever it is
            os.write(mouth, bytes(hands.is_struck(each) for each in ABC))

    process_id = forked(look)
    os.read(ear, 1)
    hands.strike(ABC[1])
    hands.strike(("job_d", 1))  # nobody has it
    os.write(question, b".")
    assert os.read(ear, 3) == bytes([False, True, False])
    os.waitpid(process_id, 0)
    for descriptor in (ear, mouth, answer, question):
        os.close(descriptor)


def test_no_strike_is_lost_while_the_process_goes_on() -> None:
    ear, mouth = os.pipe()

    def work() -> None:
        with hands.holding(ABC[0]):
            for each in itertools.cycle([[*ABC], [ABC[2], ABC[0], ABC[1]]]):
                hands.take(each)
                hands.go_on(ABC[1])
                if hands.is_struck(ABC[2]):
                    os.write(mouth, b".")
                    return

    process_id = forked(work)
    eventually(lambda: ABC[2] in hands.held())
    hands.strike(ABC[2])
    assert os.read(ear, 1) == b"."
    os.waitpid(process_id, 0)
    for descriptor in (ear, mouth):
        os.close(descriptor)


def test_the_last_strikes_count() -> None:
    many = [(f"job_{n}", 1) for n in range(20)]
    with hands.holding(many[0]):
        hands.take(many)
        for each in many:
            hands.strike(each)
        assert [each for each in many if hands.is_struck(each)] == many[-hands._STRIKES :]


def test_the_most_that_a_process_may_hold_has_room() -> None:
    most = [(f"job_{n:064}", 2**31 - 1) for n in range(2 * pace.MOST)]
    with hands.holding(most[0]):
        hands.take(most)
        assert hands.held() == most
        hands.strike(most[-1])
        assert hands.is_struck(most[-1])
        assert not any(hands.is_struck(each) for each in most[:-1])
