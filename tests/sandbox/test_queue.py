"""Who sends many files holds nobody else up."""
import threading

import pytest

from workshop.domain.errors import RetryLater
from workshop.sandbox import pool as pools
from workshop.sandbox.pool import Pool


class Slow(Pool):
    """A pool whose children answer when they are let; `order`: whose turn it was, one after the other."""

    def __init__(self, children: int = 2, **settings):
        super().__init__({}, children=children, **settings)
        self.order, self.go, self.began = [], threading.Semaphore(0), threading.Semaphore(0)

    def _asked(self, *_asked):
        self.began.release()
        self.go.acquire()


class Crowd:
    """Devices that ask at the same time."""

    def __init__(self, pool: Slow):
        self.pool, self.threads, self.later = pool, [], []

    def ask(self, device: str, times: int = 1) -> None:
        """Ask so many times at once; returns when they all wait or are at work or were told to come again."""
        for _ in range(times):
            before = self.known()
            thread = threading.Thread(target=self._ask, args=(device,))
            self.threads.append(thread)
            thread.start()
            while self.known() == before:
                pass

    def known(self) -> int:
        """How many have come so far."""
        with self.pool.queue._lock:
            return self.pool.queue.wait_in_all() + len(self.pool.order) + len(self.later)

    def _ask(self, device: str) -> None:
        try:
            self.pool.ask("x", {"device": device}, device=device)
        except RetryLater as later:
            self.later.append((device, later.seconds))

    def end(self) -> None:
        """Let everybody be answered."""
        for thread in self.threads:
            while thread.is_alive():
                self.pool.go.release()
                thread.join(0.01)


@pytest.fixture
def crowd(monkeypatch):
    pool = Slow()
    let_in = pool.queue._let_one_in

    def noted(groups, group, key):
        came = let_in(groups, group, key)
        pool.order += [key] * came
        return came
    monkeypatch.setattr(pool.queue, "_let_one_in", noted)
    crowd = Crowd(pool)
    yield crowd
    crowd.end()
    pool.close()


def served(crowd: Crowd, count: int) -> list[str]:
    """The first so many, when they have begun."""
    for _ in range(count):
        crowd.pool.began.acquire()
        crowd.pool.go.release()
    return crowd.pool.order[:count]


def test_one_who_sends_many_files_has_one_at_work_and_the_next_comer_does_not_wait(crowd):
    crowd.ask("mallory", 5)
    crowd.ask("rosa")
    crowd.pool.began.acquire()
    crowd.pool.began.acquire()
    assert sorted(crowd.pool.order) == ["mallory", "rosa"]


def test_devices_take_turns_however_many_files_each_has(crowd):
    crowd.ask("mallory", 6)
    crowd.ask("luis", 3)
    crowd.ask("rosa", 2)
    crowd.ask("julio")
    found = served(crowd, 12)
    assert max(found.index(name) for name in ("luis", "rosa", "julio")) <= 4
    assert sorted(found) == ["julio"] + ["luis"] * 3 + ["mallory"] * 6 + ["rosa"] * 2


def test_more_than_a_device_may_have_waiting_is_asked_to_come_again_and_others_are_not(crowd):
    crowd.ask("mallory", 1 + pools.EACH)
    crowd.ask("mallory", 3)
    assert crowd.later == [("mallory", pools.AGAIN)] * 3
    crowd.ask("rosa")
    assert len(crowd.later) == 3


def test_more_than_all_may_have_waiting_is_asked_to_come_again(crowd):
    for number in range(2 + pools.ALL):
        crowd.ask(f"device {number}")
    assert crowd.later == []
    crowd.ask("rosa")
    assert [device for device, _ in crowd.later] == ["rosa"] and not crowd.pool.queue.waits("rosa")


def test_who_has_waited_too_long_is_asked_to_come_again_and_leaves_no_trace(crowd):
    crowd.pool.patience = 0.05
    crowd.ask("mallory"), crowd.ask("luis")
    for name in ("rosa", "rosa", "julio"):
        crowd.ask(name)
    while len(crowd.later) < 3:
        pass
    assert sorted(device for device, _ in crowd.later) == ["julio", "rosa", "rosa"]
    assert not crowd.pool.queue.wait_in_all()
    crowd.end()
    assert not crowd.pool.queue.under_way
