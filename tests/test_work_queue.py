"""Costly things go by turns: a few at once, one for each device, fair, and never for somebody who has gone."""
import threading
from contextlib import ExitStack

import pytest

from tests.support.waiting import PATIENCE
from workshop.work_queue import Gone, TooMany, WorkQueue


class Waiter(threading.Thread):
    """Takes a turn and keeps it until it is let go."""

    def __init__(self, turns: WorkQueue, device: str, order: list, gone=lambda: False, group: str = ""):
        super().__init__(daemon=True)
        self.turns, self.device, self.order, self.gone, self.group = turns, device, order, gone, group
        self.inside, self.leave, self.error = threading.Event(), threading.Event(), None
        before = turns.waits(device) + turns.under_way[device]
        self.start()
        while turns.waits(device) + turns.under_way[device] == before and self.is_alive():
            pass  # until it stands in the queue

    def run(self) -> None:
        try:
            with self.turns.take(self.device, self.gone, group=self.group):
                self.order.append(self.device)
                self.inside.set()
                self.leave.wait(PATIENCE)
        except (TooMany, Gone) as error:
            self.error = type(error)

    def finish(self) -> None:
        self.leave.set()
        self.join(PATIENCE)


def test_a_device_has_one_turn_at_a_time_and_others_do_not_wait_for_it():
    turns, order = WorkQueue(at_once=2), []
    first, again = Waiter(turns, "rosa", order), Waiter(turns, "rosa", order)
    other = Waiter(turns, "luis", order)
    assert first.inside.wait(PATIENCE) and other.inside.wait(PATIENCE) and not again.inside.is_set()
    assert turns.under_way == {"rosa": 1, "luis": 1} and turns.waits("rosa") == 1
    first.finish()
    assert again.inside.wait(PATIENCE)
    again.finish(), other.finish()
    assert not turns.under_way and not turns.wait_in_all()


def test_who_asks_six_times_does_not_keep_the_others_waiting():
    turns, order = WorkQueue(at_once=1), []
    first = Waiter(turns, "rosa", order)
    waiting = [Waiter(turns, device, order) for device in ("rosa", "rosa", "rosa", "luis", "juana")]
    for one in [first, *waiting]:
        one.leave.set()
    for one in [first, *waiting]:
        one.join(PATIENCE)
    assert order == ["rosa", "luis", "juana", "rosa", "rosa", "rosa"]


def test_as_many_as_may_wait_and_one_more_is_told():
    turns, order = WorkQueue(waiting=2), []
    everybody = [Waiter(turns, "rosa", order) for _ in range(4)]
    everybody[3].join(PATIENCE)
    assert everybody[3].error is TooMany and turns.waits("rosa") == 2
    with turns.take("luis"):  # of another device there is room
        pass
    for one in everybody:
        one.finish()
    assert order == ["rosa"] * 3


def test_many_behind_one_address_may_wait():
    turns = WorkQueue(at_once=1, waiting=0)
    with turns.take("address 10.0.0.1", more=60), pytest.raises(TooMany), turns.take("address 10.0.0.1"):
        raise AssertionError("it was let in")


def test_who_has_hung_up_is_passed_over():
    turns, order, left = WorkQueue(), [], [False]
    first = Waiter(turns, "rosa", order)
    gone, last = Waiter(turns, "rosa", order, gone=lambda: left[0]), Waiter(turns, "rosa", order)
    left[0] = True
    first.finish()
    assert last.inside.wait(PATIENCE)
    gone.join(PATIENCE)
    assert gone.error is Gone and not gone.inside.is_set()
    last.finish()
    assert not turns.under_way and not turns.wait_in_all()


def test_reloads_that_are_left_take_no_place_from_the_last():
    turns, order, left = WorkQueue(waiting=4), [], [False]
    first = Waiter(turns, "rosa", order)
    gone = [Waiter(turns, "rosa", order, gone=lambda: left[0]) for _ in range(4)]
    left[0] = True
    last = Waiter(turns, "rosa", order)
    for one in gone:
        one.join(PATIENCE)
    assert last.error is None and [one.error for one in gone] == [Gone] * 4
    first.finish(), last.finish()
    assert order == ["rosa", "rosa"]


def test_a_turn_that_ends_with_an_error_is_free_again():
    turns = WorkQueue(at_once=1)
    with ExitStack() as stack, pytest.raises(ZeroDivisionError):
        stack.enter_context(turns.take("rosa"))
        raise ZeroDivisionError
    with turns.take("luis"):
        assert turns.under_way == {"luis": 1}


