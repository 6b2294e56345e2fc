"""Who may do something costly next: a few at once in all, one at a time for each device, in fair order.

A device that asks for more waits; where several devices wait, each gets one before any of them gets another.  Somebody who
has hung up meanwhile (a page that was loaded anew) is passed over.
"""
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from contextlib import contextmanager


class TooMany(Exception):
    """As many requests of this device wait as may."""


class Gone(Exception):
    """Who asked has hung up."""


class Turns:
    """`with turns.take(device)` waits for the device's turn; at most `at_once` blocks are entered at the same time, `each`
    of one device, while `waiting` more of it wait.  Raises TooMany, Gone."""

    def __init__(self, at_once: int = 2, each: int = 1, waiting: int = 5):
        self.at_once, self.each, self.waiting = at_once, each, waiting
        self.under_way: Counter = Counter()  # by device
        self._queue: OrderedDict[str, deque[_Waiting]] = OrderedDict()  # by device, who is next stands first
        self._lock = threading.Lock()

    @contextmanager
    def take(self, device: str, gone: Callable[[], bool] = lambda: False, more: int = 0):
        """Wait for a turn of `device`; `gone()` says whether nobody waits for the answer any more; `more` may wait than of
        others (an address behind which there are many)."""
        mine = _Waiting(gone)
        with self._lock:
            queue = self._queue.setdefault(device, deque())
            queue.append(mine)
            self._let_in()
            if not mine.turn.is_set() and len(queue) > self.waiting + more:
                self._leave_out(queue)
            if not mine.turn.is_set() and len(queue) > self.waiting + more:
                queue.remove(mine)
                if not queue:
                    del self._queue[device]
                raise TooMany
        mine.turn.wait()
        if mine.passed_over:
            raise Gone
        try:
            yield
        finally:
            with self._lock:
                self.under_way[device] -= 1
                if not self.under_way[device]:
                    del self.under_way[device]
                self._let_in()

    def waits(self, device: str) -> int:
        """How many requests of the device wait."""
        return len(self._queue.get(device, ()))

    @staticmethod
    def _leave_out(queue: "deque[_Waiting]") -> None:
        """Pass over who has hung up while waiting."""
        for one in [one for one in queue if one.waited and one.gone()]:
            queue.remove(one)
            one.passed_over = True
            one.turn.set()

    def _let_in(self) -> None:
        """Give the turns that are free to those who wait, one device after the other."""
        while any(self._let_one_in(device) for device in list(self._queue)):
            pass
        for queue in self._queue.values():
            for mine in queue:
                mine.waited = True

    def _let_one_in(self, device: str) -> bool:
        """Whether one more request of the device was let in."""
        queue = self._queue[device]
        while queue and self.under_way.total() < self.at_once and self.under_way[device] < self.each:
            mine = queue.popleft()
            mine.passed_over = mine.waited and mine.gone()
            if not mine.passed_over:
                self.under_way[device] += 1
            mine.turn.set()
            if not mine.passed_over:
                break
        else:
            mine = None
        self._queue.move_to_end(device) if mine else None
        if not queue:
            del self._queue[device]
        return mine is not None


class _Waiting:
    """A request that waits."""

    def __init__(self, gone: Callable[[], bool]):
        self.gone, self.turn, self.waited, self.passed_over = gone, threading.Event(), False, False
