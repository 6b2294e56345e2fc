"""Long work lets the others go first after each slice of the processor, and stops when nobody wants it any more."""
import pytest

from workshop import time_slices
from workshop.time_slices import paced, watched


@pytest.fixture
def clock(monkeypatch):
    """Two clocks that are set by hand, and the pauses there were."""
    class Clock:
        at, worked, pauses = 1000.0, 100.0, 0

        def perf_counter(self) -> float:
            return self.at

        def thread_time(self) -> float:
            return self.worked

        def sleep(self, _seconds: float) -> None:
            self.pauses += 1
    found = Clock()
    monkeypatch.setattr(time_slices, "time", found)
    monkeypatch.setattr(time_slices, "_since", (found.at, found.worked))
    return found


def test_there_is_a_pause_after_each_slice_and_not_after_each_thing(clock):
    for _ in paced(range(100)):
        clock.at += time_slices.SLICE / 10
        clock.worked += time_slices.SLICE / 10
    assert 8 <= clock.pauses <= 10


def test_what_the_machine_does_for_others_is_no_slice_of_ours(clock):
    for _ in paced(range(100)):
        clock.at += 1.0
        clock.worked += time_slices.SLICE / 50
    assert clock.pauses <= 2


def test_there_is_none_where_it_is_switched_off(clock, monkeypatch):
    monkeypatch.setattr(time_slices, "SLICE", float("inf"))
    for _ in paced(range(10)):
        clock.at += 10.0
        clock.worked += 10.0
    assert not clock.pauses


def test_work_that_nobody_wants_any_more_ends_at_the_next_pause(clock):
    done = []

    def still() -> None:
        if len(done) >= 3:
            raise InterruptedError
    with pytest.raises(InterruptedError), watched(still):
        for thing in paced(range(100)):
            clock.at += 1.0
            clock.worked += 1.0
            done.append(thing)
    assert done == [0, 1, 2]
    for _ in paced(range(2)):  # outside of it nothing is asked
        clock.at += 1.0
        clock.worked += 1.0