@pytest.mark.parametrize("called", [False, True])
def test_who_is_ended_while_waiting_keeps_no_turn(monkeypatch, called):
    """Whether still waiting, or called already: the turn is not lost."""
    turns, at_work = WorkQueue(at_once=1), ExitStack()
    at_work.enter_context(turns.take("rosa"))

    class Ended(threading.Event):
        def wait(self, _timeout=None):
            if called:
                at_work.close()  # whoever is at work is done, and the turn comes here
            raise KeyboardInterrupt
    monkeypatch.setattr("workshop.work_queue.threading.Event", Ended)
    with pytest.raises(KeyboardInterrupt), turns.take("luis"):
        pass
    assert not turns.wait_in_all() and turns.under_way.total() == (0 if called else 1)


def test_those_that_go_first_have_places_of_their_own_and_all_others_have_a_bound():
    turns = WorkQueue(at_once=1, waiting=4, in_all=2)
    order: list = []
    everybody = [Waiter(turns, name, order) for name in ("rosa", "luis", "juana")]
    with pytest.raises(TooMany), turns.take("julio"):
        pass
    turn = turns.take("elena", first=True)
    known = threading.Thread(target=turn.__enter__, daemon=True)
    known.start()
    while not turns.waits("elena"):
        pass
    everybody[0].finish()
    known.join(PATIENCE)
    assert turns.under_way == {"elena": 1} and turns.waits("luis") == 1


def test_who_has_waited_too_long_is_told_and_leaves_no_trace():
    turns = WorkQueue(at_once=1)
    with turns.take("rosa"):
        with pytest.raises(TooMany), turns.take("luis", patience=0):
            pass
        assert not turns.wait_in_all() and turns.under_way == {"rosa": 1}


def finish(*waiters: Waiter) -> None:
    """Let all go, whoever's turn it is."""
    for one in waiters:
        one.leave.set()
    for one in waiters:
        one.join(PATIENCE)


def test_where_all_places_are_taken_the_last_of_those_that_have_most_gives_way():
    turns, order = WorkQueue(at_once=1, waiting=5, in_all=6), []
    first, *waiting = [Waiter(turns, name, order) for name in ("rosa", *["mallory"] * 4, *["luis"] * 2)]
    juana = Waiter(turns, "juana", order)
    waiting[3].join(PATIENCE)
    assert waiting[3].error is TooMany and not waiting[3].inside.is_set()
    assert (turns.waits("mallory"), turns.waits("luis"), turns.waits("juana")) == (3, 2, 1)
    with pytest.raises(TooMany), turns.take("mallory"):  # who has most already takes no place of others
        pass
    finish(first, *waiting, juana)
    assert order == ["rosa", "mallory", "luis", "juana", "mallory", "luis", "mallory"]
    assert not turns.under_way and not turns.wait_in_all()


def test_where_all_places_are_taken_those_who_have_hung_up_give_way_first():
    turns, order, left = WorkQueue(at_once=1, in_all=3), [], [False]
    first = Waiter(turns, "rosa", order)
    gone = Waiter(turns, "luis", order, gone=lambda: left[0])
    there = [Waiter(turns, "julio", order) for _ in range(2)]
    left[0] = True
    last = Waiter(turns, "juana", order)
    gone.join(PATIENCE)
    assert gone.error is Gone
    finish(first, *there, last)
    assert sorted(order) == ["juana", "julio", "julio", "rosa"]


def test_groups_take_turns_and_within_them_the_keys():
    turns, order = WorkQueue(at_once=1), []
    first = Waiter(turns, "rosa", order, group="hall")
    waiting = [Waiter(turns, name, order, group=group) for name, group in (
        ("m1", "m"), ("m2", "m"), ("m3", "m"), ("luis", "hall"), ("juana", "hall"), ("luis", "hall"))]
    finish(first, *waiting)
    assert order == ["rosa", "m1", "luis", "m2", "juana", "m3", "luis"]
    assert not turns.under_way and not turns.wait_in_all()


def test_many_keys_of_one_group_take_no_place_of_another():
    turns, order = WorkQueue(at_once=1, in_all=4), []
    first, *many = [Waiter(turns, f"m{n}", order, group="mallory's") for n in range(5)]  # one is at work
    rosa = Waiter(turns, "rosa", order, group="hall")
    many[-1].join(PATIENCE)
    assert many[-1].error is TooMany and turns.waits("rosa") == 1
    finish(first, *many, rosa)
    assert order == ["m0", "rosa", "m1", "m2", "m3"]
