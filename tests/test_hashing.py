"""Hashes are made one after the other, beside the loop; whoever finds the queue full is refused before anything is spent."""
import subprocess
import sys
import threading

import pytest

from workshop import hashing
from workshop.work_queue import TooMany, WorkQueue


class Planted:
    """A hasher that counts, and waits until it is let go."""

    def __init__(self):
        self.made, self.now, self.most = 0, 0, 0
        self.begun, self.go, self._lock = threading.Semaphore(0), threading.Semaphore(0), threading.Lock()

    def hash(self, password: str) -> str:
        with self._lock:
            self.made, self.now = self.made + 1, self.now + 1
            self.most = max(self.most, self.now)
        self.begun.release()
        assert self.go.acquire(timeout=60)
        with self._lock:
            self.now -= 1
        return f"hash of {password}"


@pytest.fixture
def planted(monkeypatch):
    hasher = Planted()
    monkeypatch.setattr(hashing, "HASHER", hasher)
    return hasher


class Crowd:
    """People who ask for a hash at the same time, each in a thread; `done` in the order in which they got it."""

    def __init__(self, queue: WorkQueue):
        self.queue, self.done, self.refused, self.threads = queue, [], [], []

    def ask(self, name: str, key: str) -> None:
        """Begin to ask, and wait until the place in the queue is taken (or refused)."""
        before = self._standing()
        self.threads.append(threading.Thread(target=self._ask, args=(name, key)))
        self.threads[-1].start()
        while self._standing() == before:
            pass

    def _standing(self) -> int:
        return self.queue.under_way.total() + len(self.refused) + len(self.done) + self.queue.wait_in_all()

    def _ask(self, name: str, key: str) -> None:
        try:
            with self.queue.take(key, first=key == "known"):
                self.done.append(name)
                hashing.HASHER.hash(name)
        except TooMany:
            self.refused.append(name)

    def finish(self, planted) -> None:
        for _ in self.threads:
            planted.go.release()
        for thread in self.threads:
            thread.join(60)
            assert not thread.is_alive()


def test_forty_at_once_are_one_at_a_time_and_most_are_refused(planted):
    queue = hashing.queue(at_once=1, of_one_key=4, of_all=24)
    crowd = Crowd(queue)
    for n in range(40):
        crowd.ask(str(n), "the hall")
    crowd.finish(planted)
    assert planted.most == 1
    assert planted.made == 5 and len(crowd.refused) == 35, "one at work, four that wait"
    assert not queue.under_way and not queue.wait_in_all()


def test_keys_take_turns_and_known_devices_go_first(planted):
    crowd = Crowd(hashing.queue(at_once=1, of_one_key=4, of_all=24))
    for name, key in (("a1", "a"), ("a2", "a"), ("a3", "a"), ("b1", "b"), ("k1", "known"), ("b2", "b"), ("c1", "c")):
        crowd.ask(name, key)
    crowd.finish(planted)
    assert crowd.done == ["a1", "k1", "b1", "c1", "a2", "b2", "a3"]


def test_a_full_line_has_places_left_for_known_devices(planted):
    crowd = Crowd(hashing.queue(at_once=1, of_one_key=4, of_all=8))
    for n in range(30):
        crowd.ask(f"x{n}", f"address {n}")
    assert len(crowd.refused) == 30 - 1 - 8
    crowd.ask("elena", "known")
    crowd.finish(planted)
    assert crowd.done[1] == "elena"


def test_a_turn_is_handed_on_when_the_work_breaks():
    queue = hashing.queue(at_once=1)
    with pytest.raises(RuntimeError), queue.take("a"):
        raise RuntimeError
    with queue.take("a"):
        pass
    assert not queue.under_way


def test_hashes_of_nobody_are_of_the_kind_that_is_made():
    def cost(kept: str) -> list[str]:
        return kept.split("$")[:4]
    assert cost(hashing._of_nobody()) == cost(hashing.make("quinua y papa nativa"))
    for kept in (None, "", "no hash at all"):
        assert hashing.fits(kept, "nobody has this password") is False
    assert hashing.fits(hashing.make("quinua y papa nativa"), "quinua y papa nativa")


GREEN = """
import warnings; warnings.simplefilter("ignore")
import eventlet; eventlet.monkey_patch()
import threading
from workshop import hashing

class Planted:
    now = most = made = 0
    def hash(self, password):
        cls = type(self)
        cls.now += 1; cls.made += 1; cls.most = max(cls.most, cls.now)
        eventlet.patcher.original("time").sleep(0.005)
        cls.now -= 1
        return "x"

hashing.HASHER = Planted()
looks = []
def look():
    while True:
        looks.append(Planted.made); eventlet.sleep(0)
looker = eventlet.spawn(look)
people = [eventlet.spawn(hashing.make, "p", f"address {n}") for n in range(12)]
assert [one.wait() for one in people] == ["x"] * 12
print(Planted.made, Planted.most, len(set(looks)) > 3)
"""


def test_beside_green_threads_the_loop_goes_on_meanwhile():
    said = subprocess.run([sys.executable, "-c", GREEN], capture_output=True, text=True, timeout=120)
    assert said.stdout.split() == ["12", "1", "True"], said.stderr
